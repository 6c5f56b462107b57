"""Of what the bench's pages are, beside saved ones: what makes reading them dear or cheap."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median, quantiles

import lxml.html
import trafilatura
from lxml.etree import ParserError

from tests.bench.measure import cpu_seconds
from tests.bench.table import heading, row
from tests.bench.web import Bodies, saved_pages

_TIMED = 100
"""Pages that are read for how long that takes."""
_DAY_ELEMENTS = (
    "//meta[@property='article:published_time' or @property='og:published_time' or @name='date' "
    "or @itemprop='datePublished' or @name='DC.date' or @name='dcterms.created' or @name='pubdate' "
    "or @name='publishdate']"
)


@dataclass(frozen=True)
class Made:
    """What a page is made of: bytes, and numbers of elements."""

    size: int
    script: int
    style: int
    attributes: int
    elements: int
    links: int
    in_linked_data: bool
    in_meta: bool
    has_article: bool


def made_of(body: bytes) -> Made | None:
    """None where it is no page."""
    try:
        tree = lxml.html.fromstring(body)
    except (ParserError, ValueError):
        return None
    scripts = tree.xpath("//script")
    linked = [one.text or "" for one in scripts if one.get("type") == "application/ld+json"]
    return Made(
        len(body),
        sum(len((one.text or "").encode()) for one in scripts) - len("".join(linked).encode()),
        sum(len((one.text or "").encode()) for one in tree.iter("style")),
        sum(len(name) + len(text) for one in tree.iter("*") for name, text in one.attrib.items()),
        sum(1 for _ in tree.iter("*")),
        len(tree.xpath("//a")),
        any("datePublished" in text for text in linked),
        bool(tree.xpath(_DAY_ELEMENTS)),
        bool(tree.xpath("//article")),
    )


_SHOWN: Sequence[tuple[str, Callable[[list[Made]], str]]] = (
    ("pages", lambda pages: f"{len(pages):,}"),
    ("kB, mean", lambda pages: f"{mean(_sizes(pages)):.0f}"),
    ("kB, median", lambda pages: f"{median(_sizes(pages)):.0f}"),
    ("kB, from the tenth to the ninetieth of a hundred", lambda pages: _tenths(_sizes(pages))),
    ("script, of all bytes", lambda pages: _share(pages, lambda one: one.script)),
    ("style, of all bytes", lambda pages: _share(pages, lambda one: one.style)),
    ("attributes, of all bytes", lambda pages: _share(pages, lambda one: one.attributes)),
    ("elements, mean", lambda pages: f"{mean(one.elements for one in pages):.0f}"),
    ("links, mean", lambda pages: f"{mean(one.links for one in pages):.0f}"),
    ("a day in linked data", lambda pages: f"{mean(one.in_linked_data for one in pages):.0%}"),
    ("a day in a meta element", lambda pages: f"{mean(one.in_meta for one in pages):.0%}"),
    (
        "a day in either",
        lambda pages: f"{mean(one.in_meta or one.in_linked_data for one in pages):.0%}",
    ),
    ("with an article element", lambda pages: f"{mean(one.has_article for one in pages):.0%}"),
)


def compared(count: int, folders: Sequence[Path]) -> None:
    """Pages made up, and all of the folders."""
    kinds = {"made up": Bodies(count).all()}
    if folders:
        kinds["saved"] = [path.read_bytes() for path in saved_pages(folders, 10**6)]
    heading("of a page", *kinds)
    found = [[made for body in bodies if (made := made_of(body))] for bodies in kinds.values()]
    for name, shown in _SHOWN:
        row(name, *map(shown, found))
    for name, metadata in (("text alone", False), ("with metadata", True)):
        row(f"bare trafilatura, {name}", *(_read(bodies, metadata) for bodies in kinds.values()))


def _read(bodies: list[bytes], metadata: bool) -> str:
    chosen = bodies[:: max(1, len(bodies) // _TIMED)]
    trafilatura.extract(chosen[0], with_metadata=metadata)  # it loads its libraries with the first
    took = cpu_seconds(
        lambda: [trafilatura.extract(body, with_metadata=metadata) for body in chosen]
    )
    return f"{1e3 * took / len(chosen):.0f} ms CPU"


def _sizes(pages: list[Made]) -> list[float]:
    return [one.size / 1e3 for one in pages]


def _tenths(values: list[float]) -> str:
    tenths = quantiles(values, n=10)
    return f"{tenths[0]:.0f} to {tenths[-1]:.0f}"


def _share(pages: list[Made], part: Callable[[Made], int]) -> str:
    return f"{sum(map(part, pages)) / sum(one.size for one in pages):.0%}"
