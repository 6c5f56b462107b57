"""Content credentials: kept as they are read, asked of nobody, judged by nobody."""

from __future__ import annotations

import io
import json
import socket
import sys
from collections.abc import Iterator

import c2pa
import pytest

from archive.show.media_said import said_told
from pipeline.read.media import credentials
from pipeline.read.media.credentials import credentials_of
from pipeline.read.media.pictures import media_facts
from tests.fetching import Asked, Server, reply
from tests.signed_pictures import ISSUER, SIGNER, signed_picture

READ = {
    "generator": "weir-camera 1.0",
    "signer": SIGNER,
    "issuer": ISSUER,
    "actions": "c2pa.created (digitalCapture, Weir 1, 2026-03-01T10:00:00Z)",
    "found true": "claimSignature.validated, assertion.hashedURI.match, assertion.dataHash.match",
}


@pytest.fixture(scope="module")
def signed() -> bytes:
    return signed_picture()[0]


def test_what_a_manifest_says_is_kept_with_the_readers_findings(signed: bytes) -> None:
    facts = media_facts(signed)
    assert facts is not None
    said = json.loads(facts.said or "")
    assert said == {"c2pa": True, "credentials": READ}
    told = dict(said_told(said))
    assert told["content credentials: signer"] == SIGNER
    assert "read without asking anybody" in told["content credentials"]


def test_a_picture_that_was_changed_is_found_to_be_another(signed: bytes) -> None:
    found = credentials_of(signed[:-40] + b"?" + signed[-39:], "jpeg")
    assert found["found false"] == "assertion.dataHash.mismatch"
    assert found["signer"] == SIGNER


@pytest.mark.parametrize("code", ["signingCredential.expired", "timeStamp.untrusted"])
def test_what_another_day_would_say_is_not_kept(signed: bytes, code: str) -> None:
    with c2pa.Reader("image/jpeg", io.BytesIO(signed)) as reader:
        found = json.loads(reader.json())
    told = found["validation_results"]["activeManifest"]["failure"]
    assert [one["code"] for one in told] == ["signingCredential.untrusted"]
    told.append({"code": code})
    assert credentials._claims(found) == READ


@pytest.fixture
def elsewhere() -> Iterator[tuple[Server, bytes]]:
    """A host that has the manifest of a picture, and that picture."""
    manifest = b""

    def answer(connection: socket.socket, _: Asked) -> None:
        reply(connection, body=manifest)

    with Server(answer).running() as server:
        body, manifest = signed_picture(elsewhere=f"http://127.0.0.1:{server.port}/m.c2pa")
        yield server, body


def test_nobody_is_asked_for_a_manifest(elsewhere: tuple[Server, bytes]) -> None:
    server, body = elsewhere
    with pytest.raises(credentials.Unreadable):
        credentials_of(body, "jpeg")
    facts = media_facts(body)
    assert facts is not None
    assert server.touched == 0
    with c2pa.Reader("image/jpeg", io.BytesIO(body)):
        pass
    assert server.paths() == ["/m.c2pa"]  # so the library by itself does ask


@pytest.mark.parametrize("form", ["jpeg", "png", "webp", "mp4"])
@pytest.mark.parametrize("body", [b"", b"\xff\xd8\xff\xd9", b"\0\0\0\x18ftypmp42" + bytes(99)])
def test_what_is_no_file_of_its_form_is_unreadable(body: bytes, form: str) -> None:
    with pytest.raises(credentials.Unreadable):
        credentials_of(body, form)


def test_without_the_library_they_are_noted_and_no_more(
    monkeypatch: pytest.MonkeyPatch, signed: bytes
) -> None:
    monkeypatch.setitem(sys.modules, "c2pa", None)
    credentials._reading.cache_clear()
    try:
        facts = media_facts(signed)
    finally:
        credentials._reading.cache_clear()
    assert facts is not None
    assert json.loads(facts.said or "") == {"c2pa": True}


def test_a_manifest_may_say_anything() -> None:
    body, _ = signed_picture({"claim_generator_info": [{"name": "<b>\n" * 400}], "assertions": []})
    facts = media_facts(body)
    assert facts is not None
    said = json.loads(facts.said or "")["credentials"]
    assert len(said["generator"]) <= 500
    assert "\n" not in said["generator"]
    assert "actions" not in said
