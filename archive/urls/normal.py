"""URLs: what to request, under which key a source or publication is one, and the key of the WARC index.

The one place where URLs are normalised. Parsing is ada's (the WHATWG URL standard, as browsers do it); keys are idempotent.
"""

from __future__ import annotations

import functools
import hashlib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, unquote_plus

from ada_url import URL

from archive.errors import BadUrlError
from archive.urls.platforms import RULES, UrlParts, recognise
from archive.urls.surt import surt

if TYPE_CHECKING:
    import tldextract

__all__ = [
    "SourceIdentity",
    "fetchable",
    "host",
    "identify",
    "is_report_url",
    "publication_key",
    "registered_domain",
    "source_key",
    "stable_id",
    "surt",
    "wayback_parts",
]

# Blanks that copying leaves at the ends: also those str.strip() does not know (zero width, directions, BOM).
_BLANKS = (
    " \t\r\n\f\v\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
)
_BLANKS += "\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u202f\u205f\u2060\u2066"
_BLANKS += "\u2067\u2068\u2069\u3000\ufeff\u00ad"
# The same, percent-encoded at the end of a URL: ISW's own notes have addresses that end in %C2%A0.
_ENCODED_BLANKS = re.compile(
    r"(?:%20|%09|%0[ad]|%c2%a[0d]|%e2%80%(?:8[0-9a-f]|a[89a-f])|%e2%81%(?:9f|a0|a[6-9])|%e3%80%80|%ef%bb%bf)+$",
    re.IGNORECASE,
)
# Characters that browsers send bare and RFC 3986 forbids; Scrapy escapes them, so the key of what was asked does too.
_BARE = re.compile(r"""["<>\[\]\\^`{|}]""")
_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")
_UNRESERVED = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
# Longer than any real address (servers refuse above 8,000 to 16,000), short enough for every index.
MAX_URL_LENGTH = 8_000

_MOBILE_LABELS = ("m", "mobile", "amp", "mbasic", "touch", "wap")
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
    fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid ysclid twclid ttclid li_fat_id mkt_tok mc_cid mc_eid igshid igsh
    __tn__ __xts__[0] _hsenc _hsmi hsctatracking oly_enc_id oly_anon_id vero_id wickedid _openstat _ga _gl spm cmpid cmp
    ocid xtor at_medium at_campaign at_link_id at_link_origin at_link_type at_format at_ptr_name at_bbc_team ref_src
    ref_url s_cid s_kwcid ncid smid smtyp unlocked_article_code guccounter traffic_source fb_source fb_ref mibextid amp
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
    "youtube.com": frozenset({"feature", "si", "ab_channel", "pp"}),
}
_AMP_SUFFIX = re.compile(r"(?<=[^/])/amp/?$", re.IGNORECASE)

_ISW, _CTP = "understandingwar.org", "criticalthreats.org"
_ISW_REPORT = re.compile(r"/(?:backgrounder/[^/]+|research/[^/]+/[^/]+|node/\d+)/?")
_CTP_REPORT = re.compile(r"/(?:analysis/[^/]+|briefs/[^/]+/[^/]+)/?")
# Pages below the same paths that list reports.
_LISTS = re.compile(
    r"/(?:backgrounder/(?:ukraine-conflicts?-updates?(?:-january.*)?|iran-updates|china.{1,3}taiwan-weekly-updates)"
    r"|analysis/(?:ctp-iran-updates|ctp-iran-crisis-updates|africa-file)|research/(?:page/\d+|[^/]+/feed))/?"
)


@dataclass(frozen=True, slots=True)
class SourceIdentity:
    """What a cited URL points to.

    Attributes:
        key: `source_key(url)`.
        host: Of the key.
        domain: Registered domain of the host.
        platform: `telegram`, `x`, `youtube`, …, `shortlink`, `wayback`, `isw`, `ctp` or `web`.
        account: Channel or user as the URL names it, lower case where case means nothing; else None.
        post_id: The platform's id of the post, video or memento, or None.
        url: `fetchable(url)`: what to request where the platform has no better address; not part of the identity.
    """

    key: str
    host: str
    domain: str
    platform: str
    account: str | None = None
    post_id: str | None = None
    url: str = field(default="", compare=False)


def fetchable(url: str) -> str:
    """The absolute http(s) URL to request.

    Blanks at both ends are dropped, also percent-encoded ones; the host is in lower case and IDNA; fragment and
    credentials are dropped; a `%` that escapes nothing becomes `%25`.

    Raises:
        BadUrlError: It is none; the message says what is wrong.
    """
    return _parse(url).href


