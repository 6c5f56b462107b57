"""The words of the archive: what a capture is for, how it ended, what a source is."""

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


class Via(StrEnum):
    """Where a capture comes from."""

    LIVE = "live"
    IMPORT = "import"
    WAYBACK = "wayback"


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
