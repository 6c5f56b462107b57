"""Which cited pages are handed to an archive that saves them, and the log of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from archive.config import Settings
from archive.db.store import Store
from archive.db.tables import submission_rows
from archive.folder import DataFolder
from archive.model.due import Submission
from archive.model.times import format_time
from archive.model.understood import Memento, Processed
from archive.model.vocabulary import Kind, Outcome, Via
from archive.show.status import status
from crawler.spiders.submissions import why_inside, why_kept_back
from pipeline.cli.status_text import status_lines
from pipeline.read.mementos import STEP, question_url
from pipeline.run.ingest import Archive
from pipeline.run.jobs.mending.rebuild import rebuild
from pipeline.run.jobs.say import Say
from tests.factories import at, page, processed
from tests.memento_samples import CITED, WAYBACK, keep

pytestmark = pytest.mark.citing


def live(number: int, outcome: Outcome, url: str = CITED) -> Processed:
    return processed(page(number, kind=Kind.SOURCE, uri_r=url, captured_at=at(number)), outcome)


def answer(number: int, *copies: str, answered: bool = True, url: str = CITED) -> Processed:
    """What the archive says of its copies; each given by its day."""
    asked = page(
        number, kind=Kind.DISCOVERY, step=STEP, subject=url,
        uri_r=question_url(WAYBACK, url, at(0)), captured_at=at(number),
    )  # fmt: skip
    found = tuple(Memento(url, f"{day}T00:00:00Z", 200, day) for day in copies)
    return processed(asked, mementos=found if answered else None)


def wanted(archive: Archive, hours: float = 10, limit: int = 10) -> list[str]:
    found = submission_rows.pages_to_submit(archive.db, now=format_time(at(hours)), limit=limit)
    return [one.url for one in found]


@pytest.mark.parametrize(
    ("captures", "handed_in"),
    [
        ([live(2, Outcome.OK), answer(3)], True),
        ([live(2, Outcome.OK), live(4, Outcome.NOT_MODIFIED), answer(3)], True),
        # a week before or after the report is near enough
        ([live(2, Outcome.OK), answer(3, "2026-02-28")], False),
        ([live(2, Outcome.OK), answer(3, "2026-03-10")], False),
        ([live(2, Outcome.OK), answer(3, "2026-02-20")], True),
        ([live(2, Outcome.OK), answer(3, "2024-03-03")], True),
        # nobody asked, or nobody answered
        ([live(2, Outcome.OK)], False), ([live(2, Outcome.OK), answer(3, answered=False)], False),
        # not there, or not for us
        ([answer(3)], False), ([live(2, Outcome.GONE), answer(3)], False),
        ([live(2, Outcome.ROBOTS_DISALLOWED), answer(3)], False),
        ([live(2, Outcome.LOGIN_WALL), answer(3)], False),
        ([live(2, Outcome.PAYWALL), answer(3)], False),
        ([live(2, Outcome.OK), live(4, Outcome.TIMEOUT), answer(3)], False),
        ([live(2, Outcome.OK), live(4, Outcome.ROBOTS_DISALLOWED), answer(3)], False),
        ([live(2, Outcome.ADDRESS_REFUSED), answer(3)], False),
    ],
)  # fmt: skip
def test_what_is_there_and_nobody_holds_is_handed_in(
    archive: Archive, captures: list[Processed], handed_in: bool
) -> None:
    keep(archive, *captures)
    assert wanted(archive) == ([CITED] if handed_in else [])


def test_what_was_cited_long_ago_is_not_handed_in(archive: Archive) -> None:
    keep(archive, live(2, Outcome.OK), answer(3))
    assert wanted(archive, 24 * 30) == [CITED]
    assert wanted(archive, 24 * 31) == []


def row(archive: Archive, hours: float, outcome: str, **more: Any) -> Submission:
    [source] = archive.db.execute("SELECT id FROM sources WHERE url = ?", [CITED]).fetchone()
    moment = format_time(at(hours))
    return replace(Submission(source, moment, CITED, "spn2-1", outcome, moment), **more)


@pytest.mark.parametrize("outcome", ["pending", "saved", "refused"])
def test_what_was_handed_in_is_not_again(archive: Archive, outcome: str) -> None:
    keep(archive, live(2, Outcome.OK), answer(3))
    archive.store.record_submission(row(archive, 4, outcome))
    assert wanted(archive, 300) == []


def test_what_failed_is_handed_in_on_another_day_three_times_in_all(archive: Archive) -> None:
    keep(archive, live(2, Outcome.OK), answer(3))
    seen = []
    for hours in (4, 30, 60):
        archive.store.record_submission(row(archive, hours, "failed"))
        seen += [wanted(archive, hours + 20), wanted(archive, hours + 25)]
    assert seen == [[], [CITED], [], [CITED], [], []]


def test_a_job_is_pending_until_its_row_says_otherwise_and_counts_on_its_day(
    archive: Archive,
) -> None:
    job = row(archive, 4, "pending")
    archive.store.record_submission(job)
    assert submission_rows.pending(archive.db) == [job]
    done = replace(job, outcome="saved", memento_at="2026-03-04T06:00:00Z", memento_url="https://x")
    archive.store.record_submission(done)
    assert submission_rows.pending(archive.db) == []
    counted = [submission_rows.handed_in(archive.db, day) for day in ("2026-03-04",
        "2026-03-05")]  # fmt: skip
    assert counted == [1, 0]
    said = status(archive.db, format_time(at(10)), young=format_time(at(1)))
    assert said["submissions"] == {"saved": 1}
    assert "handed to another archive to be saved: 1 saved" in list(status_lines(said))


def test_the_log_is_carried_over_when_the_tables_are_made_anew(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    folder.make()
    one = Submission(7, "2026-03-04T06:00:00Z", CITED, None, "failed", "2026-03-04T06:00:00Z",
        detail="error:celery")  # fmt: skip
    with Store(folder.database) as store:
        store.record_submission(one)
    rebuild(folder, Settings(workers=1), Say(quiet=True))
    with Store(folder.database) as store:
        kept = store.db.execute(
            "SELECT source_id, url, outcome, detail FROM submissions"
        ).fetchall()
        assert kept == [(7, CITED, "failed", "error:celery")]


def test_the_log_of_an_archive_from_before_there_was_one_is_carried_over_without_it(
    tmp_path: Path,
) -> None:
    with Store(tmp_path / "old.db") as old, Store(tmp_path / "new.db") as new:
        old.db.execute("DROP TABLE submissions")
        old.db.execute(
            "INSERT INTO runs (id, job, arguments, started_at) VALUES ('r', 'check', "
            "'{}', '2026-03-04T06:00:00Z')"
        )  # fmt: skip
        new.copy_run_logs(tmp_path / "old.db")
        assert new.db.execute("SELECT id FROM runs").fetchall() == [("r",)]


@pytest.mark.parametrize(
    ("url", "kept_back"),
    [
        ("https://news.example.org/a?b=c", False), ("http://news.example.org/", False),
        ("https://93.184.216.34/a", False),
        ("https://127.0.0.1/a", True), ("https://2130706433/a", True), ("https://0x7f.1/a", True),
        ("https://[::1]/a", True),
        ("https://169.254.169.254/latest/meta-data/", True), ("https://10.1.2.3/", True),
        ("https://[::ffff:7f00:1]/", True),
        ("https://localhost/", True), ("https://printer.local/", True), ("https://intranet/", True),
        ("https://a.internal/", True),
        ("ftp://news.example.org/a", True), ("file:///etc/passwd", True),
        ("https://news.example.org:22/", True),
        ("https://reader:secret@news.example.org/", True), ("https://abc.onion/", True),
        ("https://evil.example\\@127.0.0.1/", True),
    ],
)  # fmt: skip
def test_nothing_is_handed_in_that_we_would_not_fetch_ourselves(url: str, kept_back: bool) -> None:
    assert (why_kept_back(url) is not None) is kept_back


@pytest.mark.parametrize(
    ("addresses", "kept_back"),
    [
        (["93.184.216.34"], False), (["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"],
            False), (["10.0.0.7"], True),
        (["93.184.216.34", "127.0.0.1"], True), (["::1"], True), (["169.254.169.254"], True),
        (None, True),
    ],
)  # fmt: skip
async def test_a_name_that_leads_inside_or_nowhere_is_kept_back_but_behind_a_proxy_it_is_no_business_of_ours(  # noqa: E501
    monkeypatch: pytest.MonkeyPatch, addresses: list[str] | None, kept_back: bool
) -> None:
    async def resolve(name: str) -> list[str]:
        assert name == "news.example.org"
        if addresses is None:
            raise OSError(-2, "Name or service not known")
        return addresses

    for name in (
        "http_proxy",
        "https_proxy",
        "HTTP_PROXY",
        "HTTPS_PROXY",
        "all_proxy",
        "ALL_PROXY",
    ):
        monkeypatch.delenv(name, raising=False)
    url = "https://news.example.org/a"
    assert (await why_inside(url, resolve) is not None) is kept_back
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:9")
    assert await why_inside(url, resolve) is None


def test_a_copy_taken_leaves_a_lost_page_where_it_is(archive: Archive) -> None:
    copy = page(4, kind=Kind.SOURCE, uri_r=f"{WAYBACK}/web/20260302080000id_/{CITED}",
        via=Via.WAYBACK, subject=CITED, captured_at=at(4))  # fmt: skip
    keep(archive, live(2, Outcome.GONE), answer(3, "2026-03-02"), processed(copy))
    assert wanted(archive) == []
