from __future__ import annotations

import errno
import hashlib
import json
import zipfile
from pathlib import Path

import pytest

from archive.errors import WarcError
from archive.warc.packing.wacz import Unpacked, unpacked
from archive.warc.reader import iter_records
from tests.warc_samples import three_captures

PACKAGE = "datapackage.json"


@pytest.fixture
def warc(tmp_path) -> bytes:
    path, _ = three_captures(tmp_path / "warc")
    return path.read_bytes()


def package(path: Path, members: dict[str, bytes], *, method: int = zipfile.ZIP_STORED) -> Path:
    with zipfile.ZipFile(path, "w", method) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return path


def described(name: str, digest: str) -> bytes:
    return json.dumps({"resources": [{"path": name, "hash": f"sha256:{digest}"}]}).encode()


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_the_warcs_of_a_wacz_are_there_until_the_block_ends(tmp_path, warc, method):
    path = package(
        tmp_path / "x.wacz",
        {
            PACKAGE: described("archive/a.warc.gz", hashlib.sha256(warc).hexdigest()),
            "archive/a.warc.gz": warc,
            "archive/b.warc.gz": warc,
            "archive/notes.txt": b"no WARC",
            "indexes/index.cdx.gz": b"",
            "pages/pages.jsonl": b"",
        },
        method=method,
    )
    with unpacked(path, scratch=tmp_path) as found:
        assert [member.name for member in found.members] == [
            "archive/a.warc.gz",
            "archive/b.warc.gz",
        ]
        assert found.problems == ()
        copies = [member.path for member in found.members]
        assert all(len(list(iter_records(copy))) == 5 for copy in copies)
    assert not any(copy.exists() or copy.parent.exists() for copy in copies)


def test_names_in_the_zip_are_never_names_on_disk(tmp_path, warc):
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    path = package(
        tmp_path / "x.wacz",
        {"archive/../../../evil.warc.gz": warc, "archive//etc/x.warc.gz": warc},
    )
    with unpacked(path, scratch=scratch) as found:
        assert {member.path.parent.parent for member in found.members} == {scratch}
        assert {member.path.name for member in found.members} == {"0.warc.gz", "1.warc.gz"}
    assert not list(tmp_path.glob("**/evil*"))


def test_a_bomb_is_not_unpacked(tmp_path):
    path = package(
        tmp_path / "x.wacz",
        {"archive/a.warc": bytes(30_000_000)},
        method=zipfile.ZIP_DEFLATED,
    )
    with unpacked(path, max_bytes=1_000_000, scratch=tmp_path) as found:
        assert found.members == ()
        assert "more than 1000000 bytes" in found.problems[0]
    assert [item.name for item in tmp_path.iterdir()] == ["x.wacz"]


def opened(path: Path) -> Unpacked:
    with unpacked(path) as found:
        return found


def test_a_warc_that_is_not_what_the_package_says_is_refused_and_the_rest_is_given(tmp_path, warc):
    path = package(
        tmp_path / "x.wacz",
        {
            PACKAGE: described("archive/a.warc.gz", "0" * 64),
            "archive/a.warc.gz": warc,
            "archive/b.warc.gz": warc,
        },
    )
    found = opened(path)
    assert [member.name for member in found.members] == ["archive/b.warc.gz"]
    assert len(found.problems) == 1
    assert "'archive/a.warc.gz' is not what datapackage.json says it is" in found.problems[0]


def test_the_wacz_files_in_a_wacz_give_theirs(tmp_path, warc):
    inner = {
        name: package(tmp_path / name, {"archive/a.warc.gz": warc}).read_bytes()
        for name in ("1.wacz", "2.wacz")
    }
    path = package(tmp_path / "multi.wacz", {**inner, "broken.wacz": b"no zip"})
    with unpacked(path, scratch=tmp_path) as found:
        assert [member.name for member in found.members] == ["archive/a.warc.gz"] * 2
        assert all(len(list(iter_records(member.path))) == 5 for member in found.members)
    assert [problem.startswith(f"WACZ {path}: 'broken.wacz' cannot") for problem in found.problems]


def test_wacz_files_inside_each_other_without_end_are_named(tmp_path, warc):
    path = package(tmp_path / "0.wacz", {"archive/a.warc.gz": warc})
    for depth in range(1, 6):
        content = path.read_bytes()
        path = package(tmp_path / f"{depth}.wacz", {"x.wacz": content})
    found = opened(path)
    assert found.members == ()
    assert "is in too many others" in found.problems[0]


def test_a_full_temporary_folder_is_named(tmp_path, warc, monkeypatch):
    path = package(tmp_path / "x.wacz", {"archive/a.warc.gz": warc})

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("archive.warc.packing.wacz._copy", full)
    with (
        pytest.raises(WarcError, match=f"temporary folder {tmp_path}"),
        unpacked(path, scratch=tmp_path),
    ):
        pass


@pytest.mark.parametrize("content", [b"", b"<html>", b"PK\x03\x04 and nothing"])
def test_a_file_that_is_no_zip_is_named(tmp_path, content):
    path = tmp_path / "x.wacz"
    path.write_bytes(content)
    with pytest.raises(WarcError, match=r"x\.wacz cannot be read"):
        opened(path)


def test_a_zip_of_something_else_is_named(tmp_path):
    path = package(tmp_path / "x.wacz", {"word/document.xml": b"<x/>"})
    with pytest.raises(WarcError, match="no WARC below archive/"):
        opened(path)


@pytest.mark.parametrize("words", [b"{", b"[]", b'{"resources": 7}', b'{"resources": [7]}'])
def test_a_package_that_cannot_be_read_is_named_and_its_warcs_are_given(tmp_path, warc, words):
    path = package(tmp_path / "x.wacz", {PACKAGE: words, "archive/a.warc.gz": warc})
    found = opened(path)
    assert len(found.members) == 1
    assert "datapackage.json cannot be read" in found.problems[0]


def test_a_damaged_member_is_told(tmp_path, warc):
    path = package(tmp_path / "x.wacz", {"archive/a.warc.gz": warc, "archive/b.warc": b"WARC/1.1"})
    content = path.read_bytes()
    path.write_bytes(content.replace(warc, warc[:-1] + bytes([warc[-1] ^ 1])))
    found = opened(path)
    assert [member.name for member in found.members] == ["archive/b.warc"]
    assert "'archive/a.warc.gz' cannot be read" in found.problems[0]


def test_a_full_temporary_folder_is_named_and_the_file_is_not_blamed(tmp_path, warc, monkeypatch):
    def full(*_, **__):
        raise OSError(errno.ENOSPC, "No space left on device")

    path = package(tmp_path / "a.wacz", {"archive/a.warc.gz": warc})
    monkeypatch.setattr("archive.warc.packing.wacz.tempfile.TemporaryDirectory", full)
    with pytest.raises(WarcError, match=r"temporary folder .*No space left.*TMPDIR") as caught:
        opened(path)
    assert "get it again" not in str(caught.value)
