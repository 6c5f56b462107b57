"""Videos that a platform shows in its player alone: which of them a rule has fetched.

Only those that are all of their page: of a post with several a player would show any.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from archive.db.tables.browser_rows import hosts_of
from archive.db.tables.media_rows import TRIES
from archive.model.media import IN_PLAYER, THE_VIDEO
from archive.model.player import WantedVideo
from archive.model.vocabulary import PASSING_IN_DAYS

if TYPE_CHECKING:
    from collections.abc import Sequence

    import sqlite_utils

_IN_PLAYER = """
SELECT media.id, media.name, sources.url, sources.cited_url
FROM sources JOIN media ON media.source_id = sources.id
JOIN captures ON captures.id = media.capture_id
WHERE sources.host IN (SELECT value FROM json_each(:hosts))
  AND media.kind = 'video' AND media.name = :name AND media.url IS NULL AND media.missing = :missing
  AND media.outcome IS NOT 'ok'
"""
_WANTED = f"""{_IN_PLAYER}
  AND (media.outcome IS NULL OR media.tries < :tries
       AND media.outcome IN (SELECT value FROM json_each(:passing)))
  AND captures.via = 'live' AND sources.report_count > 0
ORDER BY sources.last_cited DESC, sources.id, media.position, media.id LIMIT :most
"""  # noqa: S608 - ours
_NAMED = f"""{_IN_PLAYER}
  AND sources.id IN (SELECT value FROM json_each(:ids)) ORDER BY sources.id, media.position
"""  # noqa: S608 - ours


def wanted(db: sqlite_utils.Database, rules: Sequence[str], limit: int) -> list[WantedVideo]:
    """Videos on these hosts that nobody fetched yet, newest citations first.

    Args:
        db: The archive.
        rules: Hosts; a name means its subdomains, too.
        limit: At most so many.
    """
    asked = {
        **_asked(db, rules),
        "tries": TRIES,
        "passing": json.dumps(sorted(PASSING_IN_DAYS)),
        "most": limit,
    }
    return [WantedVideo(*row) for row in db.execute(_WANTED, asked).fetchall()]


def wanted_of(
    db: sqlite_utils.Database, rules: Sequence[str], sources: Sequence[int]
) -> list[WantedVideo]:
    """Of these sources all that is not held, whatever became of it before."""
    asked = {**_asked(db, rules), "ids": json.dumps(list(sources))}
    return [WantedVideo(*row) for row in db.execute(_NAMED, asked).fetchall()]


def _asked(db: sqlite_utils.Database, rules: Sequence[str]) -> dict[str, object]:
    return {"hosts": json.dumps(hosts_of(db, rules)), "missing": IN_PLAYER, "name": THE_VIDEO}
