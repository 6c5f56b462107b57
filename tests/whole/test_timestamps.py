"""Timestamps of the ledger by authorities of our own: asked for behind the guard, kept, verified
offline; what was swapped, altered or forged is found."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from archive.fixity.check_ledger import Trust
from archive.fixity.ledger import Ledger
from archive.fixity.stamps import StampError, read_stamp, request
from archive.folder import DataFolder
from tests.authorities import Authority, Server, served
from tests.calendars import served as calendar_served
from tests.fixity_samples import faults, flip, ledger, look
from tests.saved import rows, run

pytestmark = pytest.mark.minutes(1)

LOOPBACK = {"ISW_ARCHIVE_ALLOW_NETWORKS": "127.0.0.0/8", "no_proxy": "127.0.0.1"}


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("tsa") / "ours")


@pytest.fixture(scope="module")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("tsa") / "another")


@pytest.fixture
def server(authority: Authority) -> Iterator[Server]:
    with served(authority) as serving:
        yield serving


@pytest.fixture(scope="module")
def stamped(small_archive: Path, authority: Authority, tmp_path_factory: Any) -> Path:
    """An archive whose ledger has a timestamp."""
    data = Path(shutil.copytree(small_archive / "data", tmp_path_factory.mktemp("st") / "data"))
    with served(authority) as server:
        assert stamp(data, server.url).exit_code == 0
    return data


@pytest.fixture
def data(stamped: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(stamped, tmp_path / "data"))


def stamp(data: Path, *urls: str, **env: str) -> Result:
    settings = {"ISW_ARCHIVE_TIMESTAMP_AUTHORITIES": " ".join(urls), **LOOPBACK, **env}
    return run(data, "timestamp", "--json", **settings)


def only(data: Path, ending: str) -> Path:
    [found] = (data / "warc" / "timestamps").glob(f"*{ending}")
    return found


def trusting(authority: Authority) -> Trust:
    return Trust(authorities=authority.root.read_bytes())


def reentered(data: Path, raw: bytes) -> None:
    """Whoever holds the key enters another answer in the place of the one that was."""
    path, entry = only(data, ".tsr"), next(e for e in ledger(data) if e["kind"] == "timestamp")
    kept = [one for one in ledger(data) if one["kind"] != "timestamp"]
    folder = DataFolder(data)
    for old in (folder.ledger, folder.checkpoint, folder.ledger_tail):
        old.unlink()
    written = Ledger(folder, kept[0]["at"])
    told = {**entry, "sha256": hashlib.sha256(raw).hexdigest()}
    written.append([*kept[1:], told])
    path.write_bytes(raw)


# --- asking ---------------------------------------------------------------------------------------


def test_a_timestamp_is_kept_entered_and_verified(data: Path, authority: Authority) -> None:
    [entry] = [one for one in ledger(data) if one["kind"] == "timestamp"]
    assert only(data, ".tsr").name == entry["file"]
    answer = look(data, trust=trusting(authority))
    assert answer["ok"], answer
    assert answer["checked"]["timestamps"] == 1


def test_another_program_verifies_it(data: Path, authority: Authority) -> None:
    done = subprocess.run(
        [
            "openssl", "ts", "-verify", "-data", only(data, ".checkpoint"),
            "-in", only(data, ".tsr"), "-CAfile", authority.root,
        ],
        check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert "Verification: OK" in done.stdout + done.stderr


def test_without_certificates_it_is_said_what_was_not_checked(data: Path) -> None:
    assert any("--authorities" in note for note in look(data)["notes"])


def test_custody_tells_by_when_a_capture_was_entered(data: Path) -> None:
    [[capture]] = rows(data, "SELECT id FROM captures LIMIT 1")
    assert "timestamp:              not later than" in run(data, "custody", str(capture)).stdout


def test_a_backup_has_the_timestamps_and_repair_puts_them_back(data: Path) -> None:
    assert run(data, "backup", data.parent / "bag").exit_code == 0
    assert look(data.parent / "bag")["checked"]["timestamps"] == 1
    only(data, ".tsr").unlink()
    flip(only(data, ".checkpoint"), 40, 1)
    assert run(data, "repair", "--from", data.parent / "bag").exit_code == 0
    assert look(data)["ok"]


@pytest.mark.parametrize(
    ("mode", "said"),
    [("down", "503"), ("nonsense", "no answer as RFC 3161"), ("large", "more than")],
)
def test_an_authority_that_does_not_answer_right_is_said_and_the_other_is_asked(
    data: Path, server: Server, stranger: Authority, mode: str, said: str
) -> None:
    server.mode = mode
    with served(stranger) as other:
        result = stamp(data, server.url, other.url)
    answer = json.loads(result.stdout)
    assert result.exit_code == 1
    assert said in answer["problems"][0]
    assert [one["authority"] for one in answer["stamped"]] == [other.url]


def test_an_answer_to_another_request_is_not_taken(data: Path, server: Server) -> None:
    assert stamp(data, server.url).exit_code == 0
    run(data, "fixity")  # another checkpoint
    server.mode = "replay"
    result = stamp(data, server.url)
    assert result.exit_code == 1
    assert "stamps something else" in result.stdout


def test_an_address_that_is_not_public_is_not_asked(data: Path, server: Server) -> None:
    result = stamp(data, server.url, ISW_ARCHIVE_ALLOW_NETWORKS="")
    assert result.exit_code == 1
    assert server.agents == []


def test_without_an_authority_there_is_nothing_to_ask(data: Path) -> None:
    assert stamp(data).exit_code == 2


def test_who_asks_says_so(data: Path, server: Server) -> None:
    stamp(data, server.url)
    assert "isw-archive/" in server.agents[0]


def test_a_calendar_promises_keeps_and_is_verified_offline(data: Path) -> None:
    """By the commands alone: asked over HTTP, pending, complete, copied, put back."""
    with calendar_served() as calendar:
        words = {"ISW_ARCHIVE_TIMESTAMP_CALENDARS": calendar.url, **LOOPBACK}
        asked = run(data, "timestamp", **words)
        assert (asked.exit_code, "1 proof pending" in asked.stdout) == (0, True), asked.output
        header = data.parent / "headers.txt"
        header.write_text(calendar.mine())
        assert f"complete, in block {calendar.height}" in run(data, "timestamp", **words).stdout
    [[capture]] = rows(data, "SELECT id FROM captures LIMIT 1")
    assert f"block {calendar.height}" in run(data, "custody", str(capture)).stdout
    assert run(data, "backup", data.parent / "bag").exit_code == 0
    verified = run(data, "verify", "--block-headers", header, data.parent / "bag")
    assert verified.exit_code == 0, verified.output
    assert "stood by 2026-03-16T22:26:40Z" in verified.stdout
    for path in (data / "warc" / "timestamps").glob("*.ots"):
        path.unlink()
    assert run(data, "repair", "--from", data.parent / "bag").exit_code == 0
    assert len(list((data / "warc" / "timestamps").glob("*.ots"))) == 3


# --- attacks --------------------------------------------------------------------------------------


def test_an_altered_answer_is_found(data: Path, authority: Authority) -> None:
    path = only(data, ".tsr")
    for offset in (30, path.stat().st_size // 2, path.stat().st_size - 1):
        flip(path, offset, 2)
        [fault] = faults(data)
        assert fault["file"] == f"warc/timestamps/{path.name}"
        flip(path, offset, 2)
    assert faults(data) == []


def test_an_altered_checkpoint_is_found(data: Path) -> None:
    path = only(data, ".checkpoint")
    flip(path, path.stat().st_size // 2, 1)
    [fault] = faults(data)
    assert fault["file"] == f"warc/timestamps/{path.name}"


def test_a_missing_answer_is_found(data: Path) -> None:
    path = only(data, ".tsr")
    path.unlink()
    [fault] = faults(data)
    assert fault["what"].startswith("missing")


def test_an_answer_signed_by_somebody_else_is_found_by_the_certificates(
    data: Path, authority: Authority, stranger: Authority
) -> None:
    asked, _ = request(only(data, ".checkpoint").read_bytes())
    reentered(data, stranger.answer(asked))
    [fault] = [f for f in faults(data, trust=trusting(authority)) if "timestamp" in f["file"]]
    assert "no authority's timestamp" in fault["what"] or "another time" in fault["what"]


def test_an_answer_over_something_else_is_found_whoever_entered_it(
    data: Path, authority: Authority
) -> None:
    asked, _ = request(b"another ledger's checkpoint\n")
    reentered(data, authority.answer(asked))
    [fault] = [f for f in faults(data) if f["file"].endswith(".tsr")]
    assert "stamps something else" in fault["what"]


def test_a_ledger_begun_anew_does_not_fit_the_old_timestamp(data: Path) -> None:
    """The key's holder writes another past, and keeps the old timestamp for it."""
    changed = ledger(data)
    folder = DataFolder(data)
    for old in (folder.ledger, folder.checkpoint, folder.ledger_tail):
        old.unlink()
    changed[2] = {**changed[2], "at": "2020-01-01T00:00:00Z"}
    Ledger(folder, changed[0]["at"]).append(changed[1:])
    found = [fault for fault in faults(data) if "timestamps" in fault["file"]]
    assert len(found) == 1
    assert found[0]["file"].endswith(".checkpoint")


def test_a_refusal_is_no_timestamp() -> None:
    with pytest.raises(StampError):
        read_stamp(bytes.fromhex("30053003020102"), b"x")
