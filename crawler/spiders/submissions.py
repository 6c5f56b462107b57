"""Hands cited pages to the Wayback's Save Page Now, and asks what became of them. Only where the
operator wants it."""

from __future__ import annotations

import asyncio
import os
import socket
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import getproxies

from scrapy import Request
from scrapy.http.request import NO_CALLBACK

from archive.clock import now
from archive.db.tables import submission_rows
from archive.errors import ArchiveError
from archive.model.due import Submission
from archive.model.times import format_time, parse_time
from archive.urls.addresses import Allowed
from crawler.download.failures import classify
from crawler.download.guard import check_url
from crawler.download.refusals import RefusedError
from crawler.download.stopping import StoppingError
from crawler.download.tls import SECRET
from crawler.middlewares.politeness import retry_after_s
from crawler.spiders.base import CaptureSpider
from pipeline.run.spider_events import PagesSubmitted
from pipeline.run.submit import (
    KeysRefusedError,
    OddAnswerError,
    PageRefusedError,
    SaveError,
    SavePageNow,
    ServiceDownError,
    SpnRequest,
    SpnResponse,
    keys_from,
)
from pipeline.run.wayback import Wayback

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from archive.model.due import Submittable

ABREAST = 4
"""Jobs of ours that the archive has at once, whatever it would take: half of what it allowed in
2025."""

LOOK_EVERY_S = 10.0
"""Between two looks at the jobs under way; a job takes from 20 s to two minutes."""

LOOKS = 30
"""Then a job is left to the next run: it may wait for hours."""

GIVE_UP = timedelta(days=1)
"""A job of which nothing was heard for so long is over: its state is kept for about an hour."""

MAX_ANSWER_BYTES = 1_000_000


@dataclass(slots=True)
class SubmissionTally:
    """What a run handed in, in pages."""

    handed_in: int = 0
    saved: int = 0
    failed: int = 0
    pending: int = 0


