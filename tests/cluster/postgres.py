"""A PostgreSQL server of our own, from Debian's package, on loopback, gone with the test."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

USER = "postgres"
INSTALLED = Path("/usr/lib/postgresql")


def programs() -> Path:
    """Where its programs are."""
    return max(INSTALLED.glob("*/bin"), key=lambda path: int(path.parent.name))


@dataclass
class Server:
    """A server.

    Attributes:
        conninfo: For libpq.
    """

    root: Path
    port: int

    @property
    def conninfo(self) -> str:
        return f"postgresql://{USER}@127.0.0.1:{self.port}/{USER}"

    def start(self) -> None:
        # without fsync: nobody cuts the power of a test's queue
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c fsync=off"
        options += f" -c unix_socket_directories={self.root}"
        self._control("-o", options, "-l", str(self.root / "log"), "-w", "start")

    def stop(self, how: str = "fast") -> None:
        self._control("-m", how, "-w", "stop")

    def make(self) -> None:
        initdb = programs() / "initdb"
        self._run(str(initdb), "-D", self._data, "-U", USER, "-A", "trust", "-N", "-E", "UTF8")

    @property
    def _data(self) -> str:
        return str(self.root / "data")

    def _control(self, *words: str) -> None:
        self._run(str(programs() / "pg_ctl"), "-D", self._data, *words)

    def _run(self, *words: str) -> None:
        # it refuses to run as root
        as_root = os.geteuid() == 0
        before = ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups"]
        subprocess.run(
            [*(before if as_root else []), *words],
            cwd=self.root,
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )


@contextmanager
def server() -> Iterator[Server]:
    """A running one."""
    root = Path(tempfile.mkdtemp(prefix="pg-"))
    if os.geteuid() == 0:
        owner = pwd.getpwnam(USER)
        os.chown(root, owner.pw_uid, owner.pw_gid)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    made = Server(root, port)
    try:
        made.make()
        made.start()
        yield made
        made.stop("immediate")
    finally:
        shutil.rmtree(root, ignore_errors=True)
