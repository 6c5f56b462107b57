"""What makes a source, known from its address alone."""

from __future__ import annotations

from dataclasses import dataclass

from archive.model.packed import packed


@packed
@dataclass(frozen=True, slots=True)
class SourceRow:
    """What makes a source, whether cited or captured; the least `cited_url` of all is kept."""

    id: int
    url: str
    cited_url: str
    host: str
    domain: str
    platform: str
    account: str | None
    post_id: str | None
    publication_key: str | None
