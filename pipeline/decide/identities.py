"""Whether an account's address now belongs to another account: told by the account's number, never
guessed.

A handle that its owner gives up can be taken by anybody. What stands under it then is not what was
cited, and that something is not there any more proves nothing about it. Pure.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from archive.model.past import Checked, Sighting
from archive.model.vocabulary import Outcome

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive.model.rows import CaptureRow

ACCOUNT_ID = "account_id"
"""Among the facts of a capture: the number that the platform gives the account."""


def sighting(row: CaptureRow) -> tuple[Sighting, ...]:
    """Who holds the account's address by what a capture says; None where it does not say."""
    said = json.loads(row.facts).get(ACCOUNT_ID)
    return (Sighting(row.captured_at, row.id, str(said)),) if said else ()


def with_identities(checked: Sequence[Checked], seen: Sequence[Sighting]) -> list[Checked]:
    """The attempts, those marked at whose time the address belonged to another account.

    Args:
        checked: Of one source, in time order.
        seen: Whoever was seen to hold the address, by captures of any source of the account.
    """
    ordered = sorted(seen)
    if len({one.account_id for one in ordered}) < 2:
        return list(checked)
    own = _cited(checked, ordered)
    return [_marked(one, own, ordered) for one in checked]


def _cited(checked: Sequence[Checked], ordered: Sequence[Sighting]) -> str:
    """Who held the address when the source was first there: by that capture itself, or else by the
    newest sighting before it, or else by the first one."""
    first = next((c.attempt for c in checked if c.attempt.outcome is Outcome.OK), None)
    first = first or checked[0].attempt
    return _holder(first.at, first.capture_id, ordered) or ordered[0].account_id


def _marked(one: Checked, own: str, ordered: Sequence[Sighting]) -> Checked:
    attempt = one.attempt
    if attempt.outcome is Outcome.NOT_MODIFIED:
        return one  # the body, and so its owner, is that of before
    holder = _holder(attempt.at, attempt.capture_id, ordered)
    if holder is None or holder == own:
        return one
    return replace(one, attempt=replace(attempt, holders=(own, holder)))


def _holder(at: str, capture: int, ordered: Sequence[Sighting]) -> str | None:
    """Who held the address at a time: by the capture itself, or else by the newest sighting before
    it."""
    of_itself = [one for one in ordered if one.capture_id == capture]
    before = [one for one in ordered if one.at <= at]
    return next((one.account_id for one in [*of_itself, *reversed(before)]), None)
