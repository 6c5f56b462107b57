"""The connection that an answer came over, as its records keep it, and what is told of it."""

from __future__ import annotations

import base64
import itertools
import os
import shutil
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
import trustme
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from fastwarc.warc import ArchiveIterator as FastIterator
from warcio.archiveiterator import ArchiveIterator

from archive.errors import WarcError
from archive.fixity.certificates import told_of, words_of
from archive.fixity.custody import connection_told, pair_lines
from archive.fixity.entries import of_records
from archive.fixity.expected import Expected, Member
from archive.fixity.files import FileWatch, Seen, check_file
from archive.fixity.findings import Findings
from archive.fixity.holding import Holding
from archive.fixity.repair import Repaired, repair_file
from archive.folder import DataFolder
from archive.model.fetch import Connection
from archive.warc.certificates import (
    Shown,
    chain_of,
    der_of,
    held_in,
    places_in,
    records_of,
    shown_with,
)
from archive.warc.compose import RecordDraft
from archive.warc.reader import iter_records
from archive.warc.record import CERTIFICATE_HEADER, CERTIFICATE_URI
from archive.warc.recover import cut_torn_tail
from archive.warc.writer import WarcWriter
from crawler.download.scrapy_internals.tls import MOST_CERTIFICATE_BYTES
from tests.warc_samples import CONTEXT, NOW, exchange, only_file, request, writer

LARGEST = base64.b64encode(os.urandom(MOST_CERTIFICATE_BYTES)).decode()
SITE, OTHER, AUTHORITY = (base64.b64encode(one).decode() for one in (b"site", b"other", b"over"))
SENT = NOW - timedelta(seconds=9)


@pytest.fixture(scope="module")
def leaf() -> str:
    made = trustme.CA().issue_cert("news.example").cert_chain_pems[0].bytes()
    return base64.b64encode(
        x509.load_pem_x509_certificate(made).public_bytes(Encoding.DER)
    ).decode()


@pytest.fixture
def kept(leaf: str, tmp_path: Path) -> Path:
    shown = Connection(SENT, (leaf, LARGEST), "TLS_AES_256_GCM_SHA384", "TLSv1.3")
    with writer(tmp_path) as warc:
        asked = exchange(request=request(), connection=shown)
        warc.write(asked, replace(CONTEXT, tls_verified=True))
    return only_file(tmp_path)


def _write(warc: WarcWriter, *chain: str) -> None:
    warc.write(exchange(connection=Connection(SENT, chain)), CONTEXT)


def _digest(text: str) -> str:
    return sha256(base64.b64decode(text)).hexdigest()


def _two_sites(folder: Path) -> Path:
    """Three answers of two sites whose certificates are one authority's."""
    with writer(folder) as warc:
        for chain in ((SITE, AUTHORITY), (OTHER, AUTHORITY), (SITE, AUTHORITY)):
            _write(warc, *chain)
    return only_file(folder)


def _ders(path: Path) -> list[list[bytes | None]]:
    return [[one.der for one in chain_of(path, record)] for record in _responses(path)]


def _responses(path: Path):
    return [record for record in iter_records(path) if record.type == "response"]


# --- records --------------------------------------------------------------------------------------


def test_a_response_names_the_servers_chain_in_its_order(kept: Path, leaf: str) -> None:
    _, first, second, response, asked = iter_records(kept)
    assert [one.sha256 for one in shown_with(response)] == [_digest(leaf), _digest(LARGEST)]
    assert [held_in(first), held_in(second)] == [_digest(leaf), _digest(LARGEST)]
    assert first.block == base64.b64decode(leaf)
    assert (first.header("content-type"), first.date) == ("application/pkix-cert", SENT)
    assert response.header("warc-cipher-suite") == "TLS_AES_256_GCM_SHA384"
    assert asked.headers(CERTIFICATE_HEADER) == []


def test_each_certificate_stands_once_a_file_before_whoever_names_it(tmp_path: Path) -> None:
    path = _two_sites(tmp_path)
    kinds = [held_in(record) or record.type for record in iter_records(path)]
    assert kinds == [
        "warcinfo", _digest(SITE), _digest(AUTHORITY), "response", _digest(OTHER), "response",
        "response",
    ]  # fmt: skip
    assert _ders(path) == [[b"site", b"over"], [b"other", b"over"], [b"site", b"over"]]


def test_they_are_found_where_the_name_says_without_reading_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _two_sites(tmp_path)
    monkeypatch.setattr("archive.warc.certificates.read_through", lambda *_, **__: 1 / 0)
    assert _ders(path)[2] == [b"site", b"over"]


def test_a_server_may_show_one_twice(tmp_path: Path) -> None:
    with writer(tmp_path) as warc:
        _write(warc, SITE, SITE)
    assert _ders(only_file(tmp_path)) == [[b"site", b"site"]]
    assert sum(held_in(one) is not None for one in iter_records(only_file(tmp_path))) == 1


