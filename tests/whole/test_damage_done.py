"""The damages that other tests do to archives are what they say, so that those tests test
something."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.crash import damage
from tests.crash.warcs import NotWholeError, records, whole_records
from tests.warc_samples import three_captures


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return three_captures(tmp_path)[0]


@pytest.mark.parametrize(
    "hurt",
    [damage.flip_byte, damage.flip_one_bit, damage.zero, damage.insert, damage.zero_all],
)
def test_a_hurt_file_is_not_whole_from_its_wound_on(
    path: Path, hurt: Callable[[Path], damage.Damage]
) -> None:
    before, size = whole_records(path), path.stat().st_size
    done = hurt(path)
    with pytest.raises(NotWholeError) as error:
        list(records(path))
    assert error.value.offset <= done.first < done.end <= max(size, path.stat().st_size)
    assert whole_records(path) == [one for one in before if one.offset + one.length <= done.first]


def test_what_was_hit_is_named(path: Path) -> None:
    every = [one.capture for one in whole_records(path) if one.capture is not None]
    assert damage.cut_end(path, 1).captures == [every[2]]
    assert damage.flip_byte(path, 0.0).captures == [every[0]]


def test_a_file_that_is_gone_had_what_is_named(path: Path) -> None:
    done = damage.delete(path)
    assert (len(done.captures), path.exists()) == (3, False)


def test_an_altered_letter_is_seen_by_its_digest_alone(path: Path) -> None:
    done = damage.alter_letter(path)
    with gzip.open(path) as file:
        assert file.read().startswith(b"WARC/1.1")
    with pytest.raises(NotWholeError, match="another digest"):
        list(records(path))
    assert len(done.captures) == 1


def test_an_end_is_cut_or_zeroed(path: Path) -> None:
    size = path.stat().st_size
    assert damage.zero_end(path, 10).first == size - 10
    assert path.read_bytes().endswith(bytes(10))
    assert (damage.cut_end(path, 10).end, path.stat().st_size) == (size, size - 10)
    damage.empty(path)
    assert path.stat().st_size == 0
