"""understandingwar.org, WordPress era: report pages, sitemaps, listings, robots.txt."""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from tests.replica.files import pdf, png
from tests.replica.messages import Reply, Request, html, redirect, typed, with_validators
from tests.replica.templating import render

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.replica.reports import Part, PrintedNote, Report, State

HOME = "https://understandingwar.org"
WASHINGTON = ZoneInfo("America/New_York")
SHARD_SIZE = 6  # the real site has a thousand in one; ours must show that there are several
ROBOTS = """\
# a bare web server's rules
User-agent: *
Disallow: /wp-admin/
Disallow: /wp-json/
Allow: /wp-admin/admin-ajax.php

Sitemap: https://understandingwar.org/sitemap_index.xml
"""
TEAM_NAMES = {
    "russia-ukraine": "Russia & Ukraine",
    "middle-east": "Middle East",
    "china-taiwan": "China & Taiwan",
}
NOTES_IN_A_PARAGRAPH = (7, 4, 1, 9, 2)  # <br> and <p> divide notes at any place on real pages


class IswWordPress:
    """Answers for understandingwar.org.

    Args:
        reports: Those of the site, in the order of their numbers.
        draw: Makes the picture of an address.
    """

    def __init__(self, reports: tuple[Report, ...], draw: Callable[[str], bytes] = png) -> None:
        self.reports = reports
        self._draw = draw
        self._by_path = {report.path: report for report in reports}
        self._old = {
            "/" + alias.split("/", 3)[3]: report.url
            for report in reports
            for alias in report.aliases
            if "understandingwar" in alias
        }

    def __call__(self, request: Request) -> Reply:
        """The reply to one request."""
        path = request.bare_path
        if path in self._by_path:
            return self._report_reply(request, self._by_path[path])
        if path + "/" in self._by_path:
            return redirect(f"{HOME}{path}/", 301)
        if path in self._old:
            return redirect(self._old[path], 301)
        if path.startswith(("/wp-content/uploads/", "/map/")):
            return self._media(request, path)
        return self._special(request, path)

    def visible(self, now: datetime) -> list[tuple[Report, State]]:
        """Reports that are there at a time, newest first."""
        there = [(report, state) for report in self.reports if (state := report.at(now))]
        return sorted(there, key=lambda pair: pair[0].appears, reverse=True)

    def _special(self, request: Request, path: str) -> Reply:
        if path == "/robots.txt":
            return typed(ROBOTS, "text/plain; charset=utf-8")
        if path.endswith(".xml"):
            return self._xml(request, path)
        if path == "/":
            return self._list(request, "Home", None)
        if path in {"/feed/", "/feed"}:
            return redirect(
                f"{HOME}/"
            )  # the feed's address answers with a page, as on the real site
        if path == "/research/":
            return self._list(request, "Research", request.query.get("_product_line_filter"))
        if path.startswith("/analysis/"):
            return self._list(request, "Analysis", path.strip("/").split("/")[-1])
        if path.startswith("/wp-json/grafik-pdf/"):
            return typed(pdf("Report", ("A printed report.",)), "application/pdf")
        return html(render("isw_wp_missing.html"), 404)

    def _report_reply(self, request: Request, report: Report) -> Reply:
        state = report.at(request.at)
        if state is None:
            return html(render("isw_wp_missing.html"), 404)
        page = html(
            self.page(report, state),
            headers=(("Link", f"<{HOME}/?p={report.number}>; rel=shortlink"),),
        )
        return with_validators(page, request, state.since)

    def page(self, report: Report, state: State) -> str:
        """The HTML of a report in one state."""
        previous, following = self._neighbours(report, state.since)
        return render(
            "isw_wp_report.html",
            report=report,
            state=state,
            published=_iso(report.appears),
            modified=_iso(state.since),
            json_ld=json.dumps(_json_ld(report, state)),
            rendered=int(state.since.timestamp()),
            file_name=state.title.replace(" ", "-").replace(",", "").replace(":", ""),
            mail_token=hashlib.sha256(report.url.encode()).hexdigest()[:40],
            team_name=TEAM_NAMES[report.team],
            long_date=_long_date(report.date),
            map_page=lambda part: _map_page(report, part),
            map_image=lambda part: map_image(report, part),
            note_groups=list(_groups(state.notes)),
            previous=previous,
            following=following,
        )

    def _neighbours(self, report: Report, now: datetime) -> tuple[str | None, str | None]:
        """The posts before and after, of whatever series."""
        order = [r.url for r in self.reports]
        index = order.index(report.url)
        later = [r for r in self.reports[index + 1 :] if r.appears <= now]
        return (order[index - 1] if index else None), (later[0].url if later else None)

    def _list(self, request: Request, title: str, series: str | None) -> Reply:
        cards = [
            (report, state, report.appears.astimezone(WASHINGTON))
            for report, state in self.visible(request.at)
            if series in {None, report.series, report.team}
        ]
        return html(render("isw_wp_list.html", title=title, url=request.url, cards=cards))

    def _xml(self, request: Request, path: str) -> Reply:
        """Yoast's sitemaps; the newest posts stand in the last shard."""
        posts = sorted(self.visible(request.at), key=lambda pair: pair[0].appears)
        if not posts:
            return html(render("isw_wp_missing.html"), 404)
        shards = [posts[i : i + SHARD_SIZE] for i in range(0, len(posts), SHARD_SIZE)]
        names = [f"/post-sitemap{i or ''}.xml" for i in (0, *range(2, len(shards) + 1))]
        if path == "/sitemap_index.xml":
            newest = [max(s.since for _, s in shard) for shard in shards]
            entries = [(HOME + name, when) for name, when in zip(names, newest, strict=True)]
            entries.append((f"{HOME}/map-sitemap.xml", max(newest)))
            return sitemap_reply("sitemapindex", "sitemap", entries)
        if path in names:
            shard = shards[names.index(path)]
            return sitemap_reply("urlset", "url", [(r.url, s.since) for r, s in shard])
        if path == "/map-sitemap.xml":
            maps = [(_map_page(r, p), s.since) for r, s in posts for p in s.parts if p.map_title]
            return sitemap_reply("urlset", "url", maps)
        return html(render("isw_wp_missing.html"), 403 if path == "/rss.xml" else 404)

    def _media(self, request: Request, path: str) -> Reply:
        if path.startswith("/map/"):
            return html(f"<html><title>{path}</title><body><h1>{path}</h1></body></html>")
        if not path.endswith(".png"):
            return html(render("isw_wp_missing.html"), 404)
        return with_validators(
            typed(self._draw(path), "image/png"), request, self.reports[0].appears
        )


