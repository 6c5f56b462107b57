"""Hostile files: one clear line, the right exit code, nothing lost."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.model.understood import FetchedPage
from archive.warc.reader import iter_records
from pipeline.read import process as stages
from tests.factories import at
from tests.saved import HTML, answer, http, kept_but_runs, record, rows, wacz, warcs

Pages = list[tuple[str, bytes]]


# --- files that are no WARC, or only half of one --------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("zip.warc.gz", b"PK\x03\x04" + bytes(range(256)), "zip archive"),
        ("html.warc.gz", b"<!doctype html><p>hello", "HTML page"),
        ("empty.warc.gz", b"", "it is empty"),
        ("random.warc.gz", hashlib.sha512(b"x").digest() * 9, "binary data"),
        (
            "inside.warc.gz",
            gzip.compress(hashlib.sha512(b"x").digest() * 9, mtime=0),
            "in it seems to be",
        ),
        ("random.wacz", hashlib.sha512(b"x").digest(), "not a zip file"),
    ],
)
def test_what_is_no_warc_is_named_in_one_line_and_changes_nothing(
    data: Path, tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    before = kept_but_runs(data)
    (tmp_path / name).write_bytes(content)
    code, counts, problems = answer(data, "import", tmp_path / name)
    assert (code, counts, len(problems)) == (1, {}, 1)
    assert said in problems[0]
    assert name in problems[0]
    assert kept_but_runs(data) == before


def test_a_wacz_is_named_by_its_own_name_whatever_is_wrong_inside(
    data: Path, tmp_path: Path, pages: Pages
) -> None:
    whole = record(*pages[1], number=2)
    cases = {
        "none.wacz": ({"hello.txt": b"x"}, "holds no WARC"),
        "html.wacz": ({"archive__a.warc.gz": b"<html>"}, "HTML page"),
        "torn.wacz": ({"archive__a.warc.gz": whole[:900]}, "ends in the middle of a record"),
    }
    before = kept_but_runs(data)
    for name, (members, _) in cases.items():
        wacz(tmp_path / name, **members)
    code, _, problems = answer(data, "import", *(tmp_path / name for name in cases))
    assert (code, len(problems)) == (1, 3)
    for problem, (name, (_, said)) in zip(problems, cases.items(), strict=True):
        assert str(tmp_path / name) in problem
        assert said in problem
    assert kept_but_runs(data) == before


def test_what_stands_before_a_cut_is_kept_in_its_own_place(tmp_path: Path, pages: Pages) -> None:
    """The next file's captures must not get the places of those that a cut held up."""
    first, cut, other = (record(*page, number=n) for n, page in enumerate(pages, 1))
    (tmp_path / "cut.warc.gz").write_bytes(first + cut[: len(cut) // 2])
    (tmp_path / "next.warc.gz").write_bytes(other)
    data = tmp_path / "data"
    code, counts, problems = answer(
        data, "import", tmp_path / "cut.warc.gz", tmp_path / "next.warc.gz"
    )
    assert (code, counts["captures"], counts["reports"], len(problems)) == (1, 2, 2, 1)
    assert f"at byte {len(first)}; what stands before it is kept: 1 capture" in problems[0]
    for url, file, offset in rows(data, "SELECT url, warc_file, warc_offset FROM captures"):
        found = next(iter_records(data / "warc" / str(file), int(str(offset))))
        assert found.uri == url


def test_damage_between_records_keeps_what_stands_around_it(tmp_path: Path, pages: Pages) -> None:
    first, second = (record(*page, number=n) for n, page in enumerate(pages[:2], 1))
    (tmp_path / "x.warc.gz").write_bytes(first + b"\0garbage" + second)
    code, counts, problems = answer(tmp_path / "data", "import", tmp_path / "x.warc.gz")
    assert (code, counts["captures"], len(problems)) == (1, 2, 1)
    assert f"x.warc.gz is damaged at byte {len(first)} (to byte {len(first) + 8}: " in problems[0]
    assert problems[0].endswith("; all else is kept: 2 captures")


# --- records that are odd -------------------------------------------------------------------------


def test_each_record_that_is_left_out_is_counted_with_its_reason_and_place(
    tmp_path: Path, pages: Pages
) -> None:
    url, body = pages[0]
    odd = [
        record(url, body, number=1, WARC_Date=None),
        record(url, body, number=2, WARC_Date="yesterday"),
        record(url, body, number=3, WARC_Date="0001-01-01T00:00:00Z"),
        record(url, body, number=4, WARC_Date="9999-12-31T23:59:59Z"),
        record(None, body, number=5),
        record(url, b"HTTP/1.1 20 OK\r\n\r\nx", number=6),
        record(url, http(body + b" " * 68_000_000), number=7),
    ]
    (tmp_path / "odd.warc.gz").write_bytes(b"".join(odd) + record(*pages[1], number=8))
    data = tmp_path / "data"
    code, counts, problems = answer(data, "import", tmp_path / "odd.warc.gz")
    assert (code, counts["captures"], len(problems)) == (1, 1, 1)
    for said in (
        f"2 without a date (first: {url} at byte 0)",
        "2 with an impossible date",
        "1 without an address",
        "1 with no status in the first line",
        "1 larger than",
    ):
        assert said in problems[0]
    again = answer(data, "import", tmp_path / "odd.warc.gz")
    assert again[1] == {"already held": 1, "left out": 7}


def test_an_id_given_twice_hides_no_record_and_doubles_none(tmp_path: Path, pages: Pages) -> None:
    twice = [record(*pages[0], number=1), record(*pages[1], number=1), record(*pages[0], number=1)]
    without = [record(*pages[2], number=None)] * 2
    (tmp_path / "x.warc.gz").write_bytes(b"".join([*twice, *without]))
    data = tmp_path / "data"
    words = ("import", tmp_path / "x.warc.gz", tmp_path / "x.warc.gz")
    assert answer(data, *words)[1] == {"captures": 3, "reports": 3, "already held": 7}
    before = kept_but_runs(data)
    assert answer(data, *words)[1] == {"already held": 10}
    assert kept_but_runs(data) == before


def test_a_revisit_has_the_page_it_refers_to_wherever_that_stands(
    tmp_path: Path, pages: Pages
) -> None:
    (url, body), (other, page), (lost, _) = pages
    revisit = {"WARC_Type": "revisit", "WARC_Profile": "identical-payload-digest"}
    first = "<urn:uuid:00000000-0000-4000-8000-000000000002>"
    day = {"WARC_Date": "2026-03-13T10:00:00Z"}
    by_place = {
        "WARC_Refers_To_Target_URI": other,
        "WARC_Refers_To_Date": "2026-03-12T10:00:00Z",
    }
    parts = [
        record(url, http(b""), number=1, **revisit, **day, WARC_Refers_To=first),
        record(url, body, number=2),
        record(other, page, number=3),
        record(other, http(b""), number=4, **revisit, **day, **by_place),
        record(lost, http(b""), number=5, **revisit, WARC_Refers_To="<urn:nowhere>"),
    ]
    (tmp_path / "x.warc.gz").write_bytes(b"".join(parts))
    data = tmp_path / "data"
    code, counts, problems = answer(data, "import", tmp_path / "x.warc.gz")
    assert (code, counts) == (1, {"captures": 4, "reports": 4, "left out": 1})
    assert (
        f"not held; import the file that holds them, then this again (first: {lost}" in problems[0]
    )
    assert rows(data, "SELECT captures FROM versions") == [(2,), (2,)]


def cut_pages(body: bytes) -> Iterator[bytes]:
    """The same page, broken off in every way that a record can tell."""
    packed = gzip.compress(body)
    yield http(packed[:-900], headers=(*HTML, ("Content-Encoding", "gzip")))
    yield http(body[:-5000], headers=(*HTML, ("Content-Length", str(len(body)))))
    chunk = f"{len(body):x}\r\n".encode() + body[:-5000]
    yield http(chunk, headers=(*HTML, ("Transfer-Encoding", "chunked")))


def bad_pages() -> Iterator[bytes]:
    """What may stand at a report's address in its place."""
    yield b""
    yield b"  \n"
    yield b"<html><title>Log in</title><form action=/login><input type=password></form></html>"
    yield http(b"\x89PNG\r\n\x1a\n" + bytes(900), headers=(("Content-Type", "image/png"),))
    yield http(hashlib.sha512(b"page").digest() * 99)
    yield b"<html><body>" + b"<div>" * 50_000
    yield http(b"gone", status="404 Not Found")
    yield http(b"", status="301 Moved", headers=(("Location", "/elsewhere/"),))
    yield http(b"oops", status="500 Error")


def test_bad_pages_at_a_reports_address_are_kept_and_make_no_version(
    tmp_path: Path, pages: Pages
) -> None:
    url, body = pages[0]
    blocks = [*cut_pages(body), *bad_pages()]
    parts = [
        record(url, block, number=n, WARC_Date=f"2026-03-13T{n:02d}:00:00Z")
        for n, block in enumerate(blocks, 2)
    ]
    last = record(url, body, number=99, WARC_Date="2026-03-14T10:00:00Z")
    (tmp_path / "x.warc.gz").write_bytes(b"".join([record(url, body, number=1), *parts, last]))
    data = tmp_path / "data"
    code, counts, _ = answer(data, "import", tmp_path / "x.warc.gz")
    assert (code, counts["captures"], counts["reports"]) == (0, len(blocks) + 2, 2)
    assert rows(data, "SELECT version, captures, complete FROM versions") == [(1, 2, 1)]
    outcomes = [row[0] for row in rows(data, "SELECT outcome FROM captures ORDER BY captured_at")]
    assert outcomes[1:4] == ["truncated"] * 3
    assert "ok" not in outcomes[1:-1]


def test_chunked_and_packed_bodies_are_the_same_version(tmp_path: Path, pages: Pages) -> None:
    url, body = pages[0]
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(p), p) for p in (body[:999], body[999:], b""))
    blocks = [
        http(body),
        http(chunks, headers=(*HTML, ("Transfer-Encoding", "chunked"))),
        http(gzip.compress(body), headers=(*HTML, ("Content-Encoding", "gzip"))),
        http(body, headers=(*HTML, ("Content-Encoding", "gzip"))),
        b"HTTP/1.0 200 OK\n\n" + body,
        b"HTTP/2 200\r\nContent-Type: text/html\r\n\r\n" + body,
    ]
    parts = [
        record(url, block, number=n, WARC_Date=f"2026-03-12T{n:02d}:00:00Z")
        for n, block in enumerate(blocks, 1)
    ]
    (tmp_path / "x.warc.gz").write_bytes(b"".join(parts))
    assert answer(tmp_path / "data", "import", tmp_path / "x.warc.gz")[0] == 0
    assert rows(tmp_path / "data", "SELECT captures FROM versions") == [(len(blocks),)]


def test_a_mistake_of_a_parser_is_a_failure_of_that_page_alone(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise IndexError("no such block")

    capture = next(iter_records(warcs(data)[0], types={"response"}))
    assert capture.context is not None
    page = FetchedPage(
        capture.context, str(capture.uri), at(0), 200, {"content-type": "text/html"}, b"<p>x"
    )
    monkeypatch.setattr("pipeline.read.parse.parse_report", broken)
    done = stages.process(page, stages.Limits())
    assert done.failure is not None
    assert "IndexError: no such block (test_bad_files.py, line" in done.failure
