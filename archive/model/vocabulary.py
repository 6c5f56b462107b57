"""The words of the archive: what a capture is for, how it ended, what a source is.

All sets of outcomes stand here, each with a name of its own, so that no two rules mean different
things by one word.
"""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What a capture is for."""

    REPORT = "report"
    SOURCE = "source"
    FILE = "file"
    """A figure or an attachment of a report."""
    DISCOVERY = "discovery"
    ROBOTS = "robots"
    PROBE = "probe"
    """What a host answers to an address that cannot exist, to know its error page by."""
    MEDIA = "media"
    """A picture, video or file that a cited page shows."""
    BROWSER = "browser"
    """A cited page as a browser showed it, or a part of that."""


class Via(StrEnum):
    """Where a capture comes from."""

    LIVE = "live"
    IMPORT = "import"
    WAYBACK = "wayback"
    BROWSER = "browser"
    """Ours, like `live`, but by a browser that runs a page's scripts."""
    YTDLP = "yt-dlp"
    """Ours, like `live`, but a video that yt-dlp put together."""


class Outcome(StrEnum):
    """How one fetch ended; exactly one for each capture."""

    OK = "ok"
    NOT_MODIFIED = "not-modified"
    REDIRECTED_AWAY = "redirected-away"
    GONE = "gone"
    FORBIDDEN = "forbidden"
    CHALLENGE = "challenge"
    LOGIN_WALL = "login-wall"
    PAYWALL = "paywall"
    CONSENT_WALL = "consent-wall"
    RATE_LIMITED = "rate-limited"
    SERVER_ERROR = "server-error"
    TIMEOUT = "timeout"
    DNS_FAILURE = "dns-failure"
    TLS_FAILURE = "tls-failure"
    CONNECTION_FAILURE = "connection-failure"
    TRUNCATED = "truncated"
    REDIRECT_LOOP = "redirect-loop"
    TOO_LARGE = "too-large"
    THIN = "thin"
    ROBOTS_DISALLOWED = "robots-disallowed"
    ADDRESS_REFUSED = "address-refused"
    UNSUPPORTED = "unsupported"
    REMOVED = "removed"
    SOFT_404 = "soft-404"
    PARKED = "parked"


RETRIEVED = frozenset({Outcome.OK, Outcome.NOT_MODIFIED})
"""The page itself came, whole."""

BROWSED = RETRIEVED | {Outcome.THIN}
"""The page is shown to everybody, so that a browser may show more of it; a wall is none of its
business."""

PARTIAL = frozenset({Outcome.TOO_LARGE, Outcome.TRUNCATED})
"""The page is there; what came of it cannot be compared with all of it."""

PAGE_THERE = RETRIEVED | PARTIAL
"""The page is there, whatever came of it."""

COMPARABLE = RETRIEVED | {Outcome.REDIRECTED_AWAY}
"""What came may be laid beside the first good capture: whether a redirect led away, its text
tells."""

READABLE = frozenset({Outcome.OK, Outcome.THIN, Outcome.TRUNCATED, Outcome.PAYWALL})
"""The body is worth reading."""

FINDABLE = frozenset({Outcome.OK, Outcome.TRUNCATED})
"""The text is what was cited, so that it is worth finding under other addresses."""

MEDIA_SHOWN = frozenset({Outcome.OK, Outcome.TRUNCATED, Outcome.PAYWALL})
"""The page is what was cited, or a part of it: what it shows beside its words is its own."""

ARRIVED = RETRIEVED | {Outcome.PAYWALL, Outcome.TRUNCATED}
"""The capture ended at what was cited."""

OF_THE_PAGE = PAGE_THERE | {Outcome.PAYWALL, Outcome.THIN}
"""What came is the page or a part of it, nothing in its place; in many a front page, which is a
list of links, no text is found."""

ABSENCE_PROOFS = frozenset(
    {
        Outcome.GONE,
        Outcome.DNS_FAILURE,
        Outcome.REMOVED,
        Outcome.SOFT_404,
        Outcome.PARKED,
        Outcome.REDIRECTED_AWAY,
    }
)
"""They prove absence, seen often enough (`docs/outcomes.md`)."""

UNFETCHABLE = frozenset({Outcome.ADDRESS_REFUSED, Outcome.UNSUPPORTED})
"""Addresses that nobody fetches, so that no archive can have them."""

NOT_FETCHED = UNFETCHABLE | {Outcome.ROBOTS_DISALLOWED}
"""We may not, or cannot, fetch it: nothing was asked."""

WALLED = frozenset(
    {
        Outcome.FORBIDDEN,
        Outcome.CHALLENGE,
        Outcome.LOGIN_WALL,
        Outcome.PAYWALL,
        Outcome.CONSENT_WALL,
        Outcome.RATE_LIMITED,
        Outcome.THIN,
    }
)
"""Somebody stands before the page: whether it is there cannot be told."""

SITE_REFUSALS = frozenset(
    {Outcome.FORBIDDEN, Outcome.CHALLENGE, Outcome.RATE_LIMITED, Outcome.LOGIN_WALL}
)
"""A site says that it will not serve us; then a Wayback is asked for its reports."""

