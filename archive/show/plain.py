"""Names and codes of the tables in plain language, for pages. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archive.counted import counted
from archive.model.speech import Hedge, Role
from archive.model.vocabulary import Status
from archive.urls.platforms.registry import TITLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

STATUS_WORDS = {
    Status.DEAD: "dead",
    Status.DRIFTED: "says something else now",
    Status.SUSPECT: "in doubt",
    Status.BLOCKED: "behind a wall",
    Status.REFUSED: "not to be fetched",
    Status.MOVED: "moved",
    Status.UNCHECKED: "not looked at yet",
    Status.ALIVE: "alive",
}
"""What a source is, in as few words as a margin has room for; the worst first."""

WORST_FIRST = tuple(STATUS_WORDS)

MARKS = {
    Status.DEAD: "\N{MULTIPLICATION X}",
    Status.DRIFTED: "\N{NOT EQUAL TO}",
    Status.SUSPECT: "?",
    Status.BLOCKED: "?",
    Status.REFUSED: "?",
    Status.MOVED: "\N{RIGHTWARDS ARROW}",
}
"""One sign beside a marker, so that colour alone says nothing; none where all is well."""

REPAIRS = {
    "refanged": "a dot that was written as a word is a dot again",
    "joined": "parts that a blank or a line break had divided are joined",
    "split": "it was printed together with other words and is taken out of them",
    "scheme": "https:// stood not before it",
    "trailing": "signs of the sentence after it are left off",
    "from-href": "it is the address that the link leads to",
    "from-text": "it is the address as its words print it, the link leads elsewhere",
    "cut": "it was printed without its end",
    "label-implied": "its label was left out in print",
    "bracket-implied": "a bracket was left out in print",
}
"""What was mended in a note, by `citations.repairs`."""

DOUBTS = {
    "labels-incomplete": "numbers are missing in the list of notes",
    "label-implied": "a note is printed without its number",
    "bracket-implied": "a marker is printed without one of its brackets",
    "markers-unmatched": "the text refers to notes that are not printed",
    "notes-unused": "nothing in the text refers to some notes",
    "no-notes": "there are no notes",
    "incomplete": "the notes were not printed yet",
    "unknown-layout": "the page is laid out as none that we know",
    "no-date": "nothing names its day",
    "unknown-series": "it belongs to no series that we know",
    "cut-urls": "addresses are printed without their end",
    "untrusted-copy": "it was read from a copy that others made",
}
"""What the parser doubts, by `quality.flags`."""

NOTE_KINDS = {
    "on-request": "source given on request",
    "back-reference": "refers to another note",
    "interview": "an interview, without an address",
    "broadcast": "a broadcast, without an address",
    "map": "a map, without an address",
    "dataset": "a set of data, without an address",
    "book": "a book, without an address",
    "report": "a report, without an address",
    "words": "names its source in words only",
}

DAMAGES = {
    "wound": "bytes in this file are no record any more",
    "altered": "the bytes are not those that were written",
    "torn-tail": "the file was cut off within a record",
    "no-warc": "the file is none of records at all",
    "renumbered": "another capture had its number",
    "doubled": "the record stands twice",
}
"""What is wrong with a WARC file, by `damages.kind`."""

VIA = {
    "live": "fetched by us",
    "import": "from a saved copy",
    "wayback": "another archive's copy",
    "browser": "via browser, by us",
    "yt-dlp": "via yt-dlp, by us",
}
"""Where a capture comes from, by `captures.via`."""


HEDGES = {
    Hedge.CONFIRMED: "confirmed",
    Hedge.ASSESSED: "assessed",
    Hedge.REPORTED: "reported",
    Hedge.CLAIMED: "claimed",
    Hedge.DENIED: "denied",
    Hedge.UNVERIFIED: "not verified",
}
"""How a sentence vouches for what it says; a plain one has no word."""

ROLES = {
    Role.AUTHORS: "the authors",
    Role.MILBLOGGER: "milbloggers",
    Role.SPOKESPERSON: "a spokesperson",
    Role.GENERAL_STAFF: "a general staff",
    Role.MILITARY: "armed forces",
    Role.INTELLIGENCE: "an intelligence service",
    Role.MINISTRY: "a ministry",
    Role.OFFICIAL: "officials",
    Role.ARMED_GROUP: "an armed group",
    Role.MEDIA: "media",
    Role.ANALYST: "analysts",
    Role.ORGANISATION: "an organisation",
    Role.PUBLIC: "residents or users",
    Role.GEOLOCATED_FOOTAGE: "geolocated footage",
    Role.FOOTAGE: "footage",
    Role.SATELLITE_IMAGERY: "satellite imagery",
    Role.DOCUMENT: "a document",
    Role.PERSON: "somebody named",
    Role.UNNAMED: "nobody named",
}
"""Who is said to say it."""


def platform_name(slug: str) -> str:
    """A platform's name, of its slug: `Telegram`; of what is no platform's, `Web page`."""
    if slug == "web":
        return "Web page"
    return TITLES.get(slug) or slug.replace("-", " ").title()


LANGUAGES = {
    "ar": "Arabic", "be": "Belarusian", "bg": "Bulgarian", "ckb": "Kurdish (Sorani)",
    "cs": "Czech", "de": "German", "el": "Greek", "en": "English", "es": "Spanish",
    "et": "Estonian", "fa": "Persian", "fi": "Finnish", "fr": "French", "he": "Hebrew",
    "hu": "Hungarian", "hy": "Armenian", "it": "Italian", "ja": "Japanese", "ka": "Georgian",
    "kk": "Kazakh", "ko": "Korean", "ku": "Kurdish", "lt": "Lithuanian", "lv": "Latvian",
    "nl": "Dutch", "no": "Norwegian", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian",
    "ru": "Russian", "sk": "Slovak", "sr": "Serbian", "sv": "Swedish", "tr": "Turkish",
    "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip
"""Of the codes that pages are marked with (ISO 639)."""


def language_name(code: str | None) -> str:
    """A language's name, of its code; a code without one as it is."""
    whole = code or "language unknown"
    return LANGUAGES.get(whole.partition("-")[0].lower(), whole)


