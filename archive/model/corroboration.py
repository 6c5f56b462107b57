"""Two observers of one page: our capture beside another archive's copy of the same days."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archive.model.vocabulary import DriftClass

DIFFER = "observers-differ"
"""`events.kind`."""


@dataclass(frozen=True, slots=True)
class Observed:
    """A good capture of a page, by whomever.

    Attributes:
        at: When the page was so: of another archive's copy, when that was made; ISO 8601 UTC.
        kept_at: When it was captured here.
        observer: The archive's host, or `import`; empty for ourselves.
    """

    capture_id: int
    at: str
    text_id: int
    kept_at: str = ""
    observer: str = ""


@dataclass(frozen=True, slots=True)
class Corroboration:
    """What our text and a copy's are against each other.

    Attributes:
        copy_id: The copy.
        own_id: Our capture of those days that says most nearly the same.
        apart_s: Seconds from ours to the copy; negative where the copy is the older.
        drift: `same` where both observers saw the same.
        at: When the second of the two was captured here.
    """

    copy_id: int
    own_id: int
    observer: str
    apart_s: int
    drift: DriftClass
    distance: float
    words_added: int
    words_removed: int
    at: str
