"""How sentences of a version came to read as they do: the edits that each went through. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from archive.show.reading import Row


def histories(edits: Sequence[Row], sentences: Iterable[str]) -> dict[str, list[Row]]:
    """Of each sentence that was edited its edits, the newest first.

    Args:
        edits: Of one publication up to the version that has the sentences, the newest first, as
            `archive.show.corrections.edits` gives them.
        sentences: As the version has them.
    """
    found = {sentence: _history(edits, sentence) for sentence in sentences}
    return {sentence: gone_through for sentence, gone_through in found.items() if gone_through}


def _history(edits: Sequence[Row], sentence: str) -> list[Row]:
    gone_through, now = [], _blanks_collapsed(sentence)
    for edit in edits:
        # an edit of two places alike stands twice; the words before it are found once
        if edit["after"] is not None and _blanks_collapsed(edit["after"]) == now:
            gone_through.append(edit)
            if edit["before"] is None:
                break
            now = _blanks_collapsed(edit["before"])
    return gone_through


def _blanks_collapsed(text: str) -> str:
    return " ".join(text.split())
