"""The connection that an answer came over, as its records keep it, and what is told of it."""

from __future__ import annotations

import base64
import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import trustme
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from fastwarc.warc import ArchiveIterator as FastIterator
from warcio.archiveiterator import ArchiveIterator

from archive.fixity.certificates import told_of, words_of
from archive.fixity.custody import _connection
from archive.model.fetch import Connection
from archive.warc.reader import iter_records
from archive.warc.record import CERTIFICATE_HEADER
from crawler.download.inside.tls import MOST_CERTIFICATE_BYTES
from tests.warc_samples import CONTEXT, NOW, exchange, only_file, request, writer

LARGEST = base64.b64encode(os.urandom(MOST_CERTIFICATE_BYTES)).decode()
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


def test_a_response_has_the_servers_chain_in_its_order(kept: Path, leaf: str) -> None:
    _, response, asked = iter_records(kept)
    assert response.headers(CERTIFICATE_HEADER) == [leaf, LARGEST]
    assert response.header("warc-cipher-suite") == "TLS_AES_256_GCM_SHA384"
    assert asked.headers(CERTIFICATE_HEADER) == []


def test_request_and_response_have_each_its_own_time(kept: Path) -> None:
    _, response, asked = iter_records(kept)
    assert (asked.date, response.date) == (SENT, NOW)


def test_other_readers_take_records_with_the_longest_chain(kept: Path) -> None:
    with kept.open("rb") as file:
        theirs = [record.rec_headers.get_header("WARC-Type") for record in ArchiveIterator(file)]
    assert theirs == ["warcinfo", "response", "request"]
    with kept.open("rb") as file:
        found = [list(record.headers.items()) for record in FastIterator(file)]
    assert [dict(one)["WARC-Type"] for one in found] == theirs
    assert (CERTIFICATE_HEADER, LARGEST) in found[1]


def test_custody_tells_whose_they_are_and_when_it_was_asked(kept: Path) -> None:
    _, response, asked = iter_records(kept)
    told = _connection(response, asked, {"tls_verified": 1})
    first, second = told["certificates"]
    assert "trustme" in first["subject"]
    assert first["not_after"] > first["not_before"]
    assert (second["subject"], len(second["sha256"])) == (None, 64)
    assert told["certificates_note"] is None
    assert told["sent_at"] == "2026-03-16T22:05:04Z"
    assert "sha256" in words_of(first)


@pytest.mark.parametrize("text", ["", "no base64!", "AAAA"])
def test_what_is_no_certificate_is_told_by_its_digest(text: str) -> None:
    told = told_of(text)
    assert told["subject"] is None
    assert words_of(told).startswith("cannot be read; sha256 ")


def test_of_a_capture_without_them_it_is_said_that_they_are_not_kept(tmp_path: Path) -> None:
    with writer(tmp_path) as warc:
        warc.write(exchange(), CONTEXT)
    _, response = iter_records(only_file(tmp_path))
    told = _connection(response, None, {"tls_verified": 1})
    assert (told["certificates"], told["sent_at"]) == (None, None)
    assert "not kept" in told["certificates_note"]
    assert _connection(response, None, {"tls_verified": None})["certificates_note"] is None
