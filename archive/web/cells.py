"""How one value looks: links that lead somewhere, lists as lists, long text readable.

Strangers wrote all of it.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from markupsafe import Markup, escape

from archive.show import evidence
from archive.show.badge_words import badge_words
from archive.web.columns import answer, figure
from archive.web.links import REPORTS, leading, target_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from archive.web.links import Links

SHORT_TEXT = 320
"""Characters of a long text in a table; its row shows all."""

SHORT_URL = 72
"""Characters of an address in a table; a line of the widest column on a laptop."""

_SHORT_DIGEST = 12
"""Hex digits that tell two digests apart at a glance."""

_WEB_ADDRESS = re.compile(
    r"https?://(?:[^\s<>\"'`\\/?#\[\]]+|\[[0-9a-f:.]+\](?::\d+)?)(?:[/?#][^\s<>\"'`\\]*)?",
    re.IGNORECASE,
)
"""Brackets in a host stand for an IPv6 address, or a dot that somebody wrote as a word."""

# Marks that turn the direction of what follows, or hide: they make an address look like another.
# https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing
_INVISIBLE = re.compile("[\u0000-\u001f\u007f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z")
"""A time as all our tables have it, in whichever column."""

_DAY = re.compile(r"\d{4}-\d\d-\d\d")

_SCHEME = re.compile(r"^https?://(www\.)?", re.IGNORECASE)

_GOOD = frozenset({"ok", "alive", "done"})
_NEUTRAL = frozenset({"not-modified", "unchecked", "moved", "not tried yet"})
_GONE = frozenset(
    {"gone", "removed", "soft-404", "parked", "dns-failure", "redirected-away", "dead", "failed"}
)

_BADGES = frozenset({"status", "outcome", "last_outcome"})
_ANSWERS = frozenset({"complete", "tls_verified", "ok"})
_DIGESTS = frozenset(
    {"payload_digest", "content_digest", "digest", "record_id", "revisit_of", "origin"}
)
_LISTS = frozenset(
    {
        "authors", "takeaways", "corrections", "sections", "links", "quality", "change", "repairs",
        "flags",
        "evidence", "facts", "arguments", "counts", "kinds", "notes_added", "notes_dropped",
        "missing_labels", "said", "sources_added", "sources_dropped", "labels_before",
        "labels_after",
        "unmatched_markers",
    }
)  # fmt: skip
_TEXTS = frozenset(
    {"text", "title", "sentence", "section", "caption", "message", "as_printed", "label", "author",
        "site_name",
     "cutoff_text", "dateline_text", "detail", "reason"}
)  # fmt: skip

_SPEAKING = frozenset({"texts", "same_texts"})
"""Tables with a column `language`: of these columns."""
_CAPTURED = frozenset({"text", "title"})


def cell(  # noqa: PLR0913 - all that a look depends on
    value: Any,
    column: str,
    links: Links,
    row: Mapping[str, Any],
    table: str | None = None,
    *,
    full: bool = False,
    title: str | None = None,
) -> Markup | None:
    """The HTML of one value, or None where datasette's own will do.

    Args:
        value: As SQLite gives it; of a foreign key, datasette's `{"value", "label"}`.
        column: Its column; names mean the same in all our tables.
        links: Where to lead.
        row: The row it stands in.
        table: None for the answer of a query.
        full: Do not shorten.
        title: Of the report that the value names, where that is known.
    """
    label = title
    if isinstance(value, dict) and set(value) == {"value", "label"}:
        label, value = title or _label_of(value["label"]), value["value"]
    if value is None or value == "" or isinstance(value, bytes):
        return None
    target = target_of(value, column, links, row, table)
    if target is not None:
        named = str(value) if column in REPORTS or column == "series" else None
        shown = leading(value, column, label, row, table)
        return _inner_link(target, shown if full else shorten(shown, SHORT_URL), named)
    told = _sentences(value, column, row, table)
    if told:
        return listing(json.dumps(told), full=full)
    if column == "status" and isinstance(value, str):
        return _status(value, links, row, table)
    if column in _CAPTURED and table in _SPEAKING:
        language = dict(row).get("language")
        return prose(value if full else shorten(value, SHORT_TEXT), language)
    if isinstance(value, str):
        return _text_cell(value, column, full=full)
    return answer(value) if column in _ANSWERS else figure(value, column, table)


def _label_of(found: Any) -> str | None:
    """The label that datasette found for a foreign key; None where that row has no name."""
    return None if found in (None, "") else str(found)


def _status(value: str, links: Links, row: Mapping[str, Any], table: str | None) -> Markup:
    """A source's status, which leads to what it rests on."""
    number = row["id"] if table == "sources" else dict(row).get("source_id")
    if isinstance(number, dict):
        number = number["value"]
    if number is None:
        return badge(value)
    return Markup('<a href="{}">{}</a>').format(links.source(number), badge(value))


