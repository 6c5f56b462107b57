"""Which reports cite which: by their addresses, by short links, by copies; and what is queued
because of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from archive.config import Settings
from archive.db.tables import due_rows
from archive.errors import BadInputError
from archive.model.fetch import Exchange, FetchContext, HttpMessage
from archive.model.times import format_time
from archive.model.understood import FetchedPage
from archive.model.vocabulary import Kind
from archive.show.export import report_object
from archive.show.reports_named import resolve
from archive.web.described import description
from pipeline.read.process import process
from pipeline.run import ingest
from tests.factories import at

ISW = "https://understandingwar.org/research/middle-east/iran-update"
OLD = f"{ISW}-march-16-2023/"
SHORT = "https://isw.pub/IranUpdate031623"
HTML = "text/html; charset=utf-8"
NOW = format_time(at(24))


def wp_page(url: str, title: str, *notes: str) -> bytes:
    prose = "".join(
        f"<p>Boat {n} moved near the river in the morning hours, the harbour's ministry "
        f"said.[{n}]</p>"
        for n in range(1, len(notes) + 1)
    )
    listed = "".join(f"<p>[{n}] {note}</p>" for n, note in enumerate(notes, 1))
    return f"""<html><head><title>{title} | ISW</title><link rel="canonical" href="{url}"></head><body>
<article class="post-12 product-line-iran-update"><h1 class="h1-interior-page">{title}</h1><div class="dynamic-entry-content">
<h2>Toplines</h2>{prose}<div data-id="endnotes" title="Endnotes">{listed}</div></div></article></body></html>""".encode()  # noqa: E501


def ctp_page(token: str) -> bytes:
    words = "Boats moved near the river in the morning hours, a channel of the harbour said."
    prose = "".join(
        f'<p>{words}<a href="#_edn{token}{n}" name="_ednref{token}{n}">[{n}]</a></p>'
        for n in (1, 2, 3)
    )
    notes = "".join(
        f'<p><a href="#_edn{token}ref{n}" name="_edn{token}{n}">[{n}]</a> '
        f"https://t.me/riverpost/{n}</p>"
        for n in (1, 2, 3)
    )
    return f"""<html><head><title>Iran Update, March 16, 2023 | Critical Threats</title></head><body>
