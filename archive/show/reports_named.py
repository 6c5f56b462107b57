"""Which report a name means: its id, its series' newest, or any address of it; and what is like
it."""

from __future__ import annotations

import difflib
from datetime import date
from typing import TYPE_CHECKING

from archive.db.as_of import seen_as_of
from archive.db.tables.version_rows import publication_behind, publication_id
from archive.errors import BadInputError, BadUrlError
from archive.urls import normal as urls

if TYPE_CHECKING:
    import sqlite_utils

_SERIES_NAMED = 12
"""Of those that are held, in a message."""

NEWEST = "newest"
"""Behind a series: its newest report, of one day the evening's."""
_NEWEST = """
SELECT id FROM reports WHERE series = ?
ORDER BY report_date DESC, edition IS 'morning', id DESC LIMIT 1
"""


def resolve(db: sqlite_utils.Database, name: str) -> str:
    """The id of the report that `name` means: an id, `SERIES/newest`, any address of any of its
    publications, or one that leads there.

    Raises:
        BadInputError: Nothing of that name is held; the message names the nearest ids.
    """
    found = named(db, name)
    if found is not None:
        return found
    near = nearest(db, name)
    hint = f"nearest: {', '.join(near)}" if near else _held_instead(db)
    at = seen_as_of(db)
    when = "" if at is None else f" as of {at}"
    raise BadInputError(f"report {name!r}: not held{when}; {hint}")


def named(db: sqlite_utils.Database, name: str) -> str | None:
    """As `resolve`; None: `name` is no address, and no id that is held.

    Raises:
        BadInputError: It is an address, of nothing that is held.
    """
    if db.execute("SELECT 1 FROM reports WHERE id = ?", [name]).fetchone():
        return name
    series, _, last = name.rpartition("/")
    found = db.execute(_NEWEST, [series]).fetchone() if last == NEWEST else None
    if found is not None:
        return str(found[0])
    if "://" in name:
        return _resolve_url(db, name)
    if "." in name.partition("/")[0]:
        return _resolve_url(db, f"https://{name}")
    return None


def _held_instead(db: sqlite_utils.Database) -> str:
    """What there is, for whoever asked for something that nothing here is like."""
    found = db.execute("SELECT series FROM reports GROUP BY series ORDER BY count(*) DESC, series")
    series = [row[0] for row in found.fetchall() if row[0]]
    if not series:
        return "no report is held yet: isw-archive collect fetches them, import takes in saved ones"
    more = f" and {len(series) - _SERIES_NAMED} more" if len(series) > _SERIES_NAMED else ""
    return f"series that are held: {', '.join(series[:_SERIES_NAMED])}{more}"


def nearest(db: sqlite_utils.Database, name: str, *, misspelt: bool = True) -> list[str]:
    """The ids of up to three reports that `name` may have meant, the likeliest first.

    The name of a series may be misspelt, always: there are few of them.

    Args:
        db: An archive.
        name: That no report has.
        misspelt: Whether letters of the rest may be wrong, too: of ten thousand reports that takes
            a third of a second, which strangers shall not ask for.
    """
    ids = [row[0] for row in db.execute("SELECT id FROM reports").fetchall()]
    return (
        _around(name, ids)
        or _of_a_like_series(name, ids)
        or (misspelt and difflib.get_close_matches(name, ids, n=3))
        or _containing(name, ids)
    )


def _around(name: str, ids: list[str]) -> list[str]:
    """The reports of the same series nearest to the day that `name` has."""
    series, _, rest = name.partition("/")
    wanted = _day_of(rest)
    days = {i: _day_of(i.partition("/")[2]) for i in ids if i.startswith(f"{series}/")}
    if wanted is None:
        return []
    away = {i: abs((day - wanted).days) for i, day in days.items() if day is not None}
    return sorted(away, key=lambda i: (away[i], i))[:3]


def _of_a_like_series(name: str, ids: list[str]) -> list[str]:
    """Those that `name` means with the series that it nearly names: of its day, else the newest."""
    wanted, _, rest = name.partition("/")
    held = sorted({one.partition("/")[0] for one in ids})
    like = difflib.get_close_matches(wanted, held, n=1)
    if not like or like == [wanted]:
        return []
    return _around(f"{like[0]}/{rest}", ids) or _containing(like[0], ids)


def _day_of(dated: str) -> date | None:
    try:
        return date.fromisoformat(dated[:10])
    except ValueError:
        return None


def _containing(name: str, ids: list[str]) -> list[str]:
    """The newest ids that hold the words of `name`."""
    words = name.lower().replace("/", " ").replace("-", " ").split()
    found = [i for i in ids if words and all(word in i for word in words)]
    dated = {i: _day_of(i.partition("/")[2]) for i in found}
    return sorted(found, key=lambda i: (dated[i] or date.min, i), reverse=True)[:3]


def _resolve_url(db: sqlite_utils.Database, url: str) -> str:
    try:
        key = urls.publication_key(urls.copied_address(url) or url)
    except BadUrlError as error:
        raise BadInputError(f"report {url!r}: {error}") from error
    publication = publication_id(db, key) or publication_behind(db, key)
    row = db.execute("SELECT report_id FROM publications WHERE id = ?", [publication]).fetchone()
    if row is None or row[0] is None:
        raise BadInputError(
            f"report {url}: not held; capture it with: isw-archive collect --report {url}"
        )
    return str(row[0])
