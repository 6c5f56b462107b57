"""A video that its platform shows in a player alone, as yt-dlp had it."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from archive.model.json_fields import checked_fields

VIDEO_PREFIX = "urn:video:"
"""Before the page's address in the record of a video, which no server ever sent there as one
answer."""

_TOLD = frozenset({"id", "itag", "mime", "clen", "dur", "lmt", "v"})
"""Parameters of an address that name a file; others may sign it, or name who asked."""
_SIGNS = re.compile(r"[=~]|^[\w%.-]{65,}$")
_MOST_CHARS = 500


@dataclass(frozen=True, slots=True)
class PlayerNote:
    """What yt-dlp says of a video that it fetched, or tried to.

    Attributes:
        program: Name and version.
        extractor: Which part of it read the page.
        format_id: Of the file taken, as the extractor calls it.
        origin: Where the file came from, what signs the address taken out.
        width, height: In pixels, as the extractor says.
        duration_s: In seconds.
        connections: That it made.
        size: Bytes that went over the network.
        refused: Hosts that were not reached, each with the guard's reason.
        limit: Which limit ended it.
    """

    program: str = ""
    extractor: str | None = None
    format_id: str | None = None
    origin: str | None = None
    width: int | None = None
    height: int | None = None
    duration_s: float | None = None
    connections: int = 0
    size: int = 0
    refused: tuple[tuple[str, str], ...] = ()
    limit: str | None = None

    def to_json(self) -> dict[str, Any]:
        """A JSON object without the fields that hold their default."""
        blank = asdict(PlayerNote())
        return {name: value for name, value in asdict(self).items() if value != blank[name]}

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> PlayerNote:
        """What `to_json` gave; unknown fields of a newer version are ignored."""
        known = checked_fields(cls, told)
        refused = tuple((str(place), str(why)) for place, why in known.get("refused", ()))
        return cls(**{**known, "refused": refused})


@dataclass(frozen=True, slots=True)
class WantedVideo:
    """A video that a rule has fetched by yt-dlp.

    Attributes:
        name: What it is called on its page.
        source_url: The source that shows it, by its canonical address.
        cited_url: The same as cited, to be played.
    """

    id: int
    name: str
    source_url: str
    cited_url: str


def unsigned(url: str) -> str | None:
    """An address without what signs it or says who asked; None for what is none."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return None
    path = "/".join("…" if _SIGNS.search(one) else one for one in parts.path.split("/"))
    query = urlencode([(n, v) for n, v in parse_qsl(parts.query) if n in _TOLD])
    host = parts.hostname + (f":{parts.port}" if parts.port else "")
    return f"{parts.scheme}://{host}{path}{'?' if query else ''}{query}"[:_MOST_CHARS]
