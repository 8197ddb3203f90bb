//! Looks for what was probably meant by links that lead nowhere.
//!
//! It goes through the faults in order and stops looking after a while, so that a site with very many broken links is
//! still reported soon, and in the same words each time.

use std::collections::{BTreeMap, HashMap};

use crate::base::did_you_mean::nearest;
use crate::base::path::{SourcePath, join_relative};
use crate::diag::Diagnostic;
use crate::link::names::{Place, fold_name, ids_of};
use crate::link::resolve::{Fault, Resolver, Wanted};
use crate::model::page::PageId;

/// The most different things that are looked for.
const MOST_SEARCHES: usize = 200;
/// The most candidates that one thing is compared with.
const MOST_CANDIDATES: usize = 2_000;
/// The most ids that are listed when none is near.
const MOST_LISTED: usize = 5;

/// What was found for what was looked for.
#[derive(Clone, Default)]
pub struct Suggestions(HashMap<Wanted, Option<Found>>);

/// Adds the suggestions to the faults, in order. What was found before is not looked for again.
pub fn complete(resolver: &Resolver<'_>, faults: Vec<Fault>, former: &mut Suggestions) -> Vec<Diagnostic> {
    let mut search = Search { resolver, names: None, former, known: HashMap::new() };
    let completed = faults.into_iter().map(|fault| search.complete(fault)).collect();
    let known = search.known;
    former.0 = known;
    completed
}

struct Search<'a> {
    resolver: &'a Resolver<'a>,
    /// The names of pages by their first letter, sorted; made when first wanted.
    names: Option<BTreeMap<char, Vec<(&'a str, Place)>>>,
    former: &'a Suggestions,
    /// What was found this time for what was looked for.
    known: HashMap<Wanted, Option<Found>>,
}

/// What was probably meant.
#[derive(Clone)]
enum Found {
    /// A place that is reached by its path.
    Path(Place),
    /// A name.
    Name(String),
    /// A whole help line.
    Help(String),
}

