"""What is held of something, as lines for a person."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from archive.counted import counted
from archive.model.times import shown_time
from archive.show.held.asked import QueryKind
from pipeline.run.jobs.say import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from archive.show.held.answer import HeldAnswer, Row

    Said = Callable[[Row], str]

SHOWN = 10
"""Of each list; --json has them all."""


def lines(answer: HeldAnswer) -> list[str]:
    """The answer, first whether it is held, then what was understood, then what there is."""
    return [printable(line) for line in _lines(answer)]


def _lines(answer: HeldAnswer) -> Iterator[str]:
    cited = "cited, but no good copy is held" if answer.known else "not held"
    yield "held" if answer.held else cited
    yield f"  understood: {answer.asked.told}"
    if "too_few_words" in answer.beside:
        yield f"  too few words to tell: give {answer.beside['too_few_words']} or more"
    if "no_bytes" in answer.beside:
        yield "  it is empty, as many answers are; that tells nothing"
    yield from _listed("cited pages", answer.sources, _source)
    yield from _listed("reports", answer.reports, lambda one: f"{one['report']}{_share(one)}")
    yield from _listed("cited pages that say so", answer.texts, _text)
    yield from _listed("captures", answer.captures, _capture)
    yield from _listed("WARC files", answer.files, lambda one: str(one["name"]))
    said = "that say so" if answer.asked.what is QueryKind.WORDS else "that rest on it"
    yield from _listed(f"sentences {said}", answer.sentences, _sentence)
    yield from _beside(answer.beside)
    if not answer.held and answer.asked.what is QueryKind.ADDRESS:
        yield f"  to capture it now: isw-archive recrawl {shlex.quote(answer.asked.value)}"


def _listed(what: str, found: tuple[Row, ...], said: Said) -> Iterator[str]:
    if not found:
        return
    yield f"  {what}: {len(found)}"
    for one in found[:SHOWN]:
        yield f"    {said(one)}"
    if len(found) > SHOWN:
        yield f"    and {len(found) - SHOWN} more (--json)"


def _source(one: Row) -> str:
    copy = one["kept"]
    if copy:
        state = f"our copy {copy['id']} of {shown_time(copy['captured_at'])}"
    else:
        tries = counted(one["captures"], "tries")
        state = f"{tries}, no good copy" if one["captures"] else "not tried yet"
    return f"{one['url']} [{one['status']}] {state}; {one['how']}"


def _text(one: Row) -> str:
    where = one["url"] or f"capture {one['capture_id']}"
    return f"{where}{_share(one)}, our copy {one['capture_id']} of {shown_time(one['captured_at'])}"


def _share(one: Row) -> str:
    return f" ({one['share']:.0%} of the words)" if "share" in one else ""


def _capture(one: Row) -> str:
    return f"{one['id']} of {shown_time(one['captured_at'])} [{one['outcome']}] {one['url']}"


def _sentence(one: Row) -> str:
    return f"{one['report']} [{one['label']}] {one['sentence']}"


def _beside(beside: Row) -> Iterator[str]:
    account, host = beside.get("account"), beside.get("host")
    if account:
        yield f"  of the account {account['account']}: {counted(account['sources'], 'sources')}"
    if host:
        yield f"  of the host {host['host']}: {counted(host['sources'], 'sources')}"
    if beside.get("nearest"):
        yield f"  the nearest reports: {', '.join(beside['nearest'])}"
    if beside.get("linked_from"):
        yield f"  captured texts that lead there: {beside['linked_from']}"
