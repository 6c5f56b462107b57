"""Hostile files, folders and words on the command line: one clear line, the right exit code, nothing lost."""

from __future__ import annotations

import contextlib
import fcntl
import gzip
import hashlib
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.model.fetch import FetchedPage
from archive.warc.reader import iter_records
from pipeline.read import process as stages
from tests.factories import at
from tests.replica.world import SMALL, build_world, fetch, reports
from tests.saved import ENV, HTML, answer, http, record, rows, run

Pages = list[tuple[str, bytes]]


@pytest.fixture(scope="module")
def pages() -> Pages:
    """Three reports of the replica: address and page."""
    world = build_world(SMALL)
    wanted = [report for report in reports(SMALL) if report.site == "isw"][:3]
    return [(report.url, fetch(world, report.url, at(24 * 30)).body) for report in wanted]


@pytest.fixture(scope="module")
def one(pages: Pages, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of one report; tests copy it."""
    folder = tmp_path_factory.mktemp("one")
    (folder / "a.warc.gz").write_bytes(record(*pages[0], number=1))
    assert run(folder / "data", "import", folder / "a.warc.gz").exit_code == 0
    return folder / "data"


@pytest.fixture
def data(one: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(one, tmp_path / "data"))


def kept(data: Path) -> dict[str, str]:
    """All that is kept but the log of runs: digests of the database's rows and of each WARC file."""
    connection = sqlite3.connect(data / "archive.db")
    rows = [line for line in connection.iterdump() if not line.startswith('INSERT INTO "runs"')]
    connection.close()
    found = {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in (data / "warc").iterdir()}
    return {**found, "rows": "\n".join(rows)}


def records_held(data: Path) -> int:
    files = (data / "warc").glob("*.warc.gz")
    return sum(1 for path in files for _ in iter_records(path, types={"response", "revisit"}))


# --- files that are no WARC, or only half of one --------------------------------------------------


def wacz(path: Path, **members: bytes) -> bytes:
    with zipfile.ZipFile(path, "w") as package:
        for name, content in members.items():
            package.writestr(name.replace("__", "/"), content)
    return path.read_bytes()


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
    before = kept(data)
    (tmp_path / name).write_bytes(content)
    code, counts, problems = answer(data, "import", tmp_path / name)
    assert (code, counts, len(problems)) == (1, {}, 1)
    assert said in problems[0]
    assert name in problems[0]
    assert kept(data) == before


def test_a_wacz_is_named_by_its_own_name_whatever_is_wrong_inside(
    data: Path, tmp_path: Path, pages: Pages
) -> None:
    whole = record(*pages[1], number=2)
    cases = {
        "none.wacz": ({"hello.txt": b"x"}, "holds no WARC"),
        "html.wacz": ({"archive__a.warc.gz": b"<html>"}, "HTML page"),
        "torn.wacz": ({"archive__a.warc.gz": whole[:900]}, "ends in the middle of a record"),
    }
    before = kept(data)
    for name, (members, _) in cases.items():
        wacz(tmp_path / name, **members)
    code, _, problems = answer(data, "import", *(tmp_path / name for name in cases))
    assert (code, len(problems)) == (1, 3)
    for problem, (name, (_, said)) in zip(problems, cases.items(), strict=True):
        assert str(tmp_path / name) in problem
        assert said in problem
    assert kept(data) == before


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
    assert f"at byte {len(first)}; what stands before it is kept: captures 1" in problems[0]
    for url, file, offset in rows(data, "SELECT url, warc_file, warc_offset FROM captures"):
        found = next(iter_records(data / "warc" / str(file), int(str(offset))))
        assert found.uri == url


def test_damage_between_records_keeps_what_stands_around_it(tmp_path: Path, pages: Pages) -> None:
    first, second = (record(*page, number=n) for n, page in enumerate(pages[:2], 1))
    (tmp_path / "x.warc.gz").write_bytes(first + b"\0garbage" + second)
    code, counts, problems = answer(tmp_path / "data", "import", tmp_path / "x.warc.gz")
    assert (code, counts["captures"], len(problems)) == (1, 2, 1)
    assert f"x.warc.gz is damaged at byte {len(first)} (to byte {len(first) + 8}: " in problems[0]
    assert problems[0].endswith("; all else is kept: captures 2")


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
    before = kept(data)
    assert answer(data, *words)[1] == {"already held": 10}
    assert kept(data) == before


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

    capture = next(iter_records(next((data / "warc").iterdir()), types={"response"}))
    assert capture.context is not None
    page = FetchedPage(
        capture.context, str(capture.uri), at(0), 200, {"content-type": "text/html"}, b"<p>x"
    )
    monkeypatch.setattr("pipeline.read.parse.parse_report", broken)
    done = stages.process(page, stages.Limits())
    assert done.failure is not None
    assert "IndexError: no such block (test_bad_input.py, line" in done.failure


# --- the data folder ------------------------------------------------------------------------------


def damaged(data: Path) -> None:
    content = bytearray((data / "archive.db").read_bytes())
    for start in range(4096 * 2, len(content) - 4096, 8192):
        content[start : start + 2000] = bytes(2000)
    (data / "archive.db").write_bytes(content)


def test_a_damaged_database_is_named_and_made_anew_with_the_old_one_kept(data: Path) -> None:
    titles = rows(data, "SELECT id, title FROM reports")
    damaged(data)
    content = (data / "archive.db").read_bytes()
    for words in (("status",), ("export", "--all")):
        result = run(data, *words)
        assert result.exit_code == 1, words
        assert "isw-archive rebuild" in result.output
        assert len(result.output.splitlines()) == 1
    code, counts, problems = answer(data, "rebuild")
    assert (code, counts) == (1, {"captures": 1, "files": 1})
    assert "kept as archive.db.damaged" in problems[0]
    assert (data / "archive.db.damaged").read_bytes() == content
    assert rows(data, "SELECT id, title FROM reports") == titles
    assert not (data / "rebuild").exists()


@pytest.mark.parametrize("content", [None, b""])
def test_a_database_that_is_gone_or_empty_is_to_be_rebuilt(
    data: Path, content: bytes | None
) -> None:
    before = rows(data, "SELECT id FROM reports")
    (data / "archive.db").unlink()
    if content is not None:
        (data / "archive.db").write_bytes(content)
    result = run(data, "status")
    assert (result.exit_code, "isw-archive rebuild" in result.output) == (1, True)
    run(data, "rebuild")
    assert rows(data, "SELECT id FROM reports") == before


def newer(data: Path) -> None:
    connection = sqlite3.connect(data / "archive.db")
    connection.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) "
        "SELECT migration_set, 'm999_future', applied_at FROM _sqlite_migrations LIMIT 1"
    )
    connection.commit()
    connection.close()


