"""Who is behind an account, as captures say: its numbers, names and other addresses, over time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.show.reading import Row, rows
from archive.show.withheld import any_withheld, withheld_among

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

MOST = 400
"""Captures looked at, the newest; the view `account_looks` has them all."""

_LOOKS = """
SELECT account_id, captured_at, name, subscribers, about, capture_id FROM account_looks
WHERE platform = ? AND account = ? ORDER BY captured_at DESC, capture_id DESC LIMIT ?
"""
# the number is the platform's: another's may be the same
_OTHERS = """
SELECT account, first_seen_at, last_seen_at FROM accounts
WHERE platform = ? AND account_id = ? AND account != ? ORDER BY first_seen_at, account
"""


def who(connection: sqlite3.Connection, platform: str, account: str) -> list[Row]:
    """Each number that the address was seen to have, in the order of time.

    Each with its `looks` (captures in a row under one name: the first and the last of them, and
    the first and last count of subscribers), how it last described itself (`about`), and its other
    addresses (`others`).
    """
    looks = rows(connection, _LOOKS, (platform, account, MOST))[::-1]
    if any_withheld(connection):
        kept_back = withheld_among(connection, [one["capture_id"] for one in looks])
        looks = [one for one in looks if one["capture_id"] not in kept_back]
    numbers = dict.fromkeys(one["account_id"] for one in looks)
    return [_one(connection, (platform, account), number, looks) for number in numbers]


def _one(
    connection: sqlite3.Connection, named: tuple[str, str], number: str, looks: list[Row]
) -> Row:
    own = [one for one in looks if one["account_id"] == number]
    return {
        "account_id": number,
        "looks": [_look(run) for run in _runs(own)],
        "about": next((one["about"] for one in reversed(own) if one["about"]), None),
        "others": rows(connection, _OTHERS, (named[0], number, named[1])),
    }


def _runs(looks: list[Row]) -> Iterator[list[Row]]:
    """Looks in a row under one name; one that shows none goes with those before."""
    run: list[Row] = []
    for look in looks:
        if run and look["name"] and look["name"] != _name(run):
            yield run
            run = []
        run.append(look)
    if run:
        yield run


def _name(run: list[Row]) -> str | None:
    return next((one["name"] for one in run if one["name"]), None)


def _look(run: list[Row]) -> Row:
    counted = [one["subscribers"] for one in run if one["subscribers"]]
    return {
        "name": _name(run), "subscribers": list(dict.fromkeys([*counted[:1], *counted[-1:]])),
        "first_seen_at": run[0]["captured_at"], "first_capture": run[0]["capture_id"],
        "last_seen_at": run[-1]["captured_at"], "last_capture": run[-1]["capture_id"],
    }  # fmt: skip
