//! `graph.json`: the pages and what leads from one to another. docs/outputs.md describes it.

use serde::Serialize;

use crate::model::page::PageId;
use crate::model::site::Site;
use crate::render::address::Addresses;

#[derive(Serialize)]
struct Graph<'b> {
    nodes: Vec<Node<'b>>,
    edges: Vec<Edge<'b>>,
}

#[derive(Serialize)]
struct Node<'b> {
    url: &'b str,
    title: &'b str,
    kind: &'static str,
    section: &'b str,
}

#[derive(Serialize)]
struct Edge<'b> {
    from: &'b str,
    to: &'b str,
    r#type: &'static str,
}

/// Writes the graph. A relation, which holds both ways, is written once.
pub fn graph(site: &Site, addresses: Addresses<'_>) -> Vec<u8> {
    let urls: Vec<String> = site.all_pages().map(|(_, page)| addresses.href(&page.url)).collect();
    let url = |id: PageId| urls[id.0 as usize].as_str();
    let nodes = site.all_pages().map(|(id, page)| Node {
        url: url(id),
        title: page.title(),
        kind: page.kind.name(),
        section: &site.section(site.section_of[id.0 as usize]).folder,
    });
    let mut edges = Vec::new();
    for (to, _) in site.all_pages() {
        let backlinks = &site.graph.backlinks[to.0 as usize];
        edges.extend(backlinks.iter().map(|link| (link.from, to, "link")));
        let related = &site.graph.related[to.0 as usize];
        edges.extend(related.iter().filter(|other| to < **other).map(|other| (to, *other, "related")));
    }
    edges.sort_by_key(|(from, to, kind)| (*kind, *from, *to));
    let edges = edges.into_iter().map(|(from, to, r#type)| Edge { from: url(from), to: url(to), r#type });
    let graph = Graph { nodes: nodes.collect(), edges: edges.collect() };
    let mut json = serde_json::to_vec(&graph).unwrap_or_default();
    json.push(b'\n');
    json
}
