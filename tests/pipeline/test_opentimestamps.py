"""Proofs of OpenTimestamps over a ledger, from a calendar of our own that is asked in this process:
promised, pending, complete; what is forged, cut, or of something else is found and named."""

from __future__ import annotations

import dataclasses
import hashlib
import shutil
from pathlib import Path
from typing import Any

import pytest
from opentimestamps.core.notary import PendingAttestation
from opentimestamps.core.timestamp import Timestamp

from archive.config import Settings
from archive.errors import BadInputError, LedgerError
from archive.fixity import bitcoin_headers, check_stamps
from archive.fixity.check_ledger import Trust
from archive.fixity.custody import anchoring_words
from archive.fixity.ledger import Ledger, read
from archive.fixity.ots import (
    MAX_BYTES,
    MOST_PROMISES,
    ProofError,
    anchoring,
    promised,
    read_proof,
    upgraded,
)
from archive.folder import DataFolder
from pipeline.run.jobs import opentimestamps, sending, timestamp
from pipeline.run.jobs.say import Say
from tests.calendars import HEIGHT, Calendar, mined, written
from tests.fixity_samples import faults, flip, ledger, look

AT = "2026-03-16T12:00:00Z"
NOTE = b"isw-archive/00000000\n7\nroot\n"
CALENDAR = "https://calendar.example/"


def answered_by(calendar: Calendar, patch: pytest.MonkeyPatch) -> Calendar:
    """Asked without a network, at the address that the settings name."""

    def send(url: str, _: Any, forms: Any, body: bytes | None = None) -> bytes | str:
        status, answer = calendar.answer(url.removeprefix(calendar.url), body)
        return answer if status == 200 else f"HTTP status {status}"

    patch.setattr(opentimestamps, "send", send)
    return calendar


@pytest.fixture
def calendar(monkeypatch: pytest.MonkeyPatch) -> Calendar:
    return answered_by(Calendar(CALENDAR.rstrip("/")), monkeypatch)


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a ledger, and nothing else."""
    folder = DataFolder(tmp_path_factory.mktemp("begun") / "data")
    folder.warcs.mkdir(parents=True)
    Ledger(folder, AT).append([{"kind": "backup", "at": AT, "to": "a"}])
    return folder.root


@pytest.fixture(scope="module")
def proven(begun: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The same with a complete proof, and the header of the block that this leads into."""
    data = Path(shutil.copytree(begun, tmp_path_factory.mktemp("proven") / "data"))
    with pytest.MonkeyPatch.context() as patch:
        calendar = answered_by(Calendar(CALENDAR.rstrip("/")), patch)
        assert ask(data).problems == []
        line = calendar.mine()
        assert ask(data).problems == []
    return data, line


@pytest.fixture
def data(begun: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(begun, tmp_path / "data"))


@pytest.fixture
def complete(proven: tuple[Path, str], data: Path) -> str:
    """The header of the block that the archive's proof leads into."""
    shutil.rmtree(data)
    shutil.copytree(proven[0], data)
    return proven[1]


def ask(data: Path, *urls: str) -> opentimestamps.CalendarAnswers:
    """What `isw-archive timestamp` does with calendars."""
    settings = dataclasses.replace(Settings(), timestamp_calendars=" ".join(urls or [CALENDAR]))
    folder = DataFolder(data)
    found = read(folder)
    point = (found.note.encode(), found.checkpoint.size)
    came = opentimestamps.ask_calendars(folder, settings, point, Say(quiet=True))
    if came.entries:
        Ledger(folder, AT).append(came.entries)
    return came


def only(data: Path, ending: str) -> Path:
    [found] = (data / "warc" / "timestamps").glob(f"*{ending}")
    return found


def knowing(text: str) -> Trust:
    return Trust(headers=bitcoin_headers.headers(text.encode()))


