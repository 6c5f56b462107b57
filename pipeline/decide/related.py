"""Which posts a captured one refers to, from the facts of its page. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.errors import BadUrlError
from archive.model.related import PostLink, Relation
from archive.urls import normal as urls

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archive.model.sources import SourceRow

_FACTS = {
    "reply_to": Relation.REPLIES,
    "quoted_url": Relation.QUOTES,
    "forwarded_url": Relation.FORWARDS,
    "album": Relation.ALBUM,
}
"""Facts with addresses, divided by blanks, by what they say (`pipeline/read/platforms`)."""

MOST = 40
"""Of one post: an album has at most ten parts; a page is a stranger's."""


def post_links(
    source: SourceRow, facts: Iterable[tuple[str, str]], capture_id: int
) -> tuple[PostLink, ...]:
    """The posts, and accounts, that a post refers to; each once, itself not."""
    told = dict(facts)
    found: dict[tuple[Relation, int], PostLink] = {}
    for name, relation in _FACTS.items():
        for url in told.get(name, "").split():
            link = _link(source, relation, url, capture_id)
            if link is not None and link.other_id != source.id and len(found) < MOST:
                found.setdefault((relation, link.other_id), link)
    return tuple(found.values())


def _link(source: SourceRow, relation: Relation, url: str, capture_id: int) -> PostLink | None:
    try:
        other = urls.identify(url)
    except BadUrlError:
        return None
    if other.account is None:
        return None  # neither a post nor an account: nobody whom it could answer
    return PostLink(
        source.id, relation, urls.stable_id(other.key), other.key, other.platform,
        other.account, other.post_id, capture_id,
    )  # fmt: skip
