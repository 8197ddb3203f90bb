#!/usr/bin/env python3
"""Follows every internal link and fragment of a site over HTTP, and says which lead nowhere.

    crawl.py http://127.0.0.1:8080/ [--at-least PAGES]

It knows nothing of Fieldbook: it reads HTML with the standard library's parser and asks the server for each address.
"""
import argparse
import collections
import html.parser
import sys
import urllib.error
import urllib.parse
import urllib.request


class Page(html.parser.HTMLParser):
    """The ids of a page and the addresses it names."""

    ADDRESSES = {"href", "src", "poster", "cite", "action", "data"}

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.ids = set()
        self.links = []

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if attributes.get("id"):
            self.ids.add(attributes["id"])
        if tag == "a" and attributes.get("name"):
            self.ids.add(attributes["name"])
        if tag == "meta" and (attributes.get("http-equiv") or "").lower() == "refresh":
            self.links.append(attributes.get("content", "").split("=", 1)[-1].strip(" '\""))
        if tag == "link" and attributes.get("rel") == "canonical":
            return
        for name, value in attrs:
            if name in self.ADDRESSES and value is not None:
                self.links.append(value)
            elif name == "srcset" and value:
                self.links.extend(part.split()[0] for part in value.split(",") if part.split())


def fetch(url):
    """The status, the address after redirects, the media type and the bytes."""
    try:
        with urllib.request.urlopen(url, timeout=20) as answer:
            return answer.status, answer.geturl(), answer.headers.get_content_type(), answer.read()
    except urllib.error.HTTPError as error:
        return error.code, url, error.headers.get_content_type(), error.read()


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("start")
    arguments.add_argument("--at-least", type=int, default=1, help="pages that must be found")
    options = arguments.parse_args()
    origin = urllib.parse.urlsplit(options.start)[:2]

    pages, broken = {}, []
    links = collections.defaultdict(set)
    queue = [options.start]
    seen = {options.start}
    while queue:
        url = queue.pop()
        status, final, kind, body = fetch(url)
        if status != 200:
            broken.append((url, f"answers {status}"))
            continue
        if kind != "text/html":
            pages[url] = None
            continue
        page = Page()
        page.feed(body.decode("utf-8"))
        pages[url] = page.ids
        for link in page.links:
            target = urllib.parse.urljoin(final, link)
            parts = urllib.parse.urlsplit(target)
            if parts[:2] != origin:
                continue
            address = urllib.parse.urlunsplit((*parts[:4], ""))
            links[address].add((url, urllib.parse.unquote(parts.fragment)))
            if address not in seen:
                seen.add(address)
                queue.append(address)

    for address, sources in links.items():
        for source, fragment in sources:
            if address not in pages:
                broken.append((source, f"links to {address}, which is not there"))
            elif fragment and pages[address] is not None and fragment not in pages[address] and fragment != "top":
                broken.append((source, f"links to {address}#{fragment}, an id that is not there"))

    count = sum(ids is not None for ids in pages.values())
    for source, what in sorted(set(broken)):
        print(f"{source}: {what}")
    print(f"{count} pages, {len(pages) - count} other files, {sum(map(len, links.values()))} links, {len(broken)} broken")
    if count < options.at_least:
        print(f"too few pages: {options.at_least} were expected")
    sys.exit(bool(broken) or count < options.at_least)


if __name__ == "__main__":
    main()
