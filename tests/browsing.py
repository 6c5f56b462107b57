"""Debian's Chromium, without a window: a page as it has it in the end, and what holds its
processes."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

CHROMIUM = (
    shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
)

FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-proxy-server", "--enable-logging=stderr",
    "--dump-dom",
    "--virtual-time-budget=3000",
)  # fmt: skip
"""`--virtual-time-budget` lets scripts run to their end before the page is printed."""

LOADS_S = 60
"""A browser that takes longer hangs; it starts in one or two seconds."""


def shown(url: str, profile: Path) -> str:
    """The page as the browser has it in the end; nothing on its console."""
    assert CHROMIUM is not None
    done = subprocess.run(
        [CHROMIUM, *FLAGS, f"--user-data-dir={profile}", url],
        capture_output=True, text=True, timeout=LOADS_S, check=True,
    )  # fmt: skip
    console = [line for line in done.stderr.splitlines() if ":CONSOLE" in line]
    assert console == [], "\n".join(console)
    return done.stdout


ORDINARY = "nobody"
"""Who starts Chromium where the tests are root's: to root it gives no sandbox."""

_AS_ORDINARY = """#!{python}
import os, pwd, sys
user = pwd.getpwnam({user!r})
for word in sys.argv:
    name, _, folder = word.partition("=")
    if name == "--user-data-dir":
        os.chown(folder, user.pw_uid, user.pw_gid)
        os.environ["HOME"] = folder
os.setgroups([])
os.setgid(user.pw_gid)
os.setuid(user.pw_uid)
os.execv({chromium!r}, [{chromium!r}, *sys.argv[1:]])
"""


def ordinary_chromium(folder: Path) -> tuple[str, bool]:
    """Chromium as an ordinary user starts it, and whether the system gives such a user a sandbox.

    Args:
        folder: Where a program may be put that starts it.
    """
    chromium = str(CHROMIUM)
    if os.geteuid() != 0:
        return chromium, _may_have_namespaces(None)
    try:
        pwd.getpwnam(ORDINARY)
    except KeyError:
        return chromium, False
    if not _may_have_namespaces(ORDINARY):
        return chromium, False
    program = folder / "chromium"
    program.write_text(_AS_ORDINARY.format(python=sys.executable, user=ORDINARY, chromium=chromium))
    program.chmod(0o755)
    return str(program), True


def _may_have_namespaces(user: str | None) -> bool:
    """Whether the system lets a user make namespaces, which the sandbox is made of."""
    unshare = shutil.which("unshare")
    if unshare is None:
        return False
    groups: list[int] | None = None if user is None else []
    done = subprocess.run(
        [unshare, "--user", "--pid", "--fork", "true"],
        user=user, extra_groups=groups, cwd="/", capture_output=True, check=False,
    )  # fmt: skip
    return done.returncode == 0


@dataclass(frozen=True)
class Held:
    """What the system says of one process.

    Attributes:
        uid: Of its user, as the whole system numbers users.
        gains: Whether it may get further rights by starting programs.
        filtered: Whether a seccomp filter judges its system calls.
        apart: Whether its users, network and processes are others than ours.
    """

    uid: int
    gains: bool
    filtered: bool
    apart: bool


def renderers() -> list[Held]:
    """Of the processes in which the pages live of a browser that this process started."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        # one that ended meanwhile, or whose namespaces are not ours to read
        with contextlib.suppress(OSError):
            if b"--type=renderer" in (folder / "cmdline").read_bytes() and _is_ours(folder):
                found.append(_held(folder))
    return found


def _is_ours(process: Path) -> bool:
    while (parent := _status(process)["PPid"]) != ["0"]:
        if parent == [str(os.getpid())]:
            return True
        process = process.parent / parent[0]
    return False


def _status(process: Path) -> dict[str, list[str]]:
    lines = (process / "status").read_text().splitlines()
    return {name: value.split() for name, _, value in (line.partition(":") for line in lines)}


def _held(folder: Path) -> Held:
    told = _status(folder)
    spaces = ("user", "net", "pid")
    return Held(
        uid=int(told["Uid"][0]),
        gains=told["NoNewPrivs"] == ["0"],
        filtered=told["Seccomp"] == ["2"],
        apart=all(
            (folder / "ns" / name).readlink() != Path("/proc/self/ns", name).readlink()
            for name in spaces
        ),
    )
