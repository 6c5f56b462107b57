"""How the steps of a site (`pipeline/read/publishers/`) are followed: no code that fetches.

Each site has steps, most telling first. A step that fails, or whose pages name no report, gives way
to the next; a feed is looked at in any case, and lists where reports are wanted that are older than
those named so far. How each one did is recorded. Where a site answers that it will not serve us, a
Wayback is asked last.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from pipeline.read.publishers.site import MAX_SHARDS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from archive.model.understood import Found
    from pipeline.read.publishers.site import StartPage, Step


PATTERN_DAYS = 2
"""Days before today whose addresses are guessed when nobody asks for others: yesterday's report may
come after midnight."""


def pages_for(step: Step, series: str | None) -> tuple[StartPage, ...]:
    """The pages to begin with when only one series is asked for: those that list it alone, else the
    general ones."""
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
        since: When given, a day from which reports are wanted whether or not the file changed since
            we read it.
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
    """The address at which a Wayback lists what it captured under `prefix` since a day, one line
    for each address."""
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
    """The address at which a Wayback serves the bytes it received (`id_`), without its own frame.

    Args:
        wayback: Its address.
        moment: Fourteen digits, as CDX gives them; it answers with the nearest capture.
        url: The original address.
    """
    return f"{wayback.rstrip('/')}/web/{moment}id_/{url}"
