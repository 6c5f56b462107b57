"""One address as people paste it: defanged, in brackets or quotes, as a Markdown link, without its
scheme. Pure."""

from __future__ import annotations

import ipaddress
import re

from archive.errors import BadUrlError
from archive.urls.normal import OTHER_SCHEMES, has_known_suffix, identify
from archive.urls.platforms.registry import BY_HOST, SCHEMES
from archive.urls.requested import BLANKS, SCHEME
from archive.urls.typed import typed_address

# What stands around an address in mail, chats and prose; a bracket that the address opens stays.
_BEFORE = BLANKS + "<>\"'`«»“”„‘’([{|*_-–—•"
_BEHIND = BLANKS + "<>\"'`«»“”„‘’|,;!。，、؛،"
_BRACKETS = {")": "(", "]": "[", "}": "{"}

_MARKDOWN = re.compile(r"!?\[[^\[\]]*\]\(\s*<?(?P<url>[^\s<>]+?)>?(?:\s+[\"'(].*)?\)", re.DOTALL)
_KNOWN_SCHEMES = frozenset({"http", "https", *OTHER_SCHEMES, *SCHEMES})
_ENCODED = re.compile(r"https?%3a", re.IGNORECASE)
_MAX_UNDONE = 3  # `&amp;amp;`: encoded twice

# What reports of attacks and careful writers put for signs, so that nothing becomes a link.
_SCHEME = re.compile(
    r"(?P<scheme>h(?:tt|xx|\*\*|__)ps?|fxp|ftp)\s*(?:\[\s*:\s*\]|\[\s*:\s*//\s*\]|:)\s*"
    r"(?:\[\s*//\s*\]|//|\\\\|__)?\s*(?=\S)",
    re.IGNORECASE,
)
_BRACKETED_DOT = re.compile(
    r"\s*(?:[\[({<]\s*(?:\.|,|dot|punkt|punto|point|точка|крапка|nokta|نقطة|نقطه|נקודה)\s*[\])}>]|\\\.)\s*",
    re.IGNORECASE,
)
_DOT_WORD = re.compile(r"(?<=[\w\])])\s+dot\s+(?=\w)", re.IGNORECASE)
_BRACKETED_SLASH = re.compile(r"[\[({]\s*/\s*[\])}]")
_HALF_BRACKETED_DOT = re.compile(r"(?<=\w)(?:\[\.|\.\])(?=\w)")


def pasted_address(text: str) -> str | None:
    """The address that a text is, whole and with its scheme; None where it is none, or holds more.

    A name without scheme counts where its last part is a domain that is really given out, and it
    is no mail address.
    """
    found = _MARKDOWN.fullmatch(text.strip(BLANKS))
    text = _bare(found["url"] if found else text)
    for _ in range(_MAX_UNDONE):
        text = text.replace("&amp;", "&")
    address = _refanged(text)
    if not address or any(sign.isspace() for sign in address):
        return None
    if not _is_schemed(address) and not _is_named(address):
        return None
    typed = typed_address(*_divided(address))
    try:
        identify(typed)
    except BadUrlError:
        return None
    return typed


def _bare(text: str) -> str:
    """`text` without what stands around it; a closing bracket stays where it was opened inside."""
    text = text.lstrip(_BEFORE)
    while True:
        before = text
        text = text.rstrip(_BEHIND)
        if text[-1:] in _BRACKETS and text.count(text[-1]) > text.count(_BRACKETS[text[-1]]):
            text = text[:-1]
        if text.endswith(".") and not text.endswith(".."):
            text = text[:-1]
        if text == before:
            return text


def _is_schemed(address: str) -> bool:
    """Whether a scheme stands before it under which something can be cited."""
    found = SCHEME.match(address)
    known = found is not None and found[1].lower() in _KNOWN_SCHEMES
    return known or _ENCODED.match(address) is not None


def _refanged(text: str) -> str:
    """`text` with the signs of an address in their places; blanks around those are gone."""
    scheme, rest = "", text
    found = _SCHEME.match(text)
    if found:
        letters = found["scheme"].lower().replace("fxp", "ftp")
        letters = re.sub(r"^h..p", "http", letters)
        scheme, rest = f"{letters}://", text[found.end() :]
    rest = _BRACKETED_SLASH.sub("/", rest)
    rest = _HALF_BRACKETED_DOT.sub(".", _BRACKETED_DOT.sub(".", rest))
    # a blank that stands in the way of a host alone; words with blanks are a sentence
    return scheme + _DOT_WORD.sub(".", rest)


def _divided(address: str) -> tuple[str, str]:
    path, _, query = address.partition("?")
    return path, query


def _is_named(address: str) -> bool:
    """Whether an address without scheme is one: a host, then nothing or a path."""
    host = re.split(r"[/?#]", address, maxsplit=1)[0].removeprefix("www.").partition(":")[0]
    if "@" in host or "." not in host.strip("."):
        return False
    if host.lower() in BY_HOST:
        return True
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return all(host.split(".")) and has_known_suffix(host)
    return True
