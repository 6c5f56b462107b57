"""What stands behind a citing sentence: its sources, their voices, and those that speak of us."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Naming:
    """That a cited page itself names or links one of the publishers whose reports are kept.

    Attributes:
        names: The words, as the page has them; None where it names none.
        links: The address that it leads to; None where it leads to none.
    """

    names: str | None = None
    links: str | None = None


@dataclass(frozen=True, slots=True)
class Behind:
    """A source as its voice is told: by its address, and by the first good capture of it.

    Attributes:
        url: In the form of `sources.url`.
        platform, account, host, domain: As `sources` has them.
        is_report: It is a report of ISW or CTP.
        leads_to: Where a short link or a numbered copy led.
        forwarded_from: Whose post it hands on, by name.
        forwarded_url: The address of the post that it hands on.
        author: Who wrote it, as the page declares.
        dated: `YYYY-MM-DD` as the page declares.
        language: Of its text.
        text_id: That text; None where no good capture is held.
        naming: What the text says of the publishers.
        status: Of the source.
        only_copy: Whether what is kept of it is all there is.
    """

    id: int
    url: str
    platform: str
    account: str | None
    host: str
    domain: str
    is_report: bool = False
    leads_to: str | None = None
    forwarded_from: str | None = None
    forwarded_url: str | None = None
    author: str | None = None
    dated: str | None = None
    language: str | None = None
    text_id: int | None = None
    naming: Naming = Naming()
    status: str = "unchecked"
    only_copy: bool = False


@dataclass(frozen=True, slots=True)
class Citing:
    """A version as far as it matters who spoke first.

    Attributes:
        day: `YYYY-MM-DD`, the latest day on which the page says that it was written; None where it
            names none.
    """

    id: int
    day: str | None


@dataclass(frozen=True, slots=True)
class CitingSentence:
    """A sentence of a version, at one place, with all that its markers lead to.

    Attributes:
        position: Of its first marker.
        last: Of its last.
        sources: Ids, each once, in their order.
    """

    position: int
    last: int
    sources: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SupportSource:
    """One source of a sentence.

    Attributes:
        voice: Whose word it is, one name for all sources of the sentence that count as one; None
            for a report or map of the publishers themselves.
        circular: What makes it circular, by kind: `names`, `links`, `copies`, `after`.
    """

    source_id: int
    voice: str | None
    circular: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Support:
    """What a sentence rests on, counted.

    Attributes:
        sources: Without the publishers' own.
        own: The publishers' own reports and maps.
        voices: Independent ones.
        unnamed: Sources whose account nothing tells; those of one platform are taken for one voice.
        platforms: Of the sources, sorted, each once.
        alive: Sources that are there, maybe at another address.
        behind: All of them, the own too.
    """

    position: int
    last: int
    sources: int
    own: int
    voices: int
    unnamed: int
    platforms: tuple[str, ...]
    alive: int
    drifted: int
    dead: int
    only_copies: int
    behind: tuple[SupportSource, ...]

    @property
    def circular(self) -> int:
        """Sources that are circular."""
        return sum(bool(one.circular) for one in self.behind)
