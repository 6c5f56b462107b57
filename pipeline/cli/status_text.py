"""`status` for people."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from archive.counted import counted
from archive.model.times import shown_time
from archive.show.plain import gained, span_told
from archive.show.space import human_bytes
from pipeline.run.jobs.say import printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


NAMED_ONE_BY_ONE = frozenset({"fixity", "clock", "notes"})
"""Needs that `status["alarms"]` tells, each fault in a line."""
_DECADE_DAYS = 3653
"""Nobody knows the pace of a time further off."""


def status_lines(status: dict[str, Any]) -> Iterator[str]:
    """What `isw-archive status --all` prints.

    Args:
        status: From `archive.show.status.status`; with `needs`, `ledger` and `space` where there
            are any.
    """
    yield from _held_lines(status)
    yield from _elsewhere(status)
    yield from _due(status)
    if status.get("ledger"):
        origin, size, root = status["ledger"].split("\n")[:3]
        yield printable(f"ledger {origin}: {size} entries, root {root}")
    yield from _fixity(status["fixity"])
    yield from needs_told(status)
    if status.get("cluster"):
        yield printable(f"cluster: {cluster(status['cluster'])}")
    if status.get("space"):
        yield f"room: {space_words(status['space'])}"
    yield from _tables_of_what_is_held(status)
    yield from _tables_of_what_failed(status)
    yield from _tables_of_what_is_looked_at(status)
    yield from _table(
        "events of the last 7 days", status["events_of_7_days"], "{events:6d}  {kind}"
    )
    yield from _table("newest events", status["events"], "  {at} {kind}: {subject}", "at")
    yield from _table("last runs", status["runs"], "  {started_at} {job}: {outcome}", "started_at")


def _tables_of_what_is_held(status: dict[str, Any]) -> Iterator[str]:
    yield from _table(
        "reports by series", status["series"], "{reports:6d}  {series}: {first} to {last}"
    )
    yield from _table("captures", status["outcomes"], "{captures:6d}  {kind} {outcome}")
    yield from _table("sources", status["source_status"], "{sources:6d}  {status}")
    yield from _table(
        "discovery", [_step(row) for row in status["discovery"]], "{mark}  {site} {step}: {said}"
    )


def _tables_of_what_failed(status: dict[str, Any]) -> Iterator[str]:
    yield from _table(
        "doubtful readings of reports, worst first",
        [{**row, "flags": ", ".join(json.loads(row["flags"]))} for row in status["doubtful"]],
        "  {report} v{version}: {flags}",
    )
    yield from _table(
        "captures kept but not understood, the newest first",
        _each_once(status["failed"]),
        "  {captured_at} {outcome} {url}: {message}",
        "captured_at",
    )
    yield from _table(
        "hosts where nothing was had",
        status["failing_hosts"],
        "{captured:6d}  {host}: {suspect} suspect, "
        "{dead} dead, {blocked} blocked, {refused} refused",
    )


def _tables_of_what_is_looked_at(status: dict[str, Any]) -> Iterator[str]:
    yield from _table(
        "checks most overdue", status["overdue"], "{days_late:6.1f} days  {status} {url}"
    )
    yield from _table(
        "lists of addresses, the newest first",
        [_listed(row) for row in status.get("lists", ())],
        "  {name}: {said}",
    )
    yield from _table("pages in a browser", _rules(status), "  {rule}: {said}")
    yield from _checks(status["last_check"])


def needs_told(status: Mapping[str, Any]) -> Iterator[str]:
    """What needs a person, whole, a line each: faults of what is held, then everything else."""
    for text in status["alarms"]:
        yield f"! {printable(text)}"
    for need in status.get("needs", ()):
        if need["name"].partition("/")[0] not in NAMED_ONE_BY_ONE:
            yield f"! {printable(need['text'])}; {printable(need['remedy'])}"


def _fixity(rounds: dict[str, Any]) -> Iterator[str]:
    """How far fixity rounds are."""
    if rounds["last_at"] is None:
        return
    parts = [
        f"{counted(rounds['files'], 'files')} looked at since {shown_time(rounds['oldest_at'])}"
    ]
    parts += [f"{rounds['not_yet']} not yet"] if rounds["not_yet"] else []
    parts += [f"{rounds['at_fault']} at fault" if rounds["at_fault"] else "none at fault"]
    yield f"fixity rounds, the last {shown_time(rounds['last_at'])}: {', '.join(parts)}"


def _span(days: float) -> str:
    """How long room lasts."""
    return f"{days:,.0f} days" if days < _DECADE_DAYS else "over ten years"


def space_words(space: Mapping[str, Any]) -> str:
    """What is taken, what is free, and how long that lasts."""
    taken = (
        f"{human_bytes(space['evidence'])} of WARC files, {human_bytes(space['index'])} of database"
    )
    pace, days = space["bytes_per_day"], space["days_left"]
    lasts = f", {_span(days)} at {human_bytes(pace)} a day" if days is not None else ""
    budget = (
        ""
        if space["allowed"] is None
        else f", {human_bytes(space['allowed'])} within the budget (max_bytes_in_all)"
    )
    return f"{taken}; {human_bytes(space['free'])} free{budget}{lasts}"


def cluster(state: Mapping[str, Any] | None) -> str:
    """Workers, jobs and waits of a cluster; nothing where there is none."""
    if state is None:
        return ""
    if "error" in state:
        return str(state["error"])
    jobs = dict(state["jobs"])
    silent = f" and {state['silent_workers']} silent" if state["silent_workers"] else ""
    parts = [f"{counted(state['workers'], 'workers')}{silent}"]
    parts += [f"{jobs.pop('doing', 0)} jobs under way{_longest(state['longest'])}"]
    parts += [f"{jobs.pop('todo', 0)} wait{_longest(state['waits'])}"]
    parts += [f"{sum(jobs.values())} to be taken in"] if jobs else []
    parts += [f"{len(state['resting'])} domains left alone"] if state["resting"] else []
    return ", ".join(parts)


def _longest(one: Mapping[str, Any] | None) -> str:
    return f" ({one['lock']} for {one['seconds']} s)" if one else ""


def _held_lines(status: dict[str, Any]) -> Iterator[str]:
    held = status["held"]
    yield (
        f"{counted(held['reports'], 'reports')} in {counted(held['versions'], 'versions')}, "
        f"{counted(held['notes'], 'notes')}, {counted(held['citations'], 'citations')}"
    )
    alive = sum(row["sources"] for row in status["source_status"] if row["status"] == "alive")
    yield (
        f"{held['sources_captured']} of {held['sources']} cited sources tried, {alive} alive; "
        f"{counted(held['captures'], 'captures')} in all"
    )


def _elsewhere(status: dict[str, Any]) -> Iterator[str]:
    """What other archives hold, were asked, and were handed."""
    held = status["held"]
    if held["sources_with_memento"]:
        mementos = counted(held["sources_with_memento"], "sources")
        yield f"{mementos} with another archive's copy, because the page itself could not be had"
    if held["only_copies"]:
        yield f"{counted(held['only_copies'], 'sources')} dead, and no other copy known"
    asked = status["mementos"]
    yield (
        f"another archive was asked about {counted(asked['asked'], 'sources')}: "
        f"its copies of {asked['held']} are kept here, it names copies of "
        f"{asked['listed'] + asked['not_kept']} more, of {asked['none']} it has none, for "
        f"{asked['unanswered']} it gave no answer; to be asked about: {asked['due_lost']} lost, "
        f"{asked['due_on_round']} in turn"
    )
    if status["submissions"]:
        told = ", ".join(f"{count} {name}" for name, count in status["submissions"].items())
        yield f"handed to another archive to be saved: {told}"


def _due(status: dict[str, Any]) -> Iterator[str]:
    """What waits, and how long it takes."""
    due = status["due"]
    yield (
        f"due now: {counted(due['reports'], 'pages of reports')}, "
        f"{counted(due['sources'], 'sources')}, {counted(due['checks'], 'checks')} "
        f"({due['checks_in_7_days']} within 7 days)"
    )
    waited = status["hours_from_citation_to_capture"]
    if waited["median"] is not None:
        yield (
            f"half of a report's sources captured within {span(waited['median'])} of it, nine in "
            f"ten within {span(waited['nine_in_ten'])}, all within {span(waited['longest'])}"
        )


def span(hours: float) -> str:
    """Hours as known to a tenth, so that less than that is no time of its own."""
    return span_told(hours) if hours >= TENTH_H else "6 minutes"


TENTH_H = 0.1
CHANGES = {
    "died": "died", "removed": "removed by their platform", "came-back": "came back",
    "identity-changed": "now another account's", "moved": "moved",
    "drifted": "drifted", "edited": "edited",
    "media-removed": "without their pictures", "media-restored": "with their pictures again",
}  # fmt: skip
"""What a check can find out, in the order of its weight, and how it is said of several."""


def _checks(last: dict[str, Any] | None) -> Iterator[str]:
    """What the last run of checks came to."""
    if last is None:
        return
    changed = [
        f"{last['changed'][kind]} {said}"
        for kind, said in CHANGES.items()
        if kind in last["changed"]
    ]
    if last["newly_blocked"]:
        changed.append(f"{last['newly_blocked']} newly blocked")
    yield ""
    yield f"last run of checks, {shown_time(last['started_at'])} ({last['outcome']}):"
    yield f"  {last['made']} made; {', '.join(changed) or 'nothing changed'}"


def _table(
    title: str, rows: list[dict[str, Any]], form: str, time: str | None = None
) -> Iterator[str]:
    """A table under its title.

    Args:
        title: Its heading.
        rows: A line each; none: no table.
        form: How a line stands.
        time: The column that is a moment.
    """
    if not rows:
        return
    yield ""
    yield f"{title}:"
    for row in rows:
        told = {time: shown_time(row[time])} if time else {}
        yield printable(form.format_map({**row, **told}))


def _listed(row: dict[str, Any]) -> dict[str, Any]:
    if row["state_at"] is None:
        return {**row, "said": "nothing was captured yet"}
    said = (
        f"{row['held']} of {counted(row['addresses'], 'addresses')} held, {row['failed']} not had, "
        f"{row['waiting']} waiting ({shown_time(row['state_at'])})"
    )
    return {**row, "said": said}


def _rules(status: dict[str, Any]) -> list[dict[str, Any]]:
    """How pages in a browser compare with their plain captures, by rule."""
    return [
        {
            **row,
            "said": gained(row) + ("; the rule is useless: take it out" if row["useless"] else ""),
        }
        for row in status.get("browser", ())
    ]


def _each_once(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What came again and again is one line, of the newest time, with how often; a message does not
    say the address again."""
    found: dict[tuple[str, str, str], dict[str, Any]] = {}
    for row in rows:
        message = str(row["message"]).removeprefix(f"{row['url']}: ")
        key = (row["url"], row["outcome"], message)
        times = found[key]["times"] + 1 if key in found else 1
        found[key] = {**found.get(key, {**row, "message": message}), "times": times}
    return [
        {**row, "message": f"{row['message']} ({row['times']} times)"} if row["times"] > 1 else row
        for row in found.values()
    ]


def _step(row: dict[str, Any]) -> dict[str, Any]:
    said = f"{row['found']} found" if row["ok"] else (row["detail"] or "failed")
    last = (
        ""
        if row["ok"]
        else f" (last worked {shown_time(row['last_ok_at']) if row['last_ok_at'] else 'never'})"
    )
    return {
        **row,
        "mark": "ok    " if row["ok"] else "FAILED",
        "said": f"{said}{last}, {shown_time(row['tried_at'])}",
    }
