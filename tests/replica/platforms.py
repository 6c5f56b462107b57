"""X, YouTube, Vimeo, Rumble, TikTok, Facebook, Instagram, VK, OK: what they tell a visitor without
an account."""

from __future__ import annotations

import html as escaping
import json
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import quote

from archive.model.vocabulary import Outcome
from tests.replica.facts import SourceFact, fails, turning
from tests.replica.messages import Reply, Request, as_json, html, not_found, redirect, typed
from tests.replica.prose import LANGUAGES, rng_for
from tests.replica.reports import moment
from tests.replica.sites import Site
from tests.replica.templating import render

if TYPE_CHECKING:
    from collections.abc import Callable

ACCOUNTS = {
    "ilma_osint": ("Ilma OSINT", "en"),
    "TolvarMaps": ("Tolvar Maps", "en"),
    "shattpost": ("بريد الشط", "ar"),
    "rudnegar_x": ("رودنگار", "fa"),
    "NovStavy": ("Новые Ставы", "ru"),
    "GadaSmol": ("הגדה השמאלית", "he"),
}
FIRST_TWEET = 2_031_000_000_000_000_000
_FIRST_MOMENT = moment("2010-11-04T01:42:54.657")
LATER_REMOVED = moment("2026-03-27T00:00")
SHELL = (
    "<!DOCTYPE html><html><head><title>{name}</title></head><body><div "
    'id="react-root"></div><noscript>Scripts are switched off.</noscript><script '
    'src="/main.js"></script></body></html>'
)


@dataclass(frozen=True, slots=True)
class Tweet:
    """One post on X; `state`: `there`, `removed`, `protected`, `removed-later`."""

    account: str
    number: int
    posted: datetime
    text: str
    state: str

    def status(self, now: datetime) -> int:
        """What oEmbed answers at a time."""
        gone = self.state == "removed" or (self.state == "removed-later" and now >= LATER_REMOVED)
        return 404 if gone else 403 if self.state == "protected" else 200


def tweet_number(posted: datetime, number: int) -> int:
    """The number of a post of that moment, which is its upper bits; others tell posts of one moment
    apart."""
    return (posted - _FIRST_MOMENT) // timedelta(milliseconds=1) << 22 | 7_919 * number % 2**22


def tweets(count: int) -> list[Tweet]:
    """So many posts of each account."""
    made = []
    for order, (account, (_, language)) in enumerate(ACCOUNTS.items()):
        for index in range(count):
            rng = rng_for(f"{account}/{index}")
            text = " ".join(LANGUAGES[language].sentence(rng) for _ in range(2))
            state = {3: "removed", 5: "removed-later", 7: "protected"}.get(
                (order + index) % 8, "there"
            )
            number = FIRST_TWEET + 7_919 * (order * 100 + index)
            posted = moment("2026-03-09T10:00") + timedelta(hours=7 * index + order)
            made.append(Tweet(account, number, posted, text, state))
    return made


def _tweet_fact(tweet: Tweet, index: int) -> SourceFact:
    host = ("x.com", "twitter.com", "x.com", "mobile.twitter.com")[index % 4]
    tail = ("", "?s=20", "/photo/1", "")[index % 4]
    url = f"https://{host}/{tweet.account}/status/{tweet.number}{tail}"
    if tweet.state == "removed":
        return fails(url, Outcome.REMOVED, "X, removed", Outcome.GONE, platform="x")
    if tweet.state == "protected":
        wall = (Outcome.REMOVED, Outcome.LOGIN_WALL)
        return fails(url, Outcome.FORBIDDEN, "X, protected or suspended", *wall, platform="x")
    fact = SourceFact(
        url,
        author=ACCOUNTS[tweet.account][0],
        published=tweet.posted.date().isoformat(),
        language=ACCOUNTS[tweet.account][1],
        words=tweet.text[:40],
        platform="x",
        about="X",
    )
    later = tweet.state == "removed-later"
    return turning(fact, (LATER_REMOVED, Outcome.REMOVED)) if later else fact


