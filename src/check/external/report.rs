//! Says what is wrong with links to other sites, at each place that has one.

use crate::base::http::address::WebUrl;
use crate::check::external::targets::Place;
use crate::check::external::verdict::Verdict;
use crate::diag::Diagnostic;
use crate::diag::code::Code;

/// Returns what a verdict on an address says of the places that link there.
pub fn report(url: &WebUrl, places: &[Place], verdict: &Verdict) -> Vec<Diagnostic> {
    places.iter().filter_map(|place| of_place(url, place, verdict)).collect()
}

/// Returns what is wrong with a place whose address is none.
pub fn unreadable(place: &Place) -> Diagnostic {
    let message = format!("the link to {} leads nowhere: that is not an address", place.written);
    at(Code::ExternalLink, place, message).help("write the whole address, such as https://example.org/page")
}

fn of_place(url: &WebUrl, place: &Place, verdict: &Verdict) -> Option<Diagnostic> {
    let written = &place.written;
    let host = url.host();
    Some(match verdict {
        Verdict::Good => return None,
        Verdict::Broken(words) => {
            let help = format!(
                "if it is gone in a browser too, write its new address or take the link out; \
                 https://web.archive.org/web/{url} may have a copy"
            );
            at(Code::ExternalLink, place, format!("the link to {written} leads nowhere: {words}")).help(help)
        }
        Verdict::Unsure(words) => {
            let help = format!(
                "open it in a browser; if it is good, write `external: {{ignore: [{host}]}}` in fieldbook.yaml to let \
                 the site be"
            );
            at(Code::UnsureLink, place, format!("the link to {written} cannot be checked: {words}")).help(help)
        }
        Verdict::Moved(address) => {
            let fragment = WebUrl::parse(written).and_then(|url| url.fragment().map(str::to_string));
            let now = WebUrl::parse(address).map(|url| url.with_fragment(fragment.as_deref()).to_string());
            let help = format!("write {}", now.as_deref().unwrap_or(address));
            at(Code::MovedLink, place, format!("{written} has moved for good")).help(help)
        }
    })
}

fn at(code: Code, place: &Place, message: String) -> Diagnostic {
    Diagnostic::at(code, &place.path, place.span.clone(), message)
}
