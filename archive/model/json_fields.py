"""Values out of JSON, checked against the types of a dataclass's fields: a record may be a
stranger's, and one value of another type would end every command that reads it."""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from types import NoneType
from typing import Any

from archive.writable import writable

_TYPES: dict[str, tuple[type, ...]] = {
    "int": (int,), "bool": (bool,), "str": (str,), "float": (float, int), "None": (NoneType,),
}  # fmt: skip
_MOST = 1 << 63
"""SQLite's integers are smaller."""


@cache
def plain_types(kind: type) -> dict[str, tuple[type, ...] | None]:
    """The types that JSON has for a dataclass's fields, by name; None: it has the field in another
    form, which is not checked here."""
    found: dict[str, tuple[type, ...] | None] = {}
    for one in fields(kind):
        names = str(one.type).split(" | ")
        is_plain = all(name in _TYPES for name in names)
        found[one.name] = tuple(t for name in names for t in _TYPES[name]) if is_plain else None
    return found


def checked_fields(kind: type, told: dict[str, Any]) -> dict[str, Any]:
    """The values that are fields of a dataclass; those of a newer version are left out.

    Args:
        kind: The dataclass.
        told: From JSON.

    Raises:
        ValueError: A value has another type than its field, or is a number below zero or too large.
    """
    wanted = plain_types(kind)
    found = {name: value for name, value in told.items() if name in wanted}
    for name, value in found.items():
        types = wanted[name]
        if types is not None and type(value) not in types:
            raise ValueError(f"{name}: {value!r:.80}")
        if isinstance(value, int) and not 0 <= value < _MOST:
            raise ValueError(f"{name}: {value}")
        if isinstance(value, str) and not value.isascii():
            # half a character, as of an argument that is no UTF-8: the database takes none
            found[name] = writable(value)
    return found