def foreign(data: Path) -> None:
    connection = sqlite3.connect(data / "archive.db")
    connection.execute("PRAGMA application_id=7")
    connection.close()


@pytest.mark.parametrize(
    ("change", "said"), [(newer, "made by a newer isw-archive"), (foreign, "of another program")]
)
def test_a_database_that_is_not_ours_to_change_is_left_alone_by_every_command(
    data: Path, pages: Pages, tmp_path: Path, change: object, said: str
) -> None:
    assert callable(change)
    change(data)
    before = kept(data)
    (tmp_path / "b.warc.gz").write_bytes(record(*pages[1], number=2))
    for words in (
        ("status",),
        ("export", "--all"),
        ("import", tmp_path / "b.warc.gz"),
        ("rebuild",),
        ("serve", "--port", "0"),
    ):
        result = run(data, *words)
        assert (result.exit_code, said in result.output) == (1, True), words
        assert "Traceback" not in result.output
    assert kept(data) == before


@pytest.mark.parametrize("harm", ["gone", "torn", "damaged"])
def test_rebuild_never_replaces_a_database_that_knows_more(data: Path, harm: str) -> None:
    before = rows(data, "SELECT * FROM captures")
    (path,) = (data / "warc").iterdir()
    content = path.read_bytes()
    path.unlink()
    if harm == "torn":
        path.write_bytes(content[:-500])
    if harm == "damaged":
        path.write_bytes(content[:1500] + b"\xff\xff" + content[1502:])
    result = run(data, "rebuild")
    assert result.exit_code == 1
    assert f"{path.name}: 1" in result.output
    assert "restore the files from a copy" in result.output
    assert rows(data, "SELECT * FROM captures") == before
    if harm == "gone":
        assert f"{path} is missing" in run(data, "status").stdout
    path.write_bytes(content)
    assert run(data, "rebuild").exit_code == 0
    assert rows(data, "SELECT * FROM captures") == before


