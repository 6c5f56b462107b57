"""A page as its elements and words: what a browser would make of it."""

from __future__ import annotations

from html.parser import HTMLParser

OURS = {"", "localhost", "datasette.io"}
"""This server, and the footer's link."""

URL_ATTRIBUTES = {"href", "src", "action", "formaction", "data", "poster", "srcset"}


class Marked(HTMLParser):
    """What a browser would find in a page: elements, their attributes, and text."""

    def __init__(self) -> None:
        super().__init__()
        self.scripts: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self._in_script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._in_script = tag == "script"

    def handle_endtag(self, tag: str) -> None:
        self._in_script = False

    def handle_data(self, data: str) -> None:
        (self.scripts if self._in_script else self.words).append(data)


def read(text: str) -> Marked:
    marked = Marked()
    marked.feed(text)
    return marked
