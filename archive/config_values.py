"""What a setting may be, and its value from how it is written in a file or the environment."""

from __future__ import annotations

import ipaddress
import re
import types
from typing import Any, NamedTuple

from archive.config_ranges import LEAST_IF_ANY, RANGES, UNBOUNDED
from archive.errors import BadInputError

_HOST = re.compile(r"(?:[\w-]{1,63}\.)+[\w-]{2,63}|(?:\d{1,3}\.){3}\d{1,3}")


class _Shape(NamedTuple):
    pattern: str
    words: str


# what a shell or another program would make of it, and we would make a folder of
_PATH = r"(?![~-])(?!\s*$)(?![A-Za-z][A-Za-z0-9+.-]*:/)[^\0\r\n]+"
_OR_BUCKET = rf"(?:s3://[^\0\r\n]+|{_PATH})"
_WHOLE = "(a path as it is: no ~, no - before it)"

_SHAPES = {
    # it goes into a header of every request
    "contact": _Shape(
        r"https?://[!-~]+\.[!-~]+|(mailto:)?[!-~]+@[!-~]+", "one URL or mail address in plain ASCII"
    ),
    "wayback": _Shape(r"https?://[!-~]+", "an http(s) address, or empty"),
    "daily_at": _Shape(r"([01]\d|2[0-3]):[0-5]\d", "a time of day as HH:MM"),
    "timestamp_authorities": _Shape(
        r"https?://[!-~]+( +https?://[!-~]+)*", "http(s) addresses divided by blanks"
    ),
    "timestamp_calendars": _Shape(
        r"https?://[!-~]+( +https?://[!-~]+)*", "http(s) addresses divided by blanks"
    ),
    "early_looks": _Shape(r"on|off", "on or off"),
    "media": _Shape(r"none|pictures|videos", "none, pictures or videos"),
    "depot": _Shape(_OR_BUCKET, f"a folder {_WHOLE}, or s3://bucket/prefix"),
    "queue": _Shape(
        r"(?!\s*$)[^\0\r\n]+", "libpq's words for a database, or a postgresql:// address"
    ),
    "backup_to": _Shape(_OR_BUCKET, f"a folder {_WHOLE}, or s3://bucket/prefix"),
    "publishers": _Shape(_PATH, f"a folder {_WHOLE}"),
    "sign_key": _Shape(_PATH, f"a file {_WHOLE}"),
}


_NEVER_EMPTY = frozenset({"early_looks", "media"})
"""Of these an empty text would be a choice that nobody made."""


def value_of(where: str, name: str, value: Any, hint: Any) -> Any:
    """A setting's value, of its type and within what it allows.

    Args:
        where: What gave it, for the message.
        name: Of the setting.
        value: As given: in a file of TOML's types, in the environment a text.
        hint: The type of the setting's field.

    Raises:
        BadInputError: It is none that this setting can have.
    """
    if name in {"browser_hosts", "ytdlp_hosts"}:
        return _hosts(where, name, value)
    if hint is bool:
        return _truth(where, name, value)
    if hint == tuple[str, ...]:
        return _networks(where, name, value)
    if hint in {int, float}:
        return _number(where, name, value, hint)
    if not isinstance(value, str):
        raise BadInputError(f"{where}: {name} is a text, not {value!r}")
    shape = _SHAPES[name]
    if (value or name in _NEVER_EMPTY) and not re.fullmatch(shape.pattern, value):
        raise BadInputError(f"{where}: {name} is {shape.words}, not {value!r}")
    return value or (None if isinstance(hint, types.UnionType) else "")


def _hosts(where: str, name: str, value: Any) -> tuple[str, ...]:
    items = value.replace(",", " ").split() if isinstance(value, str) else value
    if not isinstance(items, list) or not all(
        isinstance(item, str) and _HOST.fullmatch(item.lower()) for item in items
    ):
        raise BadInputError(
            f"{where}: {name} is a list of hosts such as maps.example.org, not {value!r}"
        )
    return tuple(dict.fromkeys(item.lower().removeprefix("www.") for item in items))


def _truth(where: str, name: str, value: Any) -> bool:
    said = {"true": True, "false": False}.get(value.lower()) if isinstance(value, str) else value
    if not isinstance(said, bool):
        raise BadInputError(f"{where}: {name} is true or false, not {value!r}")
    return said


def _networks(where: str, name: str, value: Any) -> tuple[str, ...]:
    items = value.replace(",", " ").split() if isinstance(value, str) else value
    try:
        if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
            raise TypeError
        for item in items:
            ipaddress.ip_network(item)
    except (TypeError, ValueError):
        raise BadInputError(
            f"{where}: {name} is a list of networks such as 10.0.0.0/8, not {value!r}"
        ) from None
    return tuple(items)


def _number(where: str, name: str, value: Any, kind: type[int | float]) -> int | float:
    least, most = RANGES.get(name, (0, UNBOUNDED))
    or_more = LEAST_IF_ANY.get(name, 0)
    try:
        if isinstance(value, bool) or (kind is int and isinstance(value, float)):
            raise TypeError
        number = kind(value)
        if not least <= number <= most or 0 < number < or_more:
            raise ValueError
    except (TypeError, ValueError, OverflowError):
        what = "whole number" if kind is int else "number"
        bounds = f"from {least} to {most}" if most < UNBOUNDED else f"of {least} or more"
        bounds += f", or at least {or_more} where it is not 0" if or_more else ""
        raise BadInputError(f"{where}: {name} is a {what} {bounds}, not {value!r}") from None
    return number
