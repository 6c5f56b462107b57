"""YouTube: oEmbed gives title and channel; a watch page also the description and the day."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from archive.model.understood import PageText
from archive.model.vocabulary import Outcome
from pipeline.read.media.players import youtube_oembed, youtube_page
from pipeline.read.platforms.platform import Closed, Platform, SecondView
from pipeline.read.platforms.signs import by_status, closed_by_status, closed_page
from pipeline.read.text.dating.dates import declared_date
from pipeline.read.text.language import detect
from pipeline.read.text.limits import one_line, paragraphs

if TYPE_CHECKING:
    from datetime import datetime

    from lxml.html import HtmlElement

    from archive.urls.normal import SourceIdentity
    from pipeline.read.platforms.platform import Answer

_DETAILS = re.compile(r'"videoDetails"\s*:\s*(?=\{)')
_STATUS = re.compile(
    r'"playabilityStatus"\s*:\s*\{\s*"status"\s*:\s*"(\w+)"(?:\s*,\s*"reason"\s*:\s*"((?:[^"\\]|\\.)*)")?'
)
_GONE_WORDS = re.compile(
    r"removed|deleted|no longer available|isn(?:'|’)t available any ?more|terminated|does not exist"
    r"|удален|удалён|видален|видалив|больше не ?доступ|більше не ?доступ|gelöscht|entfernt"
    r"|nicht mehr verfügbar|gekündigt|supprimé|n(?:'|’)est plus disponible|eliminad|ya no está"
    r"|removid|já não está|usunięt|nie jest już|kaldırıld|silindi|artık (?:mevcut|kullanıl)"
    r"|حذف|لم يعد متاح|دیگر در دسترس|הוסר|כבר לא זמין|אינו זמין עוד",
    re.IGNORECASE,
)
# Of a video that its uploader deleted: `Video unavailable`, with nothing beside it.
_UNAVAILABLE_WORDS = re.compile(
    r"unavailable|isn(?:'|’)t available|недоступно|nicht verfügbar|indisponible|no "
    r"disponible|niedostępn",
    re.IGNORECASE,
)
# Why a video that is there is not shown here, or to us.
_HELD_WORDS = re.compile(
    r"other websites|watch (?:it )?on youtube|embed|country|region|location|copyright|sign in|log "
    r"in|private|members|age[- ]|confirm|на других сайтах|в (?:вашей|этой) стране|на інших сайтах|"
    r"у (?:вашій|цій) країні|anderen websites|(?:ihrem|deinem) land|d(?:'|’)autres sites|votre "
    r"pays|otros sitios|tu país|outros sites|seu país|altri siti|tuo paese|innych|twoim "
    r"kraju|правооблад|авторск|urheber|droits|derechos",
    re.IGNORECASE,
)
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
_EMBED_OFF = re.compile(r'"playableInEmbed"\s*:\s*false')
_SAID = re.compile(
    r'(?:"(?:simpleText|text|label|(?:sub)?reason)"\s*:|[\[,])\s*"((?:[^"\\]|\\.)*)"(?!\s*:)'
)
"""Words for people, as the status object holds them: by these names, or in a list."""
_STATUS_CHARS = 3_000
"""Of the status object; what it says beside its reason stands in it."""


def page_closed_sign(text: str) -> str | None:
    """The reason that a page gives for showing a video only to some, or not here, such as
    `Private video`, or None."""
    match = _STATUS.search(text)
    if match is None or match.group(1) == "OK" or page_removal_sign(text):
        return None
    status = _status(text, match)
    held = _HELD_WORDS.search(_words_shown(status)) or _EMBED_OFF.search(status)
    if match.group(1) not in {"LOGIN_REQUIRED", "UNPLAYABLE"} and not held:
        return None
    return _json_unescaped(match.group(2) or match.group(1))


def _status(text: str, match: re.Match[str]) -> str:
    """The status object from its beginning, as far as the next part of the page's settings."""
    return text[match.start() : match.start() + _STATUS_CHARS].partition('"videoDetails"')[0]


def _words_shown(status: str) -> str:
    """What a status object says to people: `playerErrorMessageRenderer` speaks of no age."""
    return " ".join(map(_json_unescaped, _SAID.findall(status)))


def _json_unescaped(said: str) -> str:
    """JSON's text with letters in the place of their numbers."""
    return _ESCAPED.sub(lambda found: chr(int(found.group(1), 16)), said)


