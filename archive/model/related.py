"""What a post refers to: the posts that it answers, quotes, hands on, or shares an album with."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

CONTEXT = "context"
"""`captures.reason` of a post that a cited one refers to."""


class Relation(StrEnum):
    """How a post refers to another."""

    REPLIES = "replies-to"
    QUOTES = "quotes"
    FORWARDS = "forwards"
    ALBUM = "album"
    """Both are pictures or videos of one message, with its words below all of them."""


@dataclass(frozen=True, slots=True)
class PostLink:
    """One row of `post_links`.

    Attributes:
        other_id: What the other has, or would have, as a source.
        url: Of the other, in the form of `sources.url`.
        post_id: Of the other; None where only its account is named.
        capture_id: A capture that shows it; the first of several is kept.
    """

    source_id: int
    relation: Relation
    other_id: int
    url: str
    platform: str
    account: str | None
    post_id: str | None
    capture_id: int
