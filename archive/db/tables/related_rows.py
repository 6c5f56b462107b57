"""What posts refer to: `post_links`, and which of these posts are to be captured."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.model.flat import values_of
from archive.model.related import Relation

if TYPE_CHECKING:
    import sqlite_utils

    from archive.model.rows import CaptureUpdate

# Captures come in any order; numbers of captures grow with time.
_MERGE = """
INSERT INTO post_links (source_id, relation, other_id, url, platform, account, post_id,
    capture_id, wanted)
VALUES (:source_id, :relation, :other_id, :url, :platform, :account, :post_id, :capture_id,
    :post_id IS NOT NULL AND :relation != :album
    AND NOT EXISTS (SELECT 1 FROM captures WHERE captures.source_id = :other_id))
ON CONFLICT DO UPDATE SET capture_id = min(capture_id, excluded.capture_id)
"""

# What somebody cites is captured for that.
_WANTED = """
SELECT links.url FROM post_links AS links
JOIN sources AS citing ON citing.id = links.source_id
LEFT JOIN sources AS other ON other.id = links.other_id
WHERE links.wanted = 1 AND citing.report_count > 0 AND coalesce(other.report_count, 0) = 0
GROUP BY links.other_id ORDER BY max(citing.last_cited) DESC, links.other_id LIMIT ?
"""


def save(db: sqlite_utils.Database, update: CaptureUpdate) -> None:
    """Write what one capture shows its post to refer to; inside the caller's transaction."""
    for link in update.related:
        db.execute(_MERGE, {**values_of(link), "album": Relation.ALBUM})
    if update.capture.source_id is not None:
        db.execute(
            "UPDATE post_links SET wanted = 0 WHERE other_id = ? AND wanted = 1",
            [update.capture.source_id],
        )


def wanted(db: sqlite_utils.Database, limit: int) -> list[str]:
    """Posts that cited ones refer to and that nobody tried to capture, newest citations first.

    Of posts that were captured for this nothing is followed: nobody cites them.
    """
    return [row[0] for row in db.execute(_WANTED, [limit]).fetchall()]
