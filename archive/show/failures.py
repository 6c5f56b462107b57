"""What the program noted of a failure, in words for people who know none of its parts. Pure."""

from __future__ import annotations

import re

_WRAPPED = re.compile(r"\[?<(?:[\w.]+\.)?Failure (?P<inner>.*?)(?:>\]?|$)", re.DOTALL)
"""A failure of Twisted's within another error; one that was cut has no end."""

_NAME = re.compile(r"\b(?:[A-Za-z_]\w*\.)*(?P<name>[A-Z]\w*[a-z]\w*)(?P<colon>:\s+|(?=$|[\s;,.]))")
_IS_ERROR = re.compile(
    r"(?:Error|Exception|Lost|Done|Refused|Aborted|Failed|Failure|Timeout|Timedout|Received|Warning)$"
)
_PARTS = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+")
_PAIR = re.compile(r"""\(\s*b?'(?P<what>[^']*)',\s*b?(['"])(?P<whose>.*?)\2\s*\)""")
_SSL = re.compile(r"\[\(?'SSL routines', '[^']*', '(?P<what>[^']*)'\)?\]?")

_KNOWN = {
    "ConnectionLost": "the connection was lost",
    "ConnectionDone": "the other side closed the connection",
    "ConnectionRefusedError": "the connection was refused",
    "ResponseNeverReceived": "no answer came",
    "ResponseFailed": "the answer broke off",
    "DownloadFailedError": "",
    "DownloadTimeoutError": "",
    "DownloadConnectionRefusedError": "the connection was refused",
    "CannotResolveHostError": "the host's name led to no address",
    "DNSLookupError": "the host's name led to no address",
    "ParseError": "the answer was none of a web server",
    "HeadTooLargeError": "",
}
"""Names that programs gave to failures; an empty one only says that there was one."""

_PROXY = re.compile(r"the proxy answered (?P<status>\d{3})(?: (?P<word>ERR_\w+))?(?: \d+)?")
_PROXIED = {
    "ERR_CONNECT_FAIL": "the proxy could not reach the host",
    "ERR_DNS_FAIL": "the proxy found no such host",
    "ERR_READ_TIMEOUT": "the proxy waited in vain",
    "ERR_SECURE_CONNECT_FAIL": "the proxy could make no secure connection",
    "ERR_ZERO_SIZE_OBJECT": "the host answered the proxy nothing",
}
_WORDS = {
    "time": "it took longer than we wait",
    "length": "it is longer than we keep",
    "disconnect": "the connection ended before the page did",
    "too-large": "",
    "max redirections reached": "there was no end to them",
}
"""Markers that are a single word of ours or of WARC's (`WARC-Truncated`)."""


def failure_told(marker: str) -> str:
    """What was noted, without names of programs' parts; empty where it says nothing more."""
    if marker in _WORDS:
        return _WORDS[marker]
    text = _WRAPPED.sub(lambda found: found["inner"], marker)
    text = _SSL.sub(lambda found: found["what"], text)
    text = _PAIR.sub(lambda found: f"{found['what']}: {found['whose']}", text)
    text = _PROXY.sub(_proxied, text)
    return " ".join(_NAME.sub(_error_in_words, text).split()).strip(" :;")


def _proxied(found: re.Match[str]) -> str:
    said = _PROXIED.get(found["word"] or "")
    return said or f"the proxy answered with an error (HTTP {found['status']})"


def _error_in_words(found: re.Match[str]) -> str:
    name = found["name"]
    if name in {"Error", "Exception"} and found[0] != name and "." in found[0][: -len(name)]:
        return ""
    if name not in _KNOWN and not (_IS_ERROR.search(name) and len(_PARTS.findall(name)) > 1):
        return found[0]
    words = " ".join(
        part.lower() for part in _PARTS.findall(re.sub(r"(Error|Exception)$", "", name))
    )
    said = _KNOWN.get(name, words)
    return said + (found["colon"] if said else "")
