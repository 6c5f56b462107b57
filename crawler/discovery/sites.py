"""The sites whose reports we collect, and how their reports are found: data, no code that fetches.

Each site has steps, most telling first. A step that fails, or whose pages name no report, gives way to the next; a feed
is looked at in any case, and lists where reports are wanted that are older than those named so far. How each one did is
recorded. Where a site answers that it will not serve us, a Wayback is asked last.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlencode

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from archive.model.fetch import Found


@dataclass(frozen=True, slots=True)
class Page:
    """One page that a step begins with.

    Attributes:
        url: Where it is.
        series: The only series that it lists, or None.
    """

    url: str
    series: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One way to find reports.

    Attributes:
        name: `sitemap`, `listing`, `feed`, `pattern` or `wayback`: how its pages are read, and what health is kept under.
        pages: Where it begins; none for `pattern` and `wayback`, which are made of the days asked for.
        depth: How many further pages it may follow from each of them.
        follow: Only pages whose URL this expression finds are followed, unless it finds none.
    """

    name: str
    pages: tuple[Page, ...] = ()
    depth: int = 0
    follow: str = ""


@dataclass(frozen=True, slots=True)
class Site:
    """One publisher's site, its steps in the order in which they are tried.

    Attributes:
        archived: Prefixes under which a Wayback is asked for its reports.
    """

    name: str
    hosts: frozenset[str]
    steps: tuple[Step, ...]
    archived: tuple[str, ...] = ()


MAX_SHARDS = 40
"""Sitemap files followed. ISW had six of 1,000 posts in 2026; Yoast makes one more for each thousand."""

MAX_LIST_PAGES = 200
"""Pages of one list followed; ISW's longest, /publications, had 179 in 2025."""

PATTERN_DAYS = 2
"""Days before today whose addresses are guessed when nobody asks for others: yesterday's report may come after midnight."""

_ISW = "https://understandingwar.org"
_CTP = "https://www.criticalthreats.org"

ISW = Site(
    name="isw",
    hosts=frozenset({"understandingwar.org", "www.understandingwar.org"}),
    steps=(
        # WordPress, since mid 2025: the index names its shards with lastmod, the shards every post with its own.
        # The index names maps, people and tags, too.
        Step(
            "sitemap",
            (Page(f"{_ISW}/sitemap_index.xml"),),
            MAX_SHARDS,
            follow=r"/(post|research)[^/]*\.xml$",
        ),
        Step(
            "listing",
            (
                Page(
                    f"{_ISW}/research/?_product_line_filter=russian-offensive-campaign-assessment",
                    "russian-offensive-campaign-assessment",
                ),
                Page(f"{_ISW}/research/?_product_line_filter=iran-update", "iran-update"),
                Page(f"{_ISW}/research/"),
            ),
            MAX_LIST_PAGES,
        ),
        Step("feed", (Page(f"{_ISW}/feed/?post_type=post"),)),
        # Drupal, until mid 2025: the lists by which its reports were found. They answer where an old copy is served.
        Step(
            "drupal-listing",
            (
                Page(f"{_ISW}/publications"),
                Page(
                    f"{_ISW}/backgrounder/ukraine-conflict-updates",
                    "russian-offensive-campaign-assessment",
                ),
                Page(f"{_ISW}/backgrounder/iran-updates", "iran-update"),
            ),
            MAX_LIST_PAGES,
        ),
        Step("pattern"),
        Step("wayback"),
    ),
    archived=("understandingwar.org/research/*", "understandingwar.org/backgrounder/*"),
)

CTP = Site(
    name="ctp",
    hosts=frozenset({"criticalthreats.org", "www.criticalthreats.org"}),
    steps=(
        Step(
            "listing",
            (
                Page(f"{_CTP}/analysis/ctp-iran-updates", "iran-update"),
                Page(f"{_CTP}/analysis/africa-file", "africa-file"),
            ),
        ),
        Step("feed", (Page(f"{_CTP}/feed"),)),
        Step("pattern"),
        Step("wayback"),
    ),
    archived=("criticalthreats.org/analysis/*",),
)

SITES = (ISW, CTP)


def pages_for(step: Step, series: str | None) -> tuple[Page, ...]:
    """The pages to begin with when only one series is asked for: those that list it alone, else the general ones."""
    if series is None:
        return step.pages
    own = tuple(page for page in step.pages if page.series == series)
    return own or tuple(page for page in step.pages if page.series is None)


def followed(step: Step, pages: Sequence[Found]) -> list[Found]:
    """The further pages that a step may follow, of those that a page names."""
    return [page for page in pages if re.search(step.follow, page.url)] or list(pages)


def shards_worth_reading(
    shards: Sequence[Found], held: dict[str, str | None], since: str | None
) -> list[Found]:
    """The sitemap files to fetch, newest change first.

    Args:
        shards: As the index names them.
        held: For each URL, when we last captured it (ISO 8601 UTC), or None.
        since: When given, a day from which reports are wanted whether or not the file changed since we read it.
    """

    def worth(shard: Found) -> bool:
        seen = held.get(shard.url)
        if shard.lastmod is None or seen is None:
            return since is None or shard.lastmod is None or shard.lastmod[:10] >= since
        return shard.lastmod > seen or (since is not None and shard.lastmod[:10] >= since)

    newest = sorted(shards, key=lambda shard: (shard.lastmod or "", shard.url), reverse=True)
    return [shard for shard in newest if worth(shard)][:MAX_SHARDS]


def days(since: date | None, until: date | None, today: date) -> list[date]:
    """The days whose addresses are guessed, newest first."""
    last = min(until, today) if until else today
    first = since or last - timedelta(days=PATTERN_DAYS)
    return [last - timedelta(days=n) for n in range(max(0, (last - first).days + 1))]


def cdx_url(wayback: str, prefix: str, since: date) -> str:
    """Where a Wayback lists what it captured under `prefix` since a day, one line for each address."""
    query = {
        "url": prefix,
        "output": "json",
        "fl": "timestamp,original,statuscode,mimetype",
        "filter": "statuscode:200",
        "collapse": "urlkey",
        "from": f"{since:%Y%m%d}",
    }
    return f"{wayback.rstrip('/')}/cdx/search/cdx?{urlencode(query)}"


def memento_url(wayback: str, moment: str, url: str) -> str:
    """Where a Wayback serves the bytes it received (`id_`), without its own frame.

    Args:
        wayback: Its address.
        moment: Fourteen digits, as CDX gives them; it answers with the nearest capture.
        url: The original address.
    """
    return f"{wayback.rstrip('/')}/web/{moment}id_/{url}"
