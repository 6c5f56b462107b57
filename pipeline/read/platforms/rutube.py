"""Rutube: a video as its public API describes it; where that has none, what the player would say.

Facts about the answers are those that public programs rely on: `api/video/<code>/` with title,
author, description and times, `api/play/options/<code>/?no_404=true` with title and author, or with
`detail` and the reason in words; the key of a private video is `p`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from archive.model.understood import PageText
from archive.model.vocabulary import Outcome
from pipeline.read.media.posts import oembed_media
from pipeline.read.platforms.declared import first_match
from pipeline.read.platforms.oembed import closed_video, read_video, removed_video
from pipeline.read.platforms.platform import (
    NOTICE,
    REFUSED,
    Closed,
    Platform,
    SecondView,
    own_page,
)
from pipeline.read.text.dating.dates import declared_date
from pipeline.read.text.json_of import json_of
from pipeline.read.text.language import detect
from pipeline.read.text.limits import one_line, paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from archive.urls.normal import SourceIdentity
    from pipeline.read.platforms.platform import Answer

_API = "https://rutube.ru/api"
# Why there is no video, in words for people.
_GONE_WORDS = re.compile(
    r"(?:видео|ролик|трансляция|страница)\w*(?: \S+){0,3}"
    r" (?:удал[её]н\w*|не существует|не найден\w*)"
    r"|удал[её]н\w* (?:автором|правообладател\w+|пользовател\w+|администраци\w+"
    r"|по (?:просьб|требован)\w+)"
    r"|(?:video|link)(?: \S+){0,3} (?:does(?:n(?:'|’)t| not) exist|not found"
    r"|(?:was |has been |is )?(?:removed|deleted))",
    re.IGNORECASE,
)
_CLOSED_WORDS = re.compile(
    r"приватн\w+|частн\w+ видео|закрыт\w* (?:доступ|автором|видео)"
    r"|доступ\w* .{0,40}(?:ограничен|закрыт|запрещ[её]н)"
    r"|ограничен\w* .{0,40}(?:доступ|стран|регион|территори|возраст)"
    r"|недоступн\w* .{0,40}(?:стран|регион|территори)"
    r"|заблокирован\w*|войдите|авториз\w+|по ссылке|скрыт\w*"
    r"|private|not available in your|restricted|log in|sign in|blocked",
    re.IGNORECASE,
)
_MARKUP = re.compile(r"<br\s*/?>", re.IGNORECASE)


def view(identity: SourceIdentity) -> str | None:
    """The API's description of a video; of one that is known by a player's number, the player's."""
    if identity.post_id is None:
        return None
    if identity.post_id.isdigit():
        return player(identity)
    return f"{_API}/video/{identity.post_id}/?format=json{_key(identity)}"


def player(identity: SourceIdentity) -> str:
    """What the player is told: in place of a video why there is none."""
    return f"{_API}/play/options/{identity.post_id}/?format=json&no_404=true{_key(identity)}"


def _key(identity: SourceIdentity) -> str:
    """The key of a private video, as another parameter."""
    query = urlsplit(identity.key).query
    return f"&{query}" if query else ""


def read_json(
    loaded: dict[str, Any], _source: SourceIdentity, captured_at: datetime
) -> PageText | None:
    """Title, description, channel and day of a video; None for an answer that has none."""
    title = one_line(str(loaded.get("title") or ""))
    author = loaded.get("author")
    if not title or not isinstance(author, dict) or "detail" in loaded:
        return None
    body = paragraphs(_MARKUP.sub("\n", str(loaded.get("description") or "")))
    text = f"{title}\n\n{body}".strip()
    times = (str(loaded.get(name) or "") for name in ("publication_ts", "created_ts"))
    facts = {"views": loaded.get("hits"), "media": loaded.get("thumbnail_url")}
    return PageText(
        text=text,
        title=title,
        author=one_line(str(author.get("name") or "")) or None,
        site_name="Rutube",
        published=declared_date(times, captured_at),
        language=detect(text),
        facts=tuple((name, str(value)) for name, value in facts.items() if value),
    )


def removed(answer: Answer) -> str | None:
    """oEmbed's word, the API's mark of a deleted video, or the player's reason."""
    if answer.is_oembed:
        return removed_video(answer)
    loaded = _loaded(answer)
    if loaded.get("is_deleted") is True:
        return "is_deleted: true"
    said = _reason(loaded)
    return None if _CLOSED_WORDS.search(said) else first_match(_GONE_WORDS, said)


def closed(answer: Answer) -> Closed | None:
    """oEmbed's word, or the reason that the player gives for showing a video only to some."""
    if answer.is_oembed:
        return closed_video(answer)
    said = _reason(_loaded(answer))
    if sign := first_match(_CLOSED_WORDS, said):
        return Closed(Outcome.FORBIDDEN, "closed", sign)
    return Closed(Outcome.FORBIDDEN, NOTICE, said) if said else None


def _loaded(answer: Answer) -> dict[str, Any]:
    if answer.status is None or answer.status >= 500 or not answer.source.lstrip().startswith("{"):
        return {}
    try:
        loaded = json_of(answer.source)
    except (ValueError, RecursionError):
        return {}
    return loaded if isinstance(loaded, dict) else {}


def _reason(loaded: dict[str, Any]) -> str:
    """The reason in an answer's `detail`, in all languages; one without languages says none."""
    detail = loaded.get("detail")
    return one_line(" ".join(_strings(detail))) if isinstance(detail, dict) else ""


def _strings(detail: dict[str, Any]) -> Iterator[str]:
    languages = detail.get("languages")
    for language in languages if isinstance(languages, list) else ():
        if isinstance(language, dict):
            yield from (str(language.get(name) or "") for name in ("title", "description"))


PLATFORM = Platform(
    name="rutube",
    tells_account=True,
    view=view,
    second_views=(SecondView(player), SecondView(own_page, after=REFUSED)),
    read_json=read_json,
    providers=("rutube",),
    read_oembed=read_video,
    removed=removed,
    closed=closed,
    framed=True,
    json_media=oembed_media,
)
