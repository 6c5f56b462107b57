"""The series whose reports we collect, as titles and addresses name them: data alone."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KnownSeries:
    """A series of reports.

    Attributes:
        slug: As `versions.series` has it.
        name: As people write it.
        named: Finds its name in a folded title or the folded last part of an address (lower case,
            words divided by one blank).
        in_address: How addresses that are mostly of others name it, as an expression; None where
            none was seen there.
        numbered: Its reports have numbers instead of, or beside, days.
        says_edition: What its titles leave out of the edition, their addresses say.
    """

    slug: str
    name: str
    named: re.Pattern[str]
    in_address: str | None = None
    numbered: bool = False
    says_edition: bool = False


# The first that fits wins.
SERIES = (
    KnownSeries(
        "russian-offensive-campaign-assessment",
        "Russian Offensive Campaign Assessment",
        re.compile(
            r"russian? ?offensive ?campaign ?(?:assessment|update)"
            r"|russian ?campaign ?assessment"
            r"|initial russian offensive campaign"
        ),
        in_address=r"russian-offensive-campaign",
    ),
    KnownSeries(
        "iran-crisis-update",
        "Iran Crisis Update",
        re.compile(r"\biran crisis updates?\b"),
        in_address=r"iran-crisis-update",
    ),
    KnownSeries(
        "iran-update",
        "Iran Update",
        re.compile(
            r"\biran (?:israel hamas )?(?:morning |evening |special |war )*updates?\b"
            r"|^iran protests?\b"
            r"|\biran (?:morning|evening) special report\b"
        ),
        in_address=r"iran-update",
        says_edition=True,
    ),
    KnownSeries(
        "salafi-jihadi-movement-update",
        "Salafi-Jihadi Movement Update",
        re.compile(
            r"salafi jihadi (?:movement )?(?:weekly )?update"
            r"|^salafi jihadi movement"
        ),
        in_address=r"salafi-jihadi-movement",
    ),
    KnownSeries(
        "africa-file",
        "Africa File",
        re.compile(r"\bafrica file\b"),
        in_address=r"africa-file",
    ),
    KnownSeries(
        "china-taiwan-weekly-update",
        "China-Taiwan Weekly Update",
        re.compile(r"china taiwan (?:weekly )?(?:update|report)"),
        in_address=r"china-taiwan-(?:weekly-)?update",
    ),
    KnownSeries(
        "korean-peninsula-update",
        "Korean Peninsula Update",
        re.compile(r"korean peninsula (?:weekly )?update"),
        in_address=r"korean-peninsula-update",
    ),
    KnownSeries(
        "russian-occupation-update",
        "Russian Occupation Update",
        re.compile(r"russian occupation (?:weekly )?update"),
        in_address=r"russian-occupation-update",
    ),
    KnownSeries(
        "congo-war-security-review",
        "Congo War Security Review",
        re.compile(r"congo war security review"),
        in_address=r"congo-war-security-review",
    ),
    KnownSeries(
        "ukraine-conflict-update",
        "Ukraine Conflict Update",
        re.compile(r"ukraine conflicts? update"),
        numbered=True,
    ),
    KnownSeries(
        "ukraine-invasion-update",
        "Ukraine Invasion Update",
        re.compile(r"ukraine invasion update"),
        numbered=True,
    ),
    KnownSeries(
        "russia-ukraine-warning-update",
        "Russia-Ukraine Warning Update",
        re.compile(r"russia ukraine warning update"),
    ),
    KnownSeries(
        "yemen-file",
        "Yemen File",
        re.compile(
            r"yemen (?:file|crisis) ?update"
            r"|\byemen file\b"
        ),
        in_address=r"yemen-file",
    ),
    KnownSeries(
        "russian-force-generation-and-technological-adaptations-update",
        "Russian Force Generation and Technological Adaptations Update",
        re.compile(r"russian force generation (?:and|&) technological adaptations? update"),
    ),
    KnownSeries(
        "ukraine-counteroffensive-update",
        "Ukraine Counteroffensive Update",
        re.compile(r"ukraine(?:s)? (?:counteroffensive|counter offensive) update"),
    ),
)
