//! What is written in place of a page whose template is missing or wrong, which was reported: the content, plainly.

use crate::base::html::escape;

/// Writes a page with nothing but a title and some HTML.
pub fn page(language: &str, title: &str, content: &str) -> String {
    let (language, title) = (escape(language), escape(title));
    format!(
        "<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n</head>\n\
         <body>\n<main>\n<h1>{title}</h1>\n{content}\n</main>\n</body>\n</html>\n"
    )
}

/// Writes a list of links: title and `href`.
pub fn list<'a>(links: impl Iterator<Item = (&'a str, String)>) -> String {
    let entry = |(title, url): (&str, String)| format!("<li><a href=\"{}\">{}</a></li>\n", escape(&url), escape(title));
    format!("<ul>\n{}</ul>", links.map(entry).collect::<String>())
}

/// Writes a page that sends its readers elsewhere.
pub fn redirect(language: &str, title: &str, url: &str, canonical: &str) -> String {
    let (language, title) = (escape(language), escape(title));
    let (url, canonical) = (escape(url), escape(canonical));
    format!(
        "<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n\
         <meta http-equiv=\"refresh\" content=\"0; url={url}\">\n<link rel=\"canonical\" href=\"{canonical}\">\n\
         </head>\n<body>\n<p><a href=\"{url}\">{title}</a></p>\n</body>\n</html>\n"
    )
}
