//! A sheet as a table of HTML.

use crate::base::html::escape_into;
use crate::document::blocks::{Kind, split};
use crate::document::{Format, cells};

/// Writes the rows of a sheet; the first is its header.
pub fn html(text: &str) -> String {
    let mut out =
        String::from("<div class=\"table-scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Table\">\n<table>\n");
    let mut is_open = false;
    for block in split(text, Format::Csv) {
        let record = &text[block.span];
        match block.kind {
            Kind::Header => {
                out.push_str("<thead>\n");
                row(&mut out, record, ("<th scope=\"col\">", "</th>"));
                out.push_str("</thead>\n");
            }
            Kind::Row => {
                if !std::mem::replace(&mut is_open, true) {
                    out.push_str("<tbody>\n");
                }
                row(&mut out, record, ("<td>", "</td>"));
            }
            _ => {}
        }
    }
    out.push_str(if is_open { "</tbody>\n</table>\n</div>\n" } else { "</table>\n</div>\n" });
    out
}

fn row(out: &mut String, record: &str, (open, close): (&str, &str)) {
    out.push_str("<tr>");
    for cell in cells::csv(record) {
        out.push_str(open);
        escape_into(out, &cells::unquote(&record[cell]));
        out.push_str(close);
    }
    out.push_str("</tr>\n");
}

#[cfg(test)]
mod tests {
    use super::html;

    #[test]
    fn a_sheet_is_a_table() {
        let table = html("a,\"b, c\"\r\n1,<2>\r\n");
        assert!(table.contains("<tr><th scope=\"col\">a</th><th scope=\"col\">b, c</th></tr>"), "{table}");
        assert!(table.contains("<tbody>\n<tr><td>1</td><td>&lt;2&gt;</td></tr>\n</tbody>"), "{table}");
    }
}
