"""What a failure of yt-dlp's is in the words of the archive. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archive.model.vocabulary import Outcome

if TYPE_CHECKING:
    from crawler.browser.page_traffic import PageTraffic
    from crawler.videos.order import VideoResult

_MOST_CHARS = 300
_URL = re.compile(r"https?://\S+")
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")
_ADVICE = re.compile(
    r"[;.]?\s*(?:\(caused by |please report this issue on|Use --\w|See https?:|Also see\b).*"
)
_FRAME = re.compile(r"^(?:ERROR:\s*|\[[\w:.+-]{1,40}\]\s*)+")

# In this order: a wall may name the video's being unavailable, too.
_WORDS = tuple(
    (re.compile(words, re.IGNORECASE), outcome)
    for words, outcome in (
        (r"not a bot|captcha|challenge", Outcome.CHALLENGE),
        (r"HTTP Error 429|too many requests|rate.?limit", Outcome.RATE_LIMITED),
        (r"confirm your age|age.restrict|inappropriate for some", Outcome.LOGIN_WALL),
        (r"private video|video is private|members.only", Outcome.LOGIN_WALL),
        (r"\blog(?:ged)?[ -]?in\b|sign in|cookies|credentials|password", Outcome.LOGIN_WALL),
        (r"\bcountry\b|\bregion\b|geo.?(?:restrict|block)|your location", Outcome.FORBIDDEN),
        (r"\bDRM\b", Outcome.FORBIDDEN),
        (r"larger than max-filesize|File too large", Outcome.TOO_LARGE),
        (r"HTTP Error 40[13]\b", Outcome.FORBIDDEN),
        (r"webpage: HTTP Error 4(?:04|10)\b|does not exist", Outcome.GONE),
        (r"\b(?:removed|deleted|terminated)\b", Outcome.GONE),
        (r"no longer available|video (?:is )?unavailable|isn't available", Outcome.GONE),
        (r"HTTP Error 5\d\d", Outcome.SERVER_ERROR),
        (r"timed? ?out", Outcome.TIMEOUT),
        (r"CERTIFICATE_VERIFY|SSL:", Outcome.TLS_FAILURE),
        (r"connect to proxy|Connection (?:refused|reset|aborted)", Outcome.CONNECTION_FAILURE),
        (r"Remote end closed|IncompleteRead|Tunnel connection", Outcome.CONNECTION_FAILURE),
    )
)  # fmt: skip
_UNTOLD = frozenset({None, Outcome.CONNECTION_FAILURE, Outcome.TIMEOUT})
"""The proxy knows better why."""
_FULL = re.compile(r"No space left on device|Errno 28\b")


def is_ours(got: VideoResult) -> bool:
    """Whether it failed for want of room here: nothing is to be said of the video."""
    return got.error is not None and _FULL.search(got.error) is not None


def failure(got: VideoResult, traffic: PageTraffic) -> tuple[Outcome, str]:
    """The outcome and why, in words: our own limits and the guard first, then what could not be
    reached, then what yt-dlp says."""
    said = cleaned(got.error or "it ended without a word")
    if traffic.over is not None:
        is_time = "second" in traffic.over
        return Outcome.TIMEOUT if is_time else Outcome.TOO_LARGE, f"yt-dlp: {traffic.over}"
    if got.is_large:
        return Outcome.TOO_LARGE, f"yt-dlp: {said}"
    outcome = next((outcome for words, outcome in _WORDS if words.search(said)), None)
    if outcome in _UNTOLD and traffic.refused:
        place, why = next(reversed(traffic.refused.items()))
        return Outcome.ADDRESS_REFUSED, f"{place}: {why}"
    if outcome in _UNTOLD and traffic.failed:
        return traffic.failed[-1]
    return outcome or Outcome.UNSUPPORTED, f"yt-dlp: {said}"


def cleaned(said: str) -> str:
    """A message on one line, without addresses, which may be signed, and advice on options."""
    plain = _FRAME.sub("", " ".join(_COLOURS.sub("", said).split()))
    return _URL.sub("…", _ADVICE.sub("", plain)).strip()[:_MOST_CHARS]
