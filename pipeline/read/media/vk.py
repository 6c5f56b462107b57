"""What a VK post shows to visitors: pictures in its mark-up, stills of its videos; else what its
page declares.

Addresses are signed anew for each visitor; a picture's number in its link stays.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archive.model.media import IN_PLAYER, MediaKind
from pipeline.read.text.shown import declared
from pipeline.read.text.shown.gathered import STYLE_URL, Gathered, seconds

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from archive.model.media import ShownMedia

_PHOTO = re.compile(r"(?:/|^|=)photo(-?\d{1,12}_\d{1,12})")
_VIDEO = re.compile(r"(?:/|^)(?:video|clip)(-?\d{1,12}_\d{1,12})")
_BODIES = ("wall_text", "wi_body", "post_content", "wall_post_cont", "vkuiDiv", "pi_medias")
"""Around a post's pictures; above them are menus and the pictures of people."""


def shown(tree: HtmlElement, base: str) -> tuple[ShownMedia, ...]:
    """Pictures and videos of the post, in their order."""
    gathered = Gathered(base, signed=True)
    bodies = [body for name in _BODIES for body in tree.find_class(name)]
    for link in (link for body in bodies for link in body.iter("a")):
        href = link.get("href") or ""
        url = _pictured(link)
        if video := _VIDEO.search(href):
            _video(link, gathered, url, video[1])
        elif photo := _PHOTO.search(href):
            gathered.add(MediaKind.PICTURE, url, named=f"photo {photo[1]}", alt=_alt(link))
    return gathered.all() or declared.shown(tree, base, signed=True)


def _video(link: HtmlElement, gathered: Gathered, still: str | None, number: str) -> None:
    lasts = next(
        (
            found
            for element in link.iter("div", "span")
            if "uration" in (element.get("class") or "")
            and (found := seconds(element.text_content()))
        ),
        None,
    )
    alt = link.get("aria-label") or _alt(link)
    gathered.add(MediaKind.POSTER, still, named=f"still {number}", alt=alt)
    gathered.add(
        MediaKind.VIDEO, named=f"video {number}", duration_s=lasts, alt=alt, missing=IN_PLAYER
    )


def _pictured(link: HtmlElement) -> str | None:
    """Where the picture inside a link is: its `<img>`, or the background of an element."""
    for image in link.iter("img"):
        return image.get("data-src") or image.get("src")
    for element in (link, *link.iterdescendants()):
        found = STYLE_URL.search(element.get("style") or "")
        if found:
            return found[1]
    return link.get("data-src_big", "").partition("|")[0] or None


def _alt(link: HtmlElement) -> str | None:
    return next((image.get("alt") for image in link.iter("img") if image.get("alt")), None)
