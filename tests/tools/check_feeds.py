#!/usr/bin/env python3
"""Holds the rules of feeds that can be seen from outside, for every feed of a built site.

    check_feeds.py <output folder>

It knows nothing of Fieldbook: it finds the feeds by their root elements, and reads them with feedparser, with
the standard library's parsers of XML, JSON and HTML, and with nothing of ours. Prints each breach; exit status 1
if there is one, 2 if the folder has no feed.
"""
import datetime
import email.utils
import html.parser
import json
import pathlib
import re
import sys
import urllib.parse
import xml.etree.ElementTree as etree

import feedparser

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
DC = "{http://purl.org/dc/elements/1.1/}"
HISTORY = "{http://purl.org/syndication/history/1.0}"
NAMESPACES = {
    "http://www.w3.org/2005/Atom", "http://purl.org/rss/1.0/modules/content/", "http://purl.org/dc/elements/1.1/",
    "http://purl.org/dc/terms/", "http://purl.org/syndication/history/1.0", "http://search.yahoo.com/mrss/",
    "http://backend.userland.com/creativeCommonsRssModule", "http://www.w3.org/XML/1998/namespace",
}
MEDIA_TYPES = {"rss": "application/rss+xml", "atom": "application/atom+xml", "json": "application/feed+json"}

RFC822 = re.compile(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} "
                    r"\d\d:\d\d:\d\d ([+-]\d{4}|GMT)")
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")
REFUSED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")
EPOCH = "1970-01-01T00:00:00Z"

# What readers keep of HTML.
ELEMENTS = set("h1 h2 h3 h4 h5 h6 p ul ol li blockquote pre code table caption colgroup col thead tbody tfoot tr th td "
               "figure figcaption img picture source a em strong b i del ins s sub sup kbd samp var q cite abbr dfn mark "
               "small time dl dt dd video audio track br hr div span".split())
VOID = {"br", "hr", "img", "source", "track", "col", "wbr"}
OPTIONAL_END = {"p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup", "caption"}
ADDRESSES = {"href", "src", "poster", "cite"}