def test_every_file_has_those_that_its_records_name(tmp_path: Path) -> None:
    with writer(tmp_path, max_bytes=1) as warc:
        _write(warc, SITE)
        _write(warc, SITE)
    first, second = sorted(tmp_path.iterdir())
    assert _ders(first) == _ders(second) == [[b"site"]]


def test_what_a_full_disk_did_not_take_is_written_with_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, full = os.write, OSError(28, "No space left on device")
    with writer(tmp_path) as warc:
        _write(warc)
        with monkeypatch.context() as patch:
            patch.setattr(os, "write", lambda file, raw: real(file, raw[:60]) and _raise(full))
            with pytest.raises(WarcError):
                _write(warc, SITE)
        _write(warc, SITE)
    assert _ders(only_file(tmp_path)) == [[], [b"site"]]


def _raise(error: OSError) -> int:
    raise error


def test_after_a_cut_within_the_answer_its_certificates_stay_and_hurt_nobody(
    tmp_path: Path,
) -> None:
    path = _two_sites(tmp_path)
    third = [*iter_records(path)][-1].location.offset
    os.truncate(path, third - 20)  # within the second site's answer
    assert cut_torn_tail(path).torn is not None
    assert _ders(path) == [[b"site", b"over"]]
    assert [*iter_records(path)][-1].uri == CERTIFICATE_URI + _digest(OTHER)


def test_records_that_were_moved_find_them_by_their_digest(tmp_path: Path) -> None:
    path = _two_sites(tmp_path)
    moved = tmp_path / "moved.warc.gz"
    with writer(tmp_path / "before") as warc:
        _write(warc, LARGEST)
    moved.write_bytes(only_file(tmp_path / "before").read_bytes() + path.read_bytes())
    assert _ders(moved)[1:] == _ders(path)


def test_copied_records_bring_them_along_once(tmp_path: Path) -> None:
    raw = (path := _two_sites(tmp_path)).read_bytes()
    records = [*iter_records(path)]
    members = [raw[r.location.offset :][: r.location.length] for r in records]
    held = {held_in(r): m for r, m in zip(records, members, strict=True) if held_in(r)}
    with writer(tmp_path / "copy") as warc:
        _write(warc, OTHER)
        for record, member in zip(records, members, strict=True):
            if record.type == "response":
                warc.copy([member], {one.sha256: held[one.sha256] for one in shown_with(record)})
    copy = only_file(tmp_path / "copy")
    assert _ders(copy)[1:] == _ders(path)
    assert sum(held_in(one) is not None for one in iter_records(copy)) == 3


@pytest.mark.parametrize("lies", [b"another", b""])
def test_a_record_is_no_certificate_whose_address_names_other_bytes(
    tmp_path: Path, lies: bytes
) -> None:
    fields = (("WARC-Target-URI", CERTIFICATE_URI + _digest(SITE)), ("WARC-Date", "2026-03-16"))
    answer = _inline(f"sha256:{_digest(SITE)} at 0")
    path = tmp_path / "a.warc.gz"
    path.write_bytes(RecordDraft("metadata", "urn:a", fields, lies).member("") + answer)
    assert _ders(path) == [[None]]


def _inline(*chain: str) -> bytes:
    """An answer's record as another version wrote it."""
    fields = (("WARC-Target-URI", "https://news.example/"), ("WARC-Date", "2026-03-16"))
    lines = tuple((CERTIFICATE_HEADER, one) for one in chain)
    draft = RecordDraft("response", "urn:b", (*fields, *lines), b"HTTP/1.1 200 OK\r\n\r\n")
    return draft.member("")


def test_records_that_have_them_inline_are_read_as_before(tmp_path: Path, leaf: str) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(_inline(leaf, "no base64!"))
    [response] = iter_records(path)
    assert [one.der for one in chain_of(path, response)] == [der_of(leaf), b"no base64!"]


def test_request_and_response_have_each_its_own_time(kept: Path) -> None:
    *_, response, asked = iter_records(kept)
    assert (asked.date, response.date) == (SENT, NOW)


def test_other_readers_take_records_with_the_longest_certificate(kept: Path) -> None:
    with kept.open("rb") as file:
        theirs = [record.rec_headers.get_header("WARC-Type") for record in ArchiveIterator(file)]
    assert theirs == ["warcinfo", "metadata", "metadata", "response", "request"]
    with kept.open("rb") as file:
        found = [(dict(one.headers.items()), one.reader.read()) for one in FastIterator(file)]
    assert [one["WARC-Type"] for one, _ in found] == theirs
    assert found[2][1] == base64.b64decode(LARGEST)


# --- what is told ---------------------------------------------------------------------------------


