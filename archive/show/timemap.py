"""The captures of an address as RFC 7089 has them told: `Link` headers and TimeMaps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from email.utils import format_datetime, parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from archive.model.times import format_time
from archive.urls.typed import escaped_for_path

if TYPE_CHECKING:
    from datetime import datetime

    from archive.show.mementos import Memento, Mementos


@dataclass(frozen=True, slots=True)
class Places:
    """Where the answers about addresses stand.

    Attributes:
        root: The address of the archive's root, without a slash at its end.
    """

    root: str

    def timegate(self, original: str) -> str:
        """Leads to the memento of a moment."""
        return f"{self.root}/timegate/{escaped_for_path(original)}"

    def timemap(self, original: str, form: str = "link") -> str:
        """Lists the mementos, as `link` or `json`."""
        return f"{self.root}/timemap/{form}/{escaped_for_path(original)}"

    def memento(self, original: str, one: Memento, mode: str = "") -> str:
        """One of them; with the mode `id_`, the bytes as captured."""
        return self.at(original, f"{one.stamp}{mode}")

    def at(self, original: str, stamp: str) -> str:
        """The memento of a moment, as 14 digits and mode."""
        return f"{self.root}/web/{stamp}/{escaped_for_path(original)}"


def http_date(moment: datetime) -> str:
    """`Thu, 05 Mar 2026 02:00:00 GMT`."""
    return format_datetime(moment.astimezone(UTC), usegmt=True)


def accepted_moment(header: str | None) -> datetime | None:
    """What an `Accept-Datetime` asks for; None: it asks for nothing.

    Raises:
        ValueError: It names no moment.
    """
    if not (header or "").strip():
        return None
    try:
        found = parsedate_to_datetime(str(header))
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (TypeError, ValueError, IndexError, OverflowError) as error:
        raise ValueError(f"{header!r} names no moment") from error


def link_header(
    places: Places, held: Mementos, shown: Memento | None = None, mode: str = ""
) -> str:
    """The `Link` of an answer.

    Args:
        places: Where things stand.
        held: What is held of the address.
        shown: The memento that is answered with; None for a TimeGate.
        mode: In which it is shown; its neighbours are named as TimeMaps name them.
    """
    links = [
        _link(in_header(held.original), "original"),
        _link(places.timegate(held.original), "timegate"),
        _link(
            places.timemap(held.original), "timemap", 'type="application/link-format"'
        ),
        *(_memento_link(places, held, one, rel) for one, rel in _with_relations(held, shown)),
        *([_memento_link(places, held, shown, "memento", mode)] if shown and mode else []),
    ]  # fmt: skip
    return ", ".join(links)


def in_header(url: str) -> str:
    """An address as a header can hold it: letters of other scripts escaped, nothing ends it."""
    return "".join(
        c if "!" <= c <= "~" and c not in '<>"\\' else "".join(f"%{b:02X}" for b in c.encode())
        for c in url
    )


def _with_relations(held: Mementos, shown: Memento | None) -> list[tuple[Memento, str]]:
    """The mementos that a header names, each once, with all that it is to the one shown."""
    if not held.found:
        return [(shown, "memento")] if shown else []
    before = [one for one in held.found if shown and one.at < shown.at]
    after = [one for one in held.found if shown and one.at > shown.at]
    said: dict[int, tuple[Memento, list[str]]] = {}
    for one, rel in (
        (held.found[0], "first"),
        (before[-1] if before else None, "prev"),
        (shown, ""),
        (after[0] if after else None, "next"),
        (held.found[-1], "last"),
    ):
        if one is not None:
            said.setdefault(one.capture, (one, []))[1].append(rel)
    return [(one, " ".join([*filter(None, rels), "memento"])) for one, rels in said.values()]


def _memento_link(places: Places, held: Mementos, one: Memento, rel: str, mode: str = "") -> str:
    moment = f'datetime="{http_date(one.at)}"'
    return _link(places.memento(held.original, one, mode), rel, moment)


def _link(target: str, rel: str, *more: str) -> str:
    return "; ".join([f"<{target}>", f'rel="{rel}"', *more])


def link_format(places: Places, held: Mementos) -> str:
    """The TimeMap as `application/link-format`; a line each."""
    span = f'from="{http_date(held.found[0].at)}"; until="{http_date(held.found[-1].at)}"'
    own = _link(
        places.timemap(held.original), "self", 'type="application/link-format"', span
    )  # fmt: skip
    named = dict.fromkeys((one.capture for one in held.found), "memento")
    named.update((one.capture, rel) for one, rel in _with_relations(held, None))
    lines = [
        _link(in_header(held.original), "original"),
        own,
        _link(places.timegate(held.original), "timegate"),
        *(_memento_link(places, held, one, named[one.capture]) for one in held.found),
    ]
    return ",\n".join(lines) + "\n"


def as_json(places: Places, held: Mementos) -> dict[str, Any]:
    """The TimeMap as MemGator and others write it, with what we know of each capture."""
    told = [_memento(places, held, one) for one in held.found]
    short = [{name: one[name] for name in ("datetime", "uri")} for one in (told[0], told[-1])]
    return {
        "original_uri": held.original,
        "self": places.timemap(held.original, "json"),
        "mementos": {"list": told, "first": short[0], "last": short[1]},
        "timemap_uri": {
            "link_format": places.timemap(held.original),
            "json_format": places.timemap(held.original, "json"),
        },
        "timegate_uri": places.timegate(held.original),
    }


def _memento(places: Places, held: Mementos, one: Memento) -> dict[str, Any]:
    return {
        "datetime": format_time(one.at),
        "uri": places.memento(held.original, one),
        "status": one.status,
        "outcome": one.outcome,
        "content_type": one.content_type,
        "digest": one.digest,
        "capture_id": one.capture,
    }