class X:
    """Answers for x.com (a shell) and for its oEmbed service."""

    def __init__(self, count: int) -> None:
        self._tweets = {str(tweet.number): tweet for tweet in tweets(count)}

    def page(self, request: Request) -> Reply:
        """Every address of the site proper answers with the same shell."""
        if request.path == "/robots.txt":
            return typed("User-agent: *\nAllow: /*/status/\n", "text/plain")
        return html(SHELL.format(name="X"))

    def oembed(self, request: Request) -> Reply:
        """`/oembed?url=…`: the post as JSON; 404 removed, 403 protected or suspended."""
        found = re.search(r"/status/(\d+)", request.query.get("url", ""))
        tweet = self._tweets.get(found[1]) if found else None
        if request.bare_path != "/oembed" or tweet is None:
            return as_json({"error": "Sorry, that page does not exist"}, 404)
        status = tweet.status(request.at)
        if status != 200:
            return as_json({"error": "Not available"}, status)
        name, language = ACCOUNTS[tweet.account]
        address = f"https://twitter.com/{tweet.account}/status/{tweet.number}"
        direction = "rtl" if LANGUAGES[language].rtl else "ltr"
        quoted = (
            f'<blockquote class="twitter-tweet"><p lang="{language}" dir="{direction}">'
            f"{escaping.escape(tweet.text)}</p>&mdash; {name} (@{tweet.account}) "
            f'<a href="{address}?ref_src=twsrc%5Etfw">{tweet.posted:%B} {tweet.posted.day}, '
            f"{tweet.posted.year}</a></blockquote>\n"
        )
        return as_json(
            {
                "url": address,
                "author_name": name,
                "author_url": f"https://twitter.com/{tweet.account}",
                "html": quoted,
                "width": 550,
                "height": None,
                "type": "rich",
                "cache_age": "3153600000",
                "provider_name": "Twitter",
                "provider_url": "https://twitter.com",
                "version": "1.0",
            }
        )


VIDEOS = {
    "aRiver00001": ("How the Tolvar canal was dug", "Ilma Television", 200),
    "bRiver00002": ("Заседание речного совета", "Новые Ставы ТВ", 200),
    "cRiver00003": ("", "", 404),
    "dRiver00004": ("", "", 403),
    "eRiver00005": ("The weir in spring", "Ilma Television", 401),
}
CLIPS = ("v1ilma1", "v1ilma2")
RUMBLE = {CLIPS[0]: ("The Ilma in flood", "Harbour Films", 200), CLIPS[1]: ("", "", 404)}
TIKTOK = {
    "7310000000000000001": ("The crane at night #ilma", "Ilma Films", 200),
    "7310000000000000002": ("", "", 404),
}
PUBLIC_AT = moment("2026-03-10T07:15")
FILMS = {"700100200": ("A walk along the Ilma", "Harbour Films", 200), "700100201": ("", "", 404)}


def watch_page(title: str, author: str, status: int) -> str:
    """A watch page: of a private or removed video only the reason why it is not shown."""
    why = {403: ("LOGIN_REQUIRED", "Private video"), 404: ("ERROR", "Video unavailable")}
    said, reason = why.get(status, ("OK", ""))
    player = {"playabilityStatus": {"status": said, "reason": reason}}
    if title:
        player["videoDetails"] = {"title": title, "author": author}
    script = f"<script>var ytInitialPlayerResponse = {json.dumps(player)};</script>"
    return f"<html><head><title>{title} - YouTube</title></head><body>{script}</body></html>"


def _video(videos: dict[str, tuple[str, str, int]], provider: str) -> Callable[[Request], Reply]:
    def answer(request: Request) -> Reply:
        if request.path == "/robots.txt":
            return typed("User-agent: *\nDisallow: /login\n", "text/plain")
        if request.bare_path == "/watch":
            return html(watch_page(*videos.get(request.query.get("v", ""), ("", "", 404))))
        if "oembed" not in request.bare_path:
            return html(SHELL.format(name=provider))
        wanted = request.query.get("url", "")
        found = next((v for key, v in videos.items() if key in wanted), ("", "", 404))
        title, author, status = found
        if status != 200:
            return typed(HTTPStatus(status).phrase, "text/html", status)
        channel = f"https://{request.host}/@{quote(author)}"
        return as_json(
            {
                "title": title,
                "author_name": author,
                "author_url": channel,
                "type": "video",
                "version": "1.0",
                "provider_name": provider,
                "html": f'<iframe src="{escaping.escape(wanted)}"></iframe>',
            }
        )

    return answer


