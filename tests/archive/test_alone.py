"""Who waits for a folder is not refused without a word when it is gone by then."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive import alone as module
from archive.alone import alone, in_turn
from archive.errors import LockedError


@pytest.fixture
def gone_by_then(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that whoever had it takes away before it is ours."""
    folder = tmp_path / "bag"
    folder.mkdir()
    before = module._is_taken

    def taken(handle: int, how: int) -> bool:
        folder.rmdir()
        return before(handle, how)

    monkeypatch.setattr(module, "_is_taken", taken)
    return folder


def test_who_wants_it_alone_is_told_that_another_has_it(gone_by_then: Path) -> None:
    with pytest.raises(LockedError, match="in use"), alone(gone_by_then, "in use"):
        pytest.fail("it is not there")


def test_who_takes_turns_goes_on_and_hears_it_from_what_is_done_next(gone_by_then: Path) -> None:
    with in_turn(gone_by_then), pytest.raises(FileNotFoundError):
        (gone_by_then / "file").touch()
