"""`status` on one screen: what needs a person first, with its remedy, then how all stands."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

from archive.counted import counted
from archive.model.times import shown_time
from archive.show.status import WORST
from pipeline.cli.status_text import CHANGES, cluster, needs_told, space_words, span
from pipeline.run.jobs.say import printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

ROWS = 24
"""Of the smallest terminal that people still have."""
NARROW, WIDE = 60, 100
"""Columns: below the first nothing fits, beyond the second a line is hard to follow."""

TEXT_ROWS, REMEDY_ROWS = 2, 1
"""What is shown of one need; `--all` and `alarms` have the whole of it."""

NOTHING = "nothing needs a person"
ALL = "isw-archive status --all"

STATUSES = 5
SITES = 3
JOBS = 4
"""Things of one kind that are named; the rest are counted."""


def screen_lines(status: Mapping[str, Any], width: int = WIDE) -> Iterator[str]:
    """What `isw-archive status` prints: at most `ROWS` lines.

    Args:
        status: From `archive.show.status.status`, with `needs`, `space`, `jobs` and `ledger`.
        width: Columns there are.
    """
    width = max(NARROW, min(width, WIDE))
    stands = [_cut(line, width) for line in _held_lines(status)]
    yield from _needs(status["needs"], width, ROWS - len(stands) - 2)
    yield ""
    yield from stands
    yield _cut(f"more: {ALL}", width)


def piped_lines(status: Mapping[str, Any]) -> Iterator[str]:
    """The status for a pipe or a log: each alarm by itself, and no line is cut."""
    yield from list(needs_told(status)) or [NOTHING]
    yield ""
    yield from _held_lines(status)
    yield f"more: {ALL}"


def _needs(needs: Sequence[Mapping[str, str]], width: int, rows: int) -> Iterator[str]:
    """The gravest that fit, and how many more there are."""
    if not needs:
        yield NOTHING
        return
    blocks = [_need(one, width) for one in needs]
    shown = next(n for n in range(len(blocks), -1, -1) if _height(blocks, n) <= rows)
    for block in blocks[:shown]:
        yield from block
    if shown < len(blocks):
        yield _cut(f"! {len(blocks) - shown} more: {ALL}", width)


def _height(blocks: Sequence[Sequence[str]], shown: int) -> int:
    return sum(map(len, blocks[:shown])) + (shown < len(blocks))


def _need(one: Mapping[str, str], width: int) -> list[str]:
    text = _wrapped(one["text"], "! ", width, TEXT_ROWS)
    return [*text, *_wrapped(one["remedy"], "  > ", width, REMEDY_ROWS)]


def _wrapped(text: str, mark: str, width: int, rows: int) -> list[str]:
    return textwrap.wrap(
        printable(text), width, initial_indent=mark, subsequent_indent=" " * len(mark),
        max_lines=rows, placeholder=" ...",
    )  # fmt: skip


def _cut(text: str, width: int) -> str:
    text = printable(text)
    return text if len(text) <= width else text[: width - 4].rstrip() + " ..."


def _held_lines(status: Mapping[str, Any]) -> Iterator[str]:
    told = {
        "reports": _reports(status), "sources": _sources(status), "due": _due(status["due"]),
        "in time": _waited(status["hours_from_citation_to_capture"]),
        "finding": _finding(status["discovery"]), "checks": _checks(status["last_check"]),
        "last week": _week(status["events_of_7_days"]),
        "elsewhere": _elsewhere(status), "doubtful": _doubtful(status),
        "lists": _lists(status.get("lists", ())),
        "runs, UTC": _runs(status), "cluster": cluster(status.get("cluster")),
        "room": space_words(status["space"]), "ledger": _ledger(status),
    }  # fmt: skip
    return (f"{name:10} {text}" for name, text in told.items() if text)


def _reports(status: Mapping[str, Any]) -> str:
    held, series = status["held"], status["series"]
    if not held["reports"]:
        return "none yet: isw-archive collect fetches them, import takes in saved ones"
    newest = max((row["last"] for row in series if row["last"]), default=None)
    newest = f", the newest of {newest}" if newest else ""
    return (
        f"{counted(held['reports'], 'reports')} of {counted(len(series), 'series')}{newest}; "
        f"{counted(held['versions'], 'versions')}, {counted(held['notes'], 'notes')}"
    )


def _sources(status: Mapping[str, Any]) -> str:
    held = status["held"]
    rows = [row for row in status["source_status"] if row["status"] != "unchecked"]
    found = [f"{row['sources']} {row['status']}" for row in rows[:STATUSES]]
    if rest := sum(row["sources"] for row in rows[STATUSES:]):
        found.append(f"{rest} otherwise")
    told = f"; {', '.join(found)}" if found else ""
    return f"{held['sources_captured']} of {held['sources']} cited ones tried{told}"


def _due(due: Mapping[str, int]) -> str:
    return (
        f"{counted(due['reports'], 'pages of reports')}, "
        f"{counted(due['sources'], 'sources')} to capture first, "
        f"{counted(due['checks'], 'checks')} ({due['checks_in_7_days']} within 7 days)"
    )


def _waited(waited: Mapping[str, Any]) -> str:
    if waited["median"] is None:
        return ""
    return (
        f"half of a report's sources captured within {span(waited['median'])} of it, nine in ten "
        f"within {span(waited['nine_in_ten'])}"
    )


def _finding(steps: Sequence[Mapping[str, Any]]) -> str:
    """Each site's ways of finding reports."""
    sites: dict[str, list[Mapping[str, Any]]] = {}
    for row in steps:
        sites.setdefault(row["site"], []).append(row)
    named = [f"{site} {_ways(rows)}" for site, rows in list(sites.items())[:SITES]]
    return "; ".join([*named, *_and_more(len(sites) - SITES)])


