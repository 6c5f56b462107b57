"""A document laid out, before its references are looked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archive.model.reports import Note
    from pipeline.read.blocks import Block


@dataclass(frozen=True, slots=True)
class Laid:
    """A document laid out, whatever its format was.

    Attributes:
        blocks: Its text with its links, in order.
        notes: Notes and entries that the format itself calls so, with what it prints as label.
        title: As it calls itself, or empty.
        base_url: What its relative addresses are resolved against; empty: nothing is.
        doubts: What could not be read of it, a sentence each.
    """

    blocks: tuple[Block, ...] = ()
    notes: tuple[Note, ...] = ()
    title: str = ""
    base_url: str = ""
    doubts: tuple[str, ...] = ()