def reentered(data: Path, kind: str, raw: bytes, **changed: Any) -> None:
    """Whoever holds the key enters another proof in the place of the one that was."""
    told = ledger(data)
    folder = DataFolder(data)
    for old in (folder.ledger, folder.checkpoint, folder.ledger_tail):
        old.unlink(missing_ok=True)
    written = Ledger(folder, told[0]["at"])
    sha256 = hashlib.sha256(raw).hexdigest()
    for entry in told[1:]:
        if entry["kind"] == kind:
            (data / "warc" / "timestamps" / entry["file"]).write_bytes(raw)
            written.append([{**entry, "sha256": sha256, **changed}])
            return
        written.append([entry])


# --- promised, pending, complete ------------------------------------------------------------------


def test_a_promise_is_kept_entered_and_said_to_be_pending(data: Path, calendar: Calendar) -> None:
    came = ask(data)
    assert (came.problems, came.pending) == ([], 1)
    [entry] = [one for one in ledger(data) if one["kind"] == "calendar"]
    assert only(data, ".pending.ots").name == entry["file"]
    seen = look(data)
    assert seen["ok"], seen
    assert seen["checked"]["proofs"] == 1
    assert any("pending, over 2 entries" in note for note in seen["notes"])


def test_as_long_as_there_is_no_block_it_stays_pending(data: Path, calendar: Calendar) -> None:
    ask(data)
    assert ask(data).pending == 2
    assert not [one for one in ledger(data) if one["kind"] == "bitcoin"]


def test_a_promise_that_was_kept_is_complete_and_its_block_is_named(
    data: Path, complete: str
) -> None:
    [entry] = [one for one in ledger(data) if one["kind"] == "bitcoin"]
    assert entry["height"] == HEIGHT
    assert (data / "warc" / "timestamps" / entry["file"]).is_file()
    assert any(f"leads into Bitcoin's block {HEIGHT}" in note for note in look(data)["notes"])


def test_with_the_header_it_is_said_since_when_the_entries_stood(data: Path, complete: str) -> None:
    answer = look(data, trust=knowing(complete))
    assert answer["ok"], answer
    assert any("stood by 2026-03-16T22:26:40Z" in note for note in answer["notes"])


def test_of_some_proofs_custody_tells_the_first_block(data: Path, complete: str) -> None:
    entries = ledger(data)
    told = anchoring([one for one in entries if one["kind"] in {"calendar", "bitcoin"}], 1)
    assert [one["state"] for one in told] == ["complete", "pending"]
    assert f"block {HEIGHT}" in anchoring_words(told[0])
    assert "pending since" in anchoring_words(told[1])
    assert anchoring(entries[-1:], 10**6) == []


