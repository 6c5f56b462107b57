"""Copies that a Wayback holds of what cannot be had live: how they are asked for, and which to
take. Pure.

A question asks the Wayback's index (CDX) for the copies around the citing date; its answer, a
capture of its own, is read here into candidates, best first. A copy taken is a capture of the
source `via` the Wayback, never of the live page: `as_original` lets it be judged and read as the
page it was.

Source of the API: https://github.com/internetarchive/wayback/tree/master/wayback-cdx-server#readme
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlencode, urlsplit

from archive.errors import BadUrlError, ParseError
from archive.model.body import whole_body
from archive.model.times import format_time, parse_time
from archive.model.understood import Memento
from archive.model.vocabulary import Kind, Via
from archive.urls import normal as urls
from archive.urls.surt import surt
from pipeline.read.text.json_of import json_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive.model.understood import FetchedPage

STEP = "memento"
"""`FetchContext.step` of a question."""

MAX_ROWS = 200
"""Asked for in one answer: with the nearest first, far more than are looked at, and about 20 kB."""

MAX_ANSWER_BYTES = 4_000_000
"""So many rows with addresses of 20 kB each; an index that heeds no limit has lists of millions,
which are not read."""

FIRST_PAGE = datetime(1991, 8, 6, tzinfo=UTC)
"""Of the web (info.cern.ch). Indexes hold stamps of year 0 and of years to come; there are no such
copies."""

CLOCKS_APART = timedelta(days=1)

MAX_CANDIDATES = 3
"""Copies tried for one source, each of other content: the nearest may be a copy of an error page or
a bot wall. Of the links called permanently dead on Wikipedia most have a copy, often not the one
nearest (doi:10.1145/3517745.3561451)."""

_FIELDS = "timestamp,original,statuscode,digest"
STAMP = "%Y%m%d%H%M%S"
"""Of a copy's time in its address, for `strftime`."""

_REPLAY = re.compile(r"(https?://[^?#]*?/)(\d{14})(?:[a-z]{2}_)?/(.+)", re.DOTALL)
# The Wayback's names for pages that it may not show, because their owner or a robots.txt asks for
# that.
_WITHHELD = re.compile(rb"AccessControlException|URLBlocked|Blocked Site Error")


# --- asking ---------------------------------------------------------------------------------------


def question_url(wayback: str, url: str, at: datetime) -> str:
    """Where a Wayback lists its copies of exactly this address, those nearest to a moment first.

    Args:
        wayback: Its address.
        url: As cited.
        at: The moment, kept in the address so that the answer can be read again without the
            database.
    """
    query = {
        "url": url.partition("#")[0],
        "output": "json",
        "fl": _FIELDS,
        "filter": "!statuscode:[45]..",  # copies of error pages; revisits have no status at all
        "closest": f"{at:{STAMP}}",
        "sort": "closest",
        "limit": str(MAX_ROWS),
    }
    return f"{wayback.rstrip('/')}/cdx/search/cdx?{urlencode(query)}"


def read_answer(page: FetchedPage, body: bytes) -> tuple[Memento, ...]:
    """The copies that an answer names, best first.

    Args:
        page: The answer.
        body: Content-decoded.

    Raises:
        ParseError: It is no answer to the question: nothing can be said about copies.
    """
    asked = page.context.uri_r
    _require_own(page)
    if page.http_status == 403 and _WITHHELD.search(body[:10_000]):
        return ()
    if page.http_status != 200:
        raise _no_answer(asked, f"but HTTP {page.http_status}")
    about = surt(parse_qs(urlsplit(asked).query).get("url", [""])[0])
    named = [memento for memento in map(_memento, _rows(asked, body)) if memento is not None]
    right = [m for m in named if surt(m.url) == about and _may_be(m.at, page.captured_at)]
    if named and not right:
        strange = f"but other addresses or times, such as {named[0].url:.100} of {named[0].at}"
        raise _no_answer(asked, strange)
    return ranked(right, wanted_at(asked))


def _no_answer(asked: str, what: str) -> ParseError:
    return ParseError(f"{asked}: no CDX answer {what}; it is asked again another day")


def _require_own(page: FetchedPage) -> None:
    """An answer that is whole, and the archive's own: a network's login page may speak JSON,
    too."""
    if page.truncated is not None:
        raise _no_answer(page.context.uri_r, f"that is whole ({page.truncated})")
    if not _same_archive(page):
        raise _no_answer(page.context.uri_r, f"but a page of {page.final_url:.100}")


def _rows(asked: str, body: bytes) -> list[dict[str, str]]:
    if len(body) > MAX_ANSWER_BYTES:
        raise _no_answer(asked, f"but {len(body)} bytes")
    try:
        rows = json_of(body)
    except (ValueError, RecursionError) as error:
        raise _no_answer(asked, f"but {body[:40]!r}") from error
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise _no_answer(asked, "but JSON that is no list of rows")
    if not rows:
        return []
    names = [str(name) for name in rows[0]]
    if not {"timestamp", "original"} <= set(names):
        raise _no_answer(asked, f"but fields {names!r:.100}")
    return [dict(zip(names, map(str, row), strict=False)) for row in rows[1:]]