def _sentences(value: Any, column: str, row: Mapping[str, Any], table: str | None) -> list[str]:
    """The evidence of a verdict, and what an event holds, in sentences; none for anything else."""
    if (table, column) not in {("verdicts", "evidence"), ("events", "detail")}:
        return []
    try:
        found = json.loads(value)
    except ValueError:
        return []
    if table == "events":
        return evidence.event_told(str(row["kind"]), found)
    strikes = [f"{one.at[:16].replace('T', ' ')}: {one.told}" for one in evidence.strikes(found)]
    return [str(found.get("because", "")), *evidence.facts(found), *strikes]


def _text_cell(value: str, column: str, *, full: bool) -> Markup | None:
    if column in _BADGES:
        return badge(value)
    if column in _DIGESTS:
        return digest(value, full=full)
    if column in _LISTS or _is_json(value):
        return listing(value, full=full)
    if _MOMENT.fullmatch(value) or column.endswith(("_at", "_since")) or column == "lastmod":
        return moment(value)
    if _DAY.fullmatch(value):
        return Markup("<time>{}</time>").format(value)
    if is_web_address(value):
        return outer_link(value, None if full else SHORT_URL)
    if column in _TEXTS:
        return prose(value if full else shorten(value, SHORT_TEXT))
    # All else as text too: datasette would make a link of it that says where the reader comes from.
    return prose(visible(value) if full else shorten(visible(value), SHORT_TEXT))


def _is_json(value: str) -> bool:
    """Whether this is a list or an object, in whichever column."""
    if not value.startswith(("[", "{")) or not value.endswith(("]", "}")):
        return False
    with suppress(ValueError):
        return isinstance(json.loads(value), (list, dict))
    return False


def is_web_address(text: str) -> bool:
    """Whether this is an http or https address and nothing else.

    `javascript:` and its like never are.
    """
    return _WEB_ADDRESS.fullmatch(text.strip()) is not None


def outer_link(url: str, length: int | None = None, text: str | None = None) -> Markup:
    """A link to somebody else's page, which is told nothing of this one.

    Text alone for what is no web address.
    """
    known = is_web_address(url)
    shown = visible(text or url.strip())
    if length is not None:
        shown = shorten_address(shown, length) if known and not text else shorten(shown, length)
    if not known:
        return Markup("<bdi>{}</bdi>").format(shown)
    return Markup(
        '<a class="isw-outer" href="{}" rel="noopener noreferrer nofollow '
        'external"><bdi>{}</bdi></a>'
    ).format(url.strip(), shown)


def short_address(url: str, length: int = 44) -> str:
    """An address as a margin has room for it: without scheme and `www.`, its middle left out.

    The end of a long one says more than its middle: `understandingwar.org/…march-11-2026`.
    """
    return shorten_address(_SCHEME.sub("", visible(url.strip())).rstrip("/"), length)


def shorten_address(whole: str, length: int) -> str:
    """At most `length` characters of an address, from its middle left out what is too much.

    Those of one site begin alike; two that are cut at their end look like one.
    """
    scheme, colon, bare = whole.rpartition("://")
    host, slash, rest = bare.partition("/")
    begin = f"{scheme}{colon}{host}/\N{HORIZONTAL ELLIPSIS}"
    room = length - len(begin)
    if len(whole) <= length or not slash or room < 8:
        return shorten(whole, length)
    return f"{begin}{rest[-room:]}"


def with_arguments(path: str, **arguments: object) -> str:
    """`path` with these arguments after those it has; empty ones are left out."""
    given = {name: str(value) for name, value in arguments.items() if value not in (None, "")}
    if not given:
        return path
    return f"{path}{'&' if '?' in path else '?'}{urlencode(given)}"


