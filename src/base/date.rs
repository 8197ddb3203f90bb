//! Dates as people write them in front matter, and as the standards want them.

use jiff::civil;
use jiff::tz::{Offset, TimeZone};
use jiff::{SpanRelativeTo, ToSpan, Zoned};

/// A point in time with the offset it was written with. A date without a time is midnight UTC.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment(Zoned);

/// A calendar day.
pub type Day = civil::Date;

/// Why a text is not a date.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DateFault {
    /// Month and day are in the American order; the same day as it should be written is given.
    #[error("month, day and year are in the American order")]
    American(String),
    /// The form is right but there is no such day or time.
    #[error("there is no such day or time")]
    Impossible,
    /// It has none of the forms we know.
    #[error("it is not in the form YYYY-MM-DD")]
    Form,
}

impl Moment {
    /// Reads `2026-01-05`, `2026-01-05 07:00`, `2026-01-05 07:00:00 -0700`, RFC 3339 or RFC 2822.
    ///
    /// # Errors
    /// A [`DateFault`] that says what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, DateFault> {
        let text = text.trim();
        if let Some(iso) = american(text) {
            return Err(iso.map_or(DateFault::Impossible, DateFault::American));
        }
        if let Ok(zoned) = jiff::fmt::rfc2822::DateTimeParser::new().parse_zoned(text) {
            return Ok(Moment(zoned));
        }
        if !text.starts_with(|c: char| c.is_ascii_digit()) {
            return Err(DateFault::Form);
        }
        let day_end = text.char_indices().nth(10).map_or(text.len(), |(at, _)| at);
        let (day, rest) = text.split_at(day_end);
        if !has_day_form(day) {
            return Err(DateFault::Form);
        }
        let day: civil::Date = day.parse().map_err(|_| DateFault::Impossible)?;
        let rest = rest.trim_start_matches(['T', 't', ' ']);
        let (time, offset) = parse_time(rest)?;
        let zoned = day.to_datetime(time).to_zoned(TimeZone::fixed(offset)).map_err(|_| DateFault::Impossible)?;
        Ok(Moment(zoned))
    }

    /// Makes the moment that lies `seconds` after 1970-01-01T00:00:00Z; `None` outside the years -9999 to 9999.
    pub fn from_unix(seconds: i64) -> Option<Self> {
        let timestamp = jiff::Timestamp::from_second(seconds).ok()?;
        Some(Moment(timestamp.to_zoned(TimeZone::UTC)))
    }

    /// Returns the calendar day in the offset it was written with.
    pub fn day(&self) -> Day {
        self.0.date()
    }

    /// Returns the calendar day in UTC, which is what days are compared in.
    pub fn utc_day(&self) -> Day {
        TimeZone::UTC.to_datetime(self.0.timestamp()).date()
    }

    /// Returns the seconds since 1970 and those by which the moment is written ahead of UTC: two moments may be the same
    /// and be written in two ways.
    pub fn to_parts(&self) -> (i64, i32) {
        (self.to_unix(), self.0.offset().seconds())
    }

    /// Returns the seconds since 1970-01-01T00:00:00Z.
    pub fn to_unix(&self) -> i64 {
        self.0.timestamp().as_second()
    }

    /// Returns `2026-01-05T07:00:00-07:00` (RFC 3339), `Z` for UTC.
    pub fn to_rfc3339(&self) -> String {
        let text = self.0.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string();
        match text.strip_suffix("+00:00") {
            Some(utc) => format!("{utc}Z"),
            None => text,
        }
    }

    /// Returns `Mon, 05 Jan 2026 07:00:00 -0700` (RFC 822 with a year of four digits, as RSS 2.0 asks for).
    pub fn to_rfc822(&self) -> String {
        self.0.strftime("%a, %d %b %Y %H:%M:%S %z").to_string()
    }

    /// Returns `2026-01-05`.
    pub fn to_iso_day(&self) -> String {
        self.day().to_string()
    }

    /// Returns `5 January 2026`.
    pub fn to_words(&self) -> String {
        self.0.strftime("%-d %B %Y").to_string()
    }

    /// Returns the same moment `seconds` later.
    pub fn plus_seconds(&self, seconds: i64) -> Self {
        Moment(self.0.saturating_add(seconds.seconds()))
    }
}

/// A length of time in calendar units, as `12 months`, `1y` or `90 days`.
#[derive(Clone, Copy, Debug)]
pub struct Period(jiff::Span);

impl Period {
    /// Reads a length of time; `None` if it is none, or not longer than nothing.
    pub fn parse(text: &str) -> Option<Self> {
        let span: jiff::Span = text.trim().parse().ok()?;
        (span.is_positive()).then_some(Period(span))
    }

    /// Returns the day that lies this long after `day`, or the last day there is.
    pub fn after(&self, day: Day) -> Day {
        day.saturating_add(self.0)
    }

    /// Returns about how many days it is, for sorting.
    pub fn to_days(&self) -> i64 {
        let relative = SpanRelativeTo::days_are_24_hours();
        let days = self.0.total((jiff::Unit::Day, relative));
        days.unwrap_or_else(|_| f64::from(self.0.get_years()) * 365.0 + f64::from(self.0.get_months()) * 30.0) as i64
    }
}

