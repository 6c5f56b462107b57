"""What a capture's text shares with the texts that are held; decided by `archive.near_duplicates`.
Pure."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING

from archive import near_duplicates
from archive.model.rows import SharedText
from archive.urls import normal as urls

if TYPE_CHECKING:
    from archive.model.rows import TextRow
    from archive.model.understood import Signature
    from pipeline.decide.held import HeldTexts


def shared_text(
    held: HeldTexts, source_id: int, text: TextRow | None, signature: Signature | None
) -> SharedText | None:
    """What to write of a source's text; None when it is too short, or a notice in place of what was
    cited."""
    if text is None or signature is None:
        return None
    same = urls.stable_id(text.digest)
    if not signature.bands or held.has_bands(text.id, signature.bands):
        return SharedText(source_id, text.id, same)
    known = near_duplicates.NearCandidates(
        text=cache(held.text),
        holders=partial(held.holders, limit=near_duplicates.CROWD + 1),
        pairs=held.near_pairs,
    )
    found = near_duplicates.links(text.id, text.text, signature.bands, known)
    return SharedText(source_id, text.id, same, signature.bands, found.together, found.apart)
