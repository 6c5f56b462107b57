"""Where notices of alarms go: addresses of Apprise, from the environment alone, sent by a process
of its own.

Addresses hold passwords and tokens. They stand in no setting, are handed on by standard input, and
nothing that is said of one shows more than its number and its kind.
"""

from __future__ import annotations

import json
import logging
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.run.crawler_module import run_crawler_module

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from archive.config import Settings

logger = logging.getLogger(__name__)

ENV_URLS = "ISW_ARCHIVE_ALARM_URLS"

SEND_S = 120.0
"""For all addresses; Apprise gives each some seconds to connect and to read."""

NO_APPRISE = 3
"""Exit code of the sender where Apprise is not installed."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What is sent.

    Attributes:
        title: One line.
        body: Some lines of plain text.
    """

    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Sent:
    """How one address did.

    Attributes:
        number: Its place in `ENV_URLS`, from 1.
        kind: The word before `://`.
        said: What was wrong, without anything of the address; empty when all is well.
    """

    number: int
    kind: str
    said: str


def urls_from(environ: Mapping[str, str]) -> tuple[str, ...]:
    """The addresses, divided by white space."""
    return tuple(environ.get(ENV_URLS, "").split())


def send(urls: Sequence[str], notice: Notice, settings: Settings) -> list[Sent]:
    """Send a notice to every address; how each did.

    The process that sends has the guard of the crawl: a webhook reaches no address that is not
    public, unless `alarm_networks` allows it.
    """
    words = {
        "urls": list(urls),
        "title": notice.title,
        "body": notice.body,
        "allow_networks": settings.alarm_networks,
    }
    try:
        done = run_crawler_module("crawler.notify", words, SEND_S)
    except subprocess.TimeoutExpired:
        return _none(urls, f"no end within {SEND_S:.0f} seconds")
    if done.returncode == NO_APPRISE:
        return _none(urls, "Apprise is not installed: pip install 'isw-archive[alarms]'")
    if done.returncode:
        return _none(urls, f"the sender ended with code {done.returncode}")
    # what a service prints itself is not ours
    return [
        Sent(**json.loads(line))
        for line in done.stdout.splitlines()
        if line.startswith('{"number"')
    ]


def tell_of_configuration(settings: Settings, environ: Mapping[str, str], what: str) -> None:
    """Send a notice of a configuration that cannot be read, for without one no command begins that
    could look for alarms. What could not be sent is logged.

    Args:
        settings: As they were when they could be read.
        environ: Holds the addresses.
        what: What is to be said.
    """
    urls = urls_from(environ)
    for one in send(urls, Notice("isw-archive: configuration", what), settings) if urls else ():
        if one.said:
            logger.error("notice to address %d (%s): %s", one.number, one.kind, one.said)


def _none(urls: Sequence[str], why: str) -> list[Sent]:
    return [Sent(n, kind_of(url), why) for n, url in enumerate(urls, 1)]


def kind_of(url: str) -> str:
    """The word before `://`; nothing of what follows it."""
    kind, found, _ = url.partition("://")
    return kind if found and kind.isalnum() else "no address"
