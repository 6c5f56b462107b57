"""Files by which systemd or cron runs the schedule: text, made for where this program stands."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

SECRETS = "/etc/isw-archive/secrets.env"
"""Holds ISW_ARCHIVE_ALARM_URLS and other secrets; mode 0600, read by systemd as root."""

EVERY_MIN = 15
"""What is due is run within a quarter of an hour; a look at nothing takes half a second."""

HOMES = ("/home", "/root", "/run/user")

# What the program needs: its data folder, the network, processes of its own. Everything else is
# shut. Limits of processes are set with prlimit64, which is in none of the groups that are
# forbidden.
_HARDENED = """\
NoNewPrivileges=yes
CapabilityBoundingSet=
AmbientCapabilities=
ProtectSystem=strict
ProtectHome={home}
ReadWritePaths={writes}
CacheDirectory=isw-archive
PrivateTmp=yes
PrivateDevices=yes
PrivateUsers=yes
PrivateIPC=yes
ProtectClock=yes
ProtectControlGroups=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectProc=invisible
ProcSubset=pid
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
RemoveIPC=yes
KeyringMode=private
DevicePolicy=closed
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallFilter=~@privileged @obsolete @resources
SystemCallErrorNumber=EPERM
UMask=0077
"""

_SERVICE = """\
[Unit]
Description={description}
Wants=network-online.target
After=network-online.target
RequiresMountsFor={mounts}

[Service]
Type={type}
ExecStart={command} {words}
{lines}\
User={user}
WorkingDirectory={folder}
EnvironmentFile=-{secrets}
LimitNOFILE=1024:4096
KillMode=mixed
TimeoutStopSec=30
Nice=10

{hardened}\
{install}"""

_DAEMON_LINES = """\
ExecReload=/bin/kill -HUP $MAINPID
Restart=on-failure
RestartSec=60
"""

_INSTALL = """
[Install]
WantedBy=multi-user.target
"""

_TIMER = f"""\
[Unit]
Description=isw-archive: run what is due

[Timer]
OnCalendar=*:0/{EVERY_MIN}
Persistent=true
RandomizedDelaySec=30

[Install]
WantedBy=timers.target
"""


@dataclass(frozen=True, slots=True)
class Installation:
    """Where the program and its archive are; absolute paths.

    Attributes:
        python: The interpreter that has the program.
        user: Who it runs as.
        writes: Folders that it writes to besides the data folder, such as that of its backups; what
            is not there when it starts stays shut.
        reads: Files of the settings that it has to read, such as a key that signs.
    """

    python: Path
    data: Path
    config: Path
    user: str
    writes: tuple[Path, ...] = ()
    reads: tuple[Path, ...] = ()

    @property
    def command(self) -> tuple[str, ...]:
        """The program with its global options."""
        config = ("--config", str(self.config)) if self.config.exists() else ()
        return (str(self.python), "-m", "pipeline", "--data", str(self.data), *config)


def files(place: Installation) -> dict[str, str]:
    """Text by file name: a service that stays, one with its timer, and a line for cron."""
    return {
        "isw-archive.service": _service(
            place,
            "isw-archive: reports of ISW and CTP, and what they cite",
            "daemon",
            _DAEMON_LINES,
            _INSTALL,
        ),
        "isw-archive-due.service": _service(
            place, "isw-archive: run what is due", "run-due", "", ""
        ),
        "isw-archive-due.timer": _TIMER,
        "isw-archive.crontab": crontab(place),
    }


def _service(place: Installation, description: str, words: str, lines: str, install: str) -> str:
    needed = (place.data, place.python, place.config, *place.writes, *place.reads)
    inside = any(str(path).startswith(f"{home}/") for home in HOMES for path in needed)
    hardened = _HARDENED.format(
        # a home that something needed lies in can be read; else homes are not there at all
        home="read-only" if inside else "yes",
        writes=" ".join([_quoted(str(place.data)), *(_quoted(f"-{one}") for one in place.writes)]),
    )
    return _SERVICE.format(
        description=description,
        type="oneshot" if not lines else "exec",
        command=" ".join(map(_quoted_word, place.command)),
        words=words,
        lines=lines,
        user=place.user,
        folder=_percent(str(place.data)),
        secrets=SECRETS,
        # what is written below a disk that is not mounted is hidden once it is
        mounts=" ".join(_quoted(str(one)) for one in (place.data, *place.writes)),
        hardened=hardened,
        install=install,
    )


def crontab(place: Installation) -> str:
    """One line of a crontab, which takes `%` for a new line."""
    words = shlex.join([*place.command, "run-due"]).replace("%", r"\%")
    log = shlex.quote(str(place.data.parent / "run-due.log")).replace("%", r"\%")
    return f"*/{EVERY_MIN} * * * * {words} >> {log} 2>&1\n"


def _percent(text: str) -> str:
    """systemd takes `%` for the begin of a specifier."""
    return text.replace("%", "%%")


def _quoted(text: str) -> str:
    """As one word of a list (systemd.syntax, "Quoting")."""
    escaped = _percent(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _quoted_word(text: str) -> str:
    """As one word of a command line, where `$` begins a variable."""
    return _quoted(text).replace("$", "$$")
