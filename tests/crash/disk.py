"""A disk that may lose what nobody had synced: which folders a power cut can leave, of all that a
command did.

Two file systems: `ext4` (data=ordered) keeps names in the order of its journal, and any fsync keeps
all names so far; on the
`worst` one that POSIX allows, a name is kept by an fsync of its folder alone.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable
    from pathlib import Path

    from tests.crash.trace import Event

BLOCK = 512
"""A disk writes that much or nothing of it."""
FATES = ("nothing", "a beginning", "anything", "all")
"""What of the unsynced bytes is there: none, those written first, any blocks of any writes, all."""


@dataclass(slots=True)
class File:
    """A file's bytes that are safe, and the writes and truncations since."""

    safe: bytearray = field(default_factory=bytearray)
    pending: list[Event] = field(default_factory=list)
    size: int = 0

    def take(self, event: Event) -> None:
        """Note a write or a truncation, at the place it has now."""
        if event.kind == "write":
            offset = self.size if event.offset is None else event.offset
            self.pending.append(_at(event, offset))
            self.size = max(self.size, offset + len(event.data))
        else:
            self.pending.append(event)
            self.size = event.size

    def sync(self) -> None:
        """All of it is safe."""
        for event in self.pending:
            _apply(self.safe, event)
        self.pending.clear()

    def after_cut(self, fate: str, rng: random.Random) -> bytes:
        """What may be found of it."""
        found = bytearray(self.safe)
        for event in self._kept(fate, rng):
            _apply(found, event)
        return bytes(found)

    def _kept(self, fate: str, rng: random.Random) -> list[Event]:
        if fate == "nothing" or not self.pending:
            return []
        if fate == "all":
            return self.pending
        if fate == "a beginning":
            count = rng.randrange(len(self.pending) + 1)
            last = [_torn(e, rng) for e in self.pending[count : count + 1] if e.kind == "write"]
            return [*self.pending[:count], *last]
        pieces = [piece for event in self.pending for piece in _pieces(event)]
        share = rng.random()
        return [piece for piece in pieces if rng.random() < share]


def _at(event: Event, offset: int) -> Event:
    return type(event)("write", event.path, offset=offset, data=event.data)


def _torn(event: Event, rng: random.Random) -> Event:
    blocks = len(event.data) // BLOCK
    kept = event.data[: rng.randrange(blocks + 1) * BLOCK]
    return type(event)("write", event.path, offset=event.offset, data=kept)


def _pieces(event: Event) -> list[Event]:
    """A write as the blocks of the disk that it touches."""
    if event.kind != "write":
        return [event]
    assert event.offset is not None
    cuts = [0, *range(-event.offset % BLOCK or BLOCK, len(event.data), BLOCK), len(event.data)]
    return [
        type(event)("write", event.path, offset=event.offset + a, data=event.data[a:b])
        for a, b in itertools.pairwise(cuts)
        if b > a
    ]


def _apply(content: bytearray, event: Event) -> None:
    if event.kind == "truncate":
        del content[event.size :]
        content.extend(bytes(event.size - len(content)))
        return
    assert event.offset is not None
    content.extend(bytes(max(0, event.offset - len(content))))
    content[event.offset : event.offset + len(event.data)] = event.data


Names = dict[str, "File | str | None"]
"""What stands under each path: a file, a symlink's target, or None for a folder."""


@dataclass(slots=True)
class Disk:
    """All files of a folder, as the program sees them and as the disk keeps them.

    Attributes:
        ordered: Whether names are kept as ext4 does.
        names: As the program sees them.
        safe: Names that outlast a cut.
        pending: Changes of names since, in order.
    """

    ordered: bool
    names: Names = field(default_factory=dict)
    safe: Names = field(default_factory=dict)
    pending: list[Event] = field(default_factory=list)
    files: dict[int, File] = field(default_factory=dict)
    made: dict[int, File | str | None] = field(default_factory=dict)

    @classmethod
    def of(cls, folder: Path, *, ordered: bool) -> Disk:
        """A disk on which all of a folder is safe."""
        disk = cls(ordered)
        for path in sorted(folder.rglob("*")):
            content = None if path.is_dir() else File(bytearray(path.read_bytes()))
            if content is not None:
                content.size = len(content.safe)
            disk.names[str(path.relative_to(folder))] = content
        disk.safe = dict(disk.names)
        return disk

    def take(self, event: Event) -> None:
        """Let one thing happen."""
        if event.kind in {"write", "truncate"}:
            found = self.names.get(event.path)
            if isinstance(found, File):  # else it was unlinked while open
                found.take(event)
        elif event.kind == "sync":
            self._sync(event.path)
        elif event.kind in {"create", "mkdir", "symlink", "rename", "unlink", "rmdir"}:
            self._name(event)

    def _name(self, event: Event) -> None:
        if event.kind == "create" and event.path in self.names:
            return
        what: File | str | None = None
        if event.kind == "create":
            what = File()
        elif event.kind == "symlink":
            what = event.to
        self.made[id(event)] = what
        _rename(self.names, event, what)
        self.pending.append(event)

    def _sync(self, path: str) -> None:
        found = self.names.get(path)
        is_folder = (path in self.names and found is None) or path == ""
        if isinstance(found, File):
            found.sync()
        if self.ordered:
            self._settle(self.pending)
        elif is_folder:
            self._settle(
                [e for e in self.pending if _folder(e.path) == path or _folder(e.to) == path]
            )

    def _settle(self, events: Iterable[Event]) -> None:
        for event in list(events):
            _rename(self.safe, event, self.made[id(event)])
            self.pending.remove(event)

    def after_cut(self, fate: str, rng: random.Random, to: Path) -> None:
        """Write down what may be found after a cut at this moment.

        Args:
            fate: Of the unsynced bytes, one of `FATES`; names that are not safe share it, in the
                order of their changes.
            rng: Draws what is left open.
            to: A folder that is not there yet.
        """
        names = dict(self.safe)
        kept = {"nothing": 0, "all": len(self.pending)}.get(
            fate, rng.randrange(len(self.pending) + 1)
        )
        for event in self.pending[:kept]:
            _rename(names, event, self.made[id(event)])
        to.mkdir(parents=True)
        for path, what in sorted(names.items()):
            if not all(_folders_are_there(names, path)):
                continue
            if isinstance(what, File):
                (to / path).write_bytes(what.after_cut(fate, rng))
            elif what is None:
                (to / path).mkdir()
            else:
                (to / path).symlink_to(what)


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _folders_are_there(names: Names, path: str) -> Iterable[bool]:
    while path := _folder(path):
        yield path in names


def _rename(names: Names, event: Event, made: File | str | None) -> None:
    """One change of names; of what is not there nothing can be renamed or removed."""
    if event.kind in {"create", "mkdir", "symlink"}:
        names[event.path] = made
    elif event.kind == "rename" and event.path in names:
        names[event.to] = names.pop(event.path)
    elif event.kind in {"unlink", "rmdir"}:
        names.pop(event.path, None)
