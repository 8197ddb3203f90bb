//! What a target is called in HTML: an address from the root of the host, or an absolute one.

use crate::base::path::encode_path;
use crate::config::BaseUrl;
use crate::model::link::Target;
use crate::render::html::HtmlContext;
use crate::render::html::escape;

/// Returns the address of a target from the root of the host; `None` for what is broken.
pub fn href(context: &HtmlContext<'_>, target: &Target) -> Option<String> {
    if let Some(own) = own_address(target) {
        return own;
    }
    let url = context.site.url_of(target)?;
    Some(with_fragment(url.to_href(context.project.config.base_path()), target))
}

/// Returns the address of a target with scheme and host; ids on the page itself are given its address.
pub fn absolute(context: &HtmlContext<'_>, base: &BaseUrl, target: &Target) -> Option<String> {
    if let Target::Fragment(id) = target {
        return Some(format!("{}#{}", base.absolute(&context.site.page(context.page).url), encode_path(id)));
    }
    if let Some(own) = own_address(target) {
        return own.map(|address| if address.starts_with("//") { format!("https:{address}") } else { address });
    }
    Some(with_fragment(base.absolute(context.site.url_of(target)?), target))
}

/// Returns the address of a target seen from a file elsewhere, whose own ids are in it; `None` for what is broken, and
/// for the site itself if it does not know its address.
pub fn outside(context: &HtmlContext<'_>, base: Option<&BaseUrl>, target: &Target) -> Option<String> {
    match (target, base) {
        (Target::Fragment(_), _) => href(context, target),
        (_, Some(base)) => absolute(context, base, target),
        (_, None) => own_address(target).flatten(),
    }
}

/// Returns whether a browser would run the address, or read a file of the reader's with it.
pub fn is_dangerous(address: &str) -> bool {
    let start: String = address
        .chars()
        .filter(|c| !c.is_whitespace() && !c.is_control())
        .take(11)
        .flat_map(char::to_lowercase)
        .collect();
    let is_picture = start.starts_with("data:image/");
    !is_picture && ["javascript:", "vbscript:", "data:", "file:"].iter().any(|scheme| start.starts_with(scheme))
}

/// The address of a target that has none on the site; `Some(None)` for what is broken.
fn own_address(target: &Target) -> Option<Option<String>> {
    match target {
        Target::Fragment(id) => Some(Some(format!("#{}", encode_path(id)))),
        Target::External(address) if is_dangerous(address) => Some(None),
        Target::External(address) => Some(Some(escape::address(address))),
        Target::Withheld | Target::Broken => Some(None),
        Target::Page(..) | Target::Section(_) | Target::Generated(..) | Target::File(_) => None,
    }
}

fn with_fragment(mut address: String, target: &Target) -> String {
    if let Target::Page(_, Some(id)) | Target::Generated(_, Some(id)) = target {
        address.push('#');
        address.push_str(&encode_path(id));
    }
    address
}

#[cfg(test)]
mod tests {
    use super::is_dangerous;

    #[test]
    fn dangerous_schemes() {
        for address in ["javascript:x", " JavaScript:x", "java\nscript:x", "\u{1}data:text/html,x", "file:///etc"] {
            assert!(is_dangerous(address), "{address:?}");
        }
        for address in ["https://javascript:x", "mailto:a@b", "data:image/png;base64,x", "#javascript:", ""] {
            assert!(!is_dangerous(address), "{address:?}");
        }
    }
}
