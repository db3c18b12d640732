"""Pages to print, built from elements so that every text of a scenario is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from xml.etree.ElementTree import Element, tostring

Content = Element | str | None
"""What an element can hold. ``None`` is left out, so that a part may be absent."""

STYLE = """
@page { margin: 13mm 15mm; }
:root { color-scheme: light; }
body { margin: 0 auto; padding: 1.5rem; max-width: 46rem; color: #1b2430; background: #fff;
  font: 15px/1.42 "Source Sans 3", "Segoe UI", "Helvetica Neue", Arial, sans-serif; }
h1, h2 { font-family: "Iowan Old Style", Palatino, P052, Georgia, serif; line-height: 1.15; break-after: avoid; }
h1 { margin: 0 0 .2rem; font-size: 2rem; }
h2 { margin: 1.1rem 0 .3rem; font-size: 1.2rem; border-bottom: 1px solid #8a8474; }
h3 { margin: .8rem 0 .1rem; font-size: 1rem; break-after: avoid; }
p, ul, ol, dl, table { margin: .3rem 0 .6rem; }
ul, ol { padding-left: 1.3rem; }
li { margin: .15rem 0; }
dt { font-weight: 700; }
dd { margin: 0 0 .25rem 1rem; }
.run-in dt { display: inline; }
.run-in dd { display: inline; margin: 0; }
.run-in dd::after { content: ""; display: block; margin-bottom: .2rem; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { padding: .18rem .5rem .18rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid #d8d1c2; }
tr { break-inside: avoid; }
.sheet + .sheet { break-before: page; margin-top: 3rem; }
td ul { margin: 0; padding-left: 1rem; }
.quiet { color: #525c69; }
.columns { columns: 3 13rem; column-gap: 1.6rem; }
.columns section { break-inside: avoid; }
.columns h3 { margin-top: 0; }
.line { height: 1.7rem; border-bottom: 1px solid #8a8474; }
.dense { font-size: .86rem; line-height: 1.3; }
@media print { body { padding: 0; max-width: none; font-size: 10pt; } h1 { font-size: 1.7rem; } h2 { margin-top: .8rem; }
  .sheet + .sheet { margin-top: 0; } }
"""


def element(name: str, /, *content: Content, css: str = "", **attributes: str) -> Element:
    """Return an element with texts and elements in it.

    Args:
        name: of the element, such as ``p``.
        content: texts and elements, in order.
        css: the classes of the element.
        attributes: its other attributes.
    """
    made = Element(name, {**({"class": css} if css else {}), **attributes})
    for part in content:
        if isinstance(part, str):
            if len(made):
                made[-1].tail = (made[-1].tail or "") + part
            else:
                made.text = (made.text or "") + part
        elif part is not None:
            made.append(part)
    return made


def listing(items: Iterable[Content], *, ordered: bool = False) -> Element:
    """Return a list of items."""
    return element("ol" if ordered else "ul", *(element("li", item) for item in items))


def table(headings: Sequence[str], rows: Iterable[Sequence[Content]]) -> Element:
    """Return a table with a heading for each column."""
    return element(
        "table",
        element("thead", element("tr", *(element("th", heading, scope="col") for heading in headings))),
        element("tbody", *(element("tr", *(element("td", cell) for cell in row)) for row in rows)),
    )


def paragraphs(text: str) -> list[Element]:
    """Return the paragraphs of a text, which blank lines separate."""
    return [element("p", " ".join(part.split())) for part in text.split("\n\n") if part.strip()]


def page(title: str, sheets: Iterable[Element]) -> str:
    """Return a page for a browser and its printer: HTML that needs no network and no script.

    Args:
        title: of the page.
        sheets: each begins on a new sheet of paper.
    """
    html = element(
        "html",
        element(
            "head",
            element("meta", charset="utf-8"),
            element("meta", name="viewport", content="width=device-width, initial-scale=1"),
            element("title", title),
            element("style", STYLE),
        ),
        element("body", element("main", *(element("article", *sheet, css="sheet") for sheet in sheets))),
        lang="en",
    )
    return f"<!doctype html>\n{tostring(html, encoding='unicode', method='html')}\n"
