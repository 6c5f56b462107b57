"""URLs: what to request, under which key a source or publication is one, and the key of the WARC
index.

The one place where URLs are normalised. Parsing is ada's (the WHATWG URL standard, as browsers do
it); keys are idempotent.
"""

from __future__ import annotations

import functools
import hashlib
import re
from dataclasses import dataclass, field
from urllib.parse import unquote, unquote_plus

from ada_url import URL

from archive.errors import BadUrlError
from archive.urls.copies import copy_at
from archive.urls.platforms.identity import UrlParts
from archive.urls.platforms.registry import BY_HOST, DRESSES, HASHBANG, SCHEMES, TRACKING, recognise
from archive.urls.publishers import registry as publishers
from archive.urls.requested import (
    BLANKS,
    ENCODED_BLANKS,
    MAX_URL_LENGTH,
    SCHEME,
    fetchable,
    host,
    is_settled,
    parse,
)
from archive.urls.suffixes import suffixes
from archive.urls.surt import surt
from archive.urls.wrappers import target_of

__all__ = [
    "SourceIdentity",
    "copied_address",
    "fetchable",
    "has_known_suffix",
    "host",
    "identify",
    "is_report_url",
    "is_settled",
    "publication_key",
    "registered_domain",
    "source_key",
    "stable_id",
    "surt",
]

