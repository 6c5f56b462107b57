"""TikTok: oEmbed with the caption and the account's name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from pipeline.read.media.posts import signed_oembed
from pipeline.read.platforms.declared import first_match
from pipeline.read.platforms.oembed import closed_video, read_video, removed_video
from pipeline.read.platforms.platform import Closed, Platform
from pipeline.read.platforms.signs import LOGIN_CHARS, closed_page

if TYPE_CHECKING:
    from archive.urls.normal import SourceIdentity
    from pipeline.read.platforms.platform import Answer


def view(identity: SourceIdentity) -> str | None:
    """Its oEmbed, which knows only the full form with `www.`."""
    if identity.post_id is None:
        return None
    video = identity.key.replace("https://tiktok.com/", "https://www.tiktok.com/")
    return f"https://www.tiktok.com/oembed?url={quote(video, safe='')}"


# What its pages say in a video's place, as a browser saved them.
_OWN_TITLE = re.compile(r"tiktok(?:\W.{0,40})?", re.IGNORECASE)
_CLOSED_WORDS = re.compile(
    r"video (?:is )?(?:currently |no longer |not )?(?:un)?available|account is private"
    r"|log in to (?:tiktok|view|watch)"
    r"|(?:sensitive|age-(?:restricted|protected)) ?(?:content|post)?",
    re.IGNORECASE,
)


_GONE_WORDS = re.compile(r"couldn['’]t find this (?:account|video|page)", re.IGNORECASE)


def removed(answer: Answer) -> str | None:
    """What its oEmbed, or a page of its own, says of a video or an account that is not there."""
    if answer.status != 200 or answer.is_oembed or answer.words_length > LOGIN_CHARS:
        return removed_video(answer)
    return first_match(_GONE_WORDS, answer.visible) if _is_own(answer) else None


def closed(answer: Answer) -> Closed | None:
    """How its oEmbed or a page of its own says that a video is not shown, or None: of what is
    removed and of what is private it says the same."""
    return closed_video(answer) or closed_page(answer, _closed_words)


def _closed_words(answer: Answer) -> str | None:
    return first_match(_CLOSED_WORDS, answer.visible) if _is_own(answer) else None


def _is_own(answer: Answer) -> bool:
    """Whether the page is called as the platform is, and not as a video."""
    return all(map(_OWN_TITLE.fullmatch, answer.titles))


PLATFORM = Platform(
    name="tiktok",
    view=view,
    providers=("tiktok",),
    read_oembed=read_video,
    removed=removed,
    closed=closed,
    framed=True,
    json_media=signed_oembed,
)
