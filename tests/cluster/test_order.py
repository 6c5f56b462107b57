"""A job travels as JSON, and its captures have numbers that nobody else gives."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive.errors import ArchiveError
from archive.model.fetch import PayloadRef, Target
from archive.model.vocabulary import Kind
from archive.numbers import CaptureNumbers, ReservedNumbers
from pipeline.decide.batches import Batch
from pipeline.run.cluster.order import Order

AT = datetime(2026, 3, 20, 12, tzinfo=UTC)


def test_nothing_of_a_target_is_lost_on_the_way(tmp_path: Path) -> None:
    held = PayloadRef("<urn:uuid:1>", "https://a.example/", AT, "sha256:00")
    targets = (
        Target("https://a.example/", Kind.SOURCE, "again", '"e"', "yesterday", held, "2026-03-01"),
        Target("https://a.example/2", Kind.FILE, "shown", subject="https://a.example/3"),
    )
    order = Order(Batch("a.example", targets, 5), 1001, 8)
    order.write(tmp_path / "order.json")
    assert Order.read(tmp_path / "order.json") == order


def test_orders_and_the_archive_never_give_one_number_twice() -> None:
    ours = CaptureNumbers(0, lambda: AT, even=True)
    first = ours.next()
    theirs = ReservedNumbers(first + 1, 3)
    given = [theirs.next() for _ in range(3)] + [first, *(ours.next() for _ in range(3))]
    assert len(set(given)) == len(given)
    with pytest.raises(ArchiveError, match="used up"):
        theirs.next()