class _Parsed(NamedTuple):
    """A URL's parts."""

    href: str
    hostname: str
    port: str
    pathname: str
    search: str


def _divided(href: str) -> _Parsed:
    """The parts of an http(s) URL as ada writes it; its attributes would each cost as much as parsing."""
    authority, slash, rest = href[href.index("//") + 2 :].partition("/")
    path, mark, search = rest.partition("#")[0].partition("?")
    host = authority.rpartition("@")[2]
    bracket = host.find("]")  # of an IPv6 address
    name, _, port = host[bracket + 1 :].partition(":")
    return _Parsed(
        href, host[: bracket + 1] + name, port, slash + path, mark + search if search else ""
    )


# A host of letters with a path, nothing that any standard writes differently: no capitals, escapes, dot segments,
# punycode or numeric host, no port, no empty query, no fragment.
_SETTLED = re.compile(
    r"https?://(?![^/]*xn--)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,8}[a-z]{2,20}/(?!\.|[^?]*/\.)"
    r"[A-Za-z0-9/._~=&-]*(?:\?[A-Za-z0-9/._~=&?-]+)?",
    re.ASCII,
)


def is_settled(url: str) -> bool:
    """Whether the URL is in its one spelling already, so that the WHATWG parser would give it back as it is.

    Most cited addresses are, and telling so costs a tenth of parsing; False says nothing.
    """
    return len(url) <= MAX_URL_LENGTH and _SETTLED.fullmatch(url) is not None


# One citation asks for the same few strings about eight times; a report has some hundred citations.
@functools.lru_cache(maxsize=4096)
def _parse(url: str) -> _Parsed:
    """`url` as ada reads it, mended as `fetchable` says."""
    if is_settled(url):
        return _divided(url)
    text = url.strip(_BLANKS)
    shown = repr(text[:200])
    if len(text) > MAX_URL_LENGTH:
        raise BadUrlError(f"{shown}…: longer than {MAX_URL_LENGTH} characters; not an address")
    text = _ENCODED_BLANKS.sub("", text).strip(_BLANKS)
    scheme = _SCHEME.match(text)
    if not scheme:
        raise BadUrlError(f"{shown}: has no scheme; write it with https://")
    if scheme.group(1).lower() not in {"http", "https"}:
        raise BadUrlError(f"{shown}: scheme {scheme.group(1)!r}; only http and https are fetched")
    try:
        found = _divided(URL(text).href)
        tail = _LONE_PERCENT.sub("%25", found.pathname + found.search)
        tail = _BARE.sub(lambda match: f"%{ord(match.group()):02X}", tail)
        # Put together and parsed again: credentials and fragment go, and the result is a fixed point.
        start = found.href[: found.href.index("//") + 2] + found.hostname
        port = f":{found.port}" if found.port else ""
        mended = _ENCODED_BLANKS.sub("", start + port + tail)
        if mended != found.href:
            found = _divided(URL(mended).href)
    except ValueError:  # ada's "Invalid input", or lone surrogates
        raise BadUrlError(f"{shown}: no host, or one that cannot exist; mend the address") from None
    if "%" in found.hostname or ".." in f".{found.hostname}":  # DNS knows no empty label
        raise BadUrlError(f"{shown}: no host that can exist; mend the address")
    return found


def host(url: str) -> str:
    """Host of an http(s) URL: lower case, IDNA, without port.

    Raises:
        BadUrlError: It is none.
    """
    return _parse(url).hostname


@functools.cache
def _suffixes() -> tldextract.TLDExtract:
    """The public suffix list that comes with tldextract: never the network, no cache folder."""
    import tldextract

    return tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)


@functools.lru_cache(maxsize=8192)
def registered_domain(host: str) -> str:
    """The domain that somebody registered, e.g. `bbc.co.uk`; the host itself for an IP address or a bare name."""
    name = host.rstrip(".").lower()
    domain: str = _suffixes()(name).top_domain_under_public_suffix
    return domain or name


def source_key(url: str) -> str:
    """The canonical URL under which sources are one: see `identify`.

    Raises:
        BadUrlError: It is no http(s) URL.
    """
    return identify(url).key