def map_image(report: Report, part: Part) -> str:
    """The address of a section's map."""
    name = f"{part.ident}-{report.date}".replace(" ", "-")
    return f"{HOME}/wp-content/uploads/2026/03/{name}-{report.number}.png"


def _map_page(report: Report, part: Part) -> str:
    return f"{HOME}/map/{part.ident}-{report.date}-{report.number}/".replace(" ", "-")


def _groups(notes: tuple[PrintedNote, ...]) -> list[tuple[PrintedNote, ...]]:
    groups: list[tuple[PrintedNote, ...]] = []
    start = 0
    while start < len(notes):
        size = NOTES_IN_A_PARAGRAPH[len(groups) % len(NOTES_IN_A_PARAGRAPH)]
        groups.append(notes[start : start + size])
        start += size
    return groups


def _iso(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S+00:00")


def _long_date(day: str) -> str:
    moment = date.fromisoformat(day)
    return f"{moment:%B} {moment.day}, {moment.year}"


def _json_ld(report: Report, state: State) -> dict[str, Any]:
    url = report.url
    times = {"datePublished": _iso(report.appears), "dateModified": _iso(state.since)}
    return {
        "@context": "https://schema.org",
        "@graph": [
            {
                "@type": "Article",
                "@id": f"{url}#article",
                "isPartOf": {"@id": url},
                "author": {"name": "Site Editor", "@id": f"{HOME}/#/schema/person/1"},
                "headline": state.title,
                **times,
                "mainEntityOfPage": {"@id": url},
                "inLanguage": "en-US",
            },
            {"@type": "WebPage", "@id": url, "url": url, "name": f"{state.title} | ISW", **times},
            {"@type": "WebSite", "@id": f"{HOME}/#website", "url": f"{HOME}/"},
            {"@type": "Organization", "@id": f"{HOME}/#organization", "name": "Understanding War"},
            {"@type": "Person", "@id": f"{HOME}/#/schema/person/1", "name": "Site Editor"},
        ],
    }


def sitemap_reply(root: str, item: str, entries: list[tuple[str, datetime]]) -> Reply:
    """A sitemap or an index of sitemaps, of addresses with the time of their last change."""
    rows = "".join(
        f"\t<{item}>\n\t\t<loc>{url}</loc>\n\t\t<lastmod>{_iso(when)}</lastmod>\n\t</{item}>\n"
        for url, when in entries
    )
    namespace = "http://www.sitemaps.org/schemas/sitemap/0.9"
    text = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{namespace}">\n{rows}</{root}>\n'
    )
    return typed(text, "text/xml; charset=UTF-8")
