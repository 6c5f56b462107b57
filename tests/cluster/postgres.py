"""A PostgreSQL server of our own, from Debian's package, on loopback, gone with the test."""

from __future__ import annotations

import contextlib
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

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

    def kill(self) -> None:
        """Without a word; what it leaves behind is its next start's."""
        pid = int((Path(self._data) / "postmaster.pid").read_text().splitlines()[0])
        os.kill(pid, signal.SIGKILL)

    def start_again(self) -> None:
        """After `kill`: the children may live for a moment."""
        for _ in range(50):
            with contextlib.suppress(subprocess.CalledProcessError):
                self.start()
                return
            time.sleep(0.2)
        raise RuntimeError("PostgreSQL does not start again; see its log")

    def database(self) -> str:
        """A new one; words for libpq."""
        name = f"queue_{secrets.token_hex(4)}"
        with psycopg.connect(self.conninfo, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")  # type: ignore[call-overload]
        return self.conninfo.removesuffix(USER) + name

    def wipe(self) -> None:
        """As new: nothing is in it."""
        with psycopg.connect(self.conninfo, autocommit=True) as connection:
            connection.execute("DROP SCHEMA public CASCADE")
            connection.execute("CREATE SCHEMA public")

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
