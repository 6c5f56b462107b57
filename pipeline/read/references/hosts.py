"""What the beginning of a URL looks like: schemes, whole and broken, and hosts without any."""

from __future__ import annotations

import ipaddress
import re
from functools import lru_cache
from typing import NamedTuple

from archive.urls import copies, wrappers
from archive.urls.normal import OTHER_SCHEMES

# One letter too few or too many in "http(s)", "hxxp" of defanged links, and the punctuation that
# should be "://". All repeats are bounded, so a search is linear in the text.
_SCHEME = re.compile(
    r"""
    (?P<letters> h{1,2}t{1,3}p{1,2}s{0,2} | httsp | htpts | hxxps? | t{1,2}ps{1,2} | ttp
    | (?<![^\W_])(?:OTHERS)(?=://)
        | (?<![^\W_])p?s(?=://) | (?<![^\W_:])(?=://) )
    (?P<marks>   (?:%20)?[:;]{0,2}[/\\]{1,4} | \[:\]// | \[://\] | ://?(?=\s|$) | :(?=[^\W_]) )
    """.replace("OTHERS", "|".join(sorted(OTHER_SCHEMES, reverse=True))),
    re.VERBOSE | re.IGNORECASE,
)

_WHOLE = {"http://", "https://", *(f"{scheme}://" for scheme in OTHER_SCHEMES)}

# Generic top-level domains longer than two letters that news hosts use; two-letter ones are
# countries. Source: the hosts that reports cite, and the common ones of IANA's root zone.
_GENERIC = frozenset([
    "academy", "aero", "africa", "agency", "amsterdam", "app", "arab", "army", "arpa", "art",
    "asia", "audio", "auto", "baby", "band", "bank", "bar", "barcelona", "beauty", "beer",
    "berlin", "best", "bike", "biz", "blog", "build", "builders", "business", "buzz", "bzh",
    "cafe", "capital", "car", "cards", "cars", "cat", "center", "centre", "chat", "christmas",
    "church", "city", "click", "clothing", "cloud", "club", "coach", "codes", "coffee",
    "college", "com", "community", "company", "computer", "construction", "consulting", "cool",
    "coop", "corsica", "cruises", "culture", "dance", "dating", "deals", "delivery", "democrat",
    "design", "dev", "diamonds", "digital", "directory", "docs", "dog", "download", "earth",
    "eco", "edu", "education", "email", "energy", "engineering", "equipment", "estate", "eus",
    "events", "exchange", "expert", "express", "faith", "family", "farm", "fashion", "film",
    "finance", "fish", "fitness", "flights", "flowers", "fm", "football", "foundation", "fun",
    "fund", "gal", "gallery", "game", "games", "garden", "gift", "gifts", "global", "gmbh",
    "gold", "golf", "gop", "gov", "graphics", "green", "group", "guide", "guru", "hair",
    "health", "help", "hockey", "holiday", "homes", "horse", "hospital", "hotel", "house",
    "icu", "immo", "inc", "industries", "info", "ink", "institute", "int", "international",
    "irish", "istanbul", "jewelry", "jobs", "kids", "kiev", "krd", "kyiv", "land", "law",
    "lawyer", "legal", "life", "limited", "link", "live", "llc", "lol", "london", "love", "ltd",
    "management", "market", "marketing", "media", "mil", "mobi", "moda", "mom", "money",
    "moscow", "movie", "museum", "music", "name", "navy", "net", "network", "news", "ngo",
    "nyc", "observer", "one", "ong", "online", "org", "page", "paris", "partners", "pet",
    "photo", "photography", "photos", "pictures", "pizza", "play", "plus", "post", "press",
    "pro", "pub", "quebec", "racing", "radio", "red", "report", "reports", "republican",
    "restaurant", "review", "reviews", "rip", "run", "sale", "school", "science", "scot",
    "services", "shoes", "shop", "shopping", "show", "singles", "site", "soccer", "social",
    "software", "solutions", "space", "sport", "sports", "srl", "store", "studio", "study",
    "style", "supply", "support", "systems", "tatar", "taxi", "team", "tech", "technology",
    "tel", "theater", "tickets", "today", "tokyo", "tools", "top", "tours", "town", "trade",
    "training", "travel", "tube", "university", "vacations", "vegas", "ventures", "video",
    "vip", "vote", "voto", "wales", "watch", "website", "wiki", "wine", "works", "world", "wtf",
    "xxx", "xyz", "yoga", "zone",
])  # fmt: skip

_COUNTRY_LENGTH = 2

# Countries' names in other scripts, as IANA's root zone has them; those that are an abbreviation in
# ordinary prose are left out.
_COUNTRIES = frozenset([
    "рф", "укр", "бел", "срб", "мкд", "қаз", "հայ", "გე", "ελ", "ישראל", "ایران", "عراق",
    "سورية", "السعودية", "امارات", "مصر", "الاردن", "فلسطين", "قطر", "عمان", "المغرب", "تونس",
    "الجزائر", "السودان", "موريتانيا", "پاکستان", "中国", "中國", "台湾", "台灣", "香港", "한국",
])  # fmt: skip

# Second levels under which countries register names.
_SECOND = frozenset(
    ["com", "gov", "co", "org", "net", "edu", "mil", "ac", "gob", "gouv", "go", "or"]
)

_GLUED_DOT = re.compile(r"[\[({](?:\.|dot)[\])}]|%20dot%20", re.IGNORECASE)
_HOST_END = re.compile(r"[/?#:]")
_BRACKETED = re.compile(
    r"\[[0-9A-Fa-f:.]{2,45}\](?=$|[/?#:])"
)  # 45: the longest spelling of an address
_LOOK = 260  # hosts have at most 253 characters (RFC 1035)
_MAX_LABEL = 63  # RFC 1035, section 2.3.4


