"""What a browser kept of a page: how that ended, what it says. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from archive.model.browser import BrowserNote
from archive.model.understood import CaptureVerdict, Processed
from archive.model.vocabulary import Outcome
from pipeline.read.outcomes import judge_capture

if TYPE_CHECKING:
    from archive.model.understood import FetchedPage


def as_served(page: FetchedPage) -> FetchedPage:
    """The page that stood in the browser, as if its server had sent it so: with the address and
    status that it had in the end."""
    note = page.context.browser or BrowserNote()
    return replace(
        page, final_url=note.final_url or page.context.uri_r, http_status=note.http_status
    )


def read_part(page: FetchedPage) -> Processed:
    """An answer from the network, a picture, a print: judged by its status alone."""
    status = page.http_status
    if status is not None and status >= 400:
        bare = replace(page, context=replace(page.context, subject=None))
        return Processed(page, judge_capture(bare, None, b""))
    cut = page.truncated is not None and (status is None or status < 300)
    outcome = Outcome.TRUNCATED if cut else Outcome.OK
    evidence = {"rule": "browser-part", **({"status": status} if status is not None else {})}
    return Processed(page, CaptureVerdict(outcome, evidence))
