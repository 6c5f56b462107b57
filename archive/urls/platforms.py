"""Which platform a URL belongs to, whose account it is and which post: one small rule for each host.

Rules see a URL that is already normal (`archive.urls.normal` does that) and only read its parts; they never parse text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from archive.urls.copies import ARCHIVE_TODAY, HOSTS, copy_at

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@dataclass(frozen=True, slots=True)
class UrlParts:
    """A normal URL taken apart.

    Attributes:
        host: Lower case, without `www.` and mobile prefixes, maybe with a port.
        segments: Path segments without empty ones.
        params: Parameters without tracking, as written; for reading use `param`.
        path: Path as written.
    """

    host: str
    path: str
    segments: tuple[str, ...]
    params: tuple[str, ...]

    def param(self, name: str) -> str | None:
        """Decoded value of the first parameter `name`, or None where it is absent or empty."""
        for item in self.params:
            key, _, value = item.partition("=")
            if unquote(key) == name:
                return unquote(value) or None
        return None


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a rule says.

    Attributes:
        key: The canonical URL, or None when the generic folding is right.
    """

    platform: str
    account: str | None = None
    post_id: str | None = None
    key: str | None = None


Rule = "Callable[[UrlParts], Recognised]"

_DIGITS = re.compile(r"(\d+)(?!\w)")
_TELEGRAM_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{2,31}(?!\w)")
_X_NAME = re.compile(r"[A-Za-z0-9_]{1,20}(?!\w)")
_VIDEO_ID = re.compile(r"[A-Za-z0-9_-]{11}(?![\w-])")
_VK_POST = re.compile(r"(wall|video|clip|photo|topic|story)(-?\d+)_(\d+)")

# First segments of X that are no account (https://x.com/i/…, /search?q=…).
_X_RESERVED = frozenset(
    {"i", "hashtag", "search", "home", "explore", "intent", "share", "settings", "login", "tos"}
)
# First segments of Telegram that are no channel; `c` is a private one, known by number.
_TELEGRAM_RESERVED = frozenset(
    {"joinchat", "share", "addstickers", "addemoji", "proxy", "socks", "setlanguage", "login"}
)
_FACEBOOK_RESERVED = frozenset(
    {
        "watch",
        "groups",
        "photo",
        "photo.php",
        "permalink.php",
        "story.php",
        "events",
        "reel",
        "share",
    }
    | {
        "profile.php",
        "video.php",
        "login",
        "sharer",
        "hashtag",
        "media",
        "pages",
        "people",
        "stories",
    }
)


def _leading(pattern: re.Pattern[str], text: str) -> str | None:
    """What `pattern` finds at the start of a segment; what follows is printing left behind."""
    match = pattern.match(text)
    return match.group(0) if match else None


def _at(parts: UrlParts, index: int) -> str:
    return parts.segments[index] if index < len(parts.segments) else ""


def telegram(parts: UrlParts) -> Recognised:
    """t.me, telegram.me: preview (`/s/`), topics and shared albums fold to `t.me/<channel>/<id>`.

    Channel names are the same in any case (https://core.telegram.org/method/contacts.resolveUsername).
    """
    segments = parts.segments[1:] if _at(parts, 0) == "s" else parts.segments
    first = segments[0] if segments else ""
    if first == "c" and len(segments) > 2:
        return Recognised("telegram", f"c/{segments[1]}", _leading(_DIGITS, segments[-1]))
    name = _leading(_TELEGRAM_NAME, first)
    if name is None or first in _TELEGRAM_RESERVED:
        return Recognised("telegram")
    name = name.lower()
    post = _leading(_DIGITS, segments[-1]) if len(segments) > 1 else None
    comment = parts.param("comment")
    tail = f"/{post}" if post else ""
    if post and comment and comment.isdigit():
        tail += f"?comment={comment}"
    return Recognised("telegram", name, post, f"https://t.me/{name}{tail}")


def x(parts: UrlParts) -> Recognised:
    """twitter.com, x.com and their mirrors: `x.com/<user>/status/<id>`; names are the same in any case."""
    segments = parts.segments
    if segments[:2] == ("i", "web"):
        segments = ("i", *segments[2:])
    if len(segments) > 2 and segments[1] in {"status", "statuses"}:
        user, post = _leading(_X_NAME, segments[0]), _leading(_DIGITS, segments[2])
        if user and post:
            user = user.lower()
            account = None if user == "i" else user
            return Recognised("x", account, post, f"https://x.com/{user}/status/{post}")
    user = _leading(_X_NAME, segments[0]) if len(segments) == 1 else None
    if user and segments[0] not in _X_RESERVED:
        return Recognised("x", user.lower(), None, f"https://x.com/{user.lower()}")
    query = "?" + "&".join(parts.params) if parts.params else ""
    return Recognised("x", key=f"https://x.com{parts.path}{query}")


