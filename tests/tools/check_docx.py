#!/usr/bin/env python3
"""Holds that every .docx of a built site is what its template.md says.

    check_docx.py <output folder>

It knows nothing of Fieldbook: it reads each .docx with python-docx, and compares it with the Markdown beside it:
headings, boxes, tables, links, properties. If LibreOffice is there, each file must open in it. Prints each breach;
exit status 1 if there is one, 2 if the folder has no .docx.
"""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
import xml.etree.ElementTree as etree

import docx
from docx.oxml.ns import qn

CHECKBOX = "{http://schemas.microsoft.com/office/word/2010/wordml}"
CUSTOM = "{http://schemas.openxmlformats.org/officeDocument/2006/custom-properties}"
FENCE = re.compile(r"^(```|~~~).*?^\1", re.M | re.S)


def text_of(element):
    """The text of an element, that of content controls too, which python-docx leaves out."""
    return "".join(node.text or "" for node in element.iter(qn("w:t")))


def words(text):
    """Letters and digits alone: marks and typographic signs differ."""
    return re.sub(r"[\W_]+", "", text)


def properties(path):
    with zipfile.ZipFile(path) as archive:
        root = etree.fromstring(archive.read("docProps/custom.xml"))
    return {child.get("name"): child[0].text for child in root.iter(CUSTOM + "property")}


def check(path, holds):
    markdown = FENCE.sub("", (path.parent / "template.md").read_text("utf-8"))
    document = docx.Document(str(path))
    body = document.element.body
    paragraphs = document.paragraphs

    expected = [(len(mark), words(text)) for mark, text in re.findall(r"^(#{1,6}) (.*)$", markdown, re.M)]
    headings = [(int(p.style.name.split()[1]), words(text_of(p._p))) for p in paragraphs if p.style.name.startswith("Heading ")]
    holds(headings == expected, f"the headings are {headings}, not {expected}")

    expected = [box in "xX" for box in re.findall(r"^[>\s]*[-*+] \[([ xX])\] ", markdown, re.M)]
    boxes = [box.get(CHECKBOX + "val") == "1" for box in body.iter(CHECKBOX + "checked")]
    holds(boxes == expected, f"the boxes are {boxes}, not {expected}")

    tables = re.findall(r"^\|.*\|\n(?:\|\s*:?-+:?\s*)+\|$", markdown, re.M)
    holds(len(document.tables) == len(tables), f"there are {len(document.tables)} tables, not {len(tables)}")
    for table, written in zip(document.tables, tables):
        cells = [words(cell) for cell in written.split("\n")[0].strip("|").split("|")]
        found = [words(text_of(cell._tc)) for cell in table.rows[0].cells]
        holds(found == cells, f"the header is {found}, not {cells}")
        holds(table.rows[0]._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None, "a header is not repeated")

    fields = {tag.get(qn("w:val")) for tag in body.iter(qn("w:tag"))} - {"task"}
    expected = set(re.findall(r"\{\{([a-z][a-z0-9_-]*)\}\}", re.sub(r"`[^`]*`", "", markdown)))
    holds(fields == expected, f"the fields are {fields}, not {expected}")

    for link in body.iter(qn("w:hyperlink")):
        identity = link.get(qn("r:id"))
        address = document.part.rels[identity].target_ref if identity else "#"
        holds(re.match(r"https?://\S+$|mailto:|tel:|#", address), f"the link {address!r} is not absolute")

    found = properties(path)
    holds(re.match(r"https?://.*/$", found.get("forked_from", "")), f"forked_from is {found.get('forked_from')}")
    holds(re.fullmatch(r"[0-9a-f]{12}", found.get("template_hash", "")), f"template_hash is {found.get('template_hash')}")
    version = found.get("template_version")
    last = text_of(paragraphs[-1]._p)
    holds(last.startswith("Forked from ") and f"version {version}" in last, f"the last line is {last!r}")
    holds((document.core_properties.title or "").strip(), "there is no title")
    holds((document.core_properties.language or "").strip(), "there is no language")


def check_in_libreoffice(files, holds):
    """Every file becomes a PDF."""
    office = shutil.which("soffice")
    if not office:
        return
    with tempfile.TemporaryDirectory() as folder:
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, *map(str, files)]
        subprocess.run(command, check=False, capture_output=True, timeout=300)
        for path in files:
            pdf = pathlib.Path(folder) / f"{path.stem}.pdf"
            holds(path, pdf.is_file() and pdf.read_bytes().startswith(b"%PDF"), "LibreOffice does not open it")


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder = pathlib.Path(sys.argv[1])
    files = sorted(folder.rglob("*.docx"))
    if not files:
        print(f"{folder} has no .docx")
        sys.exit(2)
    breaches = []

    def holds(path, condition, what):
        if not condition:
            breaches.append(f"/{path.relative_to(folder).as_posix()}: {what}")

    for path in files:
        try:
            check(path, lambda condition, what, path=path: holds(path, condition, what))
        except (KeyError, ValueError, AttributeError, IndexError, OSError) as error:
            holds(path, False, f"cannot be read: {error!r}")
    check_in_libreoffice(files, holds)
    for breach in breaches:
        print(breach)
    print(f"{len(files)} documents, {len(breaches)} breaches")
    sys.exit(bool(breaches))


if __name__ == "__main__":
    main()