_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")
_UNRESERVED = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~")
_MOBILE_LABELS = ("m", "mobile", "amp", "mbasic", "touch", "wap")
_INNER_MOBILE_LABELS = ("m", "mobile")
_TRACKING_PREFIXES = (
    "utm_",
    "__cft__",
    "at_custom",
    "ns_",
    "guce_",
    "fb_action_",
    "hsa_",
    "mtm_",
    "pk_",
)
_TRACKING = frozenset(
    """
    fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid ysclid twclid ttclid li_fat_id mkt_tok
    mc_cid mc_eid igshid igsh
    __tn__ __xts__[0] _hsenc _hsmi hsctatracking oly_enc_id oly_anon_id vero_id wickedid _openstat
    _ga _gl spm cmpid cmp
    ocid xtor at_medium at_campaign at_link_id at_link_origin at_link_type at_format at_ptr_name
    at_bbc_team ref_src
    ref_url s_cid s_kwcid ncid smid smtyp unlocked_article_code guccounter traffic_source fb_source
    fb_ref mibextid amp
    __twitter_impression taid leadsource sref srnd wpisrc itid
    """.split()  # noqa: SIM905 - a list of 70 names reads better as text
)
# Names that are tracking on one site only; elsewhere they may choose the page.
_SITE_TRACKING = {
    "wsj.com": frozenset({"mod", "st", "reflink", "ns"}),
    "nytimes.com": frozenset(
        {"searchresultposition", "partner", "emc", "campaign_id", "referringsource"}
    ),
    "reuters.com": frozenset({"feedtype", "feedname", "rpc"}),
    "bloomberg.com": frozenset({"accesstoken"}),
    **TRACKING,
}
_AMP_SUFFIX = re.compile(r"(?<=[^/])/amp/?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SourceIdentity:
    """What a cited URL points to.

    Attributes:
        key: `source_key(url)`.
        host: Of the key.
        domain: Registered domain of the host.
        platform: `telegram`, `x`, `youtube`, …, `shortlink`, `wayback`, `isw`, `ctp` or `web`.
        account: Channel or user as the URL names it, lower case where case means nothing; else
            None.
        post_id: The platform's id of the post, video or memento, or None.
        url: What to request where the platform has no better address: `fetchable(url)`, of a
            wrapper its target's; with a script's route (`#/a`) where that chooses the page. Not
            part of the identity.
    """

    key: str
    host: str
    domain: str
    platform: str
    account: str | None = None
    post_id: str | None = None
    url: str = field(default="", compare=False)


@functools.lru_cache(maxsize=8192)
def registered_domain(host: str) -> str:
    """The domain that somebody registered, e.g. `bbc.co.uk`; the host itself for an IP address or a
    bare name."""
    name = host.rstrip(".").lower()
    domain: str = suffixes()(name).top_domain_under_public_suffix
    return domain or name


def has_known_suffix(host: str) -> bool:
    """Whether a name ends in a suffix that is really given out, such as `org` or `co.uk`."""
    return bool(suffixes()(host.rstrip(".").lower()).suffix)


def source_key(url: str) -> str:
    """The canonical URL under which sources are one: see `identify`.

    Raises:
        BadUrlError: It is no http(s) URL.
    """
    return identify(url).key


# Scripts choose the page by these: `#!/a`, `#/a`. Other fragments are places on one page.
_ROUTE = re.compile(r"[!/]\S*[^!/\s]")

OTHER_SCHEMES = frozenset(
    ["ftp", "ftps", "sftp", "gopher", "gemini", "ipfs", "ipns", "rtmp", "rtsp"]
)
"""Schemes of addresses that can be cited and that nobody here can fetch."""


# Reports cite the same reports again and again, and each asks for an address several times.
@functools.lru_cache(maxsize=4096)
def identify(url: str) -> SourceIdentity:
    """What a cited URL points to, from the URL alone.

    The key is https, without `www.`, mobile prefixes, default port, tracking parameters and
    trailing slash, and without a fragment that is no script's route; posts of known platforms have
    one form (`x.com/<user>/status/<id>`, `t.me/<channel>/<id>`, `youtube.com/watch?v=`), and so
    have the copies of an archive. Wrappers that carry their target (l.facebook.com, google.com/url,
    mail filters) give the target's identity. An address of another scheme, such as `ftp://`, stands
    for itself: it cannot be fetched.

    Raises:
        BadUrlError: It is no URL that could be cited.
    """
    if not url.startswith(("https://", "http://")):
        url = _on_the_web(url)
        found = _other_scheme(url)
        if found is not None:
            return found
    route = _route(url) if "#" in url else ""
    requested = fetchable(url)
    current = requested
    found = _identify_once(current, requested, route)
    # Taking off one wrapping may show the next (amp in a mobile host in a redirector); every round
    # shortens the URL or leaves it, so that this ends.
    for _ in range(MAX_URL_LENGTH):
        if found.key == current + route:
            break
        current, hash_, route = found.key.partition("#")
        route = hash_ + route
        found = _identify_once(current, found.url.partition("#")[0], route)
    return found


def _on_the_web(url: str) -> str:
    """An address in a platform's own scheme as the one under which the same stands on the web."""
    scheme, divider, _ = url.partition("://")
    said = SCHEMES.get(scheme.strip(BLANKS).lower()) if divider else None
    return (said(url.strip(BLANKS)) if said else None) or url


def _other_scheme(url: str) -> SourceIdentity | None:
    text = ENCODED_BLANKS.sub("", url.strip(BLANKS)).strip(BLANKS)
    scheme = SCHEME.match(text)
    if not scheme or scheme.group(1).lower() not in OTHER_SCHEMES:
        return None
    try:
        parsed = URL(text[:MAX_URL_LENGTH])
    except ValueError:
        raise BadUrlError(f"{text[:200]!r}: no host that can exist; mend the address") from None
    name = parsed.hostname.lower()
    return SourceIdentity(parsed.href, name, registered_domain(name), "web", url=parsed.href)


def _route(url: str) -> str:
    """The script's route in a URL, with its `#`; empty without one."""
    _, hash_, fragment = url.partition("#")
    if not hash_ or fragment[:1] not in {"!", "/"}:
        return ""
    route = ""
    while route != fragment:  # what ends at a blank may have a sign without width before it
        fragment = route or fragment
        found = _ROUTE.match(ENCODED_BLANKS.sub("", fragment.strip(BLANKS)))
        if found is None:
            return ""
        route = found.group()
    try:
        return str(URL(f"https://a.example/#{route}").hash)
    except ValueError:
        return ""


def _identify_once(url: str, requested: str, route: str = "") -> SourceIdentity:
    parsed = parse(url)
    name = _folded_host(parsed.hostname)
    domain = registered_domain(name)
    pathname, search = parsed.pathname, parsed.search
    target = target_of(name, domain, pathname, search[1:])
    if target and len(target) < len(url):
        try:
            wrapped = fetchable(target)
            return _identify_once(wrapped, wrapped, _route(target))
        except BadUrlError:
            pass  # it leads to nothing that could be fetched: the wrapper is the source
    params = _params(search, domain) if search else ()
    port = f":{parsed.port}" if parsed.port else ""
    path = _normal_path(pathname)
    if domain in HASHBANG and path == "/" and route.startswith("#!/"):
        path, route = route[2:], ""
    parts = UrlParts(name + port, path, tuple(filter(None, path.split("/"))), params)
    known = recognise(parts, domain)
    query = "?" + "&".join(params) if params else ""
    made = parse(known.key or f"https://{name}{port}{path}{query}")
    route = "" if known.key else route
    return SourceIdentity(
        made.href + route,
        made.hostname,
        domain if made.hostname == name else registered_domain(made.hostname),
        known.platform,
        known.account,
        known.post_id,
        requested + route,
    )


def _normal_path(pathname: str) -> str:
    """The path in one form of escapes, without the mark of an AMP page and a slash at its end."""
    path = _normal_escapes(pathname)
    if "amp" in path[-5:].lower():
        path = _AMP_SUFFIX.sub("", path)
    return path.rstrip("/") or "/"


def _params(search: str, domain: str) -> tuple[str, ...]:
    """The parameters of a query that begins with its question mark, without tracking."""
    return tuple(
        _normal_escapes(item)
        for item in search[1:].split("&")
        if item and not _is_tracking(item, domain)
    )


# Few hosts stand in many addresses, and each is asked for three times an address; 0.3 kB each.
@functools.lru_cache(maxsize=8192)
def _folded_host(name: str) -> str:
    """The host's name without `www.`, mobile prefixes and the root's dot, as long as a name is left
    that can be asked."""
    name = name.rstrip(".") or name
    if name in BY_HOST:
        return name
    domain = registered_domain(name)
    while "." in name:
        label, _, rest = name.partition(".")
        # www.gov.uk and www.gov.il are registered names themselves: their suffix is public, and
        # still the same site.
        if label == "www" and "." in rest:
            name = rest
            continue
        folds = label in _MOBILE_LABELS or _is_dress(label, domain)
        if not folds or not (rest == domain or rest.endswith("." + domain)):
            break
        name = rest
    # en.m.example.org: the language stands before the label
    inner = name.removesuffix("." + domain).split(".") if name.endswith("." + domain) else []
    if len(inner) > 1 and inner[-1] in _INNER_MOBILE_LABELS:
        name = ".".join([*inner[:-1], domain])
    return name


def _is_dress(label: str, domain: str) -> bool:
    """`ar-ar.facebook.com`, `web.facebook.com`: the same pages in another dress."""
    dresses = DRESSES.get(domain)
    return dresses is not None and dresses.fullmatch(label) is not None


def _is_tracking(item: str, domain: str) -> bool:
    name = unquote_plus(item.partition("=")[0]).lower()
    name = name.removeprefix("amp;")  # `&amp;utm_source=…`: an entity that was never undone
    return (
        name in _TRACKING
        or name.startswith(_TRACKING_PREFIXES)
        or name in _SITE_TRACKING.get(domain, frozenset())
    )


def _normal_escapes(text: str) -> str:
    """Escapes of unreserved characters undone, the others in upper case (RFC 3986, 6.2.2)."""

    def normal(match: re.Match[str]) -> str:
        character = unquote(match.group(0), errors="replace")
        return character if character in _UNRESERVED else match.group(0).upper()

    return _ESCAPE.sub(normal, text) if "%" in text else text


def publication_key(url: str) -> str:
    """The address under which a publication of a report is one.

    Folds scheme, `www.`, case of the host, trailing slash, tracking parameters and encoded blanks
    at the end.

    Raises:
        BadUrlError: It is no http(s) URL.
    """
    return source_key(url)


def is_report_url(url: str) -> bool:
    """Whether a report may stand here: by the form of the address alone, on every host form.

    The forms are its publisher's (`archive/urls/publishers/`). Lists, maps, files and short links
    are none.
    """
    try:
        parsed = parse(url)
    except BadUrlError:
        return False
    name = _folded_host(parsed.hostname)
    if name not in publishers.BY_HOST:
        return False  # most cited addresses
    return publishers.is_report(name, unquote(parsed.pathname).lower().rstrip(BLANKS))


def copied_address(url: str) -> str | None:
    """The address that a copy in a web archive is one of; None for what is no copy, or does not say
    of what.

    Args:
        url: Any address.
    """
    try:
        parsed = parse(url)
    except BadUrlError:
        return None
    copy = copy_at(parsed.hostname.removeprefix("www."), parsed.pathname + parsed.search)
    return copy.inner if copy else None


def stable_id(text: str) -> int:
    """A positive integer below 2**53 from `text`, the same on every machine.

    53 bits pass through JSON and JavaScript unharmed; with 10 million texts two are equal with a
    chance of 0.6 %.
    """
    number = (
        int.from_bytes(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:8]) >> 11
    )
    return number or 1
