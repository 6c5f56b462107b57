"""All that a command does to the files of a folder, in order, as strace saw it: writes, names, what
was synced, what was said.

Written pages that are mapped into memory are not seen; of the archive's files only SQLite's `-shm`
is, which is made anew.
"""

from __future__ import annotations

import codecs
import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.crash.program import start

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

STRACE = shutil.which("strace")
CALLS = (
    "open,openat,creat,write,pwrite64,writev,pwritev,pwritev2,lseek,ftruncate,truncate,fallocate,"
    "rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat,rmdir,link,linkat,symlink,symlinkat,"
    "fsync,fdatasync,sync,syncfs,copy_file_range,sendfile"
)
WRITTEN_BYTES = 1 << 26
"""Longest write that is recorded whole; a record of the replica's pages has some 100 kB."""

_LINE = re.compile(
    r"(?P<at>\d+\.\d+) (?P<call>\w+)\((?P<args>.*)\) += (?P<result>\S+?)(?P<path><.*>)?(?: .*)?$"
)
_FILE = re.compile(r"(?:AT_FDCWD|\d+)<(?P<path>[^>]*)>(?:\(deleted\))?")
_NUMBERS = re.compile(r"(\d+)(?:, (\d+))?$")


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened.

    Attributes:
        kind: `write`, `truncate`, `create`, `rename`, `unlink`, `mkdir`, `rmdir`, `symlink`,
            `sync`, `said`, `exit`.
        path: Relative to the folder that is watched; of a `rename` the old one.
        to: A rename's new path, a symlink's target.
        offset: Where `data` goes; None: at the end of the file.
        size: A truncated file's.
    """

    kind: str
    path: str = ""
    to: str = ""
    offset: int | None = None
    data: bytes = b""
    size: int = 0


class UnknownCallError(Exception):
    """A call changed the folder in a way that is not understood here."""


def record(
    data: Path, words: tuple[str, ...], env: Mapping[str, str], traces: Path
) -> tuple[list[Event], str]:
    """Run a command to its end under strace.

    Args:
        data: The data folder; what happens in its parent is recorded.
        words: The command's.
        env: From `environment`.
        traces: Where strace writes; made.

    Returns:
        What happened, and what was said.
    """
    assert STRACE is not None
    traces.mkdir(parents=True)
    before = (
        STRACE, "-ff", "--seccomp-bpf", "-ttt", "-y", "-qq", "-s", str(WRITTEN_BYTES),
        "-e", f"trace={CALLS}", "-e", "signal=none", "-o", str(traces / "trace"),
    )  # fmt: skip
    command = start(data, words, env, before)
    code = command.process.wait(600)
    assert code == 0, command.out
    root = data.parent.resolve()
    events = _Reading(root, command.said.with_suffix(".out").resolve()).events(_lines(traces))
    return [*events, Event("exit")], command.out


def _lines(traces: Path) -> Iterator[str]:
    """The calls of all threads in the order of their beginnings."""
    lines = [
        (float(line.partition(" ")[0]), line)
        for path in traces.iterdir()
        for line in path.read_text("latin-1").splitlines()
        if line[0].isdigit()
    ]
    yield from (line for _, line in sorted(lines, key=lambda pair: pair[0]))


class _Reading:
    """Turns calls into events; knows where each open file stands."""

    def __init__(self, root: Path, out: Path) -> None:
        self.root = str(root) + os.sep
        self.out = str(out)
        self.places: dict[str, int] = {}
        self.appended: set[str] = set()
        self.known: set[str] = set()

    def events(self, lines: Iterator[str]) -> Iterator[Event]:
        for line in lines:
            found = _LINE.match(line)
            if found is None or found["result"].startswith(("-", "?")):
                continue
            args = found["args"]
            if self.root not in args and self.root not in (found["path"] or ""):
                continue
            yield from self._event(found["call"], args, found)

    def _event(self, call: str, args: str, found: re.Match[str]) -> Iterator[Event]:
        handler = getattr(self, f"_on_{_ALIKE.get(call, call)}", None)
        if handler is None:
            raise UnknownCallError(f"{call}({args[:200]})")
        yield from handler(args, found)

    def _inside(self, path: str) -> str | None:
        """A path within the folder, or None where it lies elsewhere."""
        return path.removeprefix(self.root) if path.startswith(self.root) else None

    def _fd(self, args: str) -> str | None:
        opened = _FILE.match(args)
        return self._inside(opened["path"]) if opened else None

    def _named(self, args: str) -> list[str]:
        """The paths that a call names, each from the folder it is relative to."""
        paths = []
        for folder, name in re.findall(r'(?:(?:AT_FDCWD|\d+)<([^>]*)>, )?"([^"]*)"', args):
            inside = self._inside(os.path.normpath(os.path.join(folder, name)))  # noqa: PTH118
            paths.append(inside if inside is not None else name)
        return paths

    def _on_open(self, args: str, found: re.Match[str]) -> Iterator[Event]:
        path = self._inside(found["path"][1:-1]) if found["path"] else None
        if path is None or "O_RDONLY" in args or path.endswith("-shm"):
            return
        self.places[path] = 0
        (self.appended.add if "O_APPEND" in args else self.appended.discard)(path)
        if "O_CREAT" in args:
            yield Event("create", path)
        if "O_TRUNC" in args:
            yield Event("truncate", path)

    def _on_write(self, args: str, found: re.Match[str]) -> Iterator[Event]:
        if args.startswith("1<" + self.out):
            yield Event("said")
        path = self._fd(args)
        if path is None or path.endswith("-shm"):
            return
        content = _content(args, int(found["result"]))
        place = _NUMBERS.search(args[args.rindex('"') :])
        if found["call"] == "pwrite64" and place is not None:
            yield Event("write", path, offset=int(place[2]), data=content)
        elif path in self.appended:
            yield Event("write", path, data=content)
        else:
            yield Event("write", path, offset=self.places.get(path, 0), data=content)
            self.places[path] = self.places.get(path, 0) + len(content)

    def _on_lseek(self, args: str, found: re.Match[str]) -> Iterator[Event]:
        path = self._fd(args)
        if path is not None:
            self.places[path] = int(found["result"])
        yield from ()

    def _on_ftruncate(self, args: str, _: re.Match[str]) -> Iterator[Event]:
        path = self._fd(args) or self._named(args)[0]
        if not path.endswith("-shm"):
            yield Event("truncate", path, size=int(args.rpartition(", ")[2]))

    def _on_rename(self, args: str, _: re.Match[str]) -> Iterator[Event]:
        old, new = self._named(args)
        yield Event("rename", old, new)

    def _on_unlink(self, args: str, _: re.Match[str]) -> Iterator[Event]:
        [path] = self._named(args)
        yield Event("rmdir" if "AT_REMOVEDIR" in args else "unlink", path)

    def _on_mkdir(self, args: str, _: re.Match[str]) -> Iterator[Event]:
        yield Event("mkdir", self._named(args)[0])

    def _on_rmdir(self, args: str, _: re.Match[str]) -> Iterator[Event]:
        yield Event("rmdir", self._named(args)[0])

    def _on_symlink(self, args: str, _: re.Match[str]) -> Iterator[Event]:
        _, path = self._named(args)
        yield Event("symlink", path, args.split('"')[1])

    def _on_fsync(self, args: str, _: re.Match[str]) -> Iterator[Event]:
        opened = _FILE.match(args)
        path = opened["path"] if opened else ""
        if path + os.sep == self.root:
            yield Event("sync", "")
        elif (inside := self._inside(path)) is not None:
            yield Event("sync", inside)


_ALIKE = {
    "openat": "open",
    "creat": "open",
    "pwrite64": "write",
    "truncate": "ftruncate",
    "renameat": "rename",
    "renameat2": "rename",
    "unlinkat": "unlink",
    "mkdirat": "mkdir",
    "symlinkat": "symlink",
    "fdatasync": "fsync",
}


def _content(args: str, written: int) -> bytes:
    """The bytes that a write took, out of strace's way of printing them."""
    text = args[args.index('"') + 1 : args.rindex('"')]
    content, _ = codecs.escape_decode(text.encode("latin-1"))
    return bytes(content[:written])
