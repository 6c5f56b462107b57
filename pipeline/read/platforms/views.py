"""Which address is really fetched for a source: the platforms' public views of their posts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.errors import BadUrlError
from archive.urls.normal import identify
from pipeline.read.platforms.platform import NOTICE, own_page
from pipeline.read.platforms.registry import platform_named

if TYPE_CHECKING:
    from archive.model.vocabulary import Outcome
    from archive.urls.normal import SourceIdentity


def fetch_url(identity: SourceIdentity) -> str:
    """The address to request for a source; for what no platform rule knows, the URL as cited."""
    platform = platform_named(identity.platform)
    view = platform.view if platform else None
    return (view(identity) if view else None) or own_page(identity)


def second_view(
    cited_url: str, asked: str, outcome: Outcome, rule: str | None = None
) -> str | None:
    """Where a post is looked for when the view `asked` ended so; None where there is no other, or
    that was it.

    A post that the platform says is gone is not looked for again: both views say the same. Nor is
    one of which it says, by `rule`, why it is not shown: another view's silence takes nothing of
    that back.
    """
    try:
        identity = identify(cited_url)
    except BadUrlError:
        return None
    platform = platform_named(identity.platform)
    views = platform.second_views if platform else ()
    second = next((view for view in views if outcome in view.after), None)
    if second is None or rule == f"{identity.platform}-{NOTICE}":
        return None
    if asked != fetch_url(identity) or identity.post_id is None:
        return None
    return second.of(identity)
