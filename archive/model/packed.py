"""Records that travel between processes in thousands, packed and unpacked in half the time."""

from __future__ import annotations

from dataclasses import fields
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    T = TypeVar("T", bound=type[DataclassInstance])


def packed(kind: T) -> T:
    """A frozen dataclass with slots that is pickled as its values and made of them again.

    What `dataclasses` adds for pickling asks for the fields of each object. For classes of two
    fields or more, all set by their constructor in that order.
    """
    values = attrgetter(*(field.name for field in fields(kind)))

    def reduce(self: DataclassInstance) -> tuple[Any, ...]:
        return kind, values(self)

    kind.__reduce__ = reduce  # type: ignore[assignment]
    return kind