def _same_archive(page: FetchedPage) -> bool:
    """Whether what came is of the archive that was asked: it may have led to another of its
    hosts."""
    try:
        asked, came = urls.host(page.context.uri_r), urls.host(page.final_url)
    except BadUrlError:
        return False
    return urls.registered_domain(asked) == urls.registered_domain(came)


def _may_be(at: str, asked_at: datetime) -> bool:
    """Whether a copy can be of that time."""
    return FIRST_PAGE <= parse_time(at) <= asked_at + CLOCKS_APART


def wanted_at(asked: str) -> datetime:
    """The moment that a question asks about.

    Raises:
        ParseError: It names none.
    """
    stamps = parse_qs(urlsplit(asked).query).get("closest", [""])
    moment = _moment(stamps[0])
    if moment is None:
        raise ParseError(f"{asked}: a question about mementos without its moment")
    return moment


def _memento(row: dict[str, str]) -> Memento | None:
    """One row; None for a copy of an error page, or a row that names no copy."""
    moment, status = _moment(row.get("timestamp", "")), row.get("statuscode", "-")
    url = row.get("original", "")
    if moment is None or not url or status[:1] in {"4", "5"}:
        return None
    known = int(status) if status.isascii() and status.isdigit() else None
    return Memento(url, format_time(moment), known, row.get("digest") or None)


def stamp_time(stamp: str) -> datetime | None:
    """The moment of a time stamp; None for one that no copy can have."""
    moment = _moment(stamp)
    return moment if moment is not None and moment >= FIRST_PAGE else None


def _moment(stamp: str) -> datetime | None:
    if not (stamp.isascii() and stamp.isdigit()):
        return None
    try:
        moment = datetime.strptime(stamp, STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None
    return (
        moment if moment.year >= 1000 else None
    )  # what has fewer digits can be written, but not read again


def ranked(mementos: Sequence[Memento], at: datetime) -> tuple[Memento, ...]:
    """The copies to try, best first: pages before redirects, then the nearest to a moment, earlier
    before later.

    A redirect may lead to a copy of something else, from another time; it is taken where there is
    no page. Copies with the same digest are one. Never more than `MAX_CANDIDATES`.
    """

    def rank(memento: Memento) -> tuple[bool, timedelta, str]:
        is_redirect = memento.http_status is not None and memento.http_status >= 300
        return is_redirect, abs(parse_time(memento.at) - at), memento.at

    chosen: list[Memento] = []
    seen: set[str] = set()
    for memento in sorted(mementos, key=rank):
        if memento.digest is not None and memento.digest in seen:
            continue
        seen.add(memento.digest or "")
        chosen.append(memento)
    return tuple(chosen[:MAX_CANDIDATES])


# --- copies ---------------------------------------------------------------------------------------


def replay_parts(url: str) -> tuple[str, str] | None:
    """When a copy was made (ISO 8601 UTC), and of which address; None for an address that is no
    copy's."""
    match = _REPLAY.fullmatch(url)
    moment = _moment(match[2]) if match else None
    return (format_time(moment), match[3]) if match and moment else None


def page_url(url: str) -> str:
    """The address at which people see a copy: without the mark (`id_`) that asks for its bytes
    alone."""
    match = _REPLAY.fullmatch(url)
    return f"{match[1]}{match[2]}/{match[3]}" if match else url


def is_copy(page: FetchedPage) -> bool:
    """Whether a page is a source as another archive holds it."""
    return page.context.kind is Kind.SOURCE and page.context.via is Via.WAYBACK


def is_replay(page: FetchedPage) -> bool:
    """Whether what came for a copy is one: a page of that archive, of a time that can be."""
    parts = replay_parts(page.final_url)
    return parts is not None and _same_archive(page) and _may_be(parts[0], page.captured_at)


def copied_at(page: FetchedPage) -> str | None:
    """When the copy was made that was really served: redirects may have led to one of another
    time."""
    parts = replay_parts(page.final_url)
    return parts[0] if parts and is_replay(page) else page.context.memento_at


def as_original(page: FetchedPage) -> FetchedPage:
    """A copy as if the site itself had answered, to be judged and read by the rules for its
    address."""
    asked, arrived = replay_parts(page.context.uri_r), replay_parts(page.final_url)
    return replace(
        page,
        context=replace(
            page.context, via=Via.LIVE, uri_r=asked[1] if asked else page.context.uri_r
        ),
        final_url=arrived[1] if arrived else page.final_url,
        headers=_mended(page),
    )


def _mended(page: FetchedPage) -> dict[str, str]:
    """The headers, with the content coding that the body has.

    HACK: for pages that were compressed when they were saved, the Wayback sends its packed bytes
    with an empty second Content-Encoding. See
    https://github.com/edgi-govdata-archiving/web-monitoring-processing/issues/309, with example.
    """
    packed = whole_body(page.body).startswith(b"\x1f\x8b") and not page.headers.get(
        "content-encoding"
    )
    named = "gzip" in page.headers.get("content-type", "")
    return {**page.headers, "content-encoding": "gzip"} if packed and not named else page.headers