PUBLIC_POST = "/IlmaRiverGuard/posts/pfbid09open"
PUBLIC_PICTURE = "/p/DvRiver09/"
GUARD = "Ilma River Guard"
CAPTION = "The upper quay in the morning. The crane is still there."


def _wall(name: str) -> Callable[[Request], Reply]:
    def answer(request: Request) -> Reply:
        if request.path == "/robots.txt":
            return typed("User-agent: *\nDisallow: /ajax/\n", "text/plain")
        if request.bare_path == PUBLIC_POST:
            return html(render("facebook_post.html", name=GUARD, text=CAPTION, at=PUBLIC_AT))
        if request.bare_path == PUBLIC_PICTURE:
            return html(render("instagram_post.html", name=GUARD, text=CAPTION, at=PUBLIC_AT))
        if request.bare_path.endswith("/pfbid0closed"):
            return html(render("facebook_closed.html"))
        if name == "Instagram" and not request.path.startswith("/accounts/login"):
            return redirect(f"https://www.instagram.com/accounts/login/?next={quote(request.path)}")
        return html(render("login_wall.html", name=name))

    return answer


VK_CLOSED = "Ошибка. Страница доступна только авторизованным пользователям."
VK_POST = "https://vk.com/wall-204001_5512"


def _vk(request: Request) -> Reply:
    if request.bare_path == "/wall-204001_77":
        return html(
            f'<html lang="ru"><head><title>VK</title></head><body>{VK_CLOSED}</body></html>'
        )
    if request.bare_path != "/wall-204001_5512":
        return (
            html(render("vk_missing.html"), 404) if request.path != "/robots.txt" else not_found()
        )
    rng = rng_for("vk")
    text = " ".join(LANGUAGES["ru"].sentence(rng) for _ in range(5))
    return html(render("vk_post.html", text=text, author="Речной дозор"), charset="windows-1251")


OK_VIDEOS = {
    "3302": "Переправа Дорн",
    "3303": "Видео удалено",
    "3304": "Доступ к видео ограничен автором",
}


def _ok(request: Request) -> Reply:
    if request.path == "/robots.txt":
        return not_found()
    words = OK_VIDEOS.get(request.bare_path.rpartition("/")[2])
    if words is None:
        return html(
            f'<html lang="ru"><head><title>Видео | OK.RU</title></head><body>{SHELL}</body></html>'
        )
    there = request.bare_path.endswith("3302")
    return html(render("ok_video.html", title=words if there else None, stub=words))


