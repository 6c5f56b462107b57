"""How the reports of a publisher that a user declares are found: `[discovery]` of its file, read
into a `Site`. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from archive.errors import BadInputError, BadUrlError
from archive.urls.publishers.files import compiled
from archive.urls.requested import fetchable
from pipeline.read.publishers.site import MAX_LIST_PAGES, Guess, Site, StartPage, Step

if TYPE_CHECKING:
    from collections.abc import Mapping

    from archive.urls.publishers.files import PublisherFile

STEPS = ("sitemap", "listing", "feed", "rest")
_KNOWN = frozenset({"looks", "named", "steps"})
_OF_STEP = frozenset({"name", "pages", "depth", "follow"})
_LOOK = re.compile(r"(?:0[04-9]|1\d|2[0-3]):[0-5]\d")
_DAILY = ("07:15", "19:15")
"""For who says nothing."""


def site_of(file: PublisherFile) -> Site | None:
    """How its reports are found; None of a publisher without a site of its own.

    Raises:
        BadInputError: Something is wrong; the message says what.
    """
    if file.publisher.home is None:
        if file.discovery:
            raise _wrong(file, "[discovery] goes with home")
        return None
    return Site(
        name=file.publisher.name,
        steps=_steps(file, file.discovery),
        guesses=_guesses_named(file, file.discovery.get("named", [])),
        looks=_looks(file, file.discovery.get("looks", list(_DAILY))),
        hosts_of=_hosts(file),
    )


def _hosts(file: PublisherFile) -> frozenset[str]:
    """The hosts of a declared publisher, as its file writes them."""
    given = file.discovery
    pages = [url for step in given.get("steps", ()) for url in step["pages"]]
    hosts = (urlsplit(url).hostname for url in (*pages, *given.get("named", ())))
    return frozenset({str(file.publisher.home), *filter(None, hosts)})


def _steps(file: PublisherFile, given: Mapping[str, Any]) -> tuple[Step, ...]:
    for name in given:
        if name not in _KNOWN:
            raise _wrong(file, f"[discovery] has no {name!r}; it has {', '.join(sorted(_KNOWN))}")
    steps = given.get("steps", [])
    if not isinstance(steps, list) or not all(isinstance(one, dict) for one in steps):
        raise _wrong(file, "[[discovery.steps]] are tables")
    found = [_step(file, one) for one in steps]
    if bool(found) == bool(given.get("named")):
        raise _wrong(file, "[discovery] has either [[discovery.steps]] or named reports")
    return tuple(found) or (Step("pattern"),)


def _step(file: PublisherFile, given: Mapping[str, Any]) -> Step:
    if unknown := sorted(given.keys() - _OF_STEP):
        raise _wrong(file, f"[[discovery.steps]] has no {unknown[0]!r}")
    name, depth, follow = given.get("name"), given.get("depth", 0), given.get("follow", "")
    if name not in STEPS:
        raise _wrong(file, f"[[discovery.steps]] name is one of {', '.join(STEPS)}, not {name!r}")
    if type(depth) is not int or not 0 <= depth <= MAX_LIST_PAGES:
        raise _wrong(file, f"depth is a number of pages, at most {MAX_LIST_PAGES}")
    try:
        compiled(follow)
    except ValueError as error:
        raise _wrong(file, f"follow is a regular expression ({error})") from error
    pages = _addresses(file, given.get("pages"), "pages")
    return Step(name, tuple(map(StartPage, pages)), depth, follow)


def _guesses_named(file: PublisherFile, given: Any) -> tuple[Guess, ...]:
    """Reports that are named one by one: asked for when they are not held, then as all others."""
    from pipeline.read.parse.series import slug_of, slugify

    if given == []:
        return ()
    urls = _addresses(file, given, "named")
    if any(sign in url for url in urls for sign in "{}"):
        raise _wrong(file, "named are whole addresses")
    return tuple(Guess(url, slugify(slug_of(url)) or file.publisher.name) for url in urls)


def _addresses(file: PublisherFile, given: Any, what: str) -> list[str]:
    """Addresses of the publisher's own hosts: nobody else is asked on its behalf."""
    if not isinstance(given, list) or not given:
        raise _wrong(file, f"{what} is a list of addresses")
    hosts = {host.removeprefix("www.") for host in file.publisher.reports}
    for url in given:
        if not isinstance(url, str) or not _is_address(url):
            raise _wrong(file, f"{what}: {url!r} is no http(s) address")
        if (urlsplit(url).hostname or "").removeprefix("www.") not in hosts:
            raise _wrong(file, f"{what}: {url} is of no host in [reports]")
    return list(given)


def _is_address(url: str) -> bool:
    """Whether it can be asked for as it stands, without a name and a password in it."""
    try:
        asked = fetchable(url)
    except BadUrlError:
        return False
    parts = urlsplit(url)
    return (
        parts.scheme in {"http", "https"}
        and "@" not in parts.netloc
        and parts.hostname == urlsplit(asked).hostname
        and url.isprintable()
    )


def _looks(file: PublisherFile, given: Any) -> tuple[str, ...]:
    if not isinstance(given, list) or not all(
        isinstance(one, str) and _LOOK.fullmatch(one) for one in given
    ):
        raise _wrong(file, "looks are times of day in New York, HH:MM, none from 01:00 to 03:59")
    return tuple(sorted(given))


def _wrong(file: PublisherFile, why: str) -> BadInputError:
    return BadInputError(f"publisher {file.path}: {why}")