<h1>Iran Update, March 16, 2023</h1><div class="body">{prose}{notes}</div></body></html>""".encode()  # noqa: E501


@dataclass
class Held:
    """An archive in which pages are kept as a crawl keeps them."""

    archive: ingest.Archive

    def keep(
        self, kind: Kind, url: str, body: bytes, hours: float, final: str | None = None
    ) -> None:
        context = FetchContext(self.archive.next_capture_id(), kind, url)
        exchange = Exchange(
            url, at(hours), HttpMessage("HTTP/1.1 200 OK", (("Content-Type", HTML),), body)
        )
        written = self.archive.writer.write(exchange, context)
        page = FetchedPage(context, final or url, at(hours), 200, {"content-type": HTML}, body)
        self.archive.commit(process(page, self.archive.limits), written)

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        return [tuple(row) for row in self.archive.db.execute(sql).fetchall()]

    def due(self) -> list[str]:
        now = format_time(at(24))
        due = due_rows.publications_due(self.archive.db, now=now, young=now, since="2026-03-01")
        return [one.url for one in due if one.reason in {"new", "cited"}]


def asked(held: Held, report: str = "") -> list[tuple[object, ...]]:
    """What the ready-made question of reports that cite reports answers."""
    sql = description()["databases"]["archive"]["queries"]["reports_citing_reports"]["sql"]
    return [tuple(row) for row in held.archive.db.execute(sql, {"report": report}).fetchall()]


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Held]:
    archive = ingest.Archive.open(tmp_path, Settings(), run="test")
    yield Held(archive)
    archive.close()


def test_a_cited_report_is_queued_whatever_its_date(held: Held) -> None:
    url = f"{ISW}-march-16-2026/"
    mirror = "https://www.iswresearch.org/2023/02/iran-update-february-2-2023.html"
    copy = f"https://arquivo.pt/wayback/20230401000000/{ISW}-march-1-2023/"
    held.keep(Kind.REPORT, url, wp_page(url, "Iran Update, March 16, 2026", OLD, mirror, copy), 0)
    assert sorted(held.due()) == sorted([OLD, mirror, f"{ISW}-march-1-2023/"])
    due = due_rows.publications_due(held.archive.db, now=NOW, young=NOW, since="2026-03-01")
    assert {row.reason for row in due} == {"cited"}
    due = due_rows.publications_due(held.archive.db, now=NOW, young=NOW, since="2023-01-01")
    assert {row.reason for row in due if row.date} == {"new"}
    links = held.rows("SELECT report, cites, url FROM report_links")
    assert len(links) == 3
    for report in ("", "iran-update/2026-03-16"):
        assert sorted(asked(held, report)) == sorted(links)
    assert asked(held, "iran-update/2023-03-16") == []
    publishers = held.rows("SELECT url, publisher FROM publications WHERE captures = 0")
    assert {publisher for _, publisher in publishers} == {"isw"}


def test_what_the_clock_no_longer_asks_for_is_not_said_to_be_due(held: Held) -> None:
    """A page that is older than it is followed is captured again only when discovery says so."""
    url = f"{ISW}-march-16-2026/"
    held.keep(Kind.REPORT, url, wp_page(url, "Iran Update, March 16, 2026", OLD), 0)
    db, later = held.archive.db, format_time(at(24 * 400))
    for young, due in ((format_time(at(-1)), 1), (format_time(at(1)), 0)):
        found = due_rows.publications_due(db, now=later, young=young, since="2026-03-01")
        assert len([one for one in found if one.reason == "due"]) == due
        assert due_rows.publications_waiting(db, now=later, young=young) == due


def test_a_short_link_joins_the_graph_when_its_target_is_known(held: Held) -> None:
    url = f"{ISW}-march-16-2026/"
    old = wp_page(OLD, "Iran Update, March 16, 2023", "https://t.me/riverpost/1")
    held.keep(Kind.REPORT, url, wp_page(url, "Iran Update, March 16, 2026", SHORT), 0)
    assert held.due() == []
    with pytest.raises(BadInputError, match="not held"):
        resolve(held.archive.db, SHORT)
    held.keep(Kind.SOURCE, SHORT, old, 1, final=OLD)
    assert held.due() == [OLD]
    held.keep(Kind.REPORT, OLD, old, 2)
    cites = held.rows("SELECT report, cites, url FROM report_links")
    assert cites == [("iran-update/2026-03-16", "iran-update/2023-03-16", SHORT)]
    assert asked(held) == asked(held, "iran-update/2023-03-16") == cites
    db = held.archive.db
    for name in (SHORT, f"{SHORT}?utm_source=x", "isw.pub/IranUpdate031623"):
        assert resolve(db, name) == "iran-update/2023-03-16"
    assert resolve(db, f"https://web.archive.org/web/20230401/{OLD}") == "iran-update/2023-03-16"


def test_anchors_that_a_site_names_anew_make_no_version_and_both_hosts_are_one(held: Held) -> None:
    for hours, (host, token) in enumerate(
        [("www.criticalthreats.org", "0a1b" * 8), ("criticalthreats.org", "9f8e" * 8), ("www.criticalthreats.org", "77" * 16)]  # noqa: E501
    ):  # fmt: skip
        url = f"https://{host}/analysis/iran-update-march-16-2023"
        held.keep(Kind.REPORT, url, ctp_page(token), hours)
    report = report_object(held.archive.db, "iran-update/2023-03-16")
    assert [p["captures"] for p in report["publications"]] == [3]
    assert len(report["versions"]) == 1
    assert [(n["label"], [u["url"] for u in n["urls"]]) for n in report["notes"]] == [
        (str(n), [f"https://t.me/riverpost/{n}"]) for n in (1, 2, 3)
    ]


def test_slips_that_were_mended_are_named_in_the_export(held: Held) -> None:
    url = f"{ISW}-march-16-2026/"
    body = wp_page(
        url, "Iran Update, March 16, 2026", *(f"https://t.me/riverpost/{n}" for n in range(1, 5))
    )
    body = body.replace(b"<p>[3] ", b"<p>").replace(b"said.[2]</p>", b"said.[2</p>")
    held.keep(Kind.REPORT, url, body, 0)
    report = report_object(held.archive.db, "iran-update/2026-03-16")
    assert [(n["label"], n["repairs"]) for n in report["notes"]] == [
        ("1", []), ("2", []), ("3", ["label-implied"]), ("4", []),
    ]  # fmt: skip
    assert [m["repairs"] for m in report["markers"]] == [[], ["bracket-implied"], [], []]
    assert report["quality"]["flags"] == ["bracket-implied", "label-implied"]
