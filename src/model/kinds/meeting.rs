//! A meeting that recurs.

use crate::base::date::Moment;
use crate::model::kinds::KindSpec;
use crate::model::meta::Sort;

/// What the kind declares.
pub static SPEC: KindSpec = KindSpec {
    name: "meeting",
    plural: "meetings",
    template: "meeting.html",
    folders: &["meetings", "meeting"],
    fields: &["cadence", "duration", "starts", "roles", "sponsor"],
    required: &[],
    sort: Sort::Weight,
    feeds: true,
    form: include_str!("forms/meeting.md"),
    json_ld: "HowTo",
};

/// The fields of a meeting.
#[derive(Clone, Debug, Default)]
pub struct Meeting {
    /// How often: `weekly`, `every two weeks`, `monthly`.
    pub cadence: Option<String>,
    /// How long: `50 minutes`.
    pub duration: Option<String>,
    /// When it is first held.
    pub starts: Option<Moment>,
    /// Who does what.
    pub roles: Vec<MeetingRole>,
    /// Who stands behind it.
    pub sponsor: Option<String>,
}

/// A role in a meeting.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MeetingRole {
    /// Its name: `Facilitator`.
    pub role: String,
    /// What they do.
    pub does: Option<String>,
}
