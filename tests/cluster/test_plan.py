"""What is queued for workers where more waits than one plan takes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.clock import now
from archive.config import Settings
from archive.urls.normal import stable_id
from pipeline.decide.batches import batches, name_of
from pipeline.run.ingest import Archive
from pipeline.run.jobs.cluster import plan
from pipeline.run.targets import sources_waiting, with_previous

LARGE, SMALL = 900, 300


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """A domain with very many sources, and many with one."""
    archive = Archive.open(tmp_path / "data", Settings(), run="test")
    urls = [f"https://large-replica.net/{n}" for n in range(LARGE)]
    urls += [f"https://h{n}-replica.net/" for n in range(SMALL)]
    archive.db["sources"].insert_all(
        {
            "id": stable_id(url), "url": url, "cited_url": url, "host": url.split("/")[2],
            "domain": url.split("/")[2], "platform": "web", "next_due_at": "2026-03-20T12:00:00Z",
        }
        for url in urls
    )  # fmt: skip
    with archive:
        yield archive


def test_a_large_domain_has_a_whole_job_however_many_small_ones_wait(archive: Archive) -> None:
    waiting = sources_waiting(archive.db, now(), turns=600, files=10)
    found = {one.domain: one for one in batches(waiting, name_of, spent={}, most=200)}
    assert len(found) == SMALL + 1
    assert len(found["large-replica.net"].targets) == 200


def test_the_next_job_of_a_domain_is_found_beyond_what_its_last_ones_have(
    archive: Archive,
) -> None:
    taken: set[str] = set()
    for _ in range(plan.AHEAD):
        waiting = sources_waiting(archive.db, now(), turns=plan.AHEAD * 200, files=10)
        found = {b.domain: b for b in batches(waiting, name_of, spent={}, under_way=taken)}
        taken |= {target.url for target in found["large-replica.net"].targets}
    assert len(taken) == plan.AHEAD * 200


def test_no_more_waits_in_jobs_than_workers_can_use(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plan, "DUE", 250)
    waiting = sources_waiting(archive.db, now(), turns=600, files=10)
    found = batches(waiting, name_of, spent={}, most=200)
    assert 250 <= sum(len(batch.targets) for batch in plan._first(found, 0)) < 450
    assert list(plan._first(found, 250)) == []


def test_what_is_chosen_is_what_was_seen(archive: Archive) -> None:
    [first, *_] = sources_waiting(archive.db, now(), turns=1, files=0)
    assert with_previous(archive.db, first) == first
