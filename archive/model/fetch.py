"""Records of a fetch, on its way from the address asked for to the record that is kept: frozen,
picklable, without behaviour beyond small conversions.

Read top to bottom they follow one page: what went over the network (`Exchange`), why
(`FetchContext`), where it is kept (`Location`, `Written`). What is to be fetched is a `Target`.
What is understood of it is in `archive.model.understood`.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from archive.model.browser import BrowserNote
from archive.model.json_fields import checked_fields
from archive.model.player import PlayerNote
from archive.model.vocabulary import Kind, Via

if TYPE_CHECKING:
    from datetime import datetime

    from archive.model.body import Body
    from archive.model.media import Part


Headers = tuple[tuple[str, str], ...]
"""Header lines in the order seen, repeats kept; values decoded as latin-1, as HTTP does."""


@dataclass(frozen=True, slots=True)
class HttpMessage:
    """One request or response.

    Attributes:
        start_line: `GET /path HTTP/1.1` or `HTTP/1.1 200 OK`.
        headers: As seen, repeats kept.
        body: Bytes after transfer decoding, before content decoding.
    """

    start_line: str
    headers: Headers
    body: Body = b""


@dataclass(frozen=True, slots=True)
class Connection:
    """What is known of the connection that an answer came over.

    Attributes:
        sent_at: When the request was sent.
        certificates: The server's chain as it was sent, its own first, each DER in base64; empty
            without TLS.
        cipher: OpenSSL's name of the cipher suite.
        protocol: `TLSv1.3`.
    """

    sent_at: datetime
    certificates: tuple[str, ...] = ()
    cipher: str | None = None
    protocol: str | None = None


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its response, as they went over the network.

    Attributes:
        uri: The absolute URL requested.
        captured_at: When the response was complete.
        response: None when an import holds only the request.
        ip_address: The address connected to; None when unknown (proxy, import).
        truncated: Why the body is not whole (`length`, `time`, `disconnect`), or None.
        connection: None where it was not ours (import), or is not known.
    """

    uri: str
    captured_at: datetime
    response: HttpMessage
    request: HttpMessage | None = None
    ip_address: str | None = None
    truncated: str | None = None
    connection: Connection | None = None


@dataclass(frozen=True, slots=True)
class FetchContext:
    """Why and how a fetch was made: what a row needs and HTTP does not say. Kept in the WARC
    record.

    Attributes:
        capture_id: Number of the capture; hops carry the number of the capture they lead to.
        kind: What it is for.
        uri_r: The URL asked for, before any redirect; a record says it where it is not its own.
        via: `live`, `import` or `wayback`.
        reason: `new`, `due`, `cited`, `recrawl: …`, `import: file name`, …
        hop: Position in the redirect chain, from 0. The record that ends the chain has the highest.
        final: False for a redirect that was followed; the last record of a capture has True.
        tls_verified: None for plain http.
        led_by: For a hop, what led on where it was no HTTP redirect: `meta-refresh`,
            `refresh-header` or `range`.
        step: For kind `discovery`, which step asked; for kind `media`, what it is called on its
            page (`archive.model.media.ShownMedia.name`); for kind `browser`, which part it is.
        memento_at: For `wayback`, when the other archive captured it (ISO 8601).
        origin: For `import`, the record id in the imported file; the same id is never imported
            twice.
        error: For a fetch without response, what failed: an `Outcome` and the error's text.
        run: The run that fetched it.
        subject: For kind `source`, the URL as cited when another address is fetched for it (oEmbed,
            embed page); for kinds `media` and `browser`, the source that shows it.
        joined: Of a `resource` record that was put together from two downloads, the ids of their
            records, in their order and with a blank between.
        browser: For kind `browser`, what the browser says.
        player: For what came `via` yt-dlp, what that says.
    """

    capture_id: int
    kind: Kind
    uri_r: str
    via: Via = Via.LIVE
    reason: str = "new"
    hop: int = 0
    final: bool = True
    tls_verified: bool | None = None
    step: str | None = None
    memento_at: str | None = None
    origin: str | None = None
    error: tuple[str, str] | None = None
    run: str | None = None
    subject: str | None = None
    led_by: str | None = None
    joined: str | None = None
    browser: BrowserNote | None = None
    player: PlayerNote | None = None

    def to_json(self) -> dict[str, Any]:
        """A JSON object without the fields that hold their default."""
        # not `asdict`: it copies each value, which took a fourteenth of the time of a record
        return {
            name: value.to_json() if isinstance(value, BrowserNote | PlayerNote) else value
            for name, default in _DEFAULTS.items()
            if (value := getattr(self, name)) != default
        }

    @classmethod
    def from_json(cls, fields: dict[str, Any]) -> FetchContext:
        """The context that `to_json` gave; unknown fields of a newer version are ignored.

        Raises:
            ValueError, LookupError, TypeError, AttributeError: It is none.
        """
        known = checked_fields(cls, fields)
        error, browser, player = (known.get(name) for name in ("error", "browser", "player"))
        return cls(
            **{
                **known,
                "kind": Kind(known["kind"]),
                "via": Via(known.get("via", Via.LIVE)),
                "error": (str(error[0]), str(error[1])) if error else None,
                "browser": BrowserNote.from_json(browser) if browser is not None else None,
                "player": PlayerNote.from_json(player) if player is not None else None,
            }
        )


_DEFAULTS: dict[str, Any] = {one.name: one.default for one in fields(FetchContext)}


@dataclass(frozen=True, slots=True)
class Location:
    """Where a WARC record stands: file name without folder, byte offset and length of its gzip
    member."""

    file: str
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class Written:
    """A record that is on disk.

    Attributes:
        payload_digest: `sha256:<hex>` of the response body as sent; None for a failure.
        revisit_of: Id of the WARC record whose payload this one refers to, or None.
    """

    record_id: str
    location: Location
    payload_digest: str | None = None
    revisit_of: str | None = None


@dataclass(frozen=True, slots=True)
class PayloadRef:
    """An earlier capture with the same payload, for a revisit record."""

    record_id: str
    uri: str
    captured_at: datetime
    payload_digest: str


@dataclass(frozen=True, slots=True)
class Hop:
    """One step on the way to a capture.

    Attributes:
        led_by: What led on: `redirect`, `meta-refresh`, `refresh-header`, or `range` (a part of the
            file, or that there is none).
    """

    url: str
    http_status: int
    location: Location
    led_by: str = "redirect"


@dataclass(frozen=True, slots=True)
class Target:
    """One URL to capture, with the previous state that travels along.

    Attributes:
        url: What to request first.
        reason: As in `FetchContext`.
        etag, last_modified: Validators of the newest capture with a body, for a conditional
            request.
        previous: That capture's payload; a 304 becomes a revisit of it.
        cited_at: For sources: `YYYY-MM-DD` of the newest citing report.
        step: As in `FetchContext`; to be carried over into it.
        subject: As in `FetchContext`; to be carried over into it.
        part: What is there of it; only the rest is asked for, where the server allows that.
    """

    url: str
    kind: Kind
    reason: str
    etag: str | None = None
    last_modified: str | None = None
    previous: PayloadRef | None = None
    cited_at: str | None = None
    step: str | None = None
    subject: str | None = None
    part: Part | None = None
