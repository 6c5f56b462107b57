"""The power is cut in the middle of a real import and a real collect: some of the cuts of `python
-m tests.crash.power`."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.crash import world
from tests.crash.cuts import Found, Recording
from tests.crash.disk import Disk
from tests.crash.power import JOBS, Stage, cut_many
from tests.crash.trace import STRACE, Event
from tests.replica.server import Replica

pytestmark = pytest.mark.minutes(2)

CUTS, GO_ON, SEED = 40, 2, 10
needs_strace = pytest.mark.skipif(STRACE is None, reason="strace is not installed")


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with Replica(at=world.AT, world=world.build()) as replica:
        yield Stage(tmp_path_factory.mktemp("power"), replica)


@needs_strace
@pytest.mark.parametrize("name", JOBS)
def test_a_power_cut_takes_nothing_that_was_called_kept(stage: Stage, name: str) -> None:
    recorded = stage.record(JOBS[name])
    assert_seen(recorded)
    found = cut_many(stage, recorded, CUTS, SEED, GO_ON)
    assert len(found) >= CUTS
    assert told(found) == []


def assert_seen(recorded: Recording) -> None:
    """What the record has to hold, or the cuts would prove nothing."""
    kinds = {event.kind for event in recorded.events}
    assert kinds >= {"create", "write", "sync", "said", "exit"}
    assert recorded.kept


def told(found: list[Found]) -> list[str]:
    return [f"cut {one.cut}: {fault}" for one in found for fault in one.faults]


# --- the disk itself ------------------------------------------------------------------------------


def after(tmp_path: Path, fate: str, *events: Event, ordered: bool = False) -> dict[str, bytes]:
    """What a cut after these events leaves."""
    disk = Disk(ordered)
    for event in events:
        disk.take(event)
    disk.after_cut(fate, random.Random(1), tmp_path / "left")
    files = (path for path in (tmp_path / "left").rglob("*") if path.is_file())
    return {str(path.relative_to(tmp_path / "left")): path.read_bytes() for path in files}


CREATE = Event("create", "a")
WRITE = Event("write", "a", data=b"1" * 1024)
SYNC, SYNC_FOLDER = Event("sync", "a"), Event("sync", "")


def test_a_write_that_nobody_synced_may_be_lost_in_part_or_whole(tmp_path: Path) -> None:
    events = (CREATE, SYNC_FOLDER, WRITE)
    assert after(tmp_path / "1", "nothing", *events) == {"a": b""}
    assert after(tmp_path / "2", "all", *events) == {"a": WRITE.data}
    assert after(tmp_path / "3", "nothing", *events, SYNC) == {"a": WRITE.data}


@pytest.mark.parametrize(("ordered", "left"), [(True, {"a": WRITE.data}), (False, {})])
def test_a_synced_file_whose_folder_nobody_synced_is_lost_on_the_worst_disk(
    tmp_path: Path, ordered: bool, left: dict[str, bytes]
) -> None:
    assert after(tmp_path, "nothing", CREATE, WRITE, SYNC, ordered=ordered) == left


def test_later_blocks_may_be_there_without_earlier_ones(tmp_path: Path) -> None:
    many = [Event("write", "a", data=bytes([65 + n]) * 512) for n in range(8)]
    [content] = after(tmp_path, "anything", CREATE, SYNC_FOLDER, *many).values()
    blocks = [content[i : i + 512] for i in range(0, len(content), 512)]
    assert bytes(512) in blocks
    assert any(block.strip(b"\0") for block in blocks)


def test_a_rename_is_there_when_its_folder_is_synced(tmp_path: Path) -> None:
    events = (CREATE, WRITE, SYNC, SYNC_FOLDER, Event("rename", "a", "b"))
    assert after(tmp_path / "1", "nothing", *events) == {"a": WRITE.data}
    assert after(tmp_path / "2", "nothing", *events, SYNC_FOLDER) == {"b": WRITE.data}