class Body(html.parser.HTMLParser):
    """The breaches in the HTML of an item."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.breaches, self.open = [], []

    def handle_starttag(self, tag, attrs):
        if tag not in ELEMENTS:
            self.breaches.append(f"has <{tag}>")
        if tag not in VOID:
            self.open.append(tag)
        for name, value in attrs:
            if name in ("class", "style") or name.startswith("on"):
                self.breaches.append(f"has {name}= on <{tag}>")
            if name in ADDRESSES and not is_absolute(value):
                self.breaches.append(f"has the relative address {value!r}")
            if name == "srcset":
                for part in (value or "").split(", "):
                    if not is_absolute(part.strip()):
                        self.breaches.append(f"has the relative address {part!r}")

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        while self.open and self.open[-1] != tag and self.open[-1] in OPTIONAL_END:
            self.open.pop()
        if not self.open or self.open.pop() != tag:
            self.breaches.append(f"is not well nested at </{tag}>")


class Site:
    """A built site and what is wrong with its feeds."""

    def __init__(self, folder):
        self.folder = folder
        self.breaches = []
        self.feeds = {}
        self.rss = set()
        home = json.loads((folder / "feed.json").read_bytes())
        self.base = home["home_page_url"]

    def holds(self, condition, where, what):
        if not condition:
            self.breaches.append(f"{where}: {what}")

    def address(self, path):
        return self.base + urllib.parse.quote(path.relative_to(self.folder).as_posix())

    def file(self, address):
        """The file behind an address of the site; None for other sites."""
        address = address.split("#")[0].split("?")[0]
        if not address.startswith(self.base):
            return None
        path = self.folder / urllib.parse.unquote(address[len(self.base):])
        return path / "index.html" if address.endswith("/") else path

    def leads_somewhere(self, address, where):
        self.holds(is_absolute(address), where, f"{address!r} is not absolute")
        file = self.file(address or "")
        self.holds(file is None or file.is_file(), where, f"{address} is not there")

    def check_texts(self, where, texts):
        for name, text in texts.items():
            self.holds((text or "").strip(), where, f"{name} is missing or blank")

    def check_body(self, where, text):
        body = Body()
        body.feed(text)
        body.close()
        for breach in body.breaches + [f"does not close <{tag}>" for tag in body.open if tag not in OPTIONAL_END]:
            self.holds(False, where, f"the content {breach}")

    def check_unique(self, where, values, what):
        for value in sorted({value for value in values if values.count(value) > 1}):
            self.holds(False, where, f"{what} {value} is there {values.count(value)} times")

    def check_items(self, where, kind, items):
        """What is the same in all formats; an item is a dict."""
        self.check_unique(where, [item["id"] for item in items], "the id")
        for item in items:
            place = f"{where}: {item['title']}"
            self.check_texts(place, {key: item[key] for key in ("title", "id", "url", "summary")})
            self.holds("\n" not in (item["title"] or ""), place, "the title has several lines")
            self.leads_somewhere(item["url"], place)
            self.holds((item["published"] or "") and item["published"].year > 1, place, "the date is missing")
            self.holds(item["updated"] >= item["published"], place, "it was changed before it was published")
            if item["html"]:
                self.check_body(place, item["html"])
        dates = [item["published"] for item in items]
        self.holds(dates == sorted(dates, reverse=True), where, "the newest is not first")
        self.feeds.setdefault(where.rpartition("/")[0], {})[kind] = [(item["title"], item["url"]) for item in items]


def is_absolute(address):
    return bool(re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", address or ""))


def text(element, name):
    return element.findtext(name)


def moment(site, where, value, form):
    """Reads a date and holds that it has the form of RFC 822 or RFC 3339."""
    if not form.fullmatch(value or ""):
        site.holds(False, where, f"{value!r} is no date of the right form")
        return datetime.datetime(1, 1, 1, tzinfo=datetime.timezone.utc)
    if form is RFC3339:
        return datetime.datetime.fromisoformat(value.replace("Z", "+00:00"))
    date = email.utils.parsedate_to_datetime(value)
    site.holds(date.strftime("%a") == value[:3], where, f"{value!r} has the wrong day of the week")
    return date if date.tzinfo else date.replace(tzinfo=datetime.timezone.utc)


def check_links(site, where, kind, path, links):
    """The links of a feed to itself and to its other formats."""
    own = [link.get("href") for link in links if link.get("rel") == "self"]
    site.holds(own == [site.address(path)], where, f"its link to itself is {own}")
    for link in links:
        if link.get("rel") != "hub":
            site.leads_somewhere(link.get("href"), where)
    others = {link.get("type") for link in links if link.get("rel") == "alternate"}
    site.holds(others >= set(MEDIA_TYPES.values()) - {MEDIA_TYPES[kind]}, where, "the other formats are not linked")
    relations = {link.get("rel") for link in links}
    site.holds(not relations & {"prev-archive", "next-archive"}, where, "a complete feed has archives")


def check_rss(site, path, where, root):
    site.rss.add(site.address(path))
    channel = root.find("channel")
    links = channel.findall(ATOM + "link")
    check_links(site, where, "rss", path, links)
    required = ["title", "link", "description", "language", "generator", "docs"]
    site.check_texts(where, {name: text(channel, name) for name in required})
    site.leads_somewhere(text(channel, "link"), where)
    items = [rss_item(site, where, item) for item in channel.findall("item")]
    site.check_items(where, "rss", items)
    built = text(channel, "lastBuildDate")
    site.holds(bool(built) == bool(items), where, "lastBuildDate is there without an item, or the other way round")
    if built and items:
        newest = max(item["updated"] for item in items)
        site.holds(moment(site, where, built, RFC822) == newest, where, "lastBuildDate is not that of the newest item")
    image = channel.find("image")
    if image is not None:
        same = all(text(image, name) == text(channel, name) for name in ("title", "link"))
        site.holds(same, where, "the image's title and link are not the channel's")
        site.holds(re.search(r"\.(png|jpe?g|gif)$", text(image, "url"), re.I), where, "the image is of a wrong form")
        site.leads_somewhere(text(image, "url"), where)


def rss_item(site, feed, item):
    where = f"{feed}: {text(item, 'title')}"
    names = [child.tag for child in item]
    for name in ("title", "link", "guid", "pubDate", "description"):
        site.holds(names.count(name) == 1, where, f"{name} is there {names.count(name)} times")
    if CONTENT + "encoded" in names and "description" in names:
        site.holds(names.index("description") < names.index(CONTENT + "encoded"), where, "content before description")
    site.holds("author" not in names, where, "has an author")
    site.holds(names.count("enclosure") <= 1, where, "has several enclosures")
    for enclosure in item.findall("enclosure"):
        site.leads_somewhere(enclosure.get("url"), where)
        file = site.file(enclosure.get("url"))
        site.holds(file is None or int(enclosure.get("length")) == file.stat().st_size, where, "a wrong length")
    for link in item.findall(ATOM + "link"):
        site.leads_somewhere(link.get("href"), where)
    guid = item.find("guid")
    site.holds((guid.get("isPermaLink") == "true") == (guid.text == text(item, "link")), where, "a wrong isPermaLink")
    published = moment(site, where, text(item, "pubDate"), RFC822)
    updated = text(item, ATOM + "updated")
    return {
        "id": guid.text, "url": text(item, "link"), "title": text(item, "title"), "published": published,
        "summary": text(item, "description"), "html": text(item, CONTENT + "encoded"),
        "updated": moment(site, where, updated, RFC3339) if updated else published,
    }


def check_atom(site, path, where, root):
    check_links(site, where, "atom", path, root.findall(ATOM + "link"))
    site.check_texts(where, {name: text(root, ATOM + name) for name in ("id", "title", "updated", "author/" + ATOM + "name")})
    items = [atom_entry(site, where, entry) for entry in root.findall(ATOM + "entry")]
    site.check_items(where, "atom", items)
    seconds = [item["updated"].timestamp() for item in items]
    site.check_unique(where, seconds, "the second of the change")
    newest = max((item["updated"] for item in items), default=moment(site, where, EPOCH, RFC3339))
    site.holds(moment(site, where, text(root, ATOM + "updated"), RFC3339) == newest, where, "updated is not the newest")


def atom_entry(site, feed, entry):
    where = f"{feed}: {text(entry, ATOM + 'title')}"
    links = entry.findall(ATOM + "link")
    pages = [link.get("href") for link in links if link.get("rel") == "alternate" and link.get("type") == "text/html"]
    site.holds(len(pages) == 1, where, f"has {len(pages)} pages")
    for link in links:
        if link.get("rel") != "license":
            site.leads_somewhere(link.get("href"), where)
    site.holds(is_absolute(text(entry, ATOM + "id")), where, "the id is no address")
    content = entry.find(ATOM + "content")
    site.holds(content is None or content.get("type") == "html", where, "the content is not HTML")
    return {
        "id": text(entry, ATOM + "id"), "url": (pages or [None])[0], "title": text(entry, ATOM + "title"),
        "summary": text(entry, ATOM + "summary"), "html": None if content is None else content.text,
        "published": moment(site, where, text(entry, ATOM + "published"), RFC3339),
        "updated": moment(site, where, text(entry, ATOM + "updated"), RFC3339),
    }


def check_json(site, path, where, feed):
    site.check_texts(where, {name: feed.get(name) for name in ("title", "home_page_url", "feed_url", "language")})
    site.holds(feed["feed_url"] == site.address(path), where, f"its link to itself is {feed['feed_url']}")
    items = []
    for item in feed["items"]:
        place = f"{where}: {item.get('title')}"
        site.holds(item.get("content_html") or item.get("content_text"), place, "there is no content")
        site.holds(all(author.get("name") for author in item.get("authors", [])), place, "an author has no name")
        items.append({
            "id": item.get("id"), "url": item.get("url"), "title": item.get("title"), "summary": item.get("summary"),
            "html": item.get("content_html"),
            "published": moment(site, place, item.get("date_published"), RFC3339),
            "updated": moment(site, place, item.get("date_modified"), RFC3339),
        })
    site.check_items(where, "json", items)


def check_xml(site, path, where, raw):
    """Holds what every file of XML must hold, and what its root asks for."""
    root = etree.fromstring(raw)
    if root.tag not in ("rss", ATOM + "feed"):
        return
    decoded = raw.decode("utf-8")
    site.holds(not decoded.startswith("\ufeff"), where, "begins with a byte order mark")
    site.holds(not REFUSED.search(decoded), where, "has control characters")
    style = re.search(r'<\?xml-stylesheet type="([^"]*)" href="([^"]*)"\?>', decoded)
    if style:
        site.holds(style[1] == "text/css", where, f"has a style sheet of type {style[1]}")
        site.leads_somewhere(urllib.parse.urljoin(site.base, style[2]), where)
    used = {tag[1:].split("}")[0] for tag in (element.tag for element in root.iter()) if tag.startswith("{")}
    site.holds(used <= NAMESPACES, where, f"has elements of {sorted(used - NAMESPACES)}")
    parsed = feedparser.parse(raw, sanitize_html=False, resolve_relative_uris=False)
    site.holds(not parsed.bozo, where, f"feedparser says {parsed.get('bozo_exception')}")
    site.holds(parsed.version == ("rss20" if root.tag == "rss" else "atom10"), where, f"feedparser says {parsed.version}")
    site.holds(all(entry.get("published_parsed") for entry in parsed.entries), where, "feedparser finds no date")
    titles = [entry.get("title", "").strip() for entry in parsed.entries]
    site.holds(all(titles), where, "feedparser finds no title")
    (check_rss if root.tag == "rss" else check_atom)(site, path, where, root)


def check_opml(site):
    """Every feed is in the OPML once, and the OPML has nothing else."""
    root = etree.fromstring((site.folder / "feeds.opml").read_bytes())
    outlines = [outline.get("xmlUrl") for outline in root.iter("outline") if outline.get("xmlUrl")]
    site.check_unique("/feeds.opml", outlines, "the feed")
    differing = sorted(set(outlines) ^ site.rss)
    site.holds(not differing, "/feeds.opml", f"differs from the feeds there are: {differing}")


def check_formats(site):
    """The three formats of a feed have the same items."""
    for folder, formats in site.feeds.items():
        site.holds(set(formats) == set(MEDIA_TYPES), folder or "/", f"only {sorted(formats)} are there")
        first = next(iter(formats.values()))
        site.holds(all(items == first for items in formats.values()), folder or "/", "the formats differ")


def check_file(site, path, where):
    if path.suffix == ".xml":
        check_xml(site, path, where, path.read_bytes())
    elif path.suffix == ".json":
        parsed = json.loads(path.read_bytes())
        if isinstance(parsed, dict) and str(parsed.get("version", "")).startswith("https://jsonfeed.org/"):
            check_json(site, path, where, parsed)
    elif path.name == "feeds.opml":
        # After the feeds it lists; `main` sees to that.
        check_opml(site)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder = pathlib.Path(sys.argv[1])
    if not (folder / "feed.json").is_file():
        print(f"{folder} has no feed.json")
        sys.exit(2)
    site = Site(folder)
    for path in sorted(folder.rglob("*"), key=lambda path: (path.suffix == ".opml", path)):
        where = "/" + path.relative_to(folder).as_posix()
        try:
            check_file(site, path, where)
        except (etree.ParseError, ValueError, AttributeError, KeyError, TypeError) as error:
            site.holds(False, where, f"cannot be read: {error!r}")
    site.holds((folder / "feeds.opml").is_file(), "/feeds.opml", "is not there")
    check_formats(site)
    for breach in site.breaches:
        print(breach)
    items = sum(len(formats.get("rss", [])) for formats in site.feeds.values())
    print(f"{sum(map(len, site.feeds.values()))} feeds, {items} items in RSS, {len(site.breaches)} breaches")
    sys.exit(bool(site.breaches))


if __name__ == "__main__":
    main()
