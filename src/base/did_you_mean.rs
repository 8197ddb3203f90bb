//! Finds the word that was probably meant.

/// Returns the candidate nearest to `wanted` by edits, if one is near enough to be worth a suggestion.
///
/// Case and the difference between space, `-` and `_` cost nothing. Ties go to the first in the order given.
pub fn nearest<'a>(wanted: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = fold(wanted);
    let most = (wanted.len() / 3).clamp(1, 6);
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let folded = fold(candidate);
        if folded.len().abs_diff(wanted.len()) > most {
            continue;
        }
        let limit = best.map_or(most, |(distance, _)| distance.saturating_sub(1));
        if let Some(distance) = distance_within(&wanted, &folded, limit)
            && best.is_none_or(|(least, _)| distance < least)
        {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Returns whether `written` is `meant` with one slip of the pen: a letter wrong, missing, too many or out of place.
pub fn is_slip(written: &str, meant: &str) -> bool {
    distance_within(&fold(written), &fold(meant), 1).is_some()
}

fn fold(word: &str) -> Vec<char> {
    let plain = |c: char| if c == '-' || c == '_' { ' ' } else { c };
    word.trim().chars().take(200).flat_map(char::to_lowercase).map(plain).collect()
}

/// The edit distance with transpositions (optimal string alignment), or `None` when it is more than `limit`.
fn distance_within(a: &[char], b: &[char], limit: usize) -> Option<usize> {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, &x) in a.iter().enumerate() {
        let mut row = Vec::with_capacity(b.len() + 1);
        row.push(i + 1);
        for (j, &y) in b.iter().enumerate() {
            let mut cost = (last[j] + usize::from(x != y)).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && x == b[j - 1] && a[i - 1] == y {
                cost = cost.min(before[j - 1] + 1);
            }
            row.push(cost);
        }
        if row.iter().min().is_some_and(|least| *least > limit) {
            return None;
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().filter(|distance| *distance <= limit)
}

#[cfg(test)]
mod tests {
    use super::{is_slip, nearest};

    #[test]
    fn near_words_are_found() {
        assert_eq!(nearest("titel", ["date", "title", "tags"]), Some("title"));
        assert_eq!(nearest("Pairing guide", ["Pair programming", "Pairing guides"]), Some("Pairing guides"));
        assert_eq!(nearest("tech_spec", ["tech-spec"]), Some("tech-spec"));
        assert_eq!(nearest("x", ["completely different"]), None);
    }

    #[test]
    fn slips() {
        assert!(is_slip("darft", "draft") && is_slip("Drafts", "draft") && is_slip("publish-on", "publish_on"));
        assert!(!is_slip("publisher", "publish_on") && !is_slip("craftsman", "draft"));
    }
}
