"""An edit of a report as pages show it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archive.show import corrections
from archive.show.corrections_feed import changes_path
from archive.show.diff_html import words_html
from archive.show.prose_diff import marked_words

if TYPE_CHECKING:
    from archive.show.reading import Row


def told_edit(row: Row) -> dict[str, Any]:
    """An edit of `archive.show.corrections.edits` with its words, and where more of it stands."""
    before, after = marked_words(row["before"], row["after"])
    return {
        **row, "html": words_html(before, after),
        "told": [corrections.TOLD[kind] for kind in row["kinds"]],
        "admitted": corrections.ADMITTED[row["admission"]], "stood": corrections.stood_told(row),
        "changes": changes_path(row), "card": f"edit/{row['version_id']}/{row['position']}",
    }  # fmt: skip
