"""t.me: single posts as widgets, channel previews, posts and channels that are gone."""

from __future__ import annotations

import html as escaping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from archive.model.vocabulary import Outcome
from tests.replica.facts import SourceFact, fails, turning
from tests.replica.messages import Reply, Request, html, not_found, redirect
from tests.replica.prose import LANGUAGES, rng_for, split
from tests.replica.reports import moment
from tests.replica.sites import Site
from tests.replica.templating import render

if TYPE_CHECKING:
    from tests.replica.messages import Headers

CHANNELS = {
    "ilma_vestnik": ("Вестник Ильмы", "ru"),
    "dvuhmostie": ("Двухмостье | сводки", "ru"),
    "hadran_front": ("Хадранский дневник", "ru"),
    "berehova_varta": ("Берегова варта", "uk"),
    "stavy_oda": ("Стави ОДА (офіційний)", "uk"),
    "shatt_news": ("أخبار الشط", "ar"),
    "qantar_media": ("إعلام قنطر", "ar"),
    "rudnegar_fa": ("رودنگار", "fa"),
    "mirzabad_now": ("میرزاآباد اکنون", "fa"),
    "gada_smol": ("הגדה השמאלית", "he"),
    "belkara_haber": ("Belkara Haber", "tr"),
    "tolvar_watch": ("Tolvar Watch", "en"),
}
PAGE = 20  # messages on a page of a channel's preview
FIRST_ID = 4_100
PRIVATE = "closed_circle"
GONE_CHANNEL = "was_here_once"
SECOND_VIEW = "tolvar_watch/4165"
"""The message whose widget shows nothing: only the preview has it."""
KEPT = frozenset(split("text|forwarded|media|link|short"))


@dataclass(frozen=True, slots=True)
class Post:
    """One message of a channel.

    Attributes:
        kind: `text`, `forwarded`, `media` (no words), `link`, `short`.
        removed_at: When its author takes it away; None: stays.
    """

    channel: str
    number: int
    posted: datetime
    kind: str
    lines: tuple[str, ...]
    removed_at: datetime | None = None

    @property
    def name(self) -> str:
        """The channel's title."""
        return CHANNELS[self.channel][0]

    def there(self, now: datetime) -> bool:
        """Whether it can be read at a time."""
        return self.posted <= now and (self.removed_at is None or now < self.removed_at)

    @property
    def views(self) -> str:
        """The counter as printed."""
        return f"{self.number % 97 + 3}.{self.number % 10}K"


def post(channel: str, index: int) -> Post:
    """A channel's message of that index."""
    rng = rng_for(f"{channel}/{index}")
    language = LANGUAGES[CHANNELS[channel][1]]
    kind = ("text", "forwarded", "text", "link", "media", "short")[(index + len(channel)) % 6]
    sentences = {"media": 0, "short": 1}.get(kind, 4)
    lines = tuple(language.sentence(rng) for _ in range(sentences))
    posted = moment("2026-03-08T06:20") + timedelta(hours=9 * index, minutes=len(channel))
    removed = moment("2026-03-25T00:00") if index % 5 == 3 else None
    return Post(channel, FIRST_ID + 13 * index, posted, kind, lines, removed)


def posts(count: int) -> list[Post]:
    """So many messages of each channel."""
    return [post(channel, i) for channel in CHANNELS for i in range(count)]


def facts(count: int) -> list[SourceFact]:
    """What is true of the cited messages, of removed ones and of channels that are gone."""
    cited = [_fact(item, i) for i, item in enumerate(posts(count))]
    return [
        *cited,
        replace(
            cited[0], url=f"{cited[0].url}?comment=77", about="Telegram, a comment below a post"
        ),
        fails(
            "https://t.me/ilma_vestnik/999999", Outcome.REMOVED, "no such post", platform="telegram"
        ),
        fails(
            "https://t.me/s/dvuhmostie/888888",
            Outcome.REMOVED,
            "no such post, preview",
            platform="telegram",
        ),
        fails(
            f"https://t.me/{GONE_CHANNEL}/17",
            Outcome.REMOVED,
            "no such channel",
            platform="telegram",
        ),
        fails(
            f"https://t.me/{PRIVATE}/21",
            Outcome.REMOVED,
            "a private channel",
            Outcome.LOGIN_WALL,
            Outcome.FORBIDDEN,
            platform="telegram",
        ),
    ]


