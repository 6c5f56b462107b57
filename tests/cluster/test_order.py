"""A job travels as JSON, and its captures have numbers that nobody else gives."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from archive.capture_numbers import CaptureNumbers, ReservedNumbers
from archive.errors import ArchiveError
from archive.model.fetch import PayloadRef, Target
from archive.model.vocabulary import Kind
from pipeline.decide.batches import Batch
from pipeline.run.cluster.order import BatchOrder, StrangeJobError, from_json, to_json

AT = datetime(2026, 3, 20, 12, tzinfo=UTC)


def test_nothing_of_a_target_is_lost_on_the_way(tmp_path: Path) -> None:
    held = PayloadRef("<urn:uuid:1>", "https://a.example/", AT, "sha256:00")
    targets = (
        Target("https://a.example/", Kind.SOURCE, "again", '"e"', "yesterday", held, "2026-03-01"),
        Target("https://a.example/2", Kind.FILE, "shown", subject="https://a.example/3"),
    )
    order = BatchOrder(Batch("a.example", targets, 5), 1001, 8)
    order.write(tmp_path / "order.json")
    assert BatchOrder.read(tmp_path / "order.json") == order


def test_what_only_a_later_version_knows_of_is_left_out() -> None:
    held = PayloadRef("<urn:uuid:1>", "https://a.example/", AT, "sha256:00")
    batch = Batch(
        "a.example", (Target("https://a.example/", Kind.SOURCE, "new", None, None, held),)
    )
    told = to_json(batch)
    told |= {"later": [1]}
    told["targets"][0] |= {"later": {"a": 1}, "previous": told["targets"][0]["previous"] | {"x": 2}}
    assert from_json(told) == batch


@pytest.mark.parametrize(
    "change",
    [
        {"targets": None},
        {"targets": [{"url": "https://a.example/"}]},
        {"targets": [{"url": "https://a.example/", "kind": "unheard of", "reason": "new"}]},
        {"targets": ["https://a.example/"]},
        {"witnesses": 3},
        {"spent": "much"},
    ],
)
def test_a_job_that_lacks_what_is_needed_is_told_as_strange(change: dict[str, Any]) -> None:
    with pytest.raises(StrangeJobError, match="another version"):
        from_json({**to_json(Batch("a.example", ())), **change})


def test_orders_and_the_archive_never_give_one_number_twice() -> None:
    ours = CaptureNumbers(0, lambda: AT, even=True)
    first = ours.next()
    theirs = ReservedNumbers(first + 1, 3)
    given = [theirs.next() for _ in range(3)] + [first, *(ours.next() for _ in range(3))]
    assert len(set(given)) == len(given)
    with pytest.raises(ArchiveError, match="used up"):
        theirs.next()