def test_without_a_database_a_damaged_file_gives_what_it_can(tmp_path: Path, pages: Pages) -> None:
    data = tmp_path / "data"
    parts = [record(*page, number=n) for n, page in enumerate(pages, 1)]
    (tmp_path / "x.warc.gz").write_bytes(b"".join(parts))
    run(data, "import", tmp_path / "x.warc.gz")
    last = rows(data, "SELECT max(warc_offset) FROM captures")[0][0]
    (path,) = (data / "warc").iterdir()
    content = bytearray(path.read_bytes())
    content[int(str(last)) + 300] ^= 0xFF
    path.write_bytes(content)
    (data / "archive.db").unlink()
    code, counts, problems = answer(data, "rebuild")
    assert (code, counts["captures"]) == (1, 2)
    assert f"{path.name}: damaged at byte {last} (to byte " in problems[0]


def test_without_a_database_all_records_around_damage_come_back(
    tmp_path: Path, pages: Pages
) -> None:
    data = tmp_path / "data"
    parts = [record(*page, number=n) for n, page in enumerate(pages, 1)]
    (tmp_path / "x.warc.gz").write_bytes(b"".join(parts))
    run(data, "import", tmp_path / "x.warc.gz")
    urls = rows(data, "SELECT url FROM captures ORDER BY warc_offset")
    second = int(str(rows(data, "SELECT warc_offset FROM captures ORDER BY 1")[1][0]))
    (path,) = (data / "warc").iterdir()
    content = bytearray(path.read_bytes())
    content[second + 300] ^= 0xFF
    path.write_bytes(content)
    (data / "archive.db").unlink()
    code, counts, problems = answer(data, "rebuild")
    assert (code, counts["captures"]) == (1, 2)
    assert f"{path.name}: damaged at byte {second} (to byte " in problems[0]
    found = rows(data, "SELECT url FROM captures ORDER BY warc_offset")
    assert found == [urls[0], *urls[2:]]


def test_an_altered_letter_in_a_member_made_right_again_is_named_by_rebuild(
    data: Path,
) -> None:
    (path,) = (data / "warc").iterdir()
    before = len(rows(data, "SELECT id FROM captures"))
    offset, length = (
        int(str(n)) for n in rows(data, "SELECT warc_offset, warc_length FROM captures")[0]
    )
    content = path.read_bytes()
    member = gzip.decompress(content[offset : offset + length])
    altered = gzip.compress(member.replace(b"</p>", b"!/p>", 1))
    path.write_bytes(content[:offset] + altered + content[offset + length :])
    refused = run(data, "rebuild")
    assert refused.exit_code == 1
    assert f"{path.name}: damaged at byte {offset} (to byte " in refused.stderr
    assert "digest mismatch" in refused.stderr
    assert "--accept-loss" in refused.stderr
    code, counts, problems = answer(data, "rebuild", "--accept-loss")
    assert (code, counts["captures"]) == (1, before - 1)
    assert "is kept as archive.db.before-rebuild" in problems[-1]