def youtube(parts: UrlParts) -> Recognised:
    """Every form of a video folds to `youtube.com/watch?v=<id>`; channels keep their address."""
    first = _at(parts, 0)
    named = parts.param("v") if first == "watch" else None
    if parts.host == "youtu.be":
        named = first
    elif first in {"shorts", "live", "embed", "v", "e"}:
        named = _at(parts, 1)
    video = _leading(_VIDEO_ID, named) if named else None
    if video:
        return Recognised("youtube", None, video, f"https://youtube.com/watch?v={video}")
    if first.startswith("@"):
        return Recognised("youtube", first[1:].lower())
    if first in {"channel", "c", "user"}:
        return Recognised("youtube", _at(parts, 1) or None)
    return Recognised("youtube")


def facebook(parts: UrlParts) -> Recognised:
    """Posts by their number; the parameters that name a post stay, the rest is tracking."""
    first = _at(parts, 0)
    base = "https://facebook.com/" + "/".join(parts.segments)
    for name in ("story_fbid", "fbid", "v"):
        post = parts.param(name)
        if post and re.fullmatch(r"\w+", post):
            owner = parts.param("id")
            tail = f"&id={owner}" if name == "story_fbid" and owner and owner.isalnum() else ""
            return Recognised("facebook", owner, post, f"{base}?{name}={post}{tail}")
    if first == "profile.php" and (parts.param("id") or "").isdigit():
        return Recognised("facebook", parts.param("id"), None, f"{base}?id={parts.param('id')}")
    if first == "groups":
        return Recognised("facebook", _at(parts, 1) or None, _at(parts, 3) or None, base)
    if first in _FACEBOOK_RESERVED or not first:
        post = _at(parts, 1) if first == "reel" else None
        return Recognised("facebook", post_id=post or None)
    post = parts.segments[-1] if len(parts.segments) > 2 else None
    return Recognised("facebook", first.lower(), post, base)


def instagram(parts: UrlParts) -> Recognised:
    """`/p/`, `/reel/`, `/tv/` with or without the account name are one post."""
    segments = parts.segments
    if len(segments) > 2 and segments[1] in {"p", "reel", "tv"}:
        segments = segments[1:]
    if len(segments) > 1 and segments[0] in {"p", "reel", "reels", "tv"}:
        return Recognised("instagram", None, segments[1], f"https://instagram.com/p/{segments[1]}")
    if len(segments) > 1 and segments[0] == "stories":
        return Recognised("instagram", segments[1].lower(), "/".join(segments[2:]) or None)
    if len(segments) == 1 and segments[0] not in {"explore", "accounts"}:
        name = segments[0].lower()
        return Recognised("instagram", name, None, f"https://instagram.com/{name}")
    return Recognised("instagram")


def vk(parts: UrlParts) -> Recognised:
    """Wall posts and videos by owner and number, also where they lie over another page (`?w=`, `?z=`)."""
    for place in (parts.param("w"), parts.param("z"), _at(parts, 0)):
        match = _VK_POST.match(place or "")
        if match:
            kind, owner, post = match.groups()
            key = f"https://vk.com/{kind}{owner}_{post}"
            return Recognised("vk", owner, f"{kind}{owner}_{post}", key)
    name = _at(parts, 0)
    return Recognised("vk", name.lower() or None if len(parts.segments) == 1 else None)


def ok(parts: UrlParts) -> Recognised:
    """Odnoklassniki: topics, statuses and videos."""
    segments = parts.segments
    if len(segments) > 1 and segments[0] in {"video", "live"}:
        return Recognised("ok", None, segments[1])
    owner = (
        segments[1] if len(segments) > 1 and segments[0] in {"group", "profile"} else _at(parts, 0)
    )
    kinds = [i for i, name in enumerate(segments[:-1]) if name in {"topic", "statuses"}]
    return Recognised("ok", owner or None, segments[kinds[0] + 1] if kinds else None)


def tiktok(parts: UrlParts) -> Recognised:
    """`tiktok.com/@<user>/video/<id>`; parameters say only who shared it."""
    user = _at(parts, 0)
    if not user.startswith("@"):
        return Recognised("tiktok")
    user = user.lower()
    post = _leading(_DIGITS, _at(parts, 2)) if _at(parts, 1) in {"video", "photo"} else None
    tail = f"/{_at(parts, 1)}/{post}" if post else ""
    return Recognised("tiktok", user[1:], post, f"https://tiktok.com/{user}{tail}")


def rumble(parts: UrlParts) -> Recognised:
    """Videos by the code before the title."""
    name = _at(parts, 1) if _at(parts, 0) == "embed" else _at(parts, 0)
    match = re.match(r"v[0-9a-z]{4,}(?=-|\.|$)", name)
    if match and _at(parts, 0) not in {"c", "user"}:
        return Recognised("rumble", None, match.group(0))
    return Recognised("rumble", _at(parts, 1) or None if _at(parts, 0) in {"c", "user"} else None)