impl Search<'_> {
    fn complete(&mut self, fault: Fault) -> Diagnostic {
        let Fault { diagnostic, wanted } = fault;
        let found = wanted.and_then(|wanted| self.find(wanted));
        let help = found.and_then(|found| match found {
            Found::Path(place) => {
                let file: &SourcePath = &diagnostic.place.as_ref()?.path;
                Some(format!("did you mean \"{}\"?", self.resolver.path_to(file, place)))
            }
            Found::Name(name) => Some(format!("did you mean \"{name}\"?")),
            Found::Help(help) => Some(help),
        });
        diagnostic.maybe_help(help)
    }

    fn find(&mut self, wanted: Wanted) -> Option<Found> {
        if let Some(found) = self.known.get(&wanted) {
            return found.clone();
        }
        if self.known.len() >= MOST_SEARCHES {
            return None;
        }
        if let Some(found) = self.former.0.get(&wanted) {
            self.known.insert(wanted, found.clone());
            return found.clone();
        }
        let found = match &wanted {
            Wanted::Path(folder, path) => self.path(folder, path),
            Wanted::Name(name) => self.name(name).map(|(name, _)| Found::Name(name)),
            Wanted::Id(page, id) => Some(self.id(*page, id)),
        };
        self.known.insert(wanted, found.clone());
        found
    }

    /// A path like the one wanted: another file of the same folder, else a page with the same or nearly the same name.
    fn path(&mut self, folder: &str, path: &str) -> Option<Found> {
        let name = path.trim_end_matches('/').rsplit('/').next().unwrap_or("");
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
        let is_page = matches!(extension.to_ascii_lowercase().as_str(), "" | "md" | "markdown" | "html" | "htm");
        let around = match path.strip_prefix('/') {
            Some(path) => join_relative(&self.resolver.known.project.content, path),
            None => join_relative(folder, path),
        };
        let around = around.map(|whole| whole.rsplit_once('/').map_or("", |(around, _)| around).to_string());
        let beside = around.and_then(|around| match is_page {
            true => self.page_in(&around, stem),
            false => self.file_in(&around, name),
        });
        if beside.is_some() || !is_page {
            return beside.or_else(|| self.file_anywhere(name)).map(Found::Path);
        }
        match self.resolver.names.called(stem) {
            [place] if !is_out(*place) => Some(Found::Path(*place)),
            _ => self.name(stem).map(|(_, place)| Found::Path(place)),
        }
    }

    fn page_in(&self, folder: &str, stem: &str) -> Option<Place> {
        let pages = self.resolver.known.pages;
        let start = pages.partition_point(|page| page.source.as_str() < folder);
        let candidates =
            pages[start..].iter().zip(start..).take_while(|(page, _)| page.source.as_str().starts_with(folder));
        let inside = candidates.filter(|(page, _)| page.source.folder() == folder);
        let near: Vec<(&str, usize)> = inside
            .map(|(page, at)| (page.source.stem(), at))
            .filter(|(name, _)| is_alike(name, stem))
            .take(MOST_CANDIDATES)
            .collect();
        let best = nearest(stem, near.iter().map(|(name, _)| *name))?;
        let (_, at) = near.iter().find(|(name, _)| *name == best)?;
        Some(Place::Page(PageId(*at as u32)))
    }

    fn file_in(&self, folder: &str, name: &str) -> Option<Place> {
        self.file(name, |path| path.folder() == folder)
    }

    fn file_anywhere(&self, name: &str) -> Option<Place> {
        self.file(name, |path| path.file_name().eq_ignore_ascii_case(name))
    }

    fn file(&self, name: &str, is_candidate: impl Fn(&SourcePath) -> bool) -> Option<Place> {
        let files = (0..).map(crate::model::asset::FileId).zip(self.resolver.known.files);
        let near: Vec<_> = files
            .map(|(id, published)| (published.file.path.file_name(), id, &published.file.path))
            .filter(|(candidate, _, path)| is_alike(candidate, name) && is_candidate(path))
            .take(MOST_CANDIDATES)
            .collect();
        let best = nearest(name, near.iter().map(|(candidate, ..)| *candidate))?;
        near.iter().find(|(candidate, ..)| *candidate == best).map(|(_, id, _)| Place::File(*id))
    }

    /// A name like the one wanted, in the words of the page it is of.
    fn name(&mut self, wanted: &str) -> Option<(String, Place)> {
        let folded = fold_name(wanted);
        let first = folded.chars().next()?;
        let resolver = self.resolver;
        let names = self.names.get_or_insert_with(|| by_first_letter(resolver));
        let candidates = names.get(&first)?;
        let length = folded.chars().count();
        let near = candidates.iter().filter(|(name, _)| name.chars().count().abs_diff(length) <= length.div_ceil(3));
        let best = nearest(&folded, near.map(|(name, _)| *name).take(MOST_CANDIDATES));
        // `Pairing guide` is nothing like `Pair programming` letter by letter, but it begins with the same word.
        let best = best.or_else(|| same_beginning(&folded, candidates))?;
        let place = candidates.iter().find(|(name, _)| *name == best)?.1;
        Some((self.in_its_words(best, place), place))
    }

    fn in_its_words(&self, folded: &str, place: Place) -> String {
        let Place::Page(id) = place else {
            return folded.to_string();
        };
        let page = self.resolver.page(id);
        let names = std::iter::once(page.title()).chain(page.meta.also_called.iter().map(String::as_str));
        let written = names.into_iter().find(|name| fold_name(name) == folded);
        let title = || match self.resolver.names.called(page.title()) {
            [_] => page.title(),
            _ => folded,
        };
        written.unwrap_or_else(title).to_string()
    }

    /// The id that was meant, or the few there are.
    fn id(&self, page: PageId, wanted: &str) -> Found {
        let page = self.resolver.page(page);
        if let Some(id) = nearest(wanted, ids_of(page).take(MOST_CANDIDATES)) {
            return Found::Help(format!("did you mean \"#{id}\"?"));
        }
        let ids: Vec<String> = ids_of(page).take(MOST_LISTED + 1).map(|id| format!("\"#{id}\"")).collect();
        Found::Help(match ids.len() {
            0 => "it has no headings; take the fragment away".to_string(),
            count if count > MOST_LISTED => format!("it has {}, …", ids[..MOST_LISTED].join(", ")),
            _ => format!("it has {}", ids.join(", ")),
        })
    }
}

fn by_first_letter<'a>(resolver: &'a Resolver<'_>) -> BTreeMap<char, Vec<(&'a str, Place)>> {
    let mut names: BTreeMap<char, Vec<(&str, Place)>> = BTreeMap::new();
    for (name, places) in resolver.names.all_called() {
        if let ([place], Some(first)) = (places, name.chars().next())
            && !is_out(*place)
        {
            names.entry(first).or_default().push((name, *place));
        }
    }
    for names in names.values_mut() {
        names.sort_unstable();
    }
    names
}

/// The one name that begins with the same word, but for its ending, if the word is not short.
fn same_beginning<'a>(wanted: &str, candidates: &[(&'a str, Place)]) -> Option<&'a str> {
    let word: String = wanted.split([' ', '-']).next()?.chars().take(4).collect();
    if word.chars().count() < 4 {
        return None;
    }
    let start = candidates.partition_point(|(name, _)| *name < word.as_str());
    let mut same = candidates[start..].iter().take_while(|(name, _)| name.starts_with(&word)).take(8);
    let (first, place) = same.next()?;
    let spaced = same.clone().find(|(name, _)| name.contains(' ')).map_or(*first, |(name, _)| *name);
    same.all(|(_, other)| other == place).then_some(if first.contains(' ') { *first } else { spaced })
}

/// A quick test before names are compared letter by letter.
fn is_alike(a: &str, b: &str) -> bool {
    let lower = |c: char| c.to_ascii_lowercase();
    a.len().abs_diff(b.len()) <= b.len().div_ceil(2)
        && (a.chars().next().map(lower) == b.chars().next().map(lower)
            || a.chars().next_back().map(lower) == b.chars().next_back().map(lower))
}

fn is_out(place: Place) -> bool {
    matches!(place, Place::Out(_) | Place::OutFile(_))
}