def speech_told(hedge: str | None, role: str | None) -> str | None:
    """How a sentence speaks, in words: `claimed: milbloggers`; None where it is plain."""
    if hedge is None or hedge == Hedge.NONE:
        return None
    word = HEDGES[Hedge(hedge)]
    return f"{word}: {ROLES[Role(role)]}" if role else word


def status_words(status: str | None) -> str:
    """A source's status as a reader would say it; an unknown word as it is."""
    return STATUS_WORDS.get(Status(status), status) if status in set(Status) else str(status or "")


def worst(statuses: Iterable[str | None]) -> str | None:
    """The status that a reader should be warned of first; None without any."""
    held = {one for one in statuses if one}
    return next((str(one) for one in WORST_FIRST if one in held), None)


def repairs_told(repairs: Iterable[str]) -> str:
    """What was mended, as one sentence without its end."""
    return "; ".join(REPAIRS.get(one, one) for one in repairs)


def doubts_told(flags: Iterable[str]) -> str:
    """What the parser doubts of a report, in words."""
    return "; ".join(DOUBTS.get(one, one) for one in flags)


def series_name(slug: str) -> str:
    """A series' name, of its slug: `Iran Update`."""
    return slug.replace("-", " ").title()


def span_told(hours: float) -> str:
    """How long some hours are: `less than a minute`, `25 minutes`, `5.2 hours`, `12 days`."""
    if hours < 1:
        minutes = round(60 * hours)
        if not minutes:
            return "less than a minute"
        return f"{minutes} minute{'' if minutes == 1 else 's'}"
    if hours < 48:
        return f"{hours:.1f} hours"
    return f"{hours / 24:.0f} days"


def wait_told(hours: float, *, by_day: bool) -> str:
    """How long something took; of two days without their hours: `the same day`, `3 days`."""
    if hours == 0:
        return "the same day"
    days = hours / 24
    return f"{days:g} day{'' if days == 1 else 's'}" if by_day else span_told(hours)


def gained(rule: Mapping[str, Any]) -> str:
    """What the looks of a rule of the browser (`archive.db.tables.browser_rows.rules`) gained over
    the plain captures."""
    said = (
        f"of {counted(rule['pages'], 'pages')} in a browser {rule['better']} showed more than "
        "without"
    )
    if rule["words"] is None:
        return said
    return f"{said}; {counted(rule['words'], 'words')} beside {rule['plain_words']} (medians)"
