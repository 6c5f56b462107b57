"""Copies in web archives: which archive, of which time, of which address, read off the copy's own
address.

A copy is a source of its own, for it says what a page said at a moment; its archive writes one
copy's address in several ways.
"""

from __future__ import annotations

import re
from typing import NamedTuple

# Archives that answer with copies at `<path>/<time>/<address>`. Source: MemGator's list of archives
# (github.com/oduwsdl/MemGator) and what libraries say of themselves.
_LIBRARIES = frozenset(
    """
    web.archive.org web-beta.archive.org wayback.archive.org liveweb.archive.org archive.org
    replay.waybackmachine.org arquivo.pt wayback.archive-it.org webarchive.loc.gov
    webarchive.nationalarchives.gov.uk webarchive.org.uk webarchive.parliament.uk
    webarchive.proni.gov.uk webarchive.nrscotland.gov.uk webarchive.nla.gov.au web.archive.org.au
    webarchive.bac-lac.gc.ca waext.banq.qc.ca swap.stanford.edu vefsafn.is wayback.vefsafn.is
    haw.nsk.hr veebiarhiiv.digar.ee web.archive.bibalex.org wayback.webarchiv.cz webarchiv.onb.ac.at
    langzeitarchivierung.bib-bvb.de conifer.rhizome.org webrecorder.io perma-archives.org
    webarchive.unhcr.org timetravel.mementoweb.org
    """.split()  # noqa: SIM905 - a list of 30 names reads better as text
)
ARCHIVE_TODAY = frozenset(f"archive.{top}" for top in ("today", "ph", "is", "li", "vn", "md", "fo"))
"""One archive under seven names. It altered copies in 2026: what it shows is not trusted alone."""

# Archives whose addresses name a copy by a number of its own, so that only a visit tells what was
# copied.
_NUMBERED = {
    "perma.cc": re.compile(r"/(?P<name>[0-9A-Za-z]{3,4}(?:-[0-9A-Za-z]{2,4})+)", re.ASCII),
    "ghostarchive.org": re.compile(r"/archive/(?P<name>\w+)", re.ASCII),
    "webcitation.org": re.compile(r"/(?P<name>[0-9A-Za-z]{9})", re.ASCII),
    **dict.fromkeys(ARCHIVE_TODAY, re.compile(r"/(?P<name>[0-9A-Za-z]{4,6})", re.ASCII)),
}
# Other archives and readers below whose own path the address of a page may stand.
_OTHERS = frozenset(
    ["perma.cc", "ghostarchive.org", "webcitation.org", "megalodon.jp", "archive.wikiwix.com"]
)

HOSTS = _LIBRARIES | ARCHIVE_TODAY | _OTHERS
"""Hosts that are known to answer with copies."""

_TIME = r"(?P<time>\d{4,14})(?:[a-z]{2,3}_)?"
_COPY = re.compile(
    rf"(?P<lead>(?:/[\w.-]+){{0,4}})/{_TIME}/(?P<inner>https?:/.+)",
    re.DOTALL | re.ASCII | re.IGNORECASE,
)
# Below these paths a copied address may stand without its scheme.
_BARE_COPY = re.compile(
    rf"(?P<lead>/web|/wayback|/ukgwa|/all|/noFrame/replay)/{_TIME}/(?P<inner>[\w-]+\..+)",
    re.DOTALL | re.ASCII,
)
# Fourteen digits with an address behind them are a copy on any host.
_PLAIN_COPY = re.compile(
    r"(?P<lead>(?:/[\w.-]+){0,4})/(?P<time>\d{14})(?:[a-z]{2,3}_)?/(?P<inner>https?:/.+)",
    re.DOTALL | re.ASCII | re.IGNORECASE,
)
_COPY_BEGUN = re.compile(r"/\d{14}(?:[a-z]{2,3}_)?/$", re.ASCII)
_TODAY = re.compile(
    r"/(?:o/\w+|newest|oldest|(?P<time>\d{4}(?:[.-]?\d\d){0,5}))/(?P<inner>https?:/.+)",
    re.DOTALL | re.ASCII | re.IGNORECASE,
)
_MEGALODON = re.compile(
    r"/(?P<time>\d{4}-\d{4}-\d{4}(?:-\d\d)?)/(?P<inner>.+)", re.DOTALL | re.ASCII
)
_VIDEO = re.compile(r"/varchive/(?:youtube/\d+/)?(?P<video>[\w-]{11})", re.ASCII)
_SCHEME = re.compile(r"(?P<scheme>https?):/+", re.IGNORECASE)


