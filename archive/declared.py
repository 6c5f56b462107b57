"""What the modules of a package declare, so that a new one is registered by being there."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from typing import TypeVar

Record = TypeVar("Record")


def declared(package: str, name: str, kind: type[Record]) -> tuple[Record, ...]:
    """The records called `name` of all modules of a package that have one, by the modules' names.

    Args:
        package: Its dotted name.
        name: Of the record in each module, such as `PLATFORM`.
        kind: Of the records.

    Raises:
        TypeError: A module declares something else under that name.
    """
    found = []
    for module in sorted(
        entry.name for entry in pkgutil.iter_modules(import_module(package).__path__)
    ):
        record = getattr(import_module(f"{package}.{module}"), name, None)
        if record is None:
            continue
        if not isinstance(record, kind):
            raise TypeError(f"{package}.{module}.{name}: a {kind.__name__} is expected")
        found.append(record)
    return tuple(found)
