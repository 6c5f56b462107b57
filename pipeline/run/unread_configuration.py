"""A notice of a configuration with which the schedule can begin nothing: its commands end before
they could look for alarms. It is sent once for each fault, however often commands are started: cron
starts `run-due` every quarter of an hour, systemd restarts a failed daemon every minute."""

from __future__ import annotations

import contextlib
from contextlib import contextmanager
from typing import TYPE_CHECKING

from archive.config import Settings, setting_alone
from archive.durable_writes import put
from archive.errors import BadInputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from archive.folder import DataFolder

NOTE = "configuration.told"
"""In the data folder, while something is wrong: what was told of it."""


@contextmanager
def told_if_wrong(
    folder: DataFolder, config: Path | None, environ: Mapping[str, str]
) -> Iterator[None]:
    """Around the reading of the configuration for the schedule: send a notice where it fails, and
    another once it succeeds again. Without a data folder there is no schedule yet, and nothing is
    sent.

    Args:
        folder: The archive.
        config: The file, where another one is named.
        environ: Holds the addresses of notices.
    """
    try:
        yield
    except BadInputError as error:
        _tell(folder, config, environ, str(error))
        raise
    _tell(folder, config, environ, "")


def _tell(folder: DataFolder, config: Path | None, environ: Mapping[str, str], why: str) -> None:
    from pipeline.run.notices import tell_of_configuration

    note, before = folder.root / NOTE, ""
    with contextlib.suppress(OSError):
        before = note.read_text("utf-8", "replace")
    if before == why or not folder.root.is_dir():
        return
    with contextlib.suppress(OSError):
        put(note, why.encode()) if why else note.unlink()
    # read by itself: what is wrong is likely in another setting
    allowed = setting_alone("alarm_networks", folder.root, config, environ)
    said = f"nothing is begun until this is mended: {why}"
    said = said if why else "it is mended: what is due is begun again"
    tell_of_configuration(Settings(alarm_networks=allowed), environ, said)