def vimeo(parts: UrlParts) -> Recognised:
    """Videos by number; an unlisted one needs the code behind it."""
    numbers = [i for i, name in enumerate(parts.segments) if name.isdigit()]
    if not numbers:
        return Recognised("vimeo", _at(parts, 0) or None if len(parts.segments) == 1 else None)
    number, code = parts.segments[numbers[0]], _at(parts, numbers[0] + 1)
    hidden = code if re.fullmatch(r"[0-9a-f]{8,12}", code) else parts.param("h")
    tail = f"/{hidden}" if hidden and hidden.isalnum() else ""
    return Recognised("vimeo", None, number, f"https://vimeo.com/{number}{tail}")


def memento(parts: UrlParts) -> Recognised | None:
    """A copy in a web archive; None for an address that names none."""
    if "/http" not in parts.path and parts.host not in HOSTS:
        return None
    copy = copy_at(parts.host, parts.path + ("?" + "&".join(parts.params) if parts.params else ""))
    if copy is None:
        return None
    return Recognised(copy.platform, None, copy.name, f"https://{copy.archive}{copy.place}")


def _named(
    platform: str, index: int = 0, post: int | None = None
) -> Callable[[UrlParts], Recognised]:
    """A rule for sites where account and post stand at fixed places of the path."""

    def rule(parts: UrlParts) -> Recognised:
        account = _at(parts, index).lstrip("@").lower() or None
        return Recognised(platform, account, (_at(parts, post) or None) if post else None)

    return rule


def _plain(platform: str) -> Callable[[UrlParts], Recognised]:
    """A rule that knows only the platform."""
    return lambda _parts: Recognised(platform)


def _table(
    *rows: tuple[Callable[[UrlParts], Recognised], str],
) -> Mapping[str, Callable[[UrlParts], Recognised]]:
    return {host: rule for rule, hosts in rows for host in hosts.split()}


# Keys are hosts or registered domains. Short links keep their own address: where they lead is only known by fetching.
RULES: Mapping[str, Callable[[UrlParts], Recognised]] = _table(
    (telegram, "t.me telegram.me telegram.dog"),
    (x, "x.com twitter.com nitter.net nitter.it nitter.cz nitter.poast.org nitter.unixfox.eu"),
    (x, "xcancel.com fxtwitter.com vxtwitter.com fixupx.com fixvx.com twstalker.com"),
    (youtube, "youtube.com youtu.be youtube-nocookie.com"),
    (facebook, "facebook.com fb.com"),
    (instagram, "instagram.com"),
    (vk, "vk.com vk.ru vkvideo.ru"),
    (ok, "ok.ru"),
    (tiktok, "tiktok.com"),
    (rumble, "rumble.com"),
    (vimeo, "vimeo.com"),
    (_plain("wayback"), "web.archive.org web-beta.archive.org"),
    (_plain("archive-today"), " ".join(ARCHIVE_TODAY)),
    (_plain("memento"), "perma.cc ghostarchive.org webcitation.org megalodon.jp"),
    (_plain("isw"), "understandingwar.org iswresearch.org"),
    (_plain("ctp"), "criticalthreats.org"),
    (_named("reddit", 1, 3), "reddit.com"),
    (_named("bluesky", 1, 3), "bsky.app"),
    (_named("threads", 0, 2), "threads.net threads.com"),
    (_named("truthsocial", 0, 2), "truthsocial.com"),
    (_named("linkedin", 1), "linkedin.com"),
    (_named("rutube", 0, 1), "rutube.ru"),
    (_named("max", 0, 1), "max.ru"),
    (_named("weibo", 0, 1), "weibo.com"),
    (_plain("shortlink"), "t.co bit.ly isw.pub tinyurl.com goo.gl ow.ly is.gd buff.ly wp.me clck.ru dlvr.it"),
    (_plain("shortlink"), "lnkd.in trib.al reut.rs nyti.ms wapo.st on.wsj.com bbc.in cnn.it apne.ws aje.io"),
    (_plain("shortlink"), "bloom.bg on.ft.com econ.st politi.co fb.me fb.watch vm.tiktok.com vt.tiktok.com"),
    (_plain("shortlink"), "shorturl.at rb.gy cutt.ly tass.link vk.cc u.to j.mp amzn.to youtu.de share.google"),
)  # fmt: skip


def recognise(parts: UrlParts, domain: str) -> Recognised:
    """The platform of a URL; `web` when no rule knows its host or registered domain."""
    copy = memento(parts)
    if copy is not None:
        return copy
    rule = RULES.get(parts.host) or RULES.get(domain)
    if rule is None and parts.host.startswith("nitter."):  # anybody runs one
        rule = x
    return rule(parts) if rule else Recognised("web")