def identify(url: str) -> SourceIdentity:
    """What a cited URL points to, from the URL alone.

    The key is https, without `www.`, mobile prefixes, default port, tracking parameters, fragment and trailing slash;
    posts of known platforms have one form (`x.com/<user>/status/<id>`, `t.me/<channel>/<id>`, `youtube.com/watch?v=`).
    Redirectors that carry their target (l.facebook.com, google.com/url) give the target's identity.

    Raises:
        BadUrlError: It is no http(s) URL.
    """
    requested = fetchable(url)
    current = requested
    found = _identify_once(current, requested)
    # Taking off one wrapping may show the next (amp in a mobile host in a redirector); every round shortens the URL or
    # leaves it, so that this ends.
    for _ in range(MAX_URL_LENGTH):
        if found.key == current:
            break
        current = found.key
        found = _identify_once(current, requested)
    return found


def _identify_once(url: str, requested: str) -> SourceIdentity:
    parsed = _parse(url)
    name = _folded_host(parsed.hostname)
    domain = registered_domain(name)
    params = tuple(
        _normal_escapes(item)
        for item in parsed.search[1:].split("&")
        if item and not _is_tracking(item, domain)
    )
    port = f":{parsed.port}" if parsed.port else ""
    path = _AMP_SUFFIX.sub("", _normal_escapes(parsed.pathname)).rstrip("/") or "/"
    parts = UrlParts(name + port, path, tuple(filter(None, path.split("/"))), params)
    known = recognise(parts, domain)
    if known.unwrapped and len(known.unwrapped) < len(url):
        try:
            return _identify_once(fetchable(known.unwrapped), requested)
        except BadUrlError:
            pass  # it leads to nothing that could be fetched: the redirector is the source
    query = "?" + "&".join(params) if params else ""
    key = fetchable(known.key or f"https://{name}{port}{path}{query}")
    key_host = host(key)
    return SourceIdentity(
        key,
        key_host,
        registered_domain(key_host),
        known.platform,
        known.account,
        known.post_id,
        requested,
    )


def _folded_host(name: str) -> str:
    """Without `www.`, mobile prefixes and the root's dot, as long as a name is left that can be asked."""
    name = name.rstrip(".") or name
    if RULES.get(name):
        return name
    domain = registered_domain(name)
    while "." in name:
        label, _, rest = name.partition(".")
        # www.gov.uk and www.gov.il are registered names themselves: their suffix is public, and still the same site.
        if label == "www" and "." in rest:
            name = rest
            continue
        folds = label in _MOBILE_LABELS or _is_locale_host(label, domain)
        if not folds or not (rest == domain or rest.endswith("." + domain)):
            break
        name = rest
    return name


def _is_locale_host(label: str, domain: str) -> bool:
    """`ar-ar.facebook.com`, `web.facebook.com`, `de.youtube.com`: the same pages in another dress."""
    if domain == "facebook.com":
        return label == "web" or re.fullmatch(r"[a-z]{2}-[a-z]{2}", label) is not None
    return domain == "youtube.com" and label in {"music", "gaming"}


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
    """The address under which a publication of ISW or CTP is one.

    Folds scheme, `www.`, case of the host, trailing slash, tracking parameters and encoded blanks at the end.

    Raises:
        BadUrlError: It is no http(s) URL.
    """
    return source_key(url)


def is_report_url(url: str) -> bool:
    """Whether a report of ISW or CTP may stand here: by the form of the address alone, on every host form.

    ISW: `/backgrounder/<slug>` and `/node/<n>` (to mid 2025), `/research/<team>/<slug>` (since). CTP: `/analysis/<slug>`,
    `/briefs/<series>/<slug>`. Lists, maps, files and short links are none.
    """
    try:
        parsed = _parse(url)
    except BadUrlError:
        return False
    path = unquote(parsed.pathname).lower().rstrip(_BLANKS)
    if _LISTS.fullmatch(path):
        return False
    domain = _folded_host(parsed.hostname)
    pattern = {_ISW: _ISW_REPORT, _CTP: _CTP_REPORT}.get(domain)
    return pattern is not None and pattern.fullmatch(path) is not None


def wayback_parts(url: str) -> tuple[str, str] | None:
    """Time stamp (4 to 14 digits) and inner URL of a Wayback address, or None when it is no memento."""
    try:
        found = identify(url)
    except BadUrlError:
        return None
    if found.platform != "wayback" or found.post_id is None:
        return None
    inner = found.key.split(found.post_id + "/", 1)[1]
    return found.post_id, inner if _SCHEME.match(inner) else "http://" + inner


def stable_id(text: str) -> int:
    """A positive integer below 2**53 from `text`, the same on every machine.

    53 bits pass through JSON and JavaScript unharmed; with 10 million texts two are equal with a chance of 0.6 %.
    """
    number = (
        int.from_bytes(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:8]) >> 11
    )
    return number or 1
