"""Putting damaged or lost files and records back from another copy, where their digest is right.

Nothing is put back on trust: a file must have the SHA-256 that the ledger or the database knows, a
record the one that the ledger knows, and a ledger the root that was signed.
"""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from archive.durable_writes import put
from archive.errors import LedgerError
from archive.fixity.checkpoint import Checkpoint, Signer, open_checkpoint
from archive.fixity.copying import BLOCK_BYTES, copy
from archive.fixity.expected import Member
from archive.fixity.ledger import lines_of, newest, parsed, read
from archive.fixity.merkle import Tree
from archive.warc.certificates import held_in
from archive.warc.through import Wound, read_through

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from archive.fixity.checkpoint import Key
    from archive.fixity.expected import Expected
    from archive.folder import DataFolder


@dataclass(slots=True)
class Repaired:
    """What was put back.

    Attributes:
        files: Whole files.
        records: Records, by file and byte.
        problems: What the other copy does not have right either.
    """

    files: list[str] = field(default_factory=list)
    records: list[dict[str, Any]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


# --- the ledger -----------------------------------------------------------------------------------


def repair_ledger(folder: DataFolder, other: DataFolder, done: Repaired) -> None:
    """Bring the ledger back: entries from the other copy's, or its checkpoint from our own key.

    Raises:
        OSError: A disk reports a fault.
    """
    if folder.checkpoint.exists() or folder.ledger.exists():
        try:
            read(folder)
        except LedgerError:
            pass
        else:
            return
    elif not other.checkpoint.exists():
        return
    try:
        theirs = read(other)
    except LedgerError as error:
        done.problems.append(f"{other.ledger}: {error}")
        return
    ways = [
        (lines, _vouched(folder, lines, theirs.state.keys, theirs.checkpoint))
        for lines in _mended(folder, other, theirs.checkpoint.size)
    ]
    # what was signed for all of it vouches for the right one
    lines, note = next((way for way in ways if way[1] == newest(folder) is not None), ways[0])
    if note is None and _is_torn(lines):
        lines.pop()  # half an entry is none: as if it were not there
        note = _vouched(folder, lines, theirs.state.keys, theirs.checkpoint)
    if note is None:
        done.problems.append(
            f"{folder.ledger}: neither its checkpoint nor the copy at {other.ledger} vouches for "
            "all of it; look for a newer copy"
        )
        return
    _tell_lost(folder, note, done)
    put(folder.ledger, b"".join(line + b"\n" for line in lines))
    put(folder.checkpoint, note.encode())
    done.files.append(folder.ledger.name)


def _is_torn(lines: list[bytes]) -> bool:
    try:
        parsed(lines[-1])
    except (LedgerError, IndexError):
        return bool(lines)
    return False


def _tell_lost(folder: DataFolder, note: str, done: Repaired) -> None:
    """Report signed entries that nobody has any more: only the checkpoint that is about to be
    replaced still tells of them."""
    before = newest(folder)
    if before is None:
        return
    (had, root), has = before.split("\n")[1:3], note.split("\n")[1]
    if int(had) > int(has):
        done.problems.append(
            f"{folder.ledger}: of {had} entries {has} are left, here and in the copy; what the "
            "WARC files hold was entered again. Keep the root that vouched for all of them where "
            f"you cite the archive: {root}"
        )


def _mended(folder: DataFolder, other: DataFolder, size: int) -> Iterator[list[bytes]]:
    """The other's entries, and our own behind them: so many lines from the first; or from the last,
    where damage made more or fewer lines of those that the other has."""
    theirs = [line for _, line in zip(range(size), lines_of(other.ledger), strict=False)]
    ours = [line for line in lines_of(folder.ledger) if line] if folder.ledger.exists() else []
    yield [*theirs, *ours[size:]]
    note = newest(folder)
    had = 0 if note is None else int(note.split("\n")[1])
    if had > size:
        yield [*theirs, *ours[size - had :]]


def _vouched(
    folder: DataFolder, lines: list[bytes], keys: list[Key], point: Checkpoint
) -> str | None:
    """A signed checkpoint for these entries: ours, or the same made again by our own key; None
    where none can be had."""
    keys = [*keys, *_later_keys(lines[point.size :])]
    tree = Tree(lines)
    try:
        note = folder.checkpoint.read_bytes().decode("utf-8")
        ours = open_checkpoint(note, keys)
        if ours.size <= len(tree):
            del lines[ours.size :]
            return note if tree.root(ours.size) == ours.root else None
    except (OSError, UnicodeDecodeError, LedgerError):
        pass
    return _signed_again(folder, lines, keys, tree)


def _signed_again(
    folder: DataFolder, lines: list[bytes], keys: list[Key], tree: Tree
) -> str | None:
    """The checkpoint is lost: the key that signed last signs again, if every entry is one."""
    try:
        signer = Signer.load(folder.ledger_key)
        for line in lines:
            parsed(line)
    except (OSError, LedgerError):
        return None
    if signer.key != keys[-1]:
        return None
    return signer.sign(Checkpoint(keys[0].name, len(lines), tree.root()))


def _later_keys(lines: Iterable[bytes]) -> list[Key]:
    from archive.fixity.state import LedgerState

    state = LedgerState()
    for line in lines:
        try:
            entry = parsed(line)
        except LedgerError:
            return state.keys
        if entry["kind"] == "key":
            state.take(entry)
    return state.keys


# --- WARC files -----------------------------------------------------------------------------------


def repair_file(path: Path, sources: Iterable[Path], known: Expected, done: Repaired) -> bool:
    """Bring one WARC file back: whole, or else its damaged records one by one; whether it is right
    now.

    Raises:
        OSError: A disk reports a fault.
    """
    wanted = {sha256 for _, _, sha256 in known.closed.get(path.name, ())}
    sources = [source for source in sources if source.is_file()]
    for source in sources:
        if wanted and _sha256(source) in wanted:
            copied = copy(source, path)
            if copied.sha256 in wanted:
                done.files.append(path.name)
                return True
    if not path.is_file():
        return _from_part(path, sources, known, done)
    return any(_patched(path, source, known, wanted, done) for source in sources)


def _from_part(path: Path, sources: list[Path], known: Expected, done: Repaired) -> bool:
    """Restore a file that is gone and that no copy has whole: from the copy with the most of its
    records."""
    members = known.members.get(path.name, [])
    best = max(sources, key=lambda source: len(_right(source, members)), default=None)
    right = _right(best, members) if best is not None else []
    if best is None or not right:
        done.problems.append(f"{path.name}: the other copy does not have it")
        return False
    copy(best, path)
    done.records += [_entry(path, member) for member in right]
    lost = len(members) - len(right)
    if lost:
        done.problems.append(
            f"{path.name}: the file was lost; the copy had {len(right)} of its {len(members)} "
            f"records, which are back in their places, and the other {lost} are missing still"
        )
    return not lost


def _right(source: Path, members: list[Member]) -> list[Member]:
    with source.open("rb") as file:
        found = []
        for member in members:
            file.seek(member.offset)
            if hashlib.sha256(file.read(member.length)).hexdigest() == member.sha256:
                found.append(member)
    return found


def _patched(path: Path, source: Path, known: Expected, wanted: set[str], done: Repaired) -> bool:
    """Put records that are damaged here and right in the other copy into their places."""
    members = known.members.get(path.name, [])
    right = {member.offset for member in _right(path, members)}
    patches = [member for member in _right(source, members) if member.offset not in right]
    draft = path.with_name(f"{path.name}.patched")
    shutil.copyfile(path, draft)
    try:
        for member in patches:
            _put_bytes(draft, source, member.offset, member.offset + member.length)
        if not wanted:
            patches += _certificates(draft, source)
        # what the ledger has no digest of, such as the warcinfo: only where it makes the file whole
        # again
        is_whole = _sha256(draft) in wanted or (bool(wanted) and _fill(draft, source, wanted))
        is_right = is_whole or (not wanted and len(_right(draft, members)) == len(members))
        if not (is_right or patches):
            done.problems.append(f"{path.name}: the other copy does not have it right either")
            return False
        copy(draft, path)
    finally:
        draft.unlink(missing_ok=True)
    done.records += [_entry(path, member) for member in patches]
    if not is_right:
        done.problems.append(
            f"{path.name}: more is damaged or missing than the other copy has right"
        )
    return is_right


def _certificates(draft: Path, source: Path) -> list[Member]:
    """Put certificates in their places that are damaged here and right there: of those the ledger
    has no entry, but each has the SHA-256 that its address names."""
    wounds = [item for item in read_through(draft) if isinstance(item, Wound)]
    found = []
    for item in read_through(source, types={"metadata"}) if wounds else ():
        if isinstance(item, Wound) or held_in(item) is None:
            continue
        start, length = item.location.offset, item.location.length
        if any(one.start <= start and start + length <= one.end for one in wounds):
            _put_bytes(draft, source, start, start + length)
            found.append(Member(item.record_id, start, length, "", 0))
    return found


def _fill(draft: Path, source: Path, wanted: set[str]) -> bool:
    """Put the other copy's bytes into the damaged places. Returns whether the file is then what it
    was."""
    wounds = [item for item in read_through(draft, large=True) if isinstance(item, Wound)]
    for wound in wounds:
        _put_bytes(draft, source, wound.start, wound.end)
    return bool(wounds) and _sha256(draft) in wanted


def _put_bytes(draft: Path, source: Path, start: int, end: int) -> None:
    with source.open("rb") as old, draft.open("rb+") as new:
        old.seek(start)
        new.seek(start)
        while start < end and (block := old.read(min(BLOCK_BYTES, end - start))):
            new.write(block)
            start += len(block)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _entry(path: Path, member: Member) -> dict[str, Any]:
    return {"file": path.name, "byte": member.offset, "record": member.record}