def test_an_archive_on_a_read_only_disk_can_be_read(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda _path, mode, **_: mode != os.W_OK)
    assert run(data, "status").exit_code == 0
    assert run(data, "export", "--all").exit_code == 0
    assert not list(data.glob("archive.db-*"))
    result = run(data, "import", Path(__file__))
    assert (result.exit_code, "not writable" in result.output) == (1, True)


def test_a_second_run_ends_with_3_while_reading_goes_on(data: Path, tmp_path: Path) -> None:
    before = kept(data)
    (tmp_path / "x.txt").write_text("x")
    with (data / "lock").open("a+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for words in (
            ("collect",),
            ("recrawl", "https://news.example/"),
            ("import", tmp_path / "x.txt"),
            ("import", "--text", tmp_path / "x.txt"),
            ("rebuild",),
        ):
            result = run(data, *words)
            assert result.exit_code == 3, words
            assert "another run holds it" in result.output
        assert run(data, "status").exit_code == 0
        assert run(data, "export", "--all").exit_code == 0
    assert kept(data) == before


# --- words ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("collect", "--report", "https://news.example/story"), "no address of an ISW or CTP"),
        (("collect", "--since", "2026-05-01", "--until", "2026-04-01"), "later than --until"),
        (("recrawl", "--sql", "DELETE FROM captures"), "readonly"),
        (("recrawl", "--sql", "SELECT 1; DROP TABLE captures"), "one"),
        (("export", "--all", "--version", "2"), "one report"),
        (("export", "russian offensive 2026"), "nearest: russian-offensive"),
        (("export", "news.example/story"), "not held; capture it with"),
        (("import", "."), "not a file"),
        (("serve", "--port", "99999"), "0<=x<=65535"),
    ],
)
def test_wrong_words_end_with_2_and_change_nothing(
    data: Path, words: tuple[str, ...], said: str
) -> None:
    before = kept(data)
    result = run(data, *words)
    assert result.exit_code == 2
    assert said in result.output
    assert kept(data) == before


def test_sql_for_recrawl_cannot_make_a_file(data: Path, tmp_path: Path) -> None:
    result = run(data, "recrawl", "--sql", f"ATTACH DATABASE '{tmp_path / 'evil.db'}' AS e")
    assert result.exit_code == 2
    assert not (tmp_path / "evil.db").exists()


def test_a_report_is_found_by_its_address_without_scheme(data: Path, pages: Pages) -> None:
    name = pages[0][0].removeprefix("https://")
    assert run(data, "export", name).exit_code == 0


@pytest.mark.parametrize("form", ["csv", "json"])
def test_a_version_that_is_not_there_is_refused_in_every_format(data: Path, form: str) -> None:
    name = str(rows(data, "SELECT id FROM reports")[0][0])
    result = run(data, "export", name, "--version", "9", "--format", form)
    assert (result.exit_code, "no version 9; it has 1 to 1" in result.output) == (2, True)


@pytest.mark.parametrize(
    "text",
    [
        "concurrency = 0", "concurrency = 1.5", "timeout_s = nan", "timeout_s = inf", "max_bytes = 0",
        "workers = 100000", "daily_at = '25:99'", "allow_networks = ['nonsense']",
        "wayback = 'ftp://x'", 'contact = "a\\nX-Header: b"', "backfill_days = 99999999999",
    ],
)  # fmt: skip
def test_a_setting_that_cannot_be_meant_is_refused_with_its_name(tmp_path: Path, text: str) -> None:
    (tmp_path / "isw-archive.toml").write_text(text)
    result = run(tmp_path / "data", "status")
    assert result.exit_code == 2
    assert f": {text.split(maxsplit=1)[0]} is " in result.output


# --- being ended ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def many(pages: Pages, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of 60 captures of one report, each another version."""
    url, body = pages[0]
    path = tmp_path_factory.mktemp("many") / "many.warc.gz"
    path.write_bytes(
        b"".join(
            record(
                url,
                body.replace(b" the ", b" the%d " % n),
                number=n,
                WARC_Date=f"2026-03-{12 + n // 24}T{n % 24:02d}:00:00Z",
            )
            for n in range(1, 61)
        )
    )
    return path


