//! What a section's own page says of the pages in it.

use crate::config::fields::Fields;
use crate::diag::code::Code;
use crate::model::kinds::Kind;
use crate::model::meta::{Children, Sort};
use crate::parse::address::pattern_fault;

const SORTS: [(&str, Sort); 4] =
    [("weight", Sort::Weight), ("title", Sort::Title), ("date", Sort::Date), ("number", Sort::Number)];

/// Takes `children`, and `sort` and `paginate`, which may stand beside it.
pub fn children(fields: &mut Fields<'_>) -> Children {
    let mut children = Children { sort: fields.choice("sort", &SORTS), paginate: paginate(fields), feed: None };
    let Some(mut inner) = fields.inner("children") else {
        return children;
    };
    let kinds = Kind::ALL.map(|kind| (kind.name(), ()));
    inner.choice("kind", &kinds);
    if let Some(pattern) = inner.spanned_text("url")
        && let Some(fault) = pattern_fault(&pattern.value)
    {
        let message = format!("`children.url: {}` gives no addresses: {fault}", pattern.value);
        let help = "write a pattern such as `/:slug/` or `/:year/:slug/`".to_string();
        inner.report(Code::BadAddress, pattern.span, message, Some(help));
    }
    children.sort = inner.choice("sort", &SORTS).or(children.sort);
    children.paginate = paginate(&mut inner).or(children.paginate);
    children.feed = inner.flag("feed");
    fields.close(inner);
    children
}

fn paginate(fields: &mut Fields<'_>) -> Option<usize> {
    let written = fields.whole("paginate")?;
    let number = usize::try_from(written).ok();
    if number.is_none() {
        let span = fields.key_span("paginate").unwrap_or(0..0);
        let help = "write `paginate: 0` for all entries on one page".to_string();
        fields.report(Code::BadValue, span, "`paginate` is below zero".into(), Some(help));
    }
    number
}
