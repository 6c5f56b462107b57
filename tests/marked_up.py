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
        self.data: list[str] = []
        self._into = self.words

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag == "script":  # a block of data is none: nothing of it runs
            is_data = dict(attrs).get("type") == "application/ld+json"
            self._into = self.data if is_data else self.scripts

    def handle_endtag(self, tag: str) -> None:
        self._into = self.words

    def handle_data(self, data: str) -> None:
        self._into.append(data)


def read(text: str) -> Marked:
    marked = Marked()
    marked.feed(text)
    return marked
