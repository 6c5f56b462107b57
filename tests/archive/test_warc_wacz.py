from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path

import pytest

from archive.errors import WarcError
from archive.warc.reader import iter_records
from archive.warc.wacz import warcs_in
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
def test_the_warcs_of_a_wacz_are_given_one_after_the_other(tmp_path, warc, method):
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
    names, copies = [], []
    for member in warcs_in(path, scratch=tmp_path):
        names.append(member.name)
        copies.append(member.path)
        assert len(list(iter_records(member.path))) == 5
    assert names == ["archive/a.warc.gz", "archive/b.warc.gz"]
    assert not any(copy.exists() or copy.parent.exists() for copy in copies)


def test_names_in_the_zip_are_never_names_on_disk(tmp_path, warc):
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    path = package(
        tmp_path / "x.wacz",
        {"archive/../../../evil.warc.gz": warc, "archive//etc/x.warc.gz": warc},
    )
    for member in warcs_in(path, scratch=scratch):
        assert member.path.parent.parent == scratch
        assert member.path.name in {"0.warc.gz", "1.warc.gz"}
    assert not list(tmp_path.glob("**/evil*"))


def test_a_bomb_is_not_unpacked(tmp_path):
    path = package(
        tmp_path / "x.wacz",
        {"archive/a.warc": bytes(30_000_000)},
        method=zipfile.ZIP_DEFLATED,
    )
    with pytest.raises(WarcError, match="more than 1000000 bytes"):
        next(warcs_in(path, max_bytes=1_000_000, scratch=tmp_path))
    assert [item.name for item in tmp_path.iterdir()] == ["x.wacz"]


def test_a_warc_that_is_not_what_the_package_says_is_refused(tmp_path, warc):
    path = package(
        tmp_path / "x.wacz",
        {PACKAGE: described("archive/a.warc.gz", "0" * 64), "archive/a.warc.gz": warc},
    )
    with pytest.raises(WarcError, match="not what datapackage"):
        next(warcs_in(path))


def test_reading_can_stop_early_and_leaves_nothing(tmp_path, warc):
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    path = package(tmp_path / "x.wacz", {"archive/a.warc.gz": warc, "archive/b.warc.gz": warc})
    reading = warcs_in(path, scratch=scratch)
    next(reading)
    reading.close()
    assert list(scratch.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"<html>", b"PK\x03\x04 and nothing"])
def test_a_file_that_is_no_zip_is_named(tmp_path, content):
    path = tmp_path / "x.wacz"
    path.write_bytes(content)
    with pytest.raises(WarcError, match=r"x\.wacz cannot be read"):
        next(warcs_in(path))


def test_a_zip_of_something_else_is_named(tmp_path):
    path = package(tmp_path / "x.wacz", {"word/document.xml": b"<x/>"})
    with pytest.raises(WarcError, match="no WARC below archive/"):
        next(warcs_in(path))


@pytest.mark.parametrize("words", [b"{", b"[]", b'{"resources": 7}', b'{"resources": [7]}'])
def test_a_package_that_cannot_be_read_is_named(tmp_path, warc, words):
    path = package(tmp_path / "x.wacz", {PACKAGE: words, "archive/a.warc.gz": warc})
    with pytest.raises(WarcError, match=r"datapackage\.json cannot be read"):
        next(warcs_in(path))


def test_a_damaged_member_is_told(tmp_path, warc):
    path = package(tmp_path / "x.wacz", {"archive/a.warc.gz": warc})
    content = path.read_bytes()
    path.write_bytes(content.replace(warc, warc[:-1] + bytes([warc[-1] ^ 1])))
    with pytest.raises(WarcError, match=r"cannot be read.*get it again"):
        next(warcs_in(path))
