"""What a worker read, as text for another machine or a later day.

It is JSON that names our own records, and no pickle: whoever can write such a text can make it say
something wrong, but cannot have any code run.
"""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from importlib import import_module
from typing import Any

from archive.errors import ArchiveError

_MODULES = (
    "archive.model.fetch",
    "archive.model.media",
    "archive.model.reports",
    "archive.model.rows",
    "archive.model.sources",
    "archive.model.speech",
    "archive.model.understood",
    "archive.model.vocabulary",
    "pipeline.read.references.kinds",
)
"""What `Processed` is made of."""


class PackingError(ArchiveError):
    """A text that this program did not write so."""


def pack(value: object) -> str:
    """A record of our model, or plain data, as JSON in one line.

    Raises:
        TypeError: It holds what has no form here.
    """
    return json.dumps(_packed(value), separators=(",", ":"))


def unpack(text: str) -> Any:
    """What `pack` was given.

    Raises:
        PackingError: It is something else.
    """
    try:
        return _unpacked(json.loads(text))
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError) as error:
        raise PackingError(f"not what was read of a page: {error!r}") from error


def _packed(value: object) -> Any:
    if isinstance(value, Enum):
        return {"e": [_name(value), value.value]}
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        return [_packed(one) for one in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {"r": [_name(value), *(_packed(getattr(value, one.name)) for one in fields(value))]}
    return _packed_plain(value)


def _packed_plain(value: object) -> dict[str, Any]:
    if isinstance(value, list):
        return {"l": [_packed(one) for one in value]}
    if isinstance(value, dict):
        return {"d": [[_packed(key), _packed(one)] for key, one in value.items()]}
    if isinstance(value, datetime):
        return {"t": value.isoformat()}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    raise TypeError(f"{type(value).__qualname__} has no form")


def _name(value: object) -> str:
    name = type(value).__name__
    if _records().get(name) is not type(value):
        raise TypeError(f"{name} is no record of ours")
    return name


def _unpacked(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_unpacked(one) for one in value)
    if not isinstance(value, dict):
        return value
    [(kind, held)] = value.items()
    return _KINDS[kind](held)


def _enum(held: Any) -> Any:
    name, value = held
    found = _records()[name]
    if not issubclass(found, Enum):
        raise TypeError(name)
    return found(value)


def _record(held: Any) -> Any:
    name, *values = held
    found = _records()[name]
    if not is_dataclass(found):
        raise TypeError(name)
    return found(*map(_unpacked, values))


_KINDS = {
    "e": _enum,
    "r": _record,
    "l": lambda held: [_unpacked(one) for one in held],
    "d": lambda held: {_unpacked(key): _unpacked(one) for key, one in held},
    "t": datetime.fromisoformat,
    "day": date.fromisoformat,
}


@cache
def _records() -> dict[str, type]:
    """Our own records and vocabularies by name: nothing else is ever made."""
    modules = [import_module(name) for name in _MODULES]
    return {
        name: one
        for module in modules
        for name, one in vars(module).items()
        if isinstance(one, type)
        and one.__module__ in _MODULES
        and (is_dataclass(one) or issubclass(one, Enum))
    }
