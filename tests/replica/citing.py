"""How endnotes print the URLs they cite: whole, defanged, joined, glued. Truth goes along."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from tests.replica.reports import PrintedNote

Style = Callable[[str], str]


def _plain(url: str) -> str:
    return url


def _spaced_dot(url: str) -> str:
    """`https://suspilne dot media/…`: the last dot of the host becomes a word."""
    host = urlsplit(url).netloc
    head, _, tail = host.rpartition(".")
    return url.replace(host, f"{head} dot {tail}", 1)


def _every_dot(url: str) -> str:
    host = urlsplit(url).netloc
    return url.replace(host, host.replace(".", " dot "), 1)


def _round_dot(url: str) -> str:
    host = urlsplit(url).netloc
    head, _, tail = host.rpartition(".")
    return url.replace(host, f"{head}(dot){tail}", 1)


def _square_dot(url: str) -> str:
    host = urlsplit(url).netloc
    head, _, tail = host.rpartition(".")
    return url.replace(host, f"{head}[dot]{tail}", 1)


def _trailing(url: str) -> str:
    return url + ";"


def _no_scheme(url: str) -> str:
    return url.removeprefix("https://") if url.startswith("https://") else url


def _short_scheme(url: str) -> str:
    return url.removeprefix("h")


def _gap(url: str) -> str:
    return url.replace("://", ":// ", 1)


# The order is the mix: most URLs are printed whole, as on real pages; the rest are the repairs of
# the design's section 4.
STYLES: tuple[Style, ...] = (
    _plain, _plain, _spaced_dot, _plain, _trailing, _plain, _no_scheme, _plain, _every_dot, _plain,
    _round_dot, _plain, _short_scheme, _plain, _square_dot, _plain, _gap, _plain,
)  # fmt: skip
GROUPS = (1, 2, 1, 3, 1, 1, 4, 1, 2)  # URLs in a note, in turn
JOINTS = ("; ", " ; ", "; ", ";")


def printed_notes(urls: list[str], start: int = 1) -> tuple[PrintedNote, ...]:
    """Endnotes that cite all of `urls` in order, labels from `start`."""
    return tuple(_notes(urls, start))


def _notes(urls: list[str], start: int) -> Iterator[PrintedNote]:
    position = 0
    label = start
    while position < len(urls):
        size = GROUPS[label % len(GROUPS)]
        group = tuple(dict.fromkeys(urls[position : position + size]))
        pieces = [_style_for(position + i, url)(url) for i, url in enumerate(group)]
        joint = JOINTS[label % len(JOINTS)]
        if not all(piece.startswith("http") for piece in pieces):
            joint = "; "  # without a blank and a scheme nobody could tell two URLs from one
        yield PrintedNote(str(label), joint.join(pieces), group)
        position += size
        label += 1
        if label % 17 == 0:
            yield PrintedNote(
                str(label), "Author's database of river crossings, available on request.", ()
            )
            label += 1


def _style_for(index: int, url: str) -> Style:
    """A style this URL can be printed in without a doubt about what it was."""
    style = STYLES[index % len(STYLES)]
    if style is _plain or style is _trailing:
        return style
    host = urlsplit(url).netloc
    simple = url.startswith("https://") and not any(c in url for c in " ;\"'()") and ":" not in host
    return style if simple and url.count("://") == 1 else _plain
