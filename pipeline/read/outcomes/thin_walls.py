"""The rule for a wall of so few words that there is nothing else to read: it need not speak to
anybody, since the page is none that was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.read.notice import words_in
from pipeline.read.outcomes.brief import is_brief
from pipeline.read.outcomes.notices import WALL_LEXICON, shortened, wall_of
from pipeline.read.outcomes.words.reported import is_reported
from pipeline.read.outcomes.words.spoken import spoken_in

if TYPE_CHECKING:
    from archive.model.understood import CaptureVerdict
    from pipeline.read.outcomes.seen import Seen

_FEW_WORDS = 30


def thin_wall(seen: Seen) -> CaptureVerdict | None:
    """What a page of next to nothing says of why there is no more."""
    if "thin" not in seen.flags or seen.is_posted or seen.is_signed:
        return None
    said = "\n".join(seen.pieces)
    if not said or words_in(said) > _FEW_WORDS or is_reported(said):
        return None
    if seen.is_of_publisher or is_brief(seen):
        return None
    spoken = spoken_in(said, WALL_LEXICON)
    outcome, name = wall_of(spoken, said, titled=False, to_us=True)
    return seen.verdict(outcome, f"{name}-notice", shortened(said)) if outcome else None
