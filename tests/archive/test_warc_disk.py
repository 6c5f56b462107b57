"""A disk that takes no more costs the record that did not fit, and nothing else."""

from __future__ import annotations

import errno
import os
import resource

import pytest

from archive.errors import WarcError
from archive.warc.reader import iter_records
from tests.warc_samples import (
    CONTEXT,
    exchange,
    only_file,
    writer,
)


@pytest.fixture
def small_disk():
    """A way to forbid files to grow beyond a size, as a full disk does."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    yield lambda size: resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_costs_only_the_record_that_did_not_fit(tmp_path, small_disk):
    noise = bytes(range(256)) * 40
    with writer(tmp_path) as warc:
        first = warc.write(exchange(), CONTEXT)
        size = only_file(tmp_path).stat().st_size
        small_disk(size + 100)
        with pytest.raises(WarcError, match=rf"{first.location.file}.*size of files.*ulimit -f"):
            warc.write(exchange(noise), CONTEXT)
        assert only_file(tmp_path).stat().st_size == size
        small_disk(size + 100_000)
        last = warc.write(exchange(noise), CONTEXT)
    assert last.location.offset == size
    found = [record.payload for record in iter_records(only_file(tmp_path), types={"response"})]
    assert found == [b"<p>hello</p>", noise]


def test_half_a_record_is_taken_away_also_when_a_signal_ends_the_writing(tmp_path, monkeypatch):
    written_bytes = os.write

    def interrupted(file, content):
        written_bytes(file, content[:50])
        raise KeyboardInterrupt

    with writer(tmp_path) as warc:
        warc.write(exchange(b"1"), CONTEXT)
        with monkeypatch.context() as patch:
            patch.setattr(os, "write", interrupted)
            with pytest.raises(KeyboardInterrupt):
                warc.write(exchange(b"2"), CONTEXT)
        warc.write(exchange(b"3"), CONTEXT)
    found = [record.payload for record in iter_records(only_file(tmp_path), types={"response"})]
    assert found == [b"1", b"3"]


def test_a_disk_full_from_the_start_leaves_no_empty_file(tmp_path, small_disk):
    with writer(tmp_path) as warc:
        small_disk(50)
        with pytest.raises(WarcError, match="ulimit -f"):
            warc.write(exchange(), CONTEXT)
        assert list(tmp_path.iterdir()) == []
        small_disk(100_000)
        warc.write(exchange(), CONTEXT)
    assert len(list(iter_records(only_file(tmp_path)))) == 2


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with (
        writer(tmp_path / "file" / "warc") as warc,
        pytest.raises(WarcError, match=r"file/warc.*Not a directory"),
    ):
        warc.write(exchange(), CONTEXT)


def test_a_disk_that_fails_at_the_end_is_named_and_the_file_is_not_said_to_be_kept(
    tmp_path, monkeypatch
):
    def refused(_file):
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    warc = writer(tmp_path)
    warc.write(exchange(), CONTEXT)
    with monkeypatch.context() as patch:
        patch.setattr(os, "fdatasync", refused)
        with pytest.raises(WarcError, match="cannot be written"):
            warc.close()
    assert warc.closed == []
    assert warc.name is None
