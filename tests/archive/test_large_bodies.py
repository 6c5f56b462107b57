"""Bodies too large for memory: in files without a name, in WARC records, and read from there."""

from __future__ import annotations

import gzip
import hashlib
import os
import pickle
import resource
import tracemalloc
from collections.abc import Iterator
from itertools import repeat
from pathlib import Path
from typing import Any

import pytest

from archive import bodies
from archive.bodies import FileBody, file_of, spooled
from archive.errors import WarcError
from archive.model.body import LARGE_BYTES, whole_body
from archive.warc.reader import WarcRecord, iter_records, read_at
from archive.warc.through import Wound, read_through, record_at
from tests.warc_samples import CONTEXT, exchange, only_file, request, writer

PIECE = bytes(range(256)) * 1024
SIZE = 6 * len(PIECE)
ENOUGH = 8 * LARGE_BYTES
"""Memory that pieces of a megabyte may need, packed and unpacked."""


def content(size: int = SIZE) -> bytes:
    return (PIECE * (size // len(PIECE) + 1))[:size]


def body_of(raw: bytes, folder: Path) -> FileBody:
    return spooled((raw[at : at + 70_001] for at in range(0, len(raw), 70_001)), folder)


@pytest.fixture
def peak() -> Iterator[Any]:
    """Tells the most memory since it was asked last."""
    tracemalloc.start()

    def told() -> int:
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.reset_peak()
        return most

    yield told
    tracemalloc.stop()


def test_a_body_in_a_file_is_what_was_put_there_and_the_file_has_no_name(tmp_path: Path) -> None:
    body = body_of(content(), tmp_path)
    assert list(tmp_path.iterdir()) == []
    assert (len(body), whole_body(body), body.view(SIZE + 1)[:]) == (SIZE, content(), content())
    assert b"".join(body.pieces(SIZE - 9)) == content()[-9:]
    assert body.digest == f"sha256:{hashlib.sha256(content()).hexdigest()}"


def test_a_file_with_a_name_is_a_body_too(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(content())
    assert whole_body(file_of(tmp_path / "a")) == content()
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(OSError, match="symbolic links"):
        file_of(tmp_path / "b")


def test_what_the_disk_gives_back_otherwise_is_not_kept(tmp_path: Path) -> None:
    body = body_of(content(), tmp_path)
    os.pwrite(body._handle, b"!", SIZE // 2)
    with writer(tmp_path / "warc") as warc:
        with pytest.raises(WarcError, match="other bytes of a body than it took"):
            warc.write(exchange(body), CONTEXT)
        warc.write(exchange(body_of(content(), tmp_path)), CONTEXT)
    items = list(read_through(only_file(tmp_path / "warc"), large=True))
    assert [one.type for one in items] == ["warcinfo", "response"]


def test_it_is_closed_with_the_last_that_speaks_of_it(tmp_path: Path) -> None:
    def handles() -> int:
        return sum(1 for _ in Path("/proc/self/fd").iterdir())

    before, body = handles(), body_of(content(), tmp_path)
    other = pickle.loads(pickle.dumps(body))
    assert handles() == before + 2
    del body, other
    assert handles() == before


@pytest.mark.parametrize("handles", [bodies._HANDLES, "/nowhere/{}/{}"], ids=["linux", "another"])
def test_another_process_gets_it_whatever_the_system(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, handles: str
) -> None:
    monkeypatch.setattr(bodies, "_HANDLES", handles)
    sent = pickle.dumps(body_of(content(), tmp_path))
    assert (len(sent) < 1000) is ("proc" in handles)


def test_a_large_body_is_written_and_read_without_ever_being_in_memory(
    tmp_path: Path, peak: Any
) -> None:
    size = 64 * len(PIECE)
    body = spooled(repeat(PIECE, size // len(PIECE)), tmp_path)
    with writer(tmp_path) as warc:
        written = warc.write(exchange(body, request=request()), CONTEXT)
    assert peak() < ENOUGH < size
    record = record_at(only_file(tmp_path), written.location.offset, large=True)
    assert sum(map(len, record.body.pieces())) == len(record.body) == size
    assert record.payload_digest == body.digest == written.payload_digest
    assert len(list(iter_records(only_file(tmp_path), large=True))) == 3
    assert peak() < ENOUGH


@pytest.mark.parametrize("kind", ["response", "resource"])
def test_its_record_is_the_one_that_it_would_have_in_memory(tmp_path: Path, kind: str) -> None:
    unpacked = []
    for name, body in (("a", content()), ("b", body_of(content(), tmp_path))):
        with writer(tmp_path / name) as warc:
            made = exchange(body, request=request(), truncated="time")
            if kind == "response":
                warc.write(made, CONTEXT)
            else:
                warc.write_resource(made, CONTEXT, "video/mp4")
            warc.write(exchange(), CONTEXT)
            [closed] = (warc.close(), warc.closed)[1]
        packed = only_file(tmp_path / name).read_bytes()
        assert closed.sha256 == hashlib.sha256(packed).hexdigest()
        unpacked.append(gzip.decompress(packed))
    assert unpacked[0] == unpacked[1]


def read_both(path: Path) -> Iterator[tuple[WarcRecord, WarcRecord]]:
    return zip(iter_records(path), iter_records(path, large=True), strict=True)


def test_what_is_read_through_says_the_same_of_itself(tmp_path: Path) -> None:
    with writer(tmp_path) as warc:
        warc.write(exchange(content(), request=request()), CONTEXT)
        warc.write_resource(exchange(content()), CONTEXT, "video/mp4")
    for kept, large in read_both(only_file(tmp_path)):
        assert (large.large is not None) is (len(kept.payload) == SIZE)
        assert whole_body(large.body) == kept.payload
        same = ("type", "uri", "location", "http_status", "http_headers", "payload_digest")
        assert all(getattr(kept, name) == getattr(large, name) for name in same)
        assert large.digest_problems() == kept.digest_problems() == ()


def test_a_part_of_it_is_read_from_where_it_begins(tmp_path: Path) -> None:
    with writer(tmp_path) as warc:
        place = warc.write(exchange(content()), CONTEXT).location
    body = read_at(only_file(tmp_path), place.offset, large=True).body
    assert not isinstance(body, bytes)
    assert b"".join(body.pieces(SIZE - 1_234)) == content()[-1_234:]
    assert body.view(SIZE)[-10:] == content()[-10:]
    assert body.view(10)[:] == content()[:10]


def plain(head: str, block: bytes, kind: str = "response") -> bytes:
    return (
        f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:a>\r\n"
        f"WARC-Date: 2026-03-16T22:05:13Z\r\n{head}Content-Length: {len(block)}\r\n\r\n"
    ).encode() + block + b"\r\n\r\n"  # fmt: skip


CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%b\r\n0\r\n\r\n" % (
    SIZE,
    content(),
)


@pytest.mark.parametrize(
    ("record", "is_measured"),
    [
        (plain("", b"HTTP/1.1 200 OK\r\nA: b\r\n\r\n" + content()), True),
        (plain("", b"HTTP/1.1 100 C\r\n\r\nHTTP/1.1 200 OK\r\n\r\n" + content()), True),
        (plain("", CHUNKED), False),
        (plain("", b"HTTP/1.1 200 OK\r\nA: " + content().replace(b"\n", b"")), False),
        (plain("WARC-Segment-Number: 1\r\n", b"HTTP/1.1 200 OK\r\n\r\n" + content()), False),
        (plain("", b"HTTP/1.1 200 OK\r\n\r\n" + content(), "revisit"), False),
        (plain("", content(), "conversion"), True),
    ],
    ids=["plain", "interim", "chunked", "endless head", "segment", "revisit", "bare"],
)
def test_whatever_cannot_be_told_by_its_beginning_is_read_whole(
    tmp_path: Path, record: bytes, is_measured: bool
) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(record + plain("", b"end"))
    pairs = list(read_both(path))
    assert len(pairs) == 2
    kept, large = pairs[0]
    assert (large.large is not None) is is_measured
    assert whole_body(large.body) == kept.payload
    assert large.payload_digest == kept.payload_digest


@pytest.mark.parametrize("stated", ["WARC-Block-Digest", "WARC-Payload-Digest"])
@pytest.mark.parametrize("label", ["sha1", "sha256"])
def test_a_large_record_that_is_not_what_was_written_is_named(
    tmp_path: Path, stated: str, label: str
) -> None:
    path, block = tmp_path / "a.warc", b"HTTP/1.1 200 OK\r\n\r\n" + content()
    part = block if "Block" in stated else content()
    right = f"{stated}: {label}:{hashlib.new(label, part).hexdigest()}\r\n"
    path.write_bytes(plain(right, block) + plain(right, block[:-1] + b"?"))
    told = [list(read_through(path, large=large)) for large in (False, True)]
    assert [type(one) for one in told[0]] == [WarcRecord, Wound, WarcRecord]
    assert [str(one) for one in told[0] if isinstance(one, Wound)] == [
        str(one) for one in told[1] if isinstance(one, Wound)
    ]
    last = told[1][-1]
    assert isinstance(last, WarcRecord)
    assert last.mismatch is not None


def test_a_record_that_is_cut_off_is_torn_and_its_body_no_whole_one(tmp_path: Path) -> None:
    with writer(tmp_path) as warc:
        place = warc.write(exchange(os.urandom(SIZE)), CONTEXT).location
    path = only_file(tmp_path)
    body = read_at(path, place.offset, large=True).body
    os.truncate(path, path.stat().st_size - 1_000)
    assert [one.is_torn for one in read_through(path, large=True) if isinstance(one, Wound)] == [
        True
    ]
    with pytest.raises(WarcError, match="restore it from a copy"):
        list(body.pieces())


def test_a_file_is_closed_before_a_large_record_makes_it_too_large(tmp_path: Path) -> None:
    noise = os.urandom(SIZE)
    most = 2 * SIZE
    with writer(tmp_path, max_bytes=most) as warc:
        for _ in range(3):
            warc.write(exchange(body_of(noise, tmp_path)), CONTEXT)
        warc.close()
        digests = [one.sha256 for one in warc.closed]
    files = sorted(tmp_path.glob("*.gz"))
    assert [len(list(iter_records(path))) for path in files] == [2, 2, 2]
    assert digests == [hashlib.sha256(path.read_bytes()).hexdigest() for path in files]


def test_a_full_disk_costs_only_the_large_record_that_did_not_fit(tmp_path: Path) -> None:
    body = body_of(os.urandom(SIZE), tmp_path)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    with writer(tmp_path) as warc:
        warc.write(exchange(), CONTEXT)
        size = only_file(tmp_path).stat().st_size
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + SIZE // 2, hard))
        try:
            with pytest.raises(WarcError, match="What was written before is kept"):
                warc.write(exchange(body), CONTEXT)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        assert only_file(tmp_path).stat().st_size == size
        assert warc.write(exchange(body), CONTEXT).location.offset == size
    assert [
        whole_body(one.body) for one in iter_records(only_file(tmp_path), types={"response"})
    ] == [
        b"<p>hello</p>",
        whole_body(body),
    ]


def test_a_body_that_cannot_be_read_to_its_end_leaves_no_half_record(tmp_path: Path) -> None:
    class Broken(FileBody):
        reads = 0

        def pieces(self, start: int = 0) -> Iterator[bytes]:
            self.reads += 1
            yield from super().pieces(start + SIZE // 2)
            if self.reads > 1:  # when it is packed, after it was digested
                raise OSError(5, "Input/output error")

    kept = body_of(os.urandom(SIZE), tmp_path)
    body = Broken(os.dup(kept._handle), SIZE, kept.digest)
    with writer(tmp_path) as warc:
        warc.write(exchange(), CONTEXT)
        size = only_file(tmp_path).stat().st_size
        with pytest.raises(WarcError):
            warc.write(exchange(body), CONTEXT)
        assert only_file(tmp_path).stat().st_size == size
