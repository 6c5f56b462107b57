"""The sources that the demo's reports cite, and what becomes of each in the days that are left."""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import cycle
from typing import TYPE_CHECKING

from tests.replica.lives import Life
from tests.replica.platforms import ACCOUNTS, tweet_number
from tests.replica.prose import ENGLISH, rng_for
from tests.replica.telegram import CHANNELS

if TYPE_CHECKING:
    import random
    from datetime import datetime

# Host, language, and how it answers addresses that never were.
PAPERS = (
    ("www.harbour-courier.com", "en", "404"), ("velmar-today.com", "en", "soft-404-title"),
    ("vestnik-ilmy.ru", "ru", "404"), ("hadran-telegraf.ru", "ru", "soft-404-text"),
    ("ridnyi-bereh.ua", "uk", "404"), ("akhbar-alshatt.com", "ar", "soft-404-title"),
    ("www.rudnegar.ir", "fa", "404"), ("namal-news.co.il", "he", "soft-404-text"),
    ("limanhaber.com.tr", "tr", "404"), ("www.lecourrierdelilma.fr", "fr", "404"),
)  # fmt: skip
# What becomes of the sources of a kind, one after the other and then from the start again; later
# states follow after a `,`. The shares are roughly those of real reports.
KINDS = (
    "telegram article telegram x telegram house article telegram soft telegram x article telegram "
    "youtube telegram article x telegram soft article telegram"
)
FATES = {
    "telegram": "removed same no-video,same removed same same removed,same same removed same same",
    "x": "removed protected same same removed same same protected same",
    "youtube": "removed same same",
    "article": "404 same minor new-slug same substantial 410 same replaced new-host frame same "
    "to-home corrected same 404 403 same off-topic 404,same new-slug,new-slug-404 same paywall",
    "soft": "soft-404 substantial soft-404 same new-slug same",
    "house": "no-name parked robots casino expired-certificate new-owner-404",
}
BEFORE_CITED = (2.0, 60.0)
"""Hours by which a source is older than the report that cites it first."""
LATER, LATER_SHARE = timedelta(hours=30), 0.04
"""A few were put there after the report, which tells of an address that was used anew."""
FIRST_TURN = 3.0
"""Days: nothing turns before it was seen well."""


class Dealer:
    """Deals sources: kinds and fates in turn, so that each comes, and days by the dice."""

    def __init__(self) -> None:
        self._kinds = cycle(KINDS.split())
        self._fates = {kind: cycle(fates.split()) for kind, fates in FATES.items()}

    def lives(
        self, name: str, count: int, begun: datetime, end: datetime, cited: datetime
    ) -> list[Life]:
        """So many sources, first cited on a day.

        Args:
            name: Of the report; other names give other sources.
            count: How many.
            begun: The day.
            end: Turns come before it.
            cited: When the report appears; each was there some hours before, but for a few.
        """
        left = (end - begun) / timedelta(days=1)
        found = []
        for number in range(count):
            posted = _posted(rng_for(f"posted {name} {number}"), cited, begun)
            found.append(self._life(f"{name} {number}", begun, left, posted))
        return found

    def _life(self, name: str, begun: datetime, left: float, posted: datetime) -> Life:
        rng = rng_for(f"year {name}")
        kind = next(self._kinds)
        states = next(self._fates[kind]).split(",")
        url, language, soft = _address(rng, kind, states, posted)
        site = kind if kind in {"telegram", "x", "youtube"} else "article"
        turns = _turns(rng, states, left)
        return Life(name, site, url, language, turns, name, soft, begun, posted)


def _posted(rng: random.Random, cited: datetime, begun: datetime) -> datetime:
    """When a source was there first, which a report cites that appeared at that time."""
    before, late = rng.uniform(*BEFORE_CITED), cited + LATER
    if late < begun and rng.random() < LATER_SHARE:
        return late
    return (cited - timedelta(hours=before)).replace(microsecond=0)


def _turns(rng: random.Random, states: list[str], left: float) -> tuple[tuple[float, str], ...]:
    """Days and states: most turns come early, and what was cited of late has met few."""
    if states[0] in {"same", "frame"} or rng.random() > (left / 365) ** 0.25:
        return ((0.0, "frame" if states[0] == "frame" else "same"),)
    day = FIRST_TURN + (left - FIRST_TURN) * rng.random() ** 2
    turns = [(0.0, "same")]
    for state in states:
        turns.append((round(day, 2), state))
        day += (left - day) * 0.5
    return tuple(turns)


def _address(
    rng: random.Random, kind: str, states: list[str], posted: datetime
) -> tuple[str, str, str]:
    """URL, language, the host's way with addresses that never were."""
    number = rng.randrange(4_000, 99_999)
    if kind == "telegram":
        channel = rng.choice(list(CHANNELS))
        return f"https://t.me/{channel}/{number}", CHANNELS[channel][1], "404"
    if kind == "x":
        account = rng.choice(list(ACCOUNTS))
        post = tweet_number(posted, number)
        return f"https://x.com/{account}/status/{post}", ACCOUNTS[account][1], "404"
    if kind == "youtube":
        return f"https://www.youtube.com/watch?v=iLma{number:07d}", "en", "404"
    host, language, soft = rng.choice(_papers(kind, states))
    if kind == "house":
        host = f"{language}-{number}-replica.net"
    slug = re.sub(r"\W+", "-", ENGLISH.headline(rng).lower())
    return f"https://{host}/world/{number}-{slug}", language, soft


def _papers(kind: str, states: list[str]) -> list[tuple[str, str, str]]:
    """Those whose ways fit: a paper says of all that is missing in one way that it is missing."""
    fit = [paper for paper in PAPERS if (paper[2] != "404") == (kind == "soft")]
    return fit[:1] if "new-host" in states else fit
