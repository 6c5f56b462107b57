"""What is kept for the next process: there whole, or not there."""

import os

import pytest

from archive import cached as module
from archive.cached import cache, cached

MARK, OTHER = b"m" * 32, b"o" * 32
PARTS = [b"words", b"", bytes(range(256)) * 400]


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.delenv("CACHE_DIRECTORY", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "isw-archive"


@pytest.fixture
def kept(folder):
    cache("it", MARK, PARTS)
    return folder / "it"


def test_what_was_kept_is_given_again_part_by_part(kept):
    assert cached("it", MARK) == PARTS
    assert [path.name for path in kept.parent.iterdir()] == ["it"]


def test_nothing_is_there_before_it_is_kept_nor_under_another_name(folder):
    assert cached("it", MARK) is None
    cache("it", MARK, PARTS)
    assert cached("other", MARK) is None


def test_what_was_made_of_something_else_counts_as_not_there_and_is_replaced(kept):
    assert cached("it", OTHER) is None
    cache("it", OTHER, [b"new"])
    assert cached("it", OTHER) == [b"new"]
    assert cached("it", MARK) is None


def test_a_file_cut_off_anywhere_counts_as_not_there(kept):
    whole = kept.read_bytes()
    for length in range(len(whole)):
        kept.write_bytes(whole[:length])
        assert cached("it", MARK) is None, length


def test_a_file_with_a_wrong_byte_anywhere_is_never_read_as_something_else(kept):
    whole = kept.read_bytes()
    for at in range(len(whole)):
        kept.write_bytes(whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :])
        # of what only gzip's header says, such as a system's name, nothing depends
        assert cached("it", MARK) in (None, PARTS), at


def test_a_file_whose_end_the_disk_never_got_counts_as_not_there(kept):
    whole = kept.read_bytes()
    for at in (0, 40, len(whole) // 2, len(whole) - 8):
        kept.write_bytes(whole[:at] + bytes(len(whole) - at))
        assert cached("it", MARK) is None, at


@pytest.mark.parametrize("mode", [0o620, 0o602])
def test_what_others_may_write_is_not_read(kept, mode):
    kept.chmod(mode)
    assert cached("it", MARK) is None


def test_what_belongs_to_another_user_is_not_read(kept, monkeypatch):
    mine = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: mine + 1)
    assert cached("it", MARK) is None


def test_nothing_is_kept_in_the_folder_of_another_user(folder, monkeypatch):
    mine = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: mine + 1)
    cache("it", MARK, PARTS)
    assert list(folder.iterdir()) == []


def test_a_link_is_not_followed(kept):
    other = kept.with_name("other")
    kept.rename(other)
    kept.symlink_to(other)
    assert cached("it", MARK) is None
    cache("it", MARK, PARTS)
    assert not kept.is_symlink()
    assert cached("it", MARK) == PARTS


def test_a_pipe_or_a_folder_in_its_place_holds_nobody_up(folder):
    folder.mkdir(mode=0o700)
    os.mkfifo(folder / "it")
    assert cached("it", MARK) is None
    (folder / "it").unlink()
    (folder / "it").mkdir()
    assert cached("it", MARK) is None
    cache("it", MARK, PARTS)
    assert [path.name for path in folder.iterdir()] == ["it"]


def test_where_room_is_short_nothing_is_kept(folder, monkeypatch):
    monkeypatch.setattr(module, "_FREE_AT_LEAST", 1 << 70)
    cache("it", MARK, PARTS)
    assert list(folder.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_no_error(tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    cache("it", MARK, PARTS)
    assert cached("it", MARK) is None


def test_of_two_who_keep_it_at_once_one_does(kept):
    draft = kept.with_name("it.new")
    draft.write_bytes(b"half")
    cache("it", OTHER, [b"new"])
    assert draft.read_bytes() == b"half"
    assert cached("it", MARK) == PARTS


def test_a_draft_left_behind_by_a_kill_is_replaced(kept):
    draft = kept.with_name("it.new")
    draft.write_bytes(b"half")
    os.utime(draft, (1, 1))
    cache("it", OTHER, [b"new"])
    assert not draft.exists()
    assert cached("it", OTHER) == [b"new"]


def test_systemd_says_where_before_the_home_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("CACHE_DIRECTORY", f"{tmp_path / 'unit'}:{tmp_path / 'more'}")
    cache("it", MARK, PARTS)
    assert [path.name for path in tmp_path.iterdir()] == ["unit"]
    assert cached("it", MARK) == PARTS


def test_without_anything_said_it_is_in_the_home_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")  # not to be used, says the standard
    monkeypatch.setenv("HOME", str(tmp_path))
    cache("it", MARK, PARTS)
    assert (tmp_path / ".cache" / "isw-archive" / "it").exists()