def test_a_calendar_that_does_not_answer_right_is_said_and_the_other_is_asked(
    data: Path, calendar: Calendar, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = opentimestamps.send

    def send(url: str, *rest: Any) -> bytes | str:
        return b"<html>welcome</html>" if "other" in url else right(url, *rest)

    monkeypatch.setattr(opentimestamps, "send", send)
    came = ask(data, "https://other.example", CALENDAR)
    assert "no proof as OpenTimestamps has it" in came.problems[0]
    assert [one["calendar"] for one in came.entries] == [CALENDAR]


def test_a_calendar_that_is_silent_is_asked_for_one_old_promise_only(
    data: Path, calendar: Calendar, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        ask(data)
    asked: list[str] = []

    def send(url: str, *_: Any) -> str:
        asked.append(url)
        return "no answer"

    monkeypatch.setattr(opentimestamps, "send", send)
    came = ask(data)
    assert (len(asked), came.pending) == (2, 2)


def test_without_the_extra_what_to_install_is_said_and_nothing_is_at_fault(
    data: Path, complete: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (bitcoin_headers, opentimestamps, check_stamps):
        monkeypatch.setattr(module, "installed", lambda: False)
    assert ask(data).problems == [bitcoin_headers.MISSING]
    seen = look(data)
    assert seen["ok"]
    assert any("isw-archive[ots]" in note for note in seen["notes"])
    with pytest.raises(BadInputError, match=r"isw-archive\[ots\]"):
        knowing(complete)


def test_without_any_authority_or_calendar_there_is_nothing_to_ask(data: Path) -> None:
    with pytest.raises(BadInputError, match="timestamp_calendars"):
        timestamp.timestamp(DataFolder(data), Settings(), Say(quiet=True))


def test_a_promise_that_a_killed_run_did_not_enter_is_had_again(
    data: Path, calendar: Calendar
) -> None:
    ask(data)
    path = only(data, ".pending.ots")
    kept = path.read_bytes()
    folder = DataFolder(data)
    for old in (folder.ledger, folder.checkpoint, folder.ledger_tail):
        old.unlink(missing_ok=True)
    Ledger(folder, AT).append([{"kind": "backup", "at": AT, "to": "a"}])
    assert ask(data).problems == []
    assert look(data)["ok"]
    assert path.read_bytes() == kept


# --- attacks --------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", [".pending.ots", ".ots", ".checkpoint"])
def test_an_altered_proof_is_found(data: Path, complete: str, ending: str) -> None:
    path = max((data / "warc" / "timestamps").glob(f"0000000002*{ending}"), key=lambda p: p.name)
    for offset in (1, path.stat().st_size // 2, path.stat().st_size - 1):
        flip(path, offset, 2)
        assert {fault["file"] for fault in faults(data)} == {f"warc/timestamps/{path.name}"}
        flip(path, offset, 2)
    assert faults(data) == []


def test_a_missing_proof_is_found_and_put_back_from_a_copy(data: Path, complete: str) -> None:
    copy = Path(shutil.copytree(data, data.parent / "copy"))
    for path in (data / "warc" / "timestamps").iterdir():
        path.unlink()
    assert all(fault["what"].startswith("missing") for fault in faults(data))
    assert len(faults(data)) == 3
    check_stamps.put_back(DataFolder(data), DataFolder(copy))
    assert faults(data) == []


@pytest.fixture
def forged(data: Path, complete: str) -> tuple[bytes, bytes]:
    """The complete proof, and the checkpoint that it is over."""
    entry = next(one for one in ledger(data) if one["kind"] == "bitcoin")
    folder = data / "warc" / "timestamps"
    point = folder / f"{entry['size']:010d}.checkpoint"
    return (folder / entry["file"]).read_bytes(), point.read_bytes()


@pytest.mark.parametrize("cut", [1, 40, 100])
def test_a_cut_proof_is_found_whoever_entered_it(
    data: Path, forged: tuple[bytes, bytes], cut: int
) -> None:
    reentered(data, "bitcoin", forged[0][:-cut])
    [fault] = faults(data)
    assert "the proof is of no use: no proof as OpenTimestamps has it" in fault["what"]


def test_a_proof_with_more_behind_it_is_found(data: Path, forged: tuple[bytes, bytes]) -> None:
    reentered(data, "bitcoin", forged[0] + b"\x00")
    [fault] = faults(data)
    assert "of no use" in fault["what"]


def test_a_proof_of_something_else_is_found(data: Path, calendar: Calendar, complete: str) -> None:
    other = promised(NOTE, calendar.promise(hashlib.sha256(NOTE).digest()))
    reentered(data, "calendar", other)
    [fault] = faults(data)
    assert "it proves something else" in fault["what"]


def test_a_proof_that_leads_into_another_block_than_entered_is_found(
    data: Path, forged: tuple[bytes, bytes]
) -> None:
    reentered(data, "bitcoin", forged[0], height=HEIGHT - 5)
    [fault] = faults(data)
    assert "another block" in fault["what"]


def test_a_pending_proof_entered_as_complete_is_found(data: Path, complete: str) -> None:
    promise = min((data / "warc" / "timestamps").glob("*.pending.ots"))
    reentered(data, "bitcoin", promise.read_bytes())
    [fault] = faults(data)
    assert "another block" in fault["what"]


def test_a_made_up_way_into_a_block_is_found_by_its_header(data: Path, complete: str) -> None:
    """The block is another one: nothing in the proof itself says so."""
    assert faults(data) == []
    other = f"{HEIGHT} {mined(bytes(32)).hex()}"
    [fault] = faults(data, trust=knowing(other))
    assert "another Merkle root" in fault["what"]
    assert fault["file"].endswith(".ots")


def test_a_header_of_another_block_says_nothing(data: Path, complete: str) -> None:
    answer = look(data, trust=knowing(f"7 {mined(bytes(32)).hex()}"))
    assert answer["ok"]
    assert any("whether that has it" in note for note in answer["notes"])


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("", "no header"),
        ("812345", "line 1"),
        ("812345 00ff", "a header of 2 bytes"),
        (f"812345 {mined(bytes(32))[:79].hex()}", "a header of 79 bytes"),
        (f"-1 {mined(bytes(32)).hex()}", "no block's height"),
        ("812345 xyz", "line 1"),
        (f"812345 {mined(bytes(32))[:-12].hex()}{'00' * 12}", "lacks the work"),
    ],
)
def test_what_is_no_header_is_refused(line: str, said: str) -> None:
    with pytest.raises(BadInputError, match=said):
        bitcoin_headers.headers(line.encode())


def test_a_header_file_may_have_comments_and_several_lines() -> None:
    raw = mined(bytes(32)).hex()
    found = bitcoin_headers.headers(f"# ours\n\n7 {raw}  # seven\n8 {raw.upper()}\n".encode())
    assert sorted(found) == [7, 8]


@pytest.mark.parametrize("lacks", ["at", "size", "file", "calendar", "height", "sha256"])
def test_an_entry_that_lacks_what_it_has_to_say_is_named(
    data: Path, forged: tuple[bytes, bytes], lacks: str
) -> None:
    reentered_without = [
        {k: v for k, v in one.items() if k != lacks or one["kind"] != "bitcoin"}
        for one in ledger(data)
    ]
    folder = DataFolder(data)
    for old in (folder.ledger, folder.checkpoint, folder.ledger_tail):
        old.unlink(missing_ok=True)
    with pytest.raises(LedgerError, match=lacks):
        Ledger(folder, AT).append(reentered_without[1:])


# --- the proof alone ------------------------------------------------------------------------------


def test_an_answer_that_is_too_long_is_none() -> None:
    with pytest.raises(ProofError, match=str(MAX_BYTES)):
        promised(NOTE, bytes(MAX_BYTES + 1))


def test_an_answer_that_would_have_us_ask_hundreds_is_none() -> None:
    stamp = Timestamp(hashlib.sha256(NOTE).digest())
    for number in range(MOST_PROMISES + 1):
        stamp.attestations.add(PendingAttestation(f"http://tolvar.example/{number}"))
    with pytest.raises(ProofError, match="it names 9 calendars"):
        promised(NOTE, written(stamp))


def test_no_bytes_whatever_break_the_reading(calendar: Calendar) -> None:
    raw = promised(NOTE, calendar.promise(hashlib.sha256(NOTE).digest()))
    right = read_proof(raw, NOTE)
    for position in range(len(raw)):
        for bit in range(8):
            bent = bytearray(raw)
            bent[position] ^= 1 << bit
            try:
                assert read_proof(bytes(bent), NOTE) != right
            except ProofError:
                continue
    for nonsense in (b"", b"\xff" * 9_000, b"\xf3" * 9_000, b"\x08" * 9_000, b"\x00" * 40):
        with pytest.raises(ProofError):
            promised(NOTE, nonsense)


def test_an_answer_for_another_promise_is_none(calendar: Calendar) -> None:
    raw = promised(NOTE, calendar.promise(hashlib.sha256(NOTE).digest()))
    [promise] = read_proof(raw, NOTE).promises
    calendar.mine()
    answer = calendar.keep(promise.commitment)
    assert answer is not None
    with pytest.raises(ProofError):
        upgraded(raw, NOTE, promise.commitment, answer[:-1])
    assert read_proof(upgraded(raw, NOTE, promise.commitment, answer), NOTE).height == HEIGHT


def test_two_calendars_at_one_host_have_files_of_their_own() -> None:
    assert sending.name_of("https://a.example/1") != sending.name_of("https://a.example/2")


def test_the_ledger_is_whole_after_all(data: Path, complete: str) -> None:
    assert read(DataFolder(data)).checkpoint.size == len(ledger(data))
