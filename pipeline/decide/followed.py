"""How long a source was followed, as its verdicts tell. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.model.rows import Followed
from archive.model.vocabulary import SEEING, Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive.model.rot import Verdict


def followed(found: Sequence[Verdict]) -> Followed:
    """The times from which and to which a source was seen, and when its text was another for the
    first time.

    Args:
        found: What it was after each attempt, in order, those that changed nothing among them.
    """
    seeing = [one.at for one in found if one.rule in SEEING]
    drifted = (one.at for one in found if one.status is Status.DRIFTED)
    return Followed(
        first_seen_at=min(seeing, default=None),
        last_seen_at=max(seeing, default=None),
        drifted_at=min(drifted, default=None),
        compared=any(one.drift is not None for one in found),
    )
