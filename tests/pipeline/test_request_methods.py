"""Which answers in somebody else's file are to other methods than GET."""

from __future__ import annotations

import gzip
from pathlib import Path

from archive.warc.reader import iter_records
from pipeline.run.jobs.intake.request_methods import is_among, other_methods

URL = "https://paper.example/ferry"


def record(kind: str, block: bytes, name: str, *more: tuple[str, str]) -> bytes:
    fields = [
        ("WARC-Type", kind), ("WARC-Target-URI", URL), ("WARC-Date", "2026-03-18T04:00:00Z"),
        ("WARC-Record-ID", f"<urn:x:{name}>"), ("Content-Length", str(len(block))), *more,
    ]  # fmt: skip
    head = "".join(f"{key}: {value}\r\n" for key, value in fields)
    return gzip.compress(f"WARC/1.1\r\n{head}\r\n".encode() + block + b"\r\n\r\n")


def asked(method: str, name: str, *more: tuple[str, str]) -> bytes:
    block = f"{method} /ferry HTTP/1.1\r\nHost: paper.example\r\n\r\n".encode()
    return record("request", block, name, *more)


def answer(name: str, *more: tuple[str, str]) -> bytes:
    return record("response", b"HTTP/1.1 200 OK\r\n\r\nThe ferry", name, *more)


def left_out(path: Path, *parts: bytes) -> list[str]:
    path.write_bytes(b"".join(parts))
    others = other_methods(path)
    found = iter_records(path, types={"response"})
    return [one.record_id.removeprefix("urn:x:") for one in found if is_among(one, others)]


def of(name: str) -> tuple[str, str]:
    return "WARC-Concurrent-To", f"<urn:x:{name}>"


def test_a_request_that_names_its_answer_tells_the_method(tmp_path: Path) -> None:
    parts = [answer("a"), asked("POST", "b", of("a")), answer("c"), asked("GET", "d", of("c"))]
    assert left_out(tmp_path / "a.warc.gz", *parts) == ["a"]


def test_an_answer_that_names_its_request_is_told_by_it(tmp_path: Path) -> None:
    parts = [
        asked("HEAD", "b"),
        answer("a", of("x"), of("b")),
        asked("get", "d"),
        answer("c", of("d")),
    ]
    assert left_out(tmp_path / "a.warc.gz", *parts) == ["a"]


def test_an_answer_without_its_request_counts_as_one_to_a_get(tmp_path: Path) -> None:
    parts = [answer("a"), asked("POST", "b", of("elsewhere"))]
    assert left_out(tmp_path / "a.warc.gz", *parts) == []


def test_damage_before_a_request_does_not_hide_it(tmp_path: Path) -> None:
    parts = [answer("a"), b"\x1f\x8b\x08damage" * 9, asked("POST", "b", of("a"))]
    assert left_out_through(tmp_path / "a.warc.gz", *parts) == {"urn:x:a", "urn:x:b"}


def left_out_through(path: Path, *parts: bytes) -> frozenset[str]:
    path.write_bytes(b"".join(parts))
    return other_methods(path)
