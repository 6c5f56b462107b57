"""A cited page as a browser showed it, from its record to what is known of it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from archive.model.json_fields import checked_fields

PAGE, RESPONSE, SCREENSHOT, PDF = "page", "response", "screenshot", "pdf"
"""What one of its captures is (`FetchContext.step`): the page as it stood in the browser, an answer
that it got from the network, its picture, its print."""

DOM_PREFIX = "urn:dom:"
VIEW_PREFIX = "urn:view:"
PRINT_PREFIX = "urn:print:"
"""Before the page's address in what was never served there, so that nobody who replays the file
takes it for a server's word. `urn:view:` is other archiving browsers' name for a picture, too."""


@dataclass(frozen=True, slots=True)
class BrowserNote:
    """What a browser's record says beyond what it holds.

    Attributes:
        page: Of a part, the id of the record of its page; None for the page itself.
        final_url: Where the page stood when it was kept.
        http_status: Of the last answer to the page's own address.
        browser: Name and version.
        requests: That the page made.
        size: Bytes that went over the network.
        refused: Hosts that were not reached, each with the guard's reason; the first of them.
        limit: Which limit ended the page before it was done.
    """

    page: str | None = None
    final_url: str | None = None
    http_status: int | None = None
    browser: str | None = None
    requests: int = 0
    size: int = 0
    refused: tuple[tuple[str, str], ...] = ()
    limit: str | None = None

    def to_json(self) -> dict[str, Any]:
        """A JSON object without the fields that hold their default."""
        blank = asdict(BrowserNote())
        return {name: value for name, value in asdict(self).items() if value != blank[name]}

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> BrowserNote:
        """What `to_json` gave; unknown fields of a newer version are ignored."""
        known = checked_fields(cls, told)
        refused = tuple((str(place), str(why)) for place, why in known.get("refused", ()))
        return cls(**{**known, "refused": refused})


@dataclass(frozen=True, slots=True)
class PlainCapture:
    """The newest capture of a source without a browser.

    Attributes:
        words: Of its text.
    """

    id: int
    outcome: str
    words: int


@dataclass(frozen=True, slots=True)
class BrowserPageRow:
    """One row of `browser_pages`."""

    capture_id: int
    source_id: int
    words: int
    plain_capture_id: int | None
    plain_words: int | None
    better: int
    browser: str | None
    requests: int
    network_bytes: int
    refused: str
    limited_by: str | None


@dataclass(frozen=True, slots=True)
class BrowserPartRow:
    """One row of `browser_parts`."""

    capture_id: int
    page_record_id: str
    part: str


@dataclass(frozen=True, slots=True)
class WantedPage:
    """A source that is to be looked at in a browser."""

    source_id: int
    url: str
    cited_url: str
