"""What a capture's text shares with the texts that are held: read from the database, decided by `pipeline.read.near`."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING

from archive.db import store_texts
from archive.model.rows import SharedText
from archive.urls import normal as urls
from pipeline.read import near

if TYPE_CHECKING:
    import sqlite_utils

    from archive.model.records import Signature
    from archive.model.rows import TextRow


def shared_text(
    db: sqlite_utils.Database, source_id: int, text: TextRow | None, signature: Signature | None
) -> SharedText | None:
    """What to write of a source's text; None when it is too short, or a notice in place of what was cited."""
    if text is None or signature is None:
        return None
    same = urls.stable_id(text.digest)
    if not signature.bands or store_texts.has_bands(db, text.id, signature.bands):
        return SharedText(source_id, text.id, same)
    known = near.Known(
        text=cache(partial(store_texts.text, db)),
        holders=partial(store_texts.holders, db, limit=near.CROWD + 1),
        pairs=partial(store_texts.near_pairs, db),
    )
    found = near.links(text.id, text.text, signature.bands, known)
    return SharedText(source_id, text.id, same, signature.bands, found.together, found.apart)
