"""How a sentence is pointed at: by W3C selectors, and by an address with a text fragment.

Sources: https://www.w3.org/TR/annotation-model/#selectors,
https://wicg.github.io/scroll-to-text-fragment/
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

if TYPE_CHECKING:
    from archive.quoting.sentences import SentencePlace

CONTEXT = 32
"""Characters before and after: what annotators such as Hypothesis and Apache Annotator take."""
EXACT_UP_TO = 300
"""Characters; of longer passages browsers' own links name the beginning and the end, too."""
FEWEST_WORDS = 3
MOST_WORDS = 12
"""So many words at an end tell nearly every sentence from all others; more make it no better."""

_MARKER = re.compile(r"\[[^\[\]\n]{1,40}\]")
_TOKEN = re.compile(r"\S+")


def selectors(text: str, place: SentencePlace) -> list[dict[str, Any]]:
    """The selectors of a sentence: of its words, and of its place in the version's text.

    Args:
        text: The version's prose, with its markers, as `export --format json` gives it.
        place: Of the sentence in it.
    """
    quoted = {
        "type": "TextQuoteSelector",
        "exact": text[place.start : place.end],
        "prefix": text[max(0, place.start - CONTEXT) : place.start],
        "suffix": text[place.end : place.end + CONTEXT],
    }
    return [quoted, {"type": "TextPositionSelector", "start": place.start, "end": place.end}]


def fragment_url(url: str, text: str, place: SentencePlace) -> str:
    """The address of a page that leads a browser to the sentence in it.

    A browser takes the first place that fits: a beginning that stands elsewhere before it is
    made longer, then told by the words before it.

    Args:
        url: Of the report's page.
        text: The version's prose.
        place: Of the sentence in it.
    """
    return f"{url.partition('#')[0]}#:~:text={_directive(text, place)}"


def _directive(text: str, place: SentencePlace) -> str:
    exact = text[place.start : place.end]
    if len(exact) <= EXACT_UP_TO and "\n" not in exact and not _MARKER.search(exact):
        said = _escaped(exact)
        return f"{_before(text, place, exact)}{said}"
    start = _beginning(text, place, exact)
    return f"{_before(text, place, start)}{_escaped(start)},{_escaped(_ending(exact, start))}"


def _beginning(text: str, place: SentencePlace, exact: str) -> str:
    """The fewest first words of a sentence that stand nowhere before it; none behind a marker."""
    found = _MARKER.search(exact)
    head = exact[: found.start()].rstrip() if found else exact
    words = list(_TOKEN.finditer(head))
    start = head
    for word in words[FEWEST_WORDS - 1 : MOST_WORDS]:
        start = head[: word.end()]
        if text.find(start) == place.start:
            break
    return start


def _ending(exact: str, start: str) -> str:
    """The fewest last words that stand in the sentence once behind its beginning; none before a
    marker."""
    since = max([len(start), *(found.end() for found in _MARKER.finditer(exact))])
    tail = exact[since:].lstrip()
    end = tail
    for word in list(_TOKEN.finditer(tail))[::-1][FEWEST_WORDS - 1 : MOST_WORDS]:
        end = tail[word.start() :]
        if exact.find(end, len(start)) == len(exact) - len(end):
            break
    return end


def _before(text: str, place: SentencePlace, start: str) -> str:
    """What tells the place from one before it that begins alike: the words before, of one block."""
    if text.find(start) == place.start:
        return ""
    block = text[: place.start].rstrip().rpartition("\n")[2]
    told = ""
    for word in list(_TOKEN.finditer(block))[: -MOST_WORDS - 1 : -1]:
        told = block[word.start() :]
        found = re.search(rf"{re.escape(told)}\s*{re.escape(start)}", text)
        if found and found.end() == place.start + len(start):
            break
    return f"{_escaped(told)}-," if told else ""


def _escaped(words: str) -> str:
    """As a directive has them: its own signs (`-`, `,`, `&`) are escaped, too."""
    return quote(words, safe="").replace("-", "%2D")
