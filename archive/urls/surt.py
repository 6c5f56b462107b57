"""Keys of the WARC index: the URL with its host reversed, as pywb and the Internet Archive's CDX
compute them."""

from __future__ import annotations

import re
import string
from urllib.parse import quote_from_bytes, unquote_to_bytes

from ada_url import URL

# A host part of nothing but numbers is an IPv4 address in one of its many spellings.
_NUMERIC_HOST = re.compile(
    r"(?:0x[0-9a-f]*|[0-9]+)(?:\.(?:0x[0-9a-f]*|[0-9]+)){0,3}", re.IGNORECASE
)
_REPEATED_SCHEME = re.compile(r"^(?:https?://)+(?=https?://)")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):(.*)", re.DOTALL)
_WWW = re.compile(r"www\d*\.")
_SESSION = re.compile(
    r"(?:(?:jsessionid|phpsessid|sid)=[0-9a-z]{32}|aspsessionid[a-z]{8}=[a-z]{24}|cfid=[^&]+&cftoken=[^&]+)(?:&|$)"
)
_ASP_SESSION = re.compile(r"/(?:\((?:[a-z]\([0-9a-z]{24}\))+\)|\([0-9a-z]{24}\))(?=/[^?]+\.aspx)")
# Everything printable but `#` and `%`: the index escapes only what would break it.
_SAFE = string.punctuation.replace("#", "").replace("%", "")


def surt(url: str) -> str:
    """The index key of `url`, e.g. `org,example)/path?a=1&b=2`.

    Scheme, `www.`, default port, credentials, fragment, case, session ids, a trailing slash and the
    order of parameters do not count. Other schemes than http(s) keep their name. Never raises.
    """
    text = re.sub(r"[\t\r\n]", "", url.strip())
    if not text:
        return "-"
    text = _REPEATED_SCHEME.sub("", text)
    match = _SCHEME.match(text)
    scheme, rest = (match.group(1).lower(), match.group(2)) if match else ("http", "//" + text)
    if scheme not in {"http", "https"}:
        return text.lower()
    rest = rest.lstrip("/").partition("#")[0]
    before, mark, query = rest.partition("?")
    authority, slash, path = before.partition("/")
    key = f"{_host(authority, scheme)}){_path(slash + path)}"
    query = _query(query) if mark else ""
    return f"{key}?{query}" if query else key


def _host(authority: str, scheme: str) -> str:
    """Labels in reverse order, with a port where it is not the usual one."""
    place = authority.rpartition("@")[2]
    address, bracket, after = place.rpartition("]")  # IPv6 has colons of its own
    name, _, port = (after if bracket else place).partition(":")
    name = address + bracket + name
    raw = _unescape(name).decode("utf-8", "replace")
    if not raw.isascii():
        try:
            raw = raw.encode("idna").decode("ascii")
        except UnicodeError:
            raw = quote_from_bytes(raw.encode())
    raw = raw.replace("..", ".").strip(".").lower()
    if _NUMERIC_HOST.fullmatch(raw) and URL.can_parse(f"http://{raw}/"):
        raw = URL(f"http://{raw}/").hostname
    raw = _WWW.sub("", raw, count=1) if _WWW.match(raw) else raw
    reverse = ",".join(reversed(raw.split(".")))
    usual = {"http": "80", "https": "443"}[scheme]
    return f"{reverse}:{int(port)}" if port.isdigit() and port != usual else reverse


def _path(path: str) -> str:
    """Escapes undone to the last, dots and doubled slashes resolved, lower case, no slash at the
    end."""
    kept: list[bytes] = []
    pieces = _unescape(path).split(b"/")[1:]
    for piece in pieces:
        if piece == b".." and kept:
            kept.pop()
        elif piece != b".":
            kept.append(piece)
    joined = b"/" + b"/".join([*(piece for piece in kept[:-1] if piece), *kept[-1:]])
    clean = quote_from_bytes(joined, safe=_SAFE).lower()
    clean = _ASP_SESSION.sub("", clean)
    return clean[:-1] if clean.endswith("/") and len(clean) > 1 else clean


def _query(query: str) -> str:
    """Lower case, without session ids, parameters in order of their names."""
    clean = quote_from_bytes(_unescape(query), safe=_SAFE).lower()
    clean = _SESSION.sub("", clean)
    return "&".join(sorted(clean.split("&"), key=lambda item: tuple(item.split("=", 1))))


def _unescape(text: str) -> bytes:
    """Percent escapes undone until none is left."""
    old = text.encode("utf-8", "surrogatepass")
    while (new := unquote_to_bytes(old)) != old:
        old = new
    return old
