"""Which address is really fetched for a source: the platforms' public views, where the post itself needs scripts or a login."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from archive.errors import BadUrlError
from archive.model.vocabulary import VIEW_SHOWS_NOTHING, Outcome
from archive.urls.normal import identify

if TYPE_CHECKING:
    from collections.abc import Callable

    from archive.urls.normal import SourceIdentity


def fetch_url(identity: SourceIdentity) -> str:
    """The address to request for a source; for what no platform rule knows, the URL as cited."""
    rule = _RULES.get(identity.platform)
    return (rule(identity) if rule else None) or identity.url or identity.key


SPOKEN = "telegram-notice"
"""Rule of a view in which the platform said why it shows no post: another view's silence takes nothing of that back."""


def second_view(
    cited_url: str, asked: str, outcome: Outcome, rule: str | None = None
) -> str | None:
    """Where a post is looked for when the view `asked` ended so; None where there is no other, or that was it.

    A post that the platform says is gone is not looked for again: both views say the same. Nor is one of which it says, by
    `rule`, that it is not shown.
    """
    if rule == SPOKEN:
        return None
    try:
        identity = identify(cited_url)
    except BadUrlError:
        return None
    if asked != fetch_url(identity) or identity.post_id is None:
        return None
    account, post = identity.account, identity.post_id
    if identity.platform == "telegram" and outcome in VIEW_SHOWS_NOTHING:
        return f"https://t.me/s/{account}/{post}" if account and "/" not in account else None
    # oEmbed's refusal is of private videos and of those that may not be embedded: only the page tells which.
    if identity.platform == "youtube" and outcome is Outcome.FORBIDDEN:
        return f"https://www.youtube.com/watch?v={post}"
    return None


def _telegram(identity: SourceIdentity) -> str | None:
    """One post as the widget shows it (no script, no login); for a channel its preview."""
    if identity.account is None or identity.account.startswith("c/"):
        return None
    if identity.post_id is None:
        return f"https://t.me/s/{identity.account}"
    return f"https://t.me/{identity.account}/{identity.post_id}?embed=1&mode=tme"


def _x(identity: SourceIdentity) -> str | None:
    """X's public oEmbed (https://developer.x.com/en/docs/x-for-websites/oembed-api)."""
    if identity.post_id is None:
        return None
    return f"https://publish.twitter.com/oembed?url={quote(identity.key, safe='')}&omit_script=1"


def _youtube(identity: SourceIdentity) -> str | None:
    if identity.post_id is None:
        return None
    video = quote(f"https://www.youtube.com/watch?v={identity.post_id}", safe="")
    return f"https://www.youtube.com/oembed?url={video}&format=json"


def _vimeo(identity: SourceIdentity) -> str | None:
    if identity.post_id is None:
        return None
    return f"https://vimeo.com/api/oembed.json?url={quote(identity.key, safe='')}"


def _tiktok(identity: SourceIdentity) -> str | None:
    if identity.post_id is None:
        return None
    # TikTok's oEmbed knows only the full form with www.
    video = identity.key.replace("https://tiktok.com/", "https://www.tiktok.com/")
    return f"https://www.tiktok.com/oembed?url={quote(video, safe='')}"


def _rumble(identity: SourceIdentity) -> str | None:
    if identity.post_id is None:
        return None
    # The address with its title; of an embedded player the code alone, which Rumble knows, too.
    return f"https://rumble.com/api/Media/oembed.json?url={quote(identity.key, safe='')}"


_RULES: dict[str, Callable[[SourceIdentity], str | None]] = {
    "telegram": _telegram,
    "x": _x,
    "youtube": _youtube,
    "vimeo": _vimeo,
    "tiktok": _tiktok,
    "rumble": _rumble,
}
