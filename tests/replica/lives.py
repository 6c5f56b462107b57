"""Lives of cited sources over a year, written down before any judge sees them: what is at an
address, and from which day on.

The labels are those of the states below, by what was done to the page; nothing here knows how it is
judged.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from tests.replica.prose import rng_for

if TYPE_CHECKING:
    import random

BEGIN = datetime(2026, 3, 20, 12, tzinfo=UTC)
DAYS = 365
PAPER_LANGUAGES = ("en", "ru", "uk", "ar", "fa", "he", "tr", "fr")
SETTLED_DAYS = 50
"""After so long in one state three looks have been made, however sparse the days of looking are."""


@dataclass(frozen=True, slots=True)
class State:
    """What is at an address.

    Attributes:
        truth: `alive`, `moved`, `drifted`, `dead`, `blocked` (somebody stands before it), `refused`
            (robots.txt), `failing` (the network or the server fails, which says nothing of the
            page).
        drift: The class of the text against the first; None where there is no text of the source.
        whole_host: It is said of every address of the host.
    """

    truth: str
    drift: str | None = None
    whole_host: bool = False


STATES = {
    # there
    "same": State("alive", "same"),
    # counters, tokens and dates around the text change with each visit
    "frame": State("alive", "same"),
    "minor": State("alive", "minor-edit"),
    "corrected": State("alive", "minor-edit"),  # a word changed, and a line says so
    "expired-certificate": State("alive", "same", whole_host=True),
    "no-video": State("alive", "same"),  # the post stands without the video that it showed
    "https": State("alive", "same"),  # http redirects to the same address under https
    # drifted
    "substantial": State("drifted", "substantial-edit"),
    "replaced": State("drifted", "replaced"),
    "off-topic": State("drifted", "off-topic"),
    # moved
    "new-slug": State("moved", "same"),
    "new-host": State("moved", "same"),
    "new-slug-minor": State("moved", "minor-edit"),
    # dead
    "404": State("dead"),
    "410": State("dead"),
    "soft-404": State("dead"),  # in the words of the language, under status 200
    # the site's shell with other stories, as at any address that never was; no word says so
    "soft-sibling": State("dead"),
    "to-home": State("dead"),
    "to-section": State("dead"),
    "to-other": State("dead"),  # redirect to another article
    "new-slug-404": State("dead"),  # it had moved; what it moved to is gone
    "no-name": State("dead", whole_host=True),  # DNS
    "parked": State("dead", whole_host=True),
    "casino": State("dead", whole_host=True),  # registered anew: one page for every address
    "new-owner-404": State("dead", whole_host=True),
    "new-owner-home": State("dead", whole_host=True),
    "removed": State("dead"),  # post or video, as its platform says
    "channel-gone": State("dead", whole_host=True),
    # nobody can tell
    "403": State("blocked"),
    "429": State("blocked"),
    "challenge": State("blocked"),
    "login": State("blocked"),
    "to-login": State("blocked"),
    "paywall": State("blocked"),
    "consent": State("blocked"),
    "protected": State("blocked"),  # the account was closed to strangers
    "robots": State("refused", whole_host=True),
    # failing
    "500": State("failing"),
    "503": State("failing", whole_host=True),
    # `back soon` for every address, under status 200
    "maintenance": State("failing", whole_host=True),
    "refuse": State("failing", whole_host=True),
    "reset": State("failing", whole_host=True),
    "silent": State("failing", whole_host=True),
    # while it lasts nobody can tell it from the end
    "no-name-for-days": State("dead", whole_host=True),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Life:
    """One cited source.

    Attributes:
        kind: `article`, `telegram`, `x`, `youtube`.
        turns: Day (from `BEGIN`) and state from then on; the first is of day 0.
        shape: The name of its plan, for tables.
        soft: How its host answers addresses that never were: `404`, `soft-404-title`,
            `soft-404-text`, `soft-sibling`.
        begun: Its day 0.
        posted: When it was first there; None: some days before that.
    """

    name: str
    kind: str
    url: str
    language: str
    turns: tuple[tuple[float, str], ...]
    shape: str
    soft: str = "404"
    begun: datetime = BEGIN
    posted: datetime | None = None

    def key(self, at: datetime) -> str:
        """Name of its state at a time."""
        day = (at - self.begun) / timedelta(days=1)
        return next(key for since, key in reversed(self.turns) if since <= max(day, 0.0))

    def state(self, at: datetime) -> State:
        """Its state at a time."""
        return STATES[self.key(at)]

    def absent_days(self, at: datetime) -> float:
        """For how long it has been dead at a time, without a break; 0.0 when it is not."""
        return self._days_with(at, lambda state: state.truth == "dead")

    def settled_days(self, at: datetime) -> float:
        """For how long the label has been what it is at a time."""
        now = self.state(at)
        return self._days_with(
            at, lambda state: (state.truth, state.drift) == (now.truth, now.drift)
        )

    def _days_with(self, at: datetime, holds: Holds) -> float:
        day, begun = (at - self.begun) / timedelta(days=1), None
        for since, key in self.turns:
            if since > day:
                break
            begun = (since if begun is None else begun) if holds(STATES[key]) else None
        return day - begun if begun is not None else 0.0

    @property
    def has_video(self) -> bool:
        """Whether it is a post that showed a video at first."""
        return any(key == "no-video" for _, key in self.turns)

    @property
    def host(self) -> str:
        """Its host, as in the URL."""
        return self.url.split("/")[2]

    @property
    def published(self) -> datetime:
        """When it was first there."""
        return self.posted or self.begun - timedelta(days=2, hours=6)


if TYPE_CHECKING:
    from collections.abc import Callable

    Holds = Callable[[State], bool]

# How often, the states one after the other, and for how many days each but the last lasts; where no
# days are given the day is drawn. A plan's first state is `same` unless it says otherwise.
Plan = tuple[int, tuple[str, ...], tuple[float, ...]]
ARTICLES: dict[str, Plan] = {
    "stays": (20, (), ()),
    "frame": (8, ("frame",), ()),
    "gone 404": (14, ("404",), ()),
    "gone 410": (5, ("410",), ()),
    "redirected home": (5, ("to-home",), ()),
    "redirected to section": (4, ("to-section",), ()),
    "redirected to other article": (4, ("to-other",), ()),
    "404 for a day": (6, ("404", "same"), (1,)),
    "404 for five days": (6, ("404", "same"), (5,)),
    "404 twice for two days": (2, ("404", "same", "404", "same"), (2, 6, 2)),
    "500 for weeks": (4, ("500", "same"), (24,)),
    "500 for good": (2, ("500",), ()),
    "403 later": (4, ("403",), ()),
    "429 later": (2, ("429",), ()),
    "bot wall later": (3, ("challenge",), ()),
    "403 for weeks": (2, ("403", "same"), (40,)),
    "login later": (2, ("login",), ()),
    "redirect to login later": (2, ("to-login",), ()),
    "paywall later": (4, ("paywall",), ()),
    "consent wall later": (2, ("consent",), ()),
    "moves to a new slug": (7, ("new-slug",), ()),
    "moves to a new host": (5, ("new-host",), ()),
    "moves, then is edited": (2, ("new-slug", "new-slug-minor"), (60,)),
    "moves, then dies": (3, ("new-slug", "new-slug-404"), (60,)),
    "minor edit": (8, ("minor",), ()),
    "correction": (6, ("corrected",), ()),
    "substantial edit": (8, ("substantial",), ()),
    "replaced": (6, ("replaced",), ()),
    "off topic": (6, ("off-topic",), ()),
    "edited, then put back": (2, ("substantial", "same"), (50,)),
    "drifts, then dies": (4, ("substantial", "404"), (60,)),
    "minor edit, then dies": (2, ("minor", "410"), (60,)),
    "dies, comes back": (5, ("404", "same"), (50,)),
    "dies, comes back, dies": (4, ("404", "same", "410"), (50, 60)),
    "wall, then dies": (3, ("403", "404"), (50,)),
}  # fmt: skip
SOFT: dict[str, Plan] = {
    "soft stays": (8, (), ()),
    "soft 404": (16, ("soft-404",), ()),
    "soft 404 for three days": (2, ("soft-404", "same"), (3,)),
    "soft 404, comes back": (2, ("soft-404", "same"), (50,)),
}
SIBLING: dict[str, Plan] = {
    "shell stays": (4, (), ()),
    "shell only": (9, ("soft-sibling",), ()),
    "shell, comes back": (1, ("soft-sibling", "same"), (50,)),
}
HOSTS: dict[str, Plan] = {
    "name gone": (6, ("no-name",), ()),
    "name gone for three days": (3, ("no-name-for-days", "same"), (3,)),
    "parked": (4, ("parked",), ()),
    "registered anew: casino": (3, ("casino",), ()),
    "registered anew: 404": (3, ("new-owner-404",), ()),
    "registered anew: home": (2, ("new-owner-home",), ()),
    "refuses for weeks": (3, ("refuse", "same"), (25,)),
    "refuses for good": (2, ("refuse",), ()),
    "silent for weeks": (2, ("silent", "same"), (25,)),
    "reset for weeks": (2, ("reset", "same"), (25,)),
    "refuses, then its name goes": (2, ("refuse", "no-name"), (50,)),
    "robots.txt later": (4, ("robots",), ()),
    "503 for weeks": (2, ("503", "same"), (20,)),
    "maintenance page for days": (2, ("maintenance", "same"), (4,)),
    "maintenance page for weeks": (2, ("maintenance", "same"), (20,)),
    "certificate expires": (3, ("expired-certificate",), ()),
    "name gone, comes back": (2, ("no-name", "same"), (50,)),
}
HTTP: dict[str, Plan] = {
    "https": (4, ("https",), ()),
    "https, then dies": (1, ("https", "404"), (60,)),
}
TELEGRAM: dict[str, Plan] = {
    "post stays": (16, (), ()),
    "post removed": (14, ("removed",), ()),
    "post removed, comes back": (2, ("removed", "same"), (50,)),
    "channel gone": (4, ("channel-gone",), ()),
    "video taken down, put back": (2, ("no-video", "same"), (50,)),
}
X: dict[str, Plan] = {
    "X stays": (8, (), ()),
    "X removed": (8, ("removed",), ()),
    "X protected": (3, ("protected",), ()),
    "X suspended for weeks": (2, ("removed", "same"), (45,)),
}
YOUTUBE: dict[str, Plan] = {
    "video stays": (4, (), ()),
    "video removed": (4, ("removed",), ()),
    "video private": (1, ("protected",), ()),
}
TURNING = ((10.0, 34.0), (152.0, 182.0))
"""Between which days lives begin to turn: after they were seen well, and where the days of looking
are dense, so that what lasts a day or five is met at all."""
LOOKS = (
    1, 2, 4, 7, 10, 13, 16, 19, 22, 26, 30, 34, 38, 42, 46, 60, 76, 92, 108, 124, 140,
    150, 154, 158, 162, 166, 170, 174, 178, 182, 186, 190, 194,
    208, 222, 238, 254, 270, 286, 302, 318, 334, 350, 365,
)  # fmt: skip
"""Days on which checks are made; which of them, the schedule decides."""


@cache
def lives() -> tuple[Life, ...]:
    """All of them, the same on every machine."""
    made: list[Life] = []
    for kind, plans in _GROUPS:
        number = 0
        for shape, (count, states, days) in plans.items():
            for _ in range(count):
                language = PAPER_LANGUAGES[number % len(PAPER_LANGUAGES)]
                rng = rng_for(f"life {kind} {number}")
                made.append(_life(kind, number, language, shape, _turns(rng, states, days)))
                number += 1
    return tuple(made)


_GROUPS: tuple[tuple[str, dict[str, Plan]], ...] = (
    ("article", ARTICLES), ("soft", SOFT), ("shell", SIBLING), ("host", HOSTS), ("http", HTTP),
    ("telegram", TELEGRAM), ("x", X), ("youtube", YOUTUBE),
)  # fmt: skip


def _turns(
    rng: random.Random, states: tuple[str, ...], days: tuple[float, ...]
) -> tuple[tuple[float, str], ...]:
    """The states with their days: the first turn is drawn, the others follow it."""
    if states in {(), ("frame",)}:
        return ((0.0, states[0] if states else "same"),)
    turns = [(0.0, "same")]
    day = round(rng.uniform(*rng.choice(TURNING)), 2)
    for state, lasts in zip(states, (*days, 0.0), strict=True):
        turns.append((day, state))
        day = round(day + lasts * rng.uniform(1.0, 1.1), 2) if lasts > 5 else day + lasts
    return tuple(turns)


def _life(
    kind: str, number: int, language: str, shape: str, turns: tuple[tuple[float, str], ...]
) -> Life:
    name = f"{kind}-{number}"
    soft = "404"
    if kind == "telegram":
        channel = (
            f"gone_river_{number}" if shape == "channel gone" else f"{language}_river_{number % 3}"
        )
        url = f"https://t.me/{channel}/{3_000 + 7 * number}"
    elif kind == "x":
        url = f"https://x.com/river_{language}_{number % 2}/status/{2_030_000_000_000_000_000 + 7_919 * number}"  # noqa: E501
    elif kind == "youtube":
        url = f"https://www.youtube.com/watch?v=lIve{number:07d}"
    elif kind == "http":
        url = f"http://old-{language}-lives.org/world/{5_000 + number}-the-ferry"
    elif kind == "host":
        url = f"https://{language}-house-{number}-lives.net/world/{5_000 + number}-the-ferry.html"
    else:
        soft = {
            "soft": f"soft-404-{('title', 'text')[number // 8 % 2]}",
            "shell": "soft-sibling",
        }.get(kind, "404")
        paper = f"{language}-{soft}" if kind != "article" else f"{language}-paper"
        url = f"https://www.{paper}-lives.com/world/{7_000 + number}-what-the-crossing-carries"
    site = kind if kind in {"telegram", "x", "youtube"} else "article"
    return Life(name, site, url, language, turns, shape, soft)