def page_removal_sign(text: str) -> str | None:
    """The reason that a watch page gives for showing no video, where it means that it is gone."""
    match = _STATUS.search(text)
    if match is None or match.group(1) not in {"ERROR", "UNPLAYABLE"} or not match.group(2):
        return None
    reason, status = _json_unescaped(match.group(2)), _status(text, match)
    if _GONE_WORDS.search(reason):
        return None if _HELD_WORDS.search(reason) and "copyright" not in reason.lower() else reason
    bare = match.group(1) == "ERROR" and _UNAVAILABLE_WORDS.search(reason)
    held = _HELD_WORDS.search(_words_shown(status)) or _EMBED_OFF.search(status)
    return reason if bare and not held else None


def read_oembed(
    loaded: dict[str, Any], _source: SourceIdentity, _captured_at: datetime
) -> PageText:
    """Title and channel; oEmbed has neither text nor date."""
    title = one_line(str(loaded.get("title") or ""))
    author = one_line(str(loaded.get("author_name") or ""))
    thumbnail = str(loaded.get("thumbnail_url") or "")
    return PageText(
        text=title,
        title=title or None,
        author=author or None,
        site_name="YouTube",
        language=detect(title),
        flags=() if title else ("thin",),
        facts=(("media", thumbnail),) if thumbnail else (),
    )


def read_page(
    tree: HtmlElement, text: str, source: SourceIdentity, captured_at: datetime
) -> PageText | None:
    """A watch page: title, channel, description and day; None for other pages."""
    if source.post_id is None:
        return None
    metas = {
        (m.get("itemprop") or m.get("property") or m.get("name")): one_line(m.get("content"))
        for m in tree.iter("meta")
    }
    details = _video_details(text)
    title = one_line(str(details.get("title") or metas.get("og:title") or metas.get("name") or ""))
    if not title:
        return None
    described = tree.xpath("string(//*[@id='eow-description'])")
    body = str(details.get("shortDescription") or described or metas.get("og:description") or "")
    channel = details.get("author") or tree.xpath(
        "string(//*[@itemprop='author']//*[@itemprop='name']/@content | //*[contains(@class, "
        "'yt-user-info')]/a)"
    )
    full = f"{title}\n\n{paragraphs(body)}".strip()
    claims = (metas.get("datePublished"), metas.get("uploadDate"))
    return PageText(
        text=full,
        title=title,
        author=one_line(str(channel or "")) or None,
        site_name="YouTube",
        published=declared_date(claims, captured_at),
        language=detect(full),
    )


def _video_details(text: str) -> dict[str, Any]:
    """The `videoDetails` object of the page's player settings; empty where there is none."""
    match = _DETAILS.search(text)
    if match is None:
        return {}
    try:
        found, _ = json.JSONDecoder().raw_decode(text, match.end())
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def view(identity: SourceIdentity) -> str | None:
    """Its oEmbed: it answers without scripts and consent."""
    if identity.post_id is None:
        return None
    video = quote(watch_page(identity), safe="")
    return f"https://www.youtube.com/oembed?url={video}&format=json"


def watch_page(identity: SourceIdentity) -> str:
    """A video's own page."""
    return f"https://www.youtube.com/watch?v={identity.post_id}"


_NO_VIDEO = by_status({404: "oEmbed 404: no such video"})
# the watch page tells which
_NOT_SHOWN = "oEmbed 401: private, or may not be embedded"
_HIDDEN = closed_by_status({401: _NOT_SHOWN, 403: _NOT_SHOWN})


def removed(answer: Answer) -> str | None:
    """oEmbed's word, or the watch page's reason."""
    if answer.is_oembed:
        return _NO_VIDEO(answer)
    return page_removal_sign(answer.source) if answer.status == 200 else None


def closed(answer: Answer) -> Closed | None:
    """oEmbed's word, or the reason of a watch page that shows no video."""
    return _HIDDEN(answer) or closed_page(answer, _why_hidden)


def _why_hidden(answer: Answer) -> str | None:
    return page_closed_sign(answer.source) if "thin" in answer.flags else None


PLATFORM = Platform(
    name="youtube",
    tells_account=True,
    view=view,
    # oEmbed's refusal is of private videos and of those that may not be embedded
    second_views=(SecondView(watch_page, after=frozenset({Outcome.FORBIDDEN})),),
    read_page=read_page,
    providers=("youtube",),
    read_oembed=read_oembed,
    removed=removed,
    closed=closed,
    page_media=youtube_page,
    json_media=youtube_oembed,
)
