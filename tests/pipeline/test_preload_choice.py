"""When workers begin before the first page is there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from archive.config import Settings
from archive.db.store import Store
from archive.folder import DataFolder
from pipeline.run import preload_choice
from pipeline.run.job import NAMED, SpiderJob
from pipeline.run.preloads import PAGES, REPORTS

REPORT = "https://understandingwar.org/research/russia-ukraine/some-report-march-1-2026/"


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    made = DataFolder(tmp_path / "data")
    made.make()
    Store(made.database).close()
    return made


@pytest.fixture
def daily(folder: DataFolder) -> SpiderJob:
    """What `collect` does each day."""
    return SpiderJob(data=str(folder.root), run="r", sources=True)


@pytest.fixture
def named(daily: SpiderJob) -> SpiderJob:
    """`collect --report`."""
    return replace(daily, urls=(REPORT,), reason=NAMED, discover=False)


def test_a_day_on_which_nothing_waits_reads_lists_of_reports(
    folder: DataFolder, daily: SpiderJob
) -> None:
    assert preload_choice.likely_preload(folder, "reports", daily) == REPORTS


def test_a_report_that_is_named_and_new_is_read_and_what_it_cites(
    folder: DataFolder, named: SpiderJob
) -> None:
    assert preload_choice.likely_preload(folder, "reports", named) == PAGES
    assert (
        preload_choice.likely_preload(folder, "reports", replace(named, sources=False)) == REPORTS
    )


def test_one_that_was_asked_for_before_is_mostly_unchanged(
    folder: DataFolder, named: SpiderJob
) -> None:
    columns = ("kind", "url", "final_url", "captured_at", "outcome", "via", "reason", "warc_file")
    row = {**dict.fromkeys(columns, REPORT), "warc_offset": 0, "warc_length": 9, "record_id": "1"}
    with Store(folder.database) as store:
        store.db["captures"].insert({"id": 1, **row})
    assert not preload_choice.likely_preload(folder, "reports", named)


@pytest.mark.parametrize(("captures", "loaded"), [(0, PAGES), (3, REPORTS)])
def test_a_source_that_waits_for_its_first_capture_will_be_read(
    folder: DataFolder, daily: SpiderJob, monkeypatch: pytest.MonkeyPatch,
    captures: int, loaded: tuple[str, ...],
) -> None:  # fmt: skip
    class Row:
        pass

    row = Row()
    row.captures = captures  # type: ignore[attr-defined]
    monkeypatch.setattr("archive.db.tables.due_rows.sources_pending", lambda *_, **__: [row])
    assert preload_choice.likely_preload(folder, "reports", daily) == loaded


@pytest.mark.parametrize(
    ("job", "given", "loaded"),
    [
        ("collect", {"report": REPORT, "sources": True}, PAGES),
        ("collect", {"report": REPORT, "sources": False}, REPORTS),
        ("collect", {"report": None, "sources": True}, REPORTS),
        ("collect", {"list": "mine", "addresses": 3}, ()),
        ("recrawl", {"urls": 3}, ()),
        ("check", {"source": None}, ()),
    ],
)
def test_what_a_collect_will_read_is_told_before_its_archive_was_looked_through(
    folder: DataFolder, job: str, given: dict[str, object], loaded: tuple[str, ...]
) -> None:
    assert tuple(preload_choice.early_preload(folder, job, given)) == loaded
    folder.database.unlink()  # a first run has none
    assert tuple(preload_choice.early_preload(folder, job, given)) == loaded


def test_of_an_archive_that_cannot_be_read_nothing_is_told_early(folder: DataFolder) -> None:
    folder.database.write_bytes(b"no database, but as long as its head would be" * 9)
    given = {"report": REPORT, "sources": True}
    assert not preload_choice.early_preload(folder, "collect", given)


def test_checks_and_what_a_person_asks_for_again_find_what_they_know(
    folder: DataFolder, named: SpiderJob
) -> None:
    assert not preload_choice.likely_preload(folder, "checks", replace(named, urls=()))
    assert not preload_choice.likely_preload(
        folder, "reports", replace(named, reason="recrawl: on demand")
    )


@pytest.mark.parametrize(("due", "likely"), [("2026-03-01T00:00:00Z", True), (None, False)])
def test_a_check_that_asks_no_other_archive_is_likely_where_one_is_due(
    folder: DataFolder, due: str | None, likely: bool
) -> None:
    with Store(folder.database) as store:
        store.db["sources"].insert(
            {
                **dict.fromkeys(("url", "cited_url", "host", "domain", "platform"), "a.example"),
                "id": 1,
                "captures": 1,
                "next_due_at": due,
            }
        )
    alone = Settings(wayback="")
    given = {"source": None, "limit": None, "all_due": False}
    assert preload_choice.is_likely(folder, alone, "check", given) is likely
    assert preload_choice.is_likely(folder, Settings(), "check", given)
    assert preload_choice.is_likely(
        folder, alone, "check", {**given, "source": "https://a.example/"}
    )
    assert preload_choice.is_likely(folder, alone, "collect", {})


def test_what_is_wrong_with_an_archive_is_left_to_who_needs_it(folder: DataFolder) -> None:
    folder.database.unlink()
    assert preload_choice.is_likely(folder, Settings(wayback=""), "check", {})


@pytest.mark.parametrize(
    ("files", "text", "loaded"),
    [
        (["a.warc.gz"], False, False),
        (["a.warc.gz", "b.warc.gz"], False, True),
        (["b.txt"], True, False),
        (["dossier.zip"], False, False),
    ],
)
def test_an_import_of_new_files_has_its_workers_load_at_once(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch,
    files: list[str], text: bool, loaded: bool,
) -> None:  # fmt: skip
    begun: list[tuple[str, ...]] = []
    monkeypatch.setattr("pipeline.run.worker.prepare", begun.append)
    with Store(folder.database) as store:
        columns = ("id", "started_at", "finished_at", "outcome")
        run = {"job": "import", "arguments": '{"files": ["a.warc.gz"]}'}
        store.db["runs"].insert({**dict.fromkeys(columns, "2026-03-01T00:00:00Z"), **run})
    preload_choice.begin_import(folder, {"files": files, "text": text})
    assert begun == [REPORTS] * loaded


def test_so_does_one_into_an_archive_that_is_not_there_yet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[tuple[str, ...]] = []
    monkeypatch.setattr("pipeline.run.worker.prepare", begun.append)
    preload_choice.begin_import(
        DataFolder(tmp_path / "none"), {"files": ["a.warc.gz"], "text": False}
    )
    assert begun == [REPORTS]
