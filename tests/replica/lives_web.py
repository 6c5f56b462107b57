"""The web of `lives`: their sites, the platforms, and ISW's reports that cite them."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from tests.replica import lives_pages as pages
from tests.replica.isw_wp import IswWordPress
from tests.replica.lives import BEGIN, STATES, Life, lives
from tests.replica.messages import as_json, html, not_found, redirect, typed
from tests.replica.platforms import watch_page
from tests.replica.prose import LANGUAGES, rng_for
from tests.replica.reports import PrintedNote, Report, State, compose
from tests.replica.sites import Site, Web
from tests.replica.telegram import CHANNELS
from tests.replica.templating import render

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.replica.certificates import TlsKind
    from tests.replica.messages import Reply, Request
    from tests.replica.server import Replica
    from tests.replica.sites import Network

HOME = "https://understandingwar.org/research/russia-ukraine"
REPORTS = 4
NETWORKS: dict[str, Network] = {
    "no-name": "dns", "no-name-for-days": "dns", "refuse": "refuse", "reset": "reset",
    "silent": "silent",
}  # fmt: skip


@dataclass(frozen=True)
class _Paper:
    """A site and the lives on it."""

    lives: tuple[Life, ...]

    def __call__(self, request: Request) -> Reply:
        whole = self._of_whole_host(request)
        if whole is not None:
            return whole
        if request.bare_path == "/robots.txt":
            return typed("User-agent: *\nDisallow: /admin/\n", "text/plain")
        for life in self.lives:
            key = life.key(request.at)
            if request.host == life.host and request.path == "/" + life.url.split("/", 3)[3]:
                return pages.ARTICLE[key](life, request)
            if request.path == pages.new_path(life):
                return pages.moved_page(life, key, request)
            if (
                key == "new-host"
                and request.url == f"https://{pages.new_host(life)}/{life.url.split('/', 3)[3]}"
            ):
                return pages.article(life, request)
        return self._other(request)

    def _other(self, request: Request) -> Reply:
        """Home, fronts of sections, an article that nobody cites, and what never was."""
        one = self.lives[0]
        if request.bare_path == "/login":
            return html(render("login_wall.html", name="Instagram"))
        if request.path in {"/", "/world/", "/world/9999-quite-another-story"}:
            text = pages.paragraphs(f"{one.host}{request.path}", one.language, 4)
            heading = LANGUAGES[one.language].headline(rng_for(f"{one.host}{request.path}"))
            return pages.article(one, request, text, heading)
        return pages.soft_404(one, request)

    def _of_whole_host(self, request: Request) -> Reply | None:
        life = next((one for one in self.lives if one.state(request.at).whole_host), None)
        key = life.key(request.at) if life else None
        if life is None or key is None:
            return None
        if key == "robots" and request.bare_path == "/robots.txt":
            return typed("User-agent: *\nDisallow: /\n", "text/plain")
        if key == "503":
            return html("<h1>503</h1>", 503, headers=(("Retry-After", "86400"),))
        if key == "new-owner-404":
            return pages.casino() if request.path == "/" else not_found()
        if key == "new-owner-home":
            return pages.casino() if request.path == "/" else redirect(f"https://{life.host}/", 301)
        if request.bare_path == "/robots.txt":
            return None
        return {
            "parked": lambda: pages.parked(life), "casino": pages.casino,
            "maintenance": lambda: pages.back_soon(life),
        }.get(key, lambda: None)()  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Post:
    """A message as the widget's template needs it."""

    channel: str
    number: str
    views: str
    posted: datetime
    kind: str = "text"
    answers: _Answered | None = None

    @property
    def name(self) -> str:
        """The channel's title."""
        return CHANNELS.get(self.channel, ("River", ""))[0]


@dataclass(frozen=True, slots=True)
class _Answered:
    """A message that another one answers; nobody cites it."""

    channel: str
    number: int
    name: str
    words: str


ANSWERING = 3
"""One message in so many answers another, where channels talk; the next one hands one on."""


@dataclass(frozen=True)
class _Telegram:
    """Its messages.

    Attributes:
        talking: Some answer, or hand on, messages that nobody cites.
    """

    posts: dict[str, Life]
    talking: bool = False

    def __call__(self, request: Request) -> Reply:
        pieces = [piece for piece in request.bare_path.split("/") if piece]
        life = self.posts.get("/".join(pieces[-2:]))
        if "embed" not in request.query or (life is None and not self._is_answered(pieces)):
            return not_found()
        if life is None:
            return self._answered(*pieces[-2:])
        key, (channel, number) = life.key(request.at), pieces[-2:]
        error = {
            "removed": "Post not found",
            "channel-gone": f"Channel with username @{channel} not found",
        }.get(key)
        rng = rng_for(life.name)
        lines = tuple(LANGUAGES[life.language].sentence(rng) for _ in range(3))
        views = f"{request.nth + 1}.{request.nth % 10}K"
        post = _Post(
            channel,
            number,
            views,
            life.published,
            self._kind(life, number, key),
            self._asked(life, number),
        )
        body = "<br/><br/>".join(lines)
        return html(render("telegram_widget.html", post=post, error=error, body=body))

    def _kind(self, life: Life, number: str, key: str) -> str:
        if life.has_video:
            return "text" if key == "no-video" else "video"
        hands_on = self.talking and int(number) % ANSWERING == 1
        return "forwarded" if hands_on else "text"

    def _asked(self, life: Life, number: str) -> _Answered | None:
        if not self.talking or int(number) % ANSWERING:
            return None
        channel = life.url.split("/")[-2]
        words = LANGUAGES[life.language].sentence(rng_for(f"asked {life.name}"))
        name = CHANNELS.get(channel, ("River", ""))[0]
        return _Answered(channel, int(number) - 1, name, words)

    def _is_answered(self, pieces: list[str]) -> bool:
        """Whether a message answers it, or hands it on."""
        if not self.talking or len(pieces) < 2 or not pieces[-1].isdecimal():
            return False
        after = self.posts.get(f"{pieces[-2]}/{int(pieces[-1]) + 1}")
        return pieces[-2:] == ["tolvar_watch", "4113"] or (
            after is not None and self._asked(after, str(int(pieces[-1]) + 1)) is not None
        )

    def _answered(self, channel: str, number: str) -> Reply:
        after = self.posts.get(f"{channel}/{int(number) + 1}")
        asked = self._asked(after, str(int(number) + 1)) if after else None
        words = asked.words if asked else "The level at the Tolvar weir fell by a hand since noon."
        first = min(life.published for life in self.posts.values())
        posted = (after.published if after else first) - timedelta(hours=5)
        post = _Post(channel, number, "2.1K", posted)
        return html(render("telegram_widget.html", post=post, error=None, body=words))


