//! The functions that templates may call: `asset(name=…)` and `url(path=…)`.

use std::collections::BTreeMap;

use tera::{Error, Kwargs, State, Tera, TeraResult};

use crate::base::did_you_mean::nearest;
use crate::base::path::{UrlPath, decode};
use crate::render::address::is_elsewhere;
use crate::render::assets::Assets;

/// Registers the functions with an engine.
pub fn register(engine: &mut Tera, assets: &Assets, base_path: &str) {
    let urls: BTreeMap<String, String> = assets.urls();
    engine.register_function("asset", move |arguments: Kwargs, _: &State<'_>| asset(&arguments, &urls));
    let base_path = base_path.to_string();
    engine.register_function("url", move |arguments: Kwargs, _: &State<'_>| url(&arguments, &base_path));
}

fn asset(arguments: &Kwargs, urls: &BTreeMap<String, String>) -> TeraResult<String> {
    let name: &str = arguments.must_get("name")?;
    urls.get(name).cloned().ok_or_else(|| {
        let hint = nearest(name, urls.keys().map(String::as_str)).map(|name| format!(", did you mean `{name}`"));
        Error::message(format!("the theme has no asset `{name}`{}", hint.unwrap_or_default()))
    })
}

fn url(arguments: &Kwargs, base_path: &str) -> TeraResult<String> {
    let path: &str = arguments.must_get("path")?;
    if is_elsewhere(path) {
        return Ok(path.to_string());
    }
    let (path, rest) = path.split_at(path.find(['?', '#']).unwrap_or(path.len()));
    let url = UrlPath::parse(&decode(path)).map_err(|fault| Error::message(format!("`{path}` is no path: {fault}")))?;
    Ok(format!("{}{rest}", url.to_href(base_path)))
}
