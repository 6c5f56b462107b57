"""Flat records as rows of a table."""

from __future__ import annotations

from typing import Any


def values_of(row: Any) -> dict[str, Any]:
    """A flat row's values by column; `dataclasses.asdict` copies deeply and takes ten times as
    long."""
    return {name: getattr(row, name) for name in row.__slots__}