class Scheme(NamedTuple):
    """A scheme found in a text.

    Attributes:
        start, end: Its place.
        repaired: The scheme as it should be.
        whole: True when it was printed so.
        slashed: True when slashes were printed, so that it is plainly meant as one.
    """

    start: int
    end: int
    repaired: str
    whole: bool
    slashed: bool


def find_scheme(text: str, at: int = 0) -> Scheme | None:
    """The first scheme in `text` from `at` on, broken ones included."""
    found = _SCHEME.search(text, at)
    while found is not None and not _is_meant(text, found):
        found = _SCHEME.search(text, found.start() + 1)
    return _scheme(found) if found else None


def _scheme(found: re.Match[str]) -> Scheme:
    printed = found.group()
    whole = printed.lower() in _WHOLE
    secure = "s" in found["letters"].lower() or not found["letters"]
    repaired = printed if whole else ("https://" if secure else "http://")
    marks = found["marks"]
    return Scheme(found.start(), found.end(), repaired, whole, "/" in marks or "\\" in marks)


def _is_meant(text: str, found: re.Match[str]) -> bool:
    """False for words with a slash: `HTTP/2`, `TTP/AQIM`.

    Without a colon only what follows tells a scheme.
    """
    marks = found["marks"]
    if ":" in marks or ";" in marks:
        return True
    after = text[found.end() : found.end() + _LOOK]
    if len(marks.removeprefix("%20")) == 1:
        return is_host_start(after) or bool(_GLUED_DOT.search(host_of(after)))
    return found["letters"].islower() or "." in host_of(after)


def bare_scheme_length(text: str) -> int:
    """Length of the scheme that `text` begins with; 0 without one."""
    if text.startswith(("https://", "http://")):
        return text.index("//") + 2
    found = _SCHEME.match(text)
    return found.end() if found and _is_meant(text, found) else 0


def host_of(text: str) -> str:
    """The characters up to the first `/`, `?`, `#` or `:`: a host, if `text` begins with one.

    The colons of an IPv6 address stand between brackets (RFC 3986, section 3.2.2).
    """
    literal = _BRACKETED.match(text) if text.startswith("[") else None
    if literal is not None and _is_ipv6(literal.group()):
        return literal.group()
    end = _HOST_END.search(text)
    return text if end is None else text[: end.start()]


@lru_cache(maxsize=4096)  # the same few hosts are cited again and again
def is_host(host: str) -> bool:
    """True for labels divided by dots whose last is a plausible top-level domain."""
    labels = host.split(".")
    if len(labels) < 2 or not all(_is_label(label) for label in labels):
        return False
    return _is_top(labels[-1].lower())


def is_whole_host(host: str) -> bool:
    """As `is_host`, for what stands behind a scheme: domains in other scripts and IPv6 addresses
    count too."""
    if host.startswith("["):
        return _is_ipv6(host)
    top = host.rpartition(".")[2].lower()
    return is_host(host) or (top != host and (top.startswith("xn--") or not top.isascii()))


def is_host_start(text: str) -> bool:
    """True when `text` begins with a host and a path, or with `www.` and a host."""
    text = text.removeprefix("//")
    host = host_of(text)
    if not is_host(host):
        return False
    return len(text) > len(host) + 1 or host.lower().startswith("www.")


def begins_with_domain(text: str) -> bool:
    """True when `text` begins with the end of a host and a path: `ru/news`, `com.ua/2022`; not
    `vk.com/wall`."""
    host, slash, _ = text[:_LOOK].partition("/")
    second, dot, top = host.lower().rpartition(".")
    return bool(slash) and _is_top(top) and (not dot or second in _SECOND)


def _is_top(top: str) -> bool:
    if not top.isascii():
        return top in _COUNTRIES
    return top.isalpha() and (len(top) == _COUNTRY_LENGTH or top in _GENERIC)


def refanged(host: str) -> str:
    """Undoes `host[.]tld`, `host(dot)tld`, `host%20dot%20tld` and `hostdottld`, written without
    blanks."""
    if "[" in host or "(" in host or "{" in host or "%" in host:
        host = _GLUED_DOT.sub(".", host)
    return undotted(host)


def undotted(host: str) -> str:
    """The host with a dot where `dot` is glued in between: `tassdotru` gives `tass.ru`; unchanged
    where not plain."""
    if is_host(host) or "dot" not in host.lower():
        return host
    name, _, last = host.lower().rpartition("dot")
    if not last or not is_host("x." + last.lstrip(".")):
        return host
    name = undotted_labels(host[: len(name)])
    return (
        f"{name.rstrip('.')}.{host[len(host) - len(last) :].lstrip('.')}"
        if name.strip(".")
        else host
    )


def undotted_labels(name: str) -> str:
    """`www.gosdot` and the like are rare: only a leading `wwwdot` is undone."""
    return "www." + name[6:] if name.lower().startswith("wwwdot") else name


def _is_ipv6(bracketed: str) -> bool:
    try:
        ipaddress.IPv6Address(bracketed[1:-1])
    except ValueError:
        return False
    return bracketed.endswith("]")


def _is_label(label: str) -> bool:
    return 0 < len(label) <= _MAX_LABEL and all(c.isalnum() or c in "-_" for c in label)


def holds_next(outer: str) -> bool:
    """True for an address that is not over where another one begins.

    An archive's, a wrapper's, a parameter's.
    """
    schemed = bare_scheme_length(outer)
    address = outer[schemed:]
    host = host_of(address[:_LOOK])
    if not (is_host(host) or (schemed and "." in host)):
        return False
    path = address[len(host) :]
    name = host.lower().removeprefix("www.")
    return wrappers.holds_next(name, path) or copies.holds_next(name, path)
