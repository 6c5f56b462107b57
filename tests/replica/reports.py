"""The reports of the world: what they are, when they appear, how they change. The ground truth for
their pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from tests.replica.prose import ENGLISH, rng_for


@dataclass(frozen=True, slots=True)
class PrintedNote:
    """An endnote: what stands on the page after its label, and the URLs that it cites."""

    label: str
    text: str
    urls: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A section of a report: the id in the page, heading, paragraphs with their markers."""

    ident: str
    heading: str
    paragraphs: tuple[str, ...]
    map_title: str | None = None


@dataclass(frozen=True, slots=True)
class State:
    """A report as it stands from a time on."""

    since: datetime
    title: str
    takeaways: tuple[str, ...]
    parts: tuple[Part, ...]
    notes: tuple[PrintedNote, ...]
    correction: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """One report of the world.

    Attributes:
        url: ISW's newest address of it.
        cutoff: As printed in the analyst's note, or None.
        aliases: Older addresses and mirrors that lead to it.
        site: Whose pages show it first: `isw` (WordPress), `drupal`, `ctp`.
        note_style: How a Drupal page marks its endnotes up; see `isw_drupal`.
        mirror_stands: Its mirrors stay as they were first, whatever is edited.
    """

    url: str
    team: str
    series: str
    series_name: str
    date: str
    edition: str | None
    number: int
    authors: tuple[str, ...]
    cutoff: str | None
    states: tuple[State, ...]
    aliases: tuple[str, ...] = ()
    site: str = "isw"
    note_style: str = "plain"
    mirror_stands: bool = False

    @property
    def path(self) -> str:
        """The path of its address."""
        return "/" + self.url.split("/", 3)[3]

    @property
    def appears(self) -> datetime:
        """When it is published."""
        return self.states[0].since

    def at(self, moment: datetime) -> State | None:
        """What stands there at a time; None before it appears."""
        return next((s for s in reversed(self.states) if s.since <= moment), None)

    def mirrored_at(self, moment: datetime) -> State | None:
        """What stands at its mirrors."""
        state = self.at(moment)
        return self.states[0] if state and self.mirror_stands else state


def moment(text: str) -> datetime:
    """`2026-03-11T22:05` as UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


SECTIONS = {
    "russian-offensive-campaign-assessment": (
        ("toplines", "Toplines"),
        ("ukr-ops", "Ukrainian Operations in the Russian Federation"),
        ("russian-ne", "Russian Supporting Effort: Northern Axis"),
        ("russian-se", "Russian Main Effort: Southern Axis"),
        ("air-missile-drone", "Russian Air, Missile, and Drone Campaign"),
        ("belarus", "Significant Activity in Belarus"),
    ),
    "iran-update": (
        ("toplines", "Toplines"),
        ("us-and-israeli-air-campaign", "US and Israeli Air Campaign"),
        ("iranian response", "Iranian Response"),
        ("axis-of-resistance-response", "Axis of Resistance Response "),
    ),
    "korean-peninsula-update": (
        ("toplines", "Toplines"),
        ("north korea", "North Korea"),
        ("south-korea", "South Korea"),
    ),
    "africa-file": (
        ("key-takeaways", "Key Takeaways"),
        ("assessments", "Assessments"),
    ),
    "russian-occupation-update": (
        ("toplines", "Toplines"),
        ("administration", "Administration of Occupied Areas"),
    ),
}


def roman(number: int) -> str:
    """`4` as `iv`, up to 399."""
    signs = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"))
    out = ""
    for value, sign in (*signs, (4, "iv"), (1, "i")):
        count, number = divmod(number, value)
        out += sign * count
    return out


def compose(seed: str, series: str, labels: list[str]) -> tuple[tuple[Part, ...], tuple[str, ...]]:
    """Sections that mark every label once and some twice, and key takeaways."""
    rng = rng_for(seed)
    outline = SECTIONS[series]
    share = -(-len(labels) // len(outline))
    parts = []
    for index, (ident, heading) in enumerate(outline):
        mine = labels[index * share : (index + 1) * share]
        paragraphs = [ENGLISH.sentence(rng)]
        for start in range(0, len(mine), 3):
            marked = [ENGLISH.sentence(rng) + f"[{label}]" for label in mine[start : start + 3]]
            paragraphs.append(" ".join([*marked, ENGLISH.sentence(rng)]))
        if len(mine) > 4:
            paragraphs.append(ENGLISH.sentence(rng) + f"[{mine[0]}][{mine[2]}]")
        title = f"{heading.strip()}, as of the evening" if index % 2 else None
        parts.append(Part(ident, heading, tuple(paragraphs), title))
    return tuple(parts), tuple(ENGLISH.sentence(rng) for _ in range(5))
