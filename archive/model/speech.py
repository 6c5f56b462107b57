"""How a citing sentence speaks: how sure its authors let it be, and who is said to say it.

What counts as what stands in `docs/reading.md`; the rules are in `pipeline.read.speech`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from archive.model.packed import packed


class Hedge(StrEnum):
    """How a sentence vouches for what it says; exactly one for each citing sentence."""

    CONFIRMED = "confirmed"
    """Pictures show it, or somebody is said to confirm it."""
    ASSESSED = "assessed"
    """A judgement: likely, may, suggests, ISW assesses; also another's estimate."""
    REPORTED = "reported"
    """Handed on without distance: reported, stated, according to, reportedly."""
    CLAIMED = "claimed"
    """Handed on with distance: claimed, alleged, accused, purportedly."""
    DENIED = "denied"
    """Somebody is said to deny it."""
    UNVERIFIED = "unverified"
    """The authors, or whoever should know, say that they cannot confirm it."""
    NONE = "none"
    """A plain statement."""


class Role(StrEnum):
    """Who is said to say it: as what, not by which name."""

    AUTHORS = "authors"
    """The report's own authors: `ISW assesses`, and every judgement without another owner."""
    MILBLOGGER = "milblogger"
    SPOKESPERSON = "spokesperson"
    """Of whatever: spokespeople, press secretaries and press services."""
    GENERAL_STAFF = "general-staff"
    MILITARY = "military"
    """Other commands, services, units and soldiers of armed forces."""
    INTELLIGENCE = "intelligence"
    MINISTRY = "ministry"
    OFFICIAL = "official"
    """Who holds an office, and offices: presidents, ministers, governors, mayors, parliaments,
    courts, police."""
    ARMED_GROUP = "armed-group"
    """Militias, movements and mercenaries that are no state's army."""
    MEDIA = "media"
    ANALYST = "analyst"
    """Think tanks, experts, people who read open sources."""
    ORGANISATION = "organisation"
    """Firms, charities, international bodies."""
    PUBLIC = "public"
    """Residents, witnesses, users of social media."""
    GEOLOCATED_FOOTAGE = "geolocated-footage"
    FOOTAGE = "footage"
    """Other pictures."""
    SATELLITE_IMAGERY = "satellite-imagery"
    DOCUMENT = "document"
    """A text whose author the sentence does not name: a letter, an agreement, `the report`."""
    PERSON = "person"
    """Somebody named, of whom the report does not say as what they speak."""
    UNNAMED = "unnamed"
    """`Russian sources`, `reportedly`, `he`."""


@packed
@dataclass(frozen=True, slots=True)
class Speech:
    """How one sentence speaks.

    Attributes:
        role: None where the sentence is plain.
    """

    hedge: Hedge
    role: Role | None = None