def _fact(item: Post, index: int) -> SourceFact:
    folder = "s/" if index % 7 == 5 else ""
    tail = "?single" if index % 11 == 4 else ""
    fact = SourceFact(
        f"https://t.me/{folder}{item.channel}/{item.number}{tail}",
        author=item.name,
        published=item.posted.date().isoformat(),
        language=CHANNELS[item.channel][1] if len(item.lines) > 1 else None,
        words=item.lines[0][:40] if item.lines else None,
        platform="telegram",
        about=f"Telegram, {item.kind}",
    )
    return turning(fact, (item.removed_at, Outcome.REMOVED)) if item.removed_at else fact


class Telegram:
    """Answers for t.me and its other name."""

    def __init__(self, count: int) -> None:
        self._posts = {(p.channel, str(p.number)): p for p in posts(count)}

    def __call__(self, request: Request) -> Reply:
        """The reply to one request."""
        pieces = [piece for piece in request.bare_path.split("/") if piece]
        if request.bare_path == "/robots.txt":
            return not_found()
        preview = pieces[:1] == ["s"]
        pieces = pieces[1:] if preview else pieces
        if not pieces:
            return redirect("https://telegram.org/")
        channel, number = pieces[0], (pieces[1] if len(pieces) > 1 else None)
        if preview:
            return self._preview(request, channel, number)
        if number and "embed" in request.query:
            return self._widget(request, channel, number)
        return self._card(request, channel, number)

    def _found(self, request: Request, channel: str, number: str | None) -> Post | None:
        item = self._posts.get((channel, number or ""))
        return item if item and item.there(request.at) else None

    def _widget(self, request: Request, channel: str, number: str) -> Reply:
        item = self._found(request, channel, number)
        if item is not None and f"{channel}/{number}" == SECOND_VIEW:
            return self._card(request, channel, None)
        error = None
        if item is None:
            known = channel in CHANNELS
            error = "Post not found" if known else f"Channel with username @{channel} not found"
        return html(render("telegram_widget.html", post=item, error=error, body=_body(item)))

    def _preview(self, request: Request, channel: str, number: str | None) -> Reply:
        if channel not in CHANNELS:
            return redirect(f"https://t.me/{channel}" + (f"/{number}" if number else ""))
        before = int(request.query.get("before", "0")) or (int(number) + PAGE // 2 if number else 0)
        there = [
            p
            for p in self._posts.values()
            if p.channel == channel and p.there(request.at) and (not before or p.number < before)
        ]
        shown = sorted(there, key=lambda p: p.number)[-PAGE:]
        page = render(
            "telegram_preview.html",
            channel=channel,
            name=CHANNELS[channel][0],
            posts=[(p, _body(p)) for p in shown],
        )
        return html(page, headers=_COOKIE)

    def _card(self, request: Request, channel: str, number: str | None) -> Reply:
        """The page that offers the app: it holds no message's text beyond the description."""
        item = self._found(request, channel, number)
        name = CHANNELS.get(channel, (f"Telegram: Contact @{channel}", ""))[0]
        return html(render("telegram_card.html", channel=channel, name=name, post=item))


_COOKIE: Headers = (("Set-Cookie", "stel_ssid=replica; path=/; secure"),)


def _body(item: Post | None) -> str:
    """A message's text with its breaks, as mark-up."""
    if item is None or not item.lines:
        return ""
    lines = [escaping.escape(line) for line in item.lines]
    lines[0] = f"<b>{lines[0]}</b>"
    if item.kind == "link":
        lines.append(
            '<a href="https://vestnik-ilmy.ru/" target="_blank" rel="noopener">vestnik-ilmy.ru</a>'
        )
    return "<br/><br/>".join(lines)


def sites(count: int) -> list[Site]:
    """The site under its names."""
    return [Site(("t.me", "telegram.me", "telegram.dog"), Telegram(count))]
