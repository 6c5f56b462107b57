"""Our WARC files in pywb 2.10 and wacz 0.6: indexed, replayed byte for byte, packed.

The tools live in `.venv-interop`; `make test` builds it.
"""

from __future__ import annotations

import contextlib
import gzip
import http.client
import json
import os
import shutil
import socket
import subprocess
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from archive.model.fetch import Exchange, FetchContext, Headers, HttpMessage, PayloadRef
from archive.model.vocabulary import Kind
from archive.warc.cdxj import sorted_index
from archive.warc.packing.wacz import unpacked
from archive.warc.reader import iter_records
from archive.warc.writer import WarcWriter
from tests import saved, web_samples

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ROOT / ".venv-interop" / "bin"
START = datetime(2026, 3, 16, 6, 0, 0, tzinfo=UTC)
HTML = (("Content-Type", "text/html; charset=utf-8"),)
PAGE = "<html><head><title>Звіт</title></head><body><p>Перший текст.</p></body></html>".encode()
BINARY = bytes(range(256)) * 300

pytestmark = [
    pytest.mark.skipif(
        not (TOOLS / "wayback").exists() and "CI" not in os.environ,
        reason="no .venv-interop; `make test` builds it",
    ),
]


@dataclass(frozen=True)
class Kept:
    """A capture and what a replay of it must answer."""

    uri: str
    at: datetime
    status: int
    body: bytes
    kind: str = "response"

    @property
    def digits(self) -> str:
        return self.at.strftime("%Y%m%d%H%M%S")


@dataclass(frozen=True)
class Sample:
    """The WARC files of a crawl, and what is in them."""

    folder: Path
    kept: tuple[Kept, ...]


class Crawl:
    """Writes captures an hour apart."""

    def __init__(self, warc: WarcWriter) -> None:
        self.warc = warc
        self.kept: list[Kept] = []

    def add(
        self,
        uri: str,
        body: bytes,
        headers: Headers = HTML,
        *,
        line: str = "HTTP/1.1 200 OK",
        earlier: PayloadRef | None = None,
        truncated: str | None = None,
        replayed: tuple[int, bytes] | None = None,
    ) -> PayloadRef:
        at = START + timedelta(hours=len(self.kept))
        exchange = Exchange(
            uri,
            at,
            HttpMessage(line, headers, body),
            HttpMessage("GET / HTTP/1.1", (("Host", "x.example"),)),
            "127.0.0.1",
            truncated,
        )
        written = self.warc.write(exchange, FetchContext(1, Kind.SOURCE, uri), earlier)
        status, answer = replayed or (int(line.split()[1]), body)
        kind = "revisit" if written.revisit_of else "response"
        self.kept.append(Kept(uri, at, status, answer, kind))
        assert written.payload_digest
        return PayloadRef(written.record_id, uri, at, written.payload_digest)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    folder = tmp_path_factory.mktemp("interop") / "warc"
    ids = WarcWriter(folder, software="isw-archive/test", max_bytes=8_000, now=lambda: START)
    with ids as warc:
        crawl = Crawl(warc)
        page = crawl.add("https://news.example/report", PAGE)
        crawl.add("https://news.example/report", PAGE, earlier=page)
        crawl.add("https://mirror.example/copy", PAGE, earlier=page)
        crawl.add(
            "https://news.example/report",
            b"",
            (("ETag", '"1"'), ("Content-Length", str(len(PAGE)))),
            line="HTTP/1.1 304 Not Modified",
            earlier=page,
            replayed=NOT_MODIFIED,
        )
        crawl.add("https://news.example/binary?x=1&y=2", BINARY, (("Content-Type", "image/x"),))
        crawl.add("https://news.example/chunked", PAGE, (*HTML, ("Transfer-Encoding", "chunked")))
        packed = gzip.compress(PAGE, mtime=0)
        coded = (*HTML, ("Content-Encoding", "gzip"), ("Content-Length", str(len(packed))))
        first = crawl.add("https://news.example/gzip", packed, coded, replayed=(200, PAGE))
        crawl.add("https://news.example/gzip", packed, coded, earlier=first, replayed=(200, PAGE))
        crawl.add(
            "https://news.example/both",
            packed,
            (*HTML, ("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked")),
            replayed=(200, PAGE),
        )
        crawl.add(
            "https://news.example/cut",
            PAGE[:30],
            (*HTML, ("Content-Length", str(len(PAGE)))),
            truncated="disconnect",
        )
        crawl.add("https://news.example/gone", b"gone", HTML, line="HTTP/1.1 410 Gone")
        crawl.add("https://news.example/empty", b"")
        crawl.add("https://news.example/h2", PAGE, line="HTTP/2 200")
        crawl.add("https://news.example/odd", PAGE, (*HTML, ("X\r\nA", "b\r\nContent-Length: 1")))
        warc.write_failure(
            "https://down.example/", START, FetchContext(2, Kind.SOURCE, "https://down.example/")
        )
    return Sample(folder, tuple(crawl.kept))


# pywb 2.10 answers a 304 as it was given.
NOT_MODIFIED = (304, b"")