def _inner_link(path: str, text: str, named: str | None) -> Markup:
    """A link to a page of ours, with the name that data and filters have for it in its title."""
    shown = " ".join(text.split()) or path
    title = "" if named in {None, shown} else Markup(' title="{}"').format(named)
    return Markup('<a href="{}"{}><bdi>{}</bdi></a>').format(path, title, shown)


def tone(word: str) -> str:
    """Which of the four colours a status or an outcome has: good, neutral, gone, unsure."""
    if word in _GOOD:
        return "good"
    if word in _NEUTRAL:
        return "neutral"
    return "gone" if word in _GONE else "unsure"


def badge(word: str) -> Markup:
    """A status or an outcome as the table has it, for filters know no other word.

    What it means is in its title; its colour only repeats what the word says.
    """
    said = badge_words(word)
    title = Markup(' title="{}"').format(said) if said != word else ""
    return Markup('<span class="isw-badge isw-{}"{}>{}</span>').format(
        tone(word), title, visible(word)
    )


def told_badge(word: str) -> Markup:
    """A status or an outcome on a page, where people read: in words."""
    return Markup('<span class="isw-badge isw-{}">{}</span>').format(
        tone(word), visible(badge_words(word))
    )


def digest(value: str, *, full: bool = False) -> Markup:
    """A digest or record id, shortened; the whole is in its title."""
    if full:
        return Markup("<code>{}</code>").format(value)
    bare = value.strip("<>").removeprefix("urn:uuid:")
    kind, colon, digits = bare.rpartition(":")
    short = shorten(digits, _SHORT_DIGEST + 1)
    return Markup('<code title="{}">{}</code>').format(value, f"{kind}{colon}{short}")


def moment(value: str) -> Markup:
    """A time, to the minute; the whole is in its title."""
    shown = value[:16].replace("T", " ") if value.endswith("Z") else value
    return Markup('<time datetime="{}" title="{}">{}</time>').format(value, value, shown)


def listing(value: str, *, full: bool = False, words: bool = False) -> Markup:
    """A JSON list or object as people read it; text that is no JSON as text.

    Args:
        value: Of a column.
        full: Nothing is shortened.
        words: Names of an object are read as words: `posted at`.
    """
    try:
        parsed = json.loads(value)
    except ValueError:
        return prose(value)
    if isinstance(parsed, dict):
        parsed = [
            f"{name.replace('_', ' ') if words else name}: {_joined_values(item)}"
            for name, item in parsed.items()
            if item not in ([], None, "")
        ]
    elif isinstance(parsed, list):
        parsed = [_joined_values(item) for item in parsed]
    else:
        return prose(str(parsed))
    if len(parsed) > 1 and any(len(item) > _SHORT_DIGEST for item in parsed):
        items = Markup("").join(Markup("<li>{}</li>").format(_item(x, full=full)) for x in parsed)
        return Markup('<ul class="isw-list">{}</ul>').format(items)
    return _item(parsed[0], full=full) if len(parsed) == 1 else prose(", ".join(parsed))


def _item(text: str, *, full: bool) -> Markup:
    if is_web_address(text):
        return outer_link(text, None if full else SHORT_URL)
    return prose(text if full else shorten(text, SHORT_TEXT))


def _joined_values(item: Any) -> str:
    if isinstance(item, dict):
        return " - ".join(
            _joined_values(part) for part in item.values() if part not in ([], None, "")
        )
    if isinstance(item, list):
        return ", ".join(_joined_values(part) for part in item)
    return str(item)


def prose(text: str, language: str | None = None) -> Markup:
    """Text in its own direction, its lines kept; in which language, where that is known."""
    lines = Markup("<br>").join(escape(line) for line in text.split("\n"))
    speaks = Markup(' lang="{}"').format(language) if language else ""
    return Markup('<bdi class="isw-prose"{}>{}</bdi>').format(speaks, lines)


def visible(text: str) -> str:
    """`text` with marks that hide or turn the text shown as what they are."""
    return _INVISIBLE.sub(lambda found: f"\N{WHITE SQUARE}{ord(found[0]):04X}", text)


def shorten(text: str, length: int) -> str:
    """At most `length` characters, the last of them an ellipsis if any are missing."""
    return text if len(text) <= length else text[: length - 1] + "\N{HORIZONTAL ELLIPSIS}"
