"""What a layout's parser hands over: where things stand in the page. The rest is the same for all
layouts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archive.model.reports import Attachment
    from pipeline.read.blocks import Block


@dataclass(frozen=True, slots=True)
class Draft:
    """A page as one layout's parser sees it.

    Attributes:
        parser: Name and version, e.g. `isw-wp/3`.
        publisher: `isw`, `ctp`, or the host's name.
        url: The address the page declares for itself, else the fetched one; absolute.
        title: As printed.
        blocks: Body and notes.
        product_line: The series as the page itself names it.
        printed_date: A date printed beside the title, outside the body.
        created_at: When the page was begun; tells the year of a title without one, never the day.
        researchers: People on the page's cards; authors where the body names none.
        side_lines: Lines of the sidebar's notes.
        pictured: False for plain text: its captions tell of pictures that are not there, and are
            figures without address.
        loose: True when the body was found by no element of the layout's own: the page must then
            prove that it is a report.
        known: False when the layout is nobody's that we know.
    """

    parser: str
    publisher: str
    url: str
    title: str
    blocks: tuple[Block, ...]
    product_line: str | None = None
    printed_date: str | None = None
    created_at: str | None = None
    published_at: str | None = None
    modified_at: str | None = None
    researchers: tuple[str, ...] = ()
    side_lines: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    aliases: tuple[str, ...] = ()
    pictured: bool = True
    loose: bool = False
    known: bool = True