def facts(count: int) -> list[SourceFact]:
    """What is true of the cited posts and videos."""
    watch = "https://www.youtube.com/watch?v="
    private = fails(
        f"{watch}dRiver00004",
        Outcome.FORBIDDEN,
        "a private video",
        Outcome.REMOVED,
        Outcome.LOGIN_WALL,
        platform="youtube",
    )
    return [
        *(_tweet_fact(tweet, i) for i, tweet in enumerate(tweets(count))),
        SourceFact(f"{watch}aRiver00001", title=VIDEOS["aRiver00001"][0],
            author=VIDEOS["aRiver00001"][1], platform="youtube", about="a video"),
        SourceFact("https://youtu.be/bRiver00002?t=61", title=VIDEOS["bRiver00002"][0],
            author=VIDEOS["bRiver00002"][1], platform="youtube", about="a video, short address"),
        SourceFact(f"{watch}eRiver00005", title="The weir in spring", author="Ilma Television",
            platform="youtube", about="a video that may not be embedded"),
        fails(f"{watch}cRiver00003", Outcome.REMOVED, "a removed video", Outcome.GONE,
            platform="youtube"),
        private,
        SourceFact("https://vimeo.com/700100200", title=FILMS["700100200"][0],
            author=FILMS["700100200"][1], platform="vimeo", about="a film"),
        fails("https://vimeo.com/700100201", Outcome.REMOVED, "a removed film", Outcome.GONE,
            platform="vimeo"),
        fails("https://www.facebook.com/IlmaRiverGuard/posts/pfbid02abc", Outcome.LOGIN_WALL,
            "Facebook", platform="facebook"),
        fails("https://www.facebook.com/watch/?v=770011", Outcome.LOGIN_WALL, "Facebook video",
            platform="facebook"),
        fails("https://www.instagram.com/p/Cq1River/", Outcome.LOGIN_WALL, "Instagram",
            platform="instagram"),
        SourceFact(VK_POST, author="Речной дозор", language="ru", platform="vk",
            about="VK, windows-1251"),
        fails("https://vk.com/wall-204001_1", Outcome.GONE, "a removed VK post", Outcome.REMOVED,
            platform="vk"),
        fails("https://vk.com/wall-204001_77", Outcome.FORBIDDEN, "a VK post for few",
            platform="vk"),
        SourceFact(f"https://www.facebook.com{PUBLIC_POST}", author=GUARD,
            published=PUBLIC_AT.date().isoformat(), language="en", words=CAPTION[:30],
            platform="facebook", about="a public post on Facebook"),
        fails("https://www.facebook.com/IlmaRiverGuard/posts/pfbid0closed", Outcome.FORBIDDEN,
            "Facebook, deleted or private", platform="facebook"),
        SourceFact(f"https://www.instagram.com{PUBLIC_PICTURE}", author=GUARD,
            published=PUBLIC_AT.date().isoformat(), language="en", words=CAPTION[:30],
            platform="instagram", about="a public post on Instagram"),
        SourceFact(f"https://rumble.com/{CLIPS[0]}-the-ilma-in-flood.html",
            title=RUMBLE[CLIPS[0]][0], author=RUMBLE[CLIPS[0]][1], platform="rumble",
            about="a video on Rumble"),
        fails(f"https://rumble.com/{CLIPS[1]}-gone.html", Outcome.REMOVED,
            "a removed video on Rumble", platform="rumble"),
        SourceFact("https://www.tiktok.com/@ilmafilms/video/7310000000000000001",
            title=TIKTOK["7310000000000000001"][0], author=TIKTOK["7310000000000000001"][1],
            platform="tiktok", about="a clip on TikTok"),
        fails("https://www.tiktok.com/@ilmafilms/video/7310000000000000002", Outcome.REMOVED,
            "a removed clip on TikTok", platform="tiktok"),
        SourceFact("https://ok.ru/video/3302", title=OK_VIDEOS["3302"], author="Речной дозор",
            published="2026-03-09", language="ru", platform="ok", about="a video on OK"),
        fails("https://ok.ru/video/3303", Outcome.REMOVED, "a removed video on OK", platform="ok"),
        fails("https://ok.ru/video/3304", Outcome.FORBIDDEN, "a video on OK for few",
            platform="ok"),
        fails("https://ok.ru/video/3301", Outcome.THIN, "OK, a shell", Outcome.OK, platform="ok"),
    ]  # fmt: skip


def sites(count: int) -> list[Site]:
    """All platforms but Telegram."""
    x = X(count)
    youtube = _video(VIDEOS, "YouTube")
    return [
        Site(
            ("x.com", "www.x.com", "twitter.com", "www.twitter.com", "mobile.twitter.com"), x.page
        ),
        Site(("publish.twitter.com", "publish.x.com"), x.oembed),
        Site(("www.youtube.com", "youtube.com", "m.youtube.com", "youtu.be"), youtube),
        Site(("vimeo.com", "www.vimeo.com", "player.vimeo.com"), _video(FILMS, "Vimeo")),
        Site(("rumble.com", "www.rumble.com"), _video(RUMBLE, "Rumble.com")),
        Site(("www.tiktok.com", "tiktok.com"), _video(TIKTOK, "TikTok")),
        Site(("www.facebook.com", "facebook.com", "m.facebook.com"), _wall("Facebook")),
        Site(("www.instagram.com", "instagram.com"), _wall("Instagram")),
        Site(("vk.com", "m.vk.com"), _vk),
        Site(("ok.ru", "m.ok.ru"), _ok),
    ]