class SubmissionsSpider(CaptureSpider):
    """Hands in what is wanted, as far as the day's budget and the service's limits go."""

    name = "submissions"
    tally: SubmissionTally
    service: SavePageNow

    async def feed(self) -> None:
        """Ask about the jobs of earlier runs, then hand in and wait, a few at a time."""
        settings = self.context.settings
        self.tally = SubmissionTally()
        detail, problem = None, False
        try:
            self.service = SavePageNow(
                settings.wayback,
                keys_from(os.environ, settings.wayback),
                self._send,
                Wayback.under(settings),
            )
            self.tally.pending += len(await self._look(await self._pending()))
            await self._hand_in()
        except SaveError as error:
            detail, problem = str(error), isinstance(error, KeysRefusedError)
        finally:
            said = PagesSubmitted(**asdict(self.tally), detail=detail, problem=problem)
            self.context.progress.tell(said)

    async def _hand_in(self) -> None:
        context, settings = self.context, self.context.settings
        day = format_time(now())[:10]
        while True:
            spent = await context.ask(submission_rows.handed_in, context.archive.db, day)
            room = min(settings.submit_per_day - spent, ABREAST)
            if context.job.limit is not None:
                room = min(room, context.job.limit - self.tally.handed_in)
            pages = await self._wanted(room)
            if not pages:
                return
            limits = await self.service.limits()
            room = min(limits.available, len(pages) if limits.today is None else limits.today)
            if not room:
                raise SaveError("Save Page Now takes no more of ours for now; the rest waits")
            jobs = [job for page in pages[:room] if (job := await self._submit(page)) is not None]
            await self._wait_for(jobs)

    async def _wanted(self, limit: int) -> list[Submittable]:
        database, moment = self.context.archive.db, format_time(now())
        return await self.context.ask(
            submission_rows.pages_to_submit, database, now=moment, limit=max(0, limit)
        )

    async def _pending(self) -> list[Submission]:
        return await self.context.ask(submission_rows.pending, self.context.archive.db)

    async def _submit(self, page: Submittable) -> Submission | None:
        """Hand in one page; None when it became no job."""
        moment = format_time(now())
        row = Submission(
            page.source_id, moment, page.url, None, "pending", moment, run=self.context.job.run
        )
        why = why_kept_back(page.url)
        if why is not None:
            await self._keep(replace(row, outcome="refused", detail=why))
            return None
        why = await why_inside(page.url, _addresses)
        if why is not None:  # names change, so it may be handed in on another day
            await self._keep(replace(row, outcome="failed", detail=why))
            return None
        try:
            row = replace(row, job_id=await self.service.submit(page.url))
        except (PageRefusedError, OddAnswerError) as error:
            self.tally.handed_in += 1
            await self._failed(row, error)
            return None
        self.tally.handed_in += 1
        await self._keep(row)
        return row

    async def _wait_for(self, jobs: list[Submission]) -> None:
        quick = self.context.settings.host_delay_s == 0
        for _ in range(LOOKS):
            if not jobs:
                return
            await self.service.patience.sleep(0.0 if quick else LOOK_EVERY_S)
            jobs = await self._look(jobs)
        self.tally.pending += len(jobs)

    async def _look(self, jobs: list[Submission]) -> list[Submission]:
        """Ask what became of jobs; gives those that are under way."""
        return [job for job in jobs if await self._is_under_way(job)]

    async def _is_under_way(self, job: Submission) -> bool:
        moment = now()
        is_old = moment - parse_time(job.submitted_at) >= GIVE_UP
        try:
            saved = await self.service.state(job.job_id or "")
        except PageRefusedError as error:
            await self._failed(job, error)
            return False
        except OddAnswerError:
            saved = None
        except ServiceDownError:
            if not is_old:
                raise
            saved = None
        if saved is not None:
            self.tally.saved += 1
            done = replace(job, outcome="saved", memento_at=saved.at, memento_url=saved.url)
            await self._keep(replace(done, asked_at=format_time(moment)))
            return False
        if not is_old:
            return True
        await self._failed(job, SaveError(f"nothing was heard of job {job.job_id} for a day"))
        return False

    async def _failed(self, row: Submission, error: SaveError) -> None:
        self.tally.failed += 1
        final = isinstance(error, PageRefusedError) and error.final
        outcome = "refused" if final else "failed"
        await self._keep(
            replace(row, outcome=outcome, detail=str(error), asked_at=format_time(now()))
        )

    async def _keep(self, row: Submission) -> None:
        await self.context.ask(self.context.archive.store.record_submission, row)

    async def _send(self, call: SpnRequest) -> SpnResponse:
        """One request, with the keys; kept in no WARC, followed to no other place."""
        engine = self.crawler.engine
        if engine is None:
            raise AssertionError("a request before the engine started")
        headers = {"Accept": "application/json", "Accept-Encoding": "identity"}
        if call.form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        request = Request(
            call.url,
            callback=NO_CALLBACK,
            method="GET" if call.form is None else "POST",
            body=call.form or "",
            headers={**headers, "Authorization": self.service.keys.header},
            meta={
                SECRET: True, "isw_no_robots": True, "dont_redirect": True,
                "isw_max_bytes": MAX_ANSWER_BYTES,
            },
            dont_filter=True,
        )  # fmt: skip
        try:
            response = await engine.download_async(request)
        except (ArchiveError, StoppingError):
            raise
        except Exception as error:  # noqa: BLE001 - whatever failed on the way, it is no answer
            outcome, text = classify(error)
            return SpnResponse(None, detail=f"Save Page Now: {outcome} ({text})")
        if request.meta.get("isw_truncated"):
            return SpnResponse(None, detail="Save Page Now: an answer that breaks off")
        asked = response.headers.get("Retry-After")
        wait = retry_after_s(asked.decode("latin-1") if asked else None, now())
        return SpnResponse(response.status, response.body, wait)


def why_kept_back(url: str) -> str | None:
    """Why an address is handed to nobody: the rules of a fetch, and no network that is only ours;
    None when it may be."""
    if "@" in urlsplit(url).netloc:
        return "the address carries a user name"
    try:
        check_url(url, Allowed())
    except RefusedError as error:
        return str(error)
    return None


async def why_inside(url: str, resolve: Callable[[str], Awaitable[list[str]]]) -> str | None:
    """Why the host's name keeps a page from being handed in: it leads to an address that is not
    public, or nowhere now.

    A fetch is stopped when it connects; here nothing is connected to. `allow_networks` opens
    networks to us, to nobody else.

    Args:
        url: Of the page.
        resolve: The addresses of a name.
    """
    if getproxies().keys() & {"http", "https"}:
        return None  # names are the proxy's business, and its network may know other ones than ours
    name = urlsplit(url).hostname or ""
    try:
        found = await resolve(name)
    except OSError as error:
        return f"{name} leads nowhere: {error.strerror}"
    return next((why for one in found if (why := Allowed().why_refused(one)) is not None), None)


async def _addresses(name: str) -> list[str]:
    answers = await asyncio.get_running_loop().getaddrinfo(name, None, type=socket.SOCK_STREAM)
    return [str(answer[4][0]) for answer in answers]