class Copy(NamedTuple):
    """A copy in an archive.

    Attributes:
        archive: The archive's host; one of several where it has several.
        place: The copy's path there in its one form.
        name: Digits of the copy's time, four to fourteen, or the archive's own name for it.
        inner: The address that was copied, absolute; None where the copy's address does not say.
    """

    archive: str
    place: str
    name: str | None
    inner: str | None

    @property
    def platform(self) -> str:
        """`wayback`, `archive-today`, or `memento` for every other archive's."""
        return {"web.archive.org": "wayback", "archive.ph": "archive-today"}.get(
            self.archive, "memento"
        )


def copy_at(host: str, path: str) -> Copy | None:
    """The copy that an address names; None for one that names none.

    Args:
        host: Lower case, without `www.`; maybe with a port.
        path: Path and query, as written.
    """
    name = host.partition(":")[0]
    if name in ARCHIVE_TODAY and (found := _TODAY.fullmatch(path)):
        return _today(found)
    if name in _NUMBERED and (found := _NUMBERED[name].fullmatch(path.partition("?")[0])):
        archive = "archive.ph" if name in ARCHIVE_TODAY else name
        return Copy(archive, found.group(), found["name"], None)
    if name == "ghostarchive.org" and (found := _VIDEO.match(path)):
        video = found["video"]
        return Copy(name, f"/varchive/{video}", video, f"https://www.youtube.com/watch?v={video}")
    if name == "megalodon.jp" and (found := _MEGALODON.fullmatch(path)):
        inner = with_whole_scheme(found["inner"])
        return Copy(name, f"/{found['time']}/{inner}", "".join(found["time"].split("-")), inner)
    if name not in _LIBRARIES:
        # the cheap look first: nearly no address holds another
        found = _PLAIN_COPY.fullmatch(path) if "http" in path.lower() else None
    else:
        found = _BARE_COPY.fullmatch(path) or _COPY.fullmatch(path)
    return _library(host, found) if found else None


def _today(found: re.Match[str]) -> Copy:
    time = "".join(filter(str.isdigit, found["time"] or "")) or None
    inner = with_whole_scheme(found["inner"])
    return Copy("archive.ph", f"/{time or 'newest'}/{inner}", time, inner)


def _library(host: str, found: re.Match[str]) -> Copy:
    """One form for the paths of one archive.

    The modifiers of its replay (`id_`, `mp_`) are left out.
    """
    lead, time, inner = found["lead"], found["time"], with_whole_scheme(found["inner"])
    if host == "archive.org" or host.endswith((".archive.org", ".waybackmachine.org")):
        host, lead = "web.archive.org", "/web"
    elif host == "arquivo.pt":
        lead = "/wayback"
    elif host == "webarchive.nationalarchives.gov.uk":
        lead = "/ukgwa"
    return Copy(host, f"{lead}/{time}/{inner}", time, inner)


def with_whole_scheme(inner: str) -> str:
    """An inner address with its scheme as it should be.

    Servers and editors fold its two slashes into one.
    """
    found = _SCHEME.match(inner)
    if found is None:
        return f"http://{inner}"
    return f"{found['scheme'].lower()}://{inner[found.end() :]}"


def holds_next(host: str, path: str) -> bool:
    """Whether the address of a copy goes on with the address that follows it directly.

    Args:
        host: Lower case, without `www.` and port.
        path: All between the host and the scheme of the second address.
    """
    if host in HOSTS:
        return path.endswith(("/", "*"))
    return _COPY_BEGUN.search(path) is not None