def _ways(steps: Sequence[Mapping[str, Any]]) -> str:
    """The steps by which a site's reports are found, and which fail."""
    works = [row["step"] for row in steps if row["ok"]]
    fails = [row["step"] for row in steps if not row["ok"]]
    told = f"by its {', '.join(works)}" if works else "by nothing"
    return f"{told} ({', '.join(fails)} fails)" if fails else told


def _checks(last: Mapping[str, Any] | None) -> str:
    if last is None:
        return ""
    changed = [f"{last['changed'][kind]} {said}" for kind, said in CHANGES.items()
        if kind in last["changed"]]  # fmt: skip
    told = ", ".join(changed) or "nothing changed"
    return f"{last['made']} in the run of {_minute(last['started_at'])}: {told}"


def _week(events: Sequence[Mapping[str, Any]]) -> str:
    return ", ".join(f"{row['events']} {row['kind']}" for row in events)


def _elsewhere(status: Mapping[str, Any]) -> str:
    """What other archives hold."""
    held, asked = status["held"], status["mementos"]
    told = f"{asked['due_lost']} lost ones to be asked about" if asked["due_lost"] else ""
    only = f"{held['only_copies']} dead with no copy known but ours" if held["only_copies"] else ""
    kept = f"another archive's copies of {asked['held']} kept here" if asked["held"] else ""
    return ", ".join(one for one in (kept, only, told) if one)


def _doubtful(status: Mapping[str, Any]) -> str:
    """Lists that are cut off name no total; the screen says that there are some."""
    parts = {"doubtful": "doubtful readings", "failed": "captures kept but not understood",
        "failing_hosts": "hosts that gave nothing", "overdue": "checks overdue"}  # fmt: skip
    return ", ".join(_at_least(status[name], said) for name, said in parts.items() if status[name])


def _at_least(rows: Sequence[Any], said: str) -> str:
    """A list that status cut off may be longer."""
    return f"{len(rows)} or more {said}" if len(rows) >= WORST else counted(len(rows), said)


def _lists(rows: Sequence[Mapping[str, Any]]) -> str:
    """How far lists of addresses are that are not done."""
    open_ones = [row for row in rows if row["waiting"] or row["state_at"] is None]
    named = [f"{row['name']}: {row['waiting'] or 'all'} waiting" for row in open_ones[:SITES]]
    return "; ".join([*named, *_and_more(len(open_ones) - SITES)])


def _runs(status: Mapping[str, Any]) -> str:
    """How the newest run of each job ended, of those that the schedule made and of those by hand;
    without a schedule all are by hand, and nothing is said of it."""
    planned = [(row["planned_as"], row) for row in status["jobs"]]
    hand = " by hand" if planned else ""
    found = [*planned, *((f"{row['job']}{hand}", row) for row in status["by_hand"])]
    found.sort(key=lambda one: one[1]["finished_at"] or "~", reverse=True)
    named = [
        f"{name} {row['outcome'] or 'under way'} {_minute(row['finished_at'])[:16]}".rstrip()
        for name, row in found[:JOBS]
    ]
    return "; ".join([*named, *_and_more(len(found) - JOBS)])


def _ledger(status: Mapping[str, Any]) -> str:
    if not status["ledger"]:
        return ""
    origin, size, root = status["ledger"].split("\n")[:3]
    return f"{size} entries, root {root} ({origin})"


def _and_more(count: int) -> list[str]:
    return [f"{count} more"] if count > 0 else []


def _minute(at: str | None) -> str:
    return shown_time(at) if at else ""