def test_custody_tells_whose_they_are_and_when_it_was_asked(kept: Path) -> None:
    *_, response, asked = iter_records(kept)
    told = connection_told(response, asked, {"tls_verified": 1}, chain_of(kept, response))
    first, second = told["certificates"]
    assert "trustme" in first["subject"]
    assert first["not_after"] > first["not_before"]
    assert (second["subject"], second["sha256"]) == (None, _digest(LARGEST))
    assert told["certificates_note"] is None
    assert told["sent_at"] == "2026-03-16T22:05:04Z"
    assert "sha256" in words_of(first)


@pytest.mark.parametrize("der", [b"", b"no certificate", None])
def test_what_is_no_certificate_is_told_by_its_digest(der: bytes | None) -> None:
    told = told_of(Shown("ab" * 32, der))
    assert told["subject"] is None
    assert words_of(told) == f"cannot be read; sha256 {'ab' * 32}"


@pytest.mark.parametrize("version", [1, 3, 42])
def test_one_of_a_version_that_there_is_not_is_told_by_its_digest(leaf: str, version: int) -> None:
    before, mark, after = base64.b64decode(leaf).partition(b"\xa0\x03\x02\x01")
    told = told_of(Shown("ab" * 32, before + mark + bytes([version]) + after[1:]))
    assert (told["subject"], told["sha256"]) == (None, "ab" * 32)


def test_a_name_in_a_certificate_adds_no_line_to_what_is_told() -> None:
    told = {"subject": "CN=a\nledger: entry 1", "issuer": "CN=a", "not_before": "", "not_after": ""}
    (line,) = pair_lines(("certificate", words_of({**told, "sha256": "ab"})))
    assert line.splitlines() == [line]


def test_of_a_file_that_lost_some_all_is_read_once(kept: Path) -> None:
    asked: list[Path] = []

    def places(path: Path) -> dict[str, int]:
        asked.append(path)
        return places_in(path)

    wanted = [*shown_with(_responses(kept)[0]), Shown("00" * 32, None, 5)]
    assert len(records_of(kept, wanted, places)) == 2
    assert asked == [kept]
    assert len(records_of(kept, wanted[:2], places)) == 2
    assert asked == [kept]


def test_of_a_capture_without_them_it_is_said_that_they_are_not_kept(tmp_path: Path) -> None:
    with writer(tmp_path) as warc:
        warc.write(exchange(), CONTEXT)
    _, response = iter_records(only_file(tmp_path))
    told = connection_told(response, None, {"tls_verified": 1}, ())
    assert (told["certificates"], told["sent_at"]) == (None, None)
    assert "not kept" in told["certificates_note"]
    assert connection_told(response, None, {"tls_verified": None}, ())["certificates_note"] is None


# --- lost and put back ----------------------------------------------------------------------------


@pytest.fixture
def hurt(tmp_path: Path) -> tuple[Path, Path]:
    """An open file whose first certificate is damaged, and a whole copy."""
    path = _two_sites(tmp_path / "warc")
    copy = Path(shutil.copy(path, tmp_path / "copy.warc.gz"))
    place = next(itertools.islice(iter_records(copy), 1, None)).location
    with path.open("r+b") as file:
        file.seek(place.offset)
        file.write(bytes(place.length))
    return path, copy


def test_one_that_is_lost_is_told_and_takes_nothing_else_with_it(hurt: tuple[Path, Path]) -> None:
    path, copy = hurt
    assert _ders_around(path, copy) == [[None, b"over"], [b"other", b"over"], [None, b"over"]]
    response = _responses(copy)[0]
    told = connection_told(response, None, {"tls_verified": 1}, chain_of(path, response))
    assert told["certificates_note"] == "the records of 1 certificate are lost or damaged"
    assert told["certificates"][0]["sha256"] == _digest(SITE)


def _ders_around(path: Path, copy: Path) -> list[list[bytes | None]]:
    return [[one.der for one in chain_of(path, record)] for record in _responses(copy)]


def test_verify_names_the_damage_and_what_it_cost(hurt: tuple[Path, Path]) -> None:
    path, _ = hurt
    findings = Findings()
    holding = Holding(DataFolder(path.parent.parent))
    watch = FileWatch(deep=True, progress=lambda _: None)
    check_file(path, holding, Expected(), findings, watch, Seen())
    assert findings.faults[0].what.startswith("missing: nothing but zero")
    [note] = findings.notes
    assert "does not have 1 certificate of servers, which its records name" in note


def test_repair_puts_one_back_that_only_its_address_vouches_for(hurt: tuple[Path, Path]) -> None:
    path, copy = hurt
    known, done = Expected(), Repaired()
    known.members[path.name] = [
        Member(e["record"], e["offset"], e["length"], e["sha256"], n)
        for n, e in enumerate(of_records(copy, 0))
    ]
    assert repair_file(path, [copy], known, done)
    assert path.read_bytes() == copy.read_bytes()