def start(data: Path, *words: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "pipeline", "--data", str(data), *map(str, words)],
        env={**os.environ, **ENV},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def meets_a_capture(data: Path, process: subprocess.Popen[str]) -> bool:
    """Whether a first capture is seen committed before the process is done; watching, not sleeping for a guess."""
    while process.poll() is None:
        with contextlib.suppress(sqlite3.OperationalError):
            if rows(data, "SELECT count(*) FROM captures") != [(0,)]:
                return True
    return False


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_an_import_that_is_ended_goes_on_with_the_next(
    tmp_path: Path, many: Path, number: signal.Signals
) -> None:
    data = tmp_path / "data"
    with start(data, "import", many) as process:
        assert meets_a_capture(data, process)
        os.kill(process.pid, number)
        said = process.communicate(timeout=120)[1]
    if number is not signal.SIGKILL:
        assert process.returncode == 1
        assert said.splitlines()[-1].startswith("isw-archive: stopped; what was written is kept")
        assert "Traceback" not in said
    code, counts, problems = answer(data, "import", many)
    assert (code, problems) == (0, [])
    assert counts["already held"] + counts.get("captures", 0) == 60
    assert rows(data, "SELECT count(*), count(DISTINCT origin) FROM captures") == [(60, 60)]
    assert records_held(data) == 60


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_a_rebuild_that_is_ended_leaves_the_old_database(
    data: Path, many: Path, number: signal.Signals
) -> None:
    run(data, "import", many)
    before = kept(data)
    for _ in range(20):  # on a busy machine one may be done before anybody looks
        with start(data, "rebuild") as process:
            if meets_a_capture(data / "rebuild", process):
                os.kill(process.pid, number)
            process.communicate(timeout=120)
        if process.returncode != 0:
            break
        before = kept(data)
    assert process.returncode != 0
    assert kept(data) == before
    assert run(data, "rebuild").exit_code == 0
    assert {**kept(data), "rows": ""} == {**before, "rows": ""}
    assert not (data / "rebuild").exists()


@pytest.mark.parametrize("blocks", [40, 300, 600])
def test_a_disk_that_takes_no_more_loses_nothing(tmp_path: Path, many: Path, blocks: int) -> None:
    """A limit on the size of files stands for a full disk; the database or the WARC meets it first."""
    data = tmp_path / "data"
    words = [sys.executable, "-m", "pipeline", "--data", str(data), "import", str(many)]
    limited = ["bash", "-c", f'ulimit -f {blocks} && exec "$@"', "_", *words]
    done = subprocess.run(
        limited, env={**os.environ, **ENV}, capture_output=True, text=True, check=False
    )
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1), done.stderr
    code, counts, problems = answer(data, "import", many)
    assert (code, problems) == (0, [])
    assert counts.get("already held", 0) + counts.get("captures", 0) == 60
    assert rows(data, "SELECT count(*), count(DISTINCT origin) FROM captures") == [(60, 60)]
    assert records_held(data) == 60


def test_output_that_nobody_takes_ends_in_silence_or_one_line(data: Path) -> None:
    words = [sys.executable, "-m", "pipeline", "--data", str(data), "export", "--all"]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(words, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""


def test_names_with_blanks_foreign_letters_and_broken_bytes_do_no_harm(
    tmp_path: Path, pages: Pages
) -> None:
    folder = tmp_path / "a b ü 日本"
    folder.mkdir()
    path = Path(os.fsdecode(os.fsencode(folder) + b"/x \xff.warc.gz"))
    path.write_bytes(record(*pages[0], number=1))
    data = folder / "da ta"
    assert answer(data, "import", path)[:2] == (0, {"captures": 1, "reports": 1})
    assert run(data, "rebuild").exit_code == 0
    assert run(data, "status", TZ="Pacific/Kiritimati", COLUMNS="40").exit_code == 0