NO_CONNECTION = frozenset(
    {Outcome.DNS_FAILURE, Outcome.CONNECTION_FAILURE, Outcome.TLS_FAILURE, Outcome.TIMEOUT}
)
"""Nobody answered: a host, or our network, is down, or is not who it says."""

HOST_DOWN = frozenset({Outcome.DNS_FAILURE, Outcome.CONNECTION_FAILURE, Outcome.TIMEOUT})
"""What says something of all pages of a host; a certificate may be wrong for one name of it."""

PASSING_SOON = frozenset(
    {
        Outcome.TIMEOUT,
        Outcome.CONNECTION_FAILURE,
        Outcome.DNS_FAILURE,
        Outcome.SERVER_ERROR,
        Outcome.RATE_LIMITED,
    }
)
"""Another try in the same run may better it."""

PASSING_IN_DAYS = PASSING_SOON | {Outcome.TLS_FAILURE, Outcome.TRUNCATED}
"""It may be over tomorrow."""

LOST = ABSENCE_PROOFS | {
    Outcome.FORBIDDEN,
    Outcome.CHALLENGE,
    Outcome.LOGIN_WALL,
    Outcome.CONSENT_WALL,
    Outcome.PAYWALL,
    Outcome.TLS_FAILURE,
    Outcome.THIN,
    Outcome.REDIRECT_LOOP,
}
"""The live page is not to be had, so that another archive's copy is wanted.

Not `robots-disallowed`: a copy is somebody else's, and asking for it breaks no rule of the site;
but a site that asks machines to keep out has not lost its page, and what it does not want kept is
not kept by a detour either. Not `UNFETCHABLE`: no archive can have those."""

LOST_AT_LAST = PASSING_SOON - {Outcome.DNS_FAILURE}
"""The live page is not to be had, and will not be tried again."""

VIEW_SHOWS_NOTHING = frozenset(
    {
        Outcome.THIN,
        Outcome.GONE,
        Outcome.FORBIDDEN,
        Outcome.SOFT_404,
        Outcome.REDIRECTED_AWAY,
        Outcome.UNSUPPORTED,
    }
)
"""Of a platform's view of a post: they say nothing of the post, for the view itself is not what it
was."""

MISSING_PAGE_SHOWN = frozenset({Outcome.OK, Outcome.SOFT_404, Outcome.REDIRECTED_AWAY})
"""Of an address that cannot exist: the host showed some page there, by which its error page is
known."""

HOST_SAYS_NOTHING = (
    NO_CONNECTION
    | NOT_FETCHED
    | {
        Outcome.CHALLENGE,
        Outcome.RATE_LIMITED,
        Outcome.SERVER_ERROR,
        Outcome.REDIRECT_LOOP,
        Outcome.FORBIDDEN,
    }
)
"""Of an address that cannot exist: nothing is known of what the host shows there."""

MEDIA_UNTOLD = frozenset({Outcome.OK, Outcome.THIN, Outcome.SOFT_404, Outcome.REDIRECTED_AWAY})
"""Of a page that came in the place of a picture: all that it tells is that it is none."""

ADDRESS_REFUSED_LATE = frozenset({Outcome.GONE, Outcome.FORBIDDEN})
"""What servers say of an address that was signed until a time that is over."""

CODING_UNSEEN = frozenset({Outcome.OK, Outcome.THIN})
"""What is said of a body before it is known that its content coding could not be undone."""

MEDIA_CODING_UNSEEN = CODING_UNSEEN | {Outcome.UNSUPPORTED, Outcome.TRUNCATED}
"""As `CODING_UNSEEN`, of a picture: what was unpacked as far as may be is no whole one."""


REDIRECT_STATUSES = frozenset({301, 302, 303, 307, 308})
"""With an address, an answer that leads on to it (RFC 9110, section 15.4)."""


class Status(StrEnum):
    """What a source is, by all that is known of it."""

    UNCHECKED = "unchecked"
    ALIVE = "alive"
    MOVED = "moved"
    DRIFTED = "drifted"
    SUSPECT = "suspect"
    DEAD = "dead"
    BLOCKED = "blocked"
    """Somebody stands before it: we cannot tell."""
    REFUSED = "refused"
    """We may not fetch it."""


class DriftClass(StrEnum):
    """How far a page's text has gone from the first good capture's."""

    SAME = "same"
    MINOR = "minor-edit"
    SUBSTANTIAL = "substantial-edit"
    REPLACED = "replaced"
    OFF_TOPIC = "off-topic"


SEEING = ("there", "came-back", "moved", "drifted")
"""Rules of verdicts by which a source was seen (`pipeline.decide.verdicts.RULES`); all others are
absence or no proof."""

MEDIA_REMOVED, MEDIA_RESTORED = "media-removed", "media-restored"
MEDIA_EVENTS = (MEDIA_REMOVED, MEDIA_RESTORED)
"""Kinds of events of what a post shows, decided apart from those of the post itself."""
