"""web.archive.org: mementos, CDX, availability, for what the world says was archived."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tests.replica.messages import Reply, Request, as_json, html, http_date, redirect, typed
from tests.replica.saving import SavePageNow
from tests.replica.sites import Site

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

STAMP = "%Y%m%d%H%M%S"
FIELDS = ("urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length")
MEMENTO = re.compile(r"/web/(\d{1,14})([a-z]{2}_)?/(.+)")
HURRIED = "dies-410-living.org"
"""Questions about this host are turned away once."""
ROOT = "https://web.archive.org"


@dataclass(frozen=True, slots=True)
class Memento:
    """One copy that the archive holds."""

    url: str
    at: datetime
    reply: Reply

    @property
    def stamp(self) -> str:
        """Fourteen digits."""
        return self.at.strftime(STAMP)

    @property
    def address(self) -> str:
        """URI-M."""
        return f"{ROOT}/web/{self.stamp}/{self.url}"

    def row(self) -> list[str]:
        """Its line in the CDX."""
        digest = base64.b32encode(hashlib.sha1(self.reply.body).digest()).decode()
        kind = (self.reply.header("content-type") or "unk").partition(";")[0]
        status, size = str(self.reply.status), str(len(self.reply.body))
        return [surt(self.url), self.stamp, self.url, kind, status, digest, size]


class Wayback:
    """Answers for web.archive.org and archive.org.

    Args:
        urls: What its crawler visits.
        visits: When.
        visit: What a URL answers at a time; what is not a good page then is not kept.
    """

    def __init__(
        self,
        urls: Iterable[str],
        visits: tuple[datetime, ...],
        visit: Callable[[str, datetime], Reply],
    ) -> None:
        self._urls: dict[str, list[str]] = {}
        for url in urls:
            self._urls.setdefault(surt(url), []).append(url)
        self._visits = visits
        self._visit = visit
        self.saving = SavePageNow()

    def __call__(self, request: Request) -> Reply:
        """The reply to one request."""
        path = request.path
        if path == "/robots.txt":
            return typed("User-agent: *\nDisallow: /_drafts/\n", "text/plain")
        if HURRIED in path and request.nth == 0 and not path.startswith("/web/2"):
            return typed("Slow down", "text/plain", 429, (("Retry-After", "1"),))
        if request.bare_path == "/save" or path.startswith("/save/"):
            return self.saving(request)
        if request.bare_path in {"/cdx/search/cdx", "/web/timemap/cdx"}:
            return self._cdx(request)
        if request.bare_path == "/wayback/available":
            return self._available(request)
        match = MEMENTO.fullmatch(path)
        if match:
            return self._memento(request, match[1], match[2] or "", match[3])
        return html("<h1>Internet Archive (replica)</h1>", 404)

    def _of(self, keys: Iterable[str], now: datetime) -> list[Memento]:
        """The copies of these keys that were made by now, in the order of a CDX."""
        made = []
        for key in keys:
            for url in self._urls.get(key, [])[:1]:
                replies = [(at, self._visit(url, at)) for at in self._visits if at <= now]
                good = (p for p in replies if p[1].status == 200 and not p[1].script)
                made += [Memento(url, at, reply) for at, reply in good]
            handed = [job for job in self.saving.saved() if surt(job.url) == key and job.at <= now]
            made += [Memento(job.url, job.at, self._visit(job.url, job.at)) for job in handed]
        return made

    def _memento(self, request: Request, stamp: str, modifier: str, url: str) -> Reply:
        held = self._of([surt(url)], request.at)
        if not held:
            return html("<h1>Hrm.</h1><p>This page is not archived here.</p>", 404)
        wanted = _time(stamp)
        nearest = min(held, key=lambda m: abs(m.at - wanted))
        if nearest.stamp != stamp:
            return redirect(f"{ROOT}/web/{nearest.stamp}{modifier}/{nearest.url}")
        reply = nearest.reply
        kind = reply.header("content-type") or "text/html"
        links = f'<{nearest.url}>; rel="original", <{nearest.address}>; rel="memento"'
        headers = (
            ("Memento-Datetime", http_date(nearest.at)),
            ("Link", links),
            ("x-archive-src", "replica-00001.warc.gz"),
        )
        body = reply.body
        if not modifier and kind.startswith("text/html"):
            body = _with_toolbar(body, nearest)
        return typed(body, kind, reply.status, headers)

    def _available(self, request: Request) -> Reply:
        url = request.query.get("url", "")
        held = self._of([surt(url)], request.at)
        if not held:
            return as_json({"url": url, "archived_snapshots": {}})
        wanted = _time(request.query.get("timestamp") or request.at.strftime(STAMP))
        nearest = min(held, key=lambda m: abs(m.at - wanted))
        closest = {
            "status": str(nearest.reply.status),
            "available": True,
            "url": nearest.address.replace("https://", "http://", 1),
            "timestamp": nearest.stamp,
        }
        return as_json({"url": url, "archived_snapshots": {"closest": closest}})

    def _matching(self, query: dict[str, str]) -> list[str]:
        url = query.get("url", "")
        key = surt(url.rstrip("*"))
        if url.endswith("*") or query.get("matchType") in {"prefix", "host", "domain"}:
            return sorted(held for held in self._urls if held.startswith(key.rstrip("/")))
        return [key]

    def _cdx(self, request: Request) -> Reply:
        """The parameters that clients use: url, matchType, from, to, filter, limit, fl, output."""
        query = request.query
        held = self._of(self._matching(query), request.at)
        rows = [m.row() for m in held if _fits(m, query)]
        names = query.get("fl", ",".join(FIELDS)).split(",")
        rows = [[row[FIELDS.index(name)] for name in names] for row in rows]
        limit = int(query.get("limit", "0"))
        if limit:
            rows = rows[:limit] if limit > 0 else rows[limit:]
        if query.get("output") == "json":
            return as_json([names, *rows] if rows else [])
        return typed("".join(" ".join(row) + "\n" for row in rows), "text/plain")


def _fits(memento: Memento, query: dict[str, str]) -> bool:
    first, last = query.get("from", "0"), query.get("to", "9")
    in_time = first <= memento.stamp and memento.stamp[: len(last)] <= last
    wanted = query.get("filter", "")
    good = not wanted.startswith("statuscode:") or wanted[11:] == str(memento.reply.status)
    return in_time and good


def surt(url: str) -> str:
    """Host reversed, then the path, as CDX keys are; scheme and `www.` do not count."""
    parts = urlsplit(url if "//" in url else f"//{url}")
    host = parts.netloc.lower().removeprefix("www.").partition(":")[0]
    query = f"?{parts.query}" if parts.query else ""
    path = parts.path.rstrip("/") or "/"
    return ",".join(reversed(host.split("."))) + ")" + f"{path}{query}".lower()


def _time(stamp: str) -> datetime:
    """The moment of a stamp that may be cut short."""
    full = stamp + "00000101000000"[len(stamp) :]
    return datetime.strptime(full, STAMP).replace(tzinfo=UTC)


def _with_toolbar(body: bytes, memento: Memento) -> bytes:
    """The page as the archive shows it: with its banner, links rewritten."""
    rewritten = body.replace(b'href="https://', f'href="/web/{memento.stamp}/https://'.encode())
    banner = (
        b'<body><!-- BEGIN WAYBACK TOOLBAR INSERT --><div id="wm-ipp-base">replica</div><!-- '
        b"END WAYBACK TOOLBAR INSERT -->"
    )
    return rewritten.replace(b"<body>", banner, 1)


def site(wayback: Wayback) -> Site:
    """The archive under its names."""
    return Site(("web.archive.org", "archive.org", "wwwb-app.archive.org"), wayback)