/// Recognises `08/30/2022` and gives `2022-08-30`; the inner `None` when that day does not exist.
fn american(text: &str) -> Option<Option<String>> {
    let mut parts = text.splitn(3, '/');
    let (month, day, year) = (parts.next()?, parts.next()?, parts.next()?);
    let number = |part: &str, longest: usize| match part.len() <= longest {
        true => part.parse::<i16>().ok(),
        false => None,
    };
    let (month, day, year) = (number(month, 2)?, number(day, 2)?, number(year, 4)?);
    if year < 1000 {
        return None;
    }
    let (month, day) = if month > 12 { (day, month) } else { (month, day) };
    let date = civil::Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    Some(date.ok().map(|date| date.to_string()))
}

fn has_day_form(day: &str) -> bool {
    let bytes = day.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    bytes.len() == 10 && bytes[4] == b'-' && bytes[7] == b'-' && [0, 1, 2, 3, 5, 6, 8, 9].into_iter().all(is_digit)
}

/// Reads `07:00`, `07:00:00`, `07:00:00.5`, each with `Z`, `-0700`, `-07:00`, ` UTC` or nothing after it.
fn parse_time(text: &str) -> Result<(civil::Time, Offset), DateFault> {
    let text = text.trim();
    if text.is_empty() {
        return Ok((civil::Time::midnight(), Offset::UTC));
    }
    let end = text.find(|c: char| !c.is_ascii_digit() && c != ':' && c != '.').unwrap_or(text.len());
    let (time, zone) = text.split_at(end);
    if !time.contains(':') {
        return Err(DateFault::Form);
    }
    let time: civil::Time = time.parse().map_err(|_| DateFault::Impossible)?;
    Ok((time, parse_offset(zone.trim())?))
}

fn parse_offset(zone: &str) -> Result<Offset, DateFault> {
    if zone.is_empty() || zone.eq_ignore_ascii_case("z") || zone == "UTC" || zone == "GMT" {
        return Ok(Offset::UTC);
    }
    let (sign, digits) = match zone.split_at_checked(1) {
        Some(("+", rest)) => (1, rest.replace(':', "")),
        Some(("-", rest)) => (-1, rest.replace(':', "")),
        _ => return Err(DateFault::Form),
    };
    if digits.len() != 4 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(DateFault::Form);
    }
    let (hours, minutes) = digits.split_at(2);
    let hours: i32 = hours.parse().map_err(|_| DateFault::Form)?;
    let minutes: i32 = minutes.parse().map_err(|_| DateFault::Form)?;
    if minutes > 59 {
        return Err(DateFault::Impossible);
    }
    Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).map_err(|_| DateFault::Impossible)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, rfc3339: &str, rfc822: &str) {
        let moment = Moment::parse(text).expect(text);
        assert_eq!((moment.to_rfc3339().as_str(), moment.to_rfc822().as_str()), (rfc3339, rfc822));
    }

    #[test]
    fn forms_people_write() {
        check("2023-01-16", "2023-01-16T00:00:00Z", "Mon, 16 Jan 2023 00:00:00 +0000");
        check("2023-01-16 07:00:00 -0700", "2023-01-16T07:00:00-07:00", "Mon, 16 Jan 2023 07:00:00 -0700");
        check("2023-01-16T07:00:00+01:00", "2023-01-16T07:00:00+01:00", "Mon, 16 Jan 2023 07:00:00 +0100");
        check("2023-01-16 07:00", "2023-01-16T07:00:00Z", "Mon, 16 Jan 2023 07:00:00 +0000");
        check("Mon, 16 Jan 2023 07:00:00 -0700", "2023-01-16T07:00:00-07:00", "Mon, 16 Jan 2023 07:00:00 -0700");
    }

    #[test]
    fn faults_say_what_is_wrong() {
        assert_eq!(Moment::parse("08/30/2022"), Err(DateFault::American("2022-08-30".into())));
        assert_eq!(Moment::parse("2024-13-45"), Err(DateFault::Impossible));
        assert_eq!(Moment::parse("last Monday"), Err(DateFault::Form));
        assert_eq!(Moment::parse("2024-01-01 25:00"), Err(DateFault::Impossible));
        assert_eq!(Moment::parse("２０２４-01-01"), Err(DateFault::Form));
    }

    #[test]
    fn days_in_utc() {
        let day = |text: &str| Moment::parse(text).expect(text).utc_day().to_string();
        assert_eq!(day("2024-06-01T23:30:00-10:00"), "2024-06-02");
        assert_eq!(day("2024-06-01T00:30:00+10:00"), "2024-05-31");
        assert_eq!(day("2024-06-01"), "2024-06-01");
    }

    #[test]
    fn the_last_day_there_is() {
        assert_eq!(Moment::parse("9999-12-31"), Err(DateFault::Impossible));
    }

    #[test]
    fn periods() {
        let day: Day = "2026-01-31".parse().expect("a day");
        assert_eq!(Period::parse("1 month").expect("a period").after(day).to_string(), "2026-02-28");
        assert_eq!(Period::parse("1y").expect("a period").after(day).to_string(), "2027-01-31");
        assert!(Period::parse("-1 day").is_none() && Period::parse("soon").is_none());
    }
}