@dataclass(frozen=True)
class _Oembed:
    """X's or YouTube's."""

    by_id: dict[str, Life]
    pattern: re.Pattern[str]

    def __call__(self, request: Request) -> Reply:
        if request.bare_path == "/robots.txt":
            return typed("User-agent: *\nDisallow: /login\n", "text/plain")
        if request.bare_path == "/watch":
            return self._watch(request)
        found = self.pattern.search(request.query.get("url", ""))
        life = self.by_id.get(found[1]) if found else None
        if life is None:
            return as_json({"error": "no such page"}, 404)
        make = pages.tweet if life.kind == "x" else pages.video
        return make(life, life.key(request.at))

    def _watch(self, request: Request) -> Reply:
        """A video's own page: of one that is private or gone it only says so."""
        life = self.by_id.get(request.query.get("v", ""))
        key = life.key(request.at) if life else "removed"
        status = {"removed": 404, "protected": 403}.get(key, 200)
        title = pages.title(life) if life and status == 200 else ""
        return html(watch_page(title, "Ilma Television", status))


def build(some: tuple[Life, ...] | None = None) -> Web:
    """Every site of the year, or of some of its lives."""
    web = Web()
    web.add(Site(("understandingwar.org",), IswWordPress(reports(some))))
    web.add(*sites(some or lives()))
    return web


def sites(some: tuple[Life, ...], *, talking: bool = False) -> Iterator[Site]:
    """The sites on which these lives are led; `talking`: messages refer to others."""
    by_host: dict[str, list[Life]] = defaultdict(list)
    by_kind: dict[str, list[Life]] = defaultdict(list)
    for life in some:
        (by_host[life.host] if life.kind == "article" else by_kind[life.kind]).append(life)
    for host, mine in by_host.items():
        names = dict.fromkeys((host, host.removeprefix("www."), pages.new_host(mine[0])))
        yield Site(tuple(names), _Paper(tuple(mine)))
    posts = {life.url.split("/", 3)[3]: life for life in by_kind["telegram"]}
    yield Site(("t.me", "telegram.me"), _Telegram(posts, talking))
    tweets = {life.url.rsplit("/", 1)[1]: life for life in by_kind["x"]}
    yield Site(
        ("publish.twitter.com", "publish.x.com"), _Oembed(tweets, re.compile(r"/status/(\d+)"))
    )
    videos = {life.url.rsplit("=", 1)[1]: life for life in by_kind["youtube"]}
    yield Site(("www.youtube.com", "youtube.com"), _Oembed(videos, re.compile(r"v=(\w+)")))


def reports(some: tuple[Life, ...] | None = None) -> tuple[Report, ...]:
    """The reports that cite them: all of the first day, one URL a note."""
    every = some or lives()
    return tuple(
        report_of(index, [life.url for life in every[index::REPORTS]]) for index in range(REPORTS)
    )


def report_of(index: int, urls: list[str]) -> Report:
    series, name = "russian-offensive-campaign-assessment", "Russian Offensive Campaign Assessment"
    day = BEGIN - timedelta(days=index + 1)
    slug = f"{series}-march-{day.day}-2026"
    notes = tuple(PrintedNote(str(n), url, (url,)) for n, url in enumerate(urls, 1))
    parts, takeaways = compose(slug, series, [note.label for note in notes])
    first = State(day, f"{name}, March {day.day}, 2026", takeaways, parts, notes)
    return Report(
        url=f"{HOME}/{slug}/", team="russia-ukraine", series=series, series_name=name,
        date=f"{day:%Y-%m-%d}",
        edition=None, number=140_000 + index, authors=("Ines Valkova",), cutoff=None,
        states=(first,),
    )  # fmt: skip


def move(replica: Replica, at: datetime, some: tuple[Life, ...] | None = None) -> None:
    """Let it be `at` in this world: what pages cannot say, names, connections and certificates,
    follows."""
    replica.set_time(at)
    for life in some or lives():
        key = life.key(at)
        if life.host not in replica.web.hosts:
            continue
        if life.kind == "article" and any(STATES[k].whole_host for _, k in life.turns):
            replica.fail_host(life.host, NETWORKS.get(key))
            tls: TlsKind | None = "expired" if key == "expired-certificate" else None
            replica.set_tls(life.host, tls)