def run(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run(
        [TOOLS / command[0], *command[1:]],
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def index_entries(text: str) -> dict[tuple[str, str], dict[str, str]]:
    """Fields by file and offset."""
    parts = [line.split(" ", 2) for line in text.splitlines() if line and line[0] != "!"]
    found = {}
    for key, digits, fields in parts:
        entry = json.loads(fields)
        found[entry["filename"], entry["offset"]] = {"key": key, "digits": digits, **entry}
    return found


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with reports, a source captured again unchanged, and what failed."""
    return web_samples.make(tmp_path_factory.mktemp("archive") / "data").root


@pytest.fixture(scope="module")
def collections(sample: Sample, archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pywb collections: the same files as pywb indexes them (`theirs`) and as we do (`ours`); and
    an archive's files with the index that `export` gives (`exported`)."""
    home = tmp_path_factory.mktemp("pywb")
    files = sorted(sample.folder.glob("*.warc.gz"))
    assert len(files) > 1
    for name in ("theirs", "ours"):
        run("wb-manager", "init", name, cwd=home)
    run("wb-manager", "add", "theirs", *files, cwd=home)
    ours = home / "collections" / "ours"
    for file in files:
        shutil.copy(file, ours / "archive")
    lines = sorted_index(sample.folder, lambda _: True, pytest.fail)
    (ours / "indexes" / "index.cdxj").write_bytes(b"".join(line + b"\n" for line in lines))
    run("wb-manager", "init", "exported", cwd=home)
    exported = home / "collections" / "exported"
    for file in (archive / "warc").glob("*.warc.gz"):
        shutil.copy(file, exported / "archive")
    index = exported / "indexes" / "index.cdxj"
    told = saved.run(archive, "export", "--format", "cdxj", "--output", index)
    assert told.exit_code == 0, told.output
    return home


@pytest.fixture(scope="module")
def pywb(collections: Path) -> Iterator[tuple[str, int]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [TOOLS / "wayback", "--bind", "127.0.0.1", "--port", str(port)]
    with subprocess.Popen(
        command, cwd=collections, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        try:
            wait_until_it_answers(server, port)
            yield "127.0.0.1", port
        finally:
            server.terminate()


def wait_until_it_answers(server: subprocess.Popen[bytes], port: int) -> None:
    for _ in range(1200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(0.05)
            pytest.fail("pywb ended at once")
    pytest.fail("pywb does not answer")


def replay(address: tuple[str, int], collection: str, kept: Kept) -> tuple[int, bytes]:
    """Status and unpacked body of the capture as pywb gives it without rewriting."""
    connection = http.client.HTTPConnection(*address, timeout=30)
    try:
        connection.request(
            "GET", f"/{collection}/{kept.digits}id_/{kept.uri}", headers={"Accept-Encoding": "gzip"}
        )
        answer = connection.getresponse()
        body = answer.read()
        if answer.getheader("Content-Encoding") == "gzip":
            body = zlib.decompress(body, 31)
        return answer.status, body
    finally:
        connection.close()


def test_pywb_indexes_what_we_index(sample: Sample, collections: Path) -> None:
    theirs, ours = (
        index_entries((collections / "collections" / name / "indexes" / "index.cdxj").read_text())
        for name in ("theirs", "ours")
    )
    assert len(ours) == len(sample.kept)
    assert theirs.keys() == ours.keys()
    for place, entry in ours.items():
        fields = ("key", "digits", "url", "mime", "length")
        assert {name: theirs[place].get(name) for name in fields} == {
            name: entry.get(name) for name in fields
        }


@pytest.mark.parametrize("collection", ["theirs", "ours"])
def test_pywb_replays_every_capture_byte_for_byte(
    sample: Sample, pywb: tuple[str, int], collection: str
) -> None:
    answers = [replay(pywb, collection, kept) for kept in sample.kept]
    assert answers == [(kept.status, kept.body) for kept in sample.kept]


def test_pywb_plays_the_folder_by_the_index_that_is_exported(
    collections: Path, pywb: tuple[str, int]
) -> None:
    lines = (collections / "collections" / "exported" / "indexes" / "index.cdxj").read_text()
    entries = index_entries(lines).values()
    assert {entry.get("mime") for entry in entries} >= {"warc/revisit", "text/html"}
    [url] = {entry["url"] for entry in entries if entry["url"].startswith("https://t.me/s/")}
    moments = [
        datetime.strptime(entry["digits"], "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        for entry in entries
        if entry["url"] == url
    ]
    played = [replay(pywb, "exported", Kept(url, at, 200, b"")) for at in moments]
    assert played == [(200, web_samples.HTML_BODY)] * 2


def test_wacz_packs_our_files_and_we_read_the_package(sample: Sample, tmp_path: Path) -> None:
    files = sorted(sample.folder.glob("*.warc.gz"))
    run("wacz", "create", "--output", tmp_path / "x.wacz", *files, cwd=tmp_path)
    run("wacz", "validate", "--file", tmp_path / "x.wacz", cwd=tmp_path)
    with unpacked(tmp_path / "x.wacz") as package:
        found = [
            [record.record_id for record in iter_records(member.path)] for member in package.members
        ]
    assert found == [[record.record_id for record in iter_records(path)] for path in files]


def test_warcio_of_the_other_environment_finds_every_digest_right(
    sample: Sample, tmp_path: Path
) -> None:
    listed = run("warcio", "check", "-v", *sorted(sample.folder.glob("*.warc.gz")), cwd=tmp_path)
    revisits = sum(kept.kind == "revisit" for kept in sample.kept)
    assert revisits == 4
    assert listed.count("not checked (revisit)") == revisits
    assert "fail" not in listed
