"""Rules for pages of next to nothing: the number of an error, what a program answers in place of a
page, a database that does not answer, a player that shows only in its app, rights that one lacks.

None of them is asked of a page that has a date, an author or more than a few words.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archive.model.vocabulary import Kind, Outcome
from pipeline.read.notice import words_in
from pipeline.read.outcomes.notices import SENTENCE, said_in, shortened
from pipeline.read.outcomes.words.app_only import APP_ONLY, APP_ONLY_UNSPACED
from pipeline.read.outcomes.words.database_errors import DATABASE_ERRORS, DATABASE_ERRORS_UNSPACED
from pipeline.read.outcomes.words.matching import ABSENCES, error_number, says
from pipeline.read.outcomes.words.permissions import PERMISSIONS, PERMISSIONS_UNSPACED
from pipeline.read.outcomes.words.reported import is_reported
from pipeline.read.outcomes.words.spoken import Lexicon, spoken_in
from pipeline.read.text.json_of import json_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive.model.understood import CaptureVerdict
    from pipeline.read.outcomes.seen import Seen

_APP_ONLY = Lexicon(APP_ONLY, APP_ONLY_UNSPACED)
_FAILURES = Lexicon(DATABASE_ERRORS, DATABASE_ERRORS_UNSPACED)
_RIGHTS = Lexicon(PERMISSIONS, PERMISSIONS_UNSPACED)
_FEW_WORDS = 40
_APP_WORDS, _FAILURE_WORDS, _RIGHTS_WORDS = 14, 10, 12
"""Of such a sentence; in an article it says more."""
_TITLE_WORDS = 5
"""Of one that only names a failure and a database."""
_MENU_WORDS = 3
_PIECES = 40

# RFC 9110, section 15, as servers and proxies print them; and what Varnish says.
_REASON = re.compile(
    r"""(?:(?:http|error)\W+(?:status\W+)?)?(?P<number>[45]\d\d)\W+(?:error
        | bad\ request | unauthori[sz]ed | payment\ required | forbidden | (?:page\ )?not\ found
        | method\ not\ allowed | not\ acceptable | request\ time-?out | conflict | gone
        | (?:content\ )?permanently\ (?:removed|deleted) | too\ many\ requests
        | unavailable\ (?:for|due\ to)\ legal\ reasons
        | internal\ server\ error | not\ implemented | bad\ gateway
        | service\ (?:temporarily\ )?unavailable | gateway\ time-?out | first\ byte\ timeout
        | backend\ (?:fetch\ failed|is\ unhealthy|read\ error) | connection\ timed\ out
        | a\ timeout\ occurred | web\ server\ is\ down | origin\ is\ unreachable
        | web\ server\ is\ returning\ an\ unknown\ error | ssl\ handshake\ failed
        | invalid\ ssl\ certificate | bandwidth\ limit\ exceeded)[.!]?""",
    re.VERBOSE | re.IGNORECASE,
)
# Numbers of Cloudflare's own, by its documentation: 1015 counts requests, these refuse, the others
# tell of its customer's settings.
_CLOUDFLARE = "cloudflare"
_CLOUDFLARE_REFUSES = frozenset({1005, 1006, 1007, 1008, 1009, 1010, 1011, 1012, 1020})
_CLOUDFLARE_COUNTS = 1015

# What answers of programs consist of where they fail; anything else beside it is data.
_OBJECT_BYTES = 2_000
_STATUS_KEYS = ("status", "statuscode", "status_code", "httpstatus", "http_status", "code")
_ERROR_KEYS = frozenset(
    """code data description detail details error error_code error_description errorcode errors
    exception hostid httpstatus http_status id instance key kind message method msg name ok path
    reason request_id requestid resource result stack status status_code statuscode success
    timestamp title trace traceid trace_id type url""".split()  # noqa: SIM905
)
_XML_FIELD = re.compile(r"<(?P<key>\w{1,40})>(?P<value>[^<>]{0,300})</(?P=key)>")
_XML_ERROR = re.compile(r"\s*(?:<\?xml[^<>]*\?>\s*)?<error\b", re.IGNORECASE)
_JOINTS = re.compile(r"(?<=[a-z])(?=[A-Z])|[_-]+")
_NO_SUCH = re.compile(r"no such \w+|\bnot found$|\bdoes not exist\b", re.IGNORECASE)
_DENIED = re.compile(
    r"access ?denied|forbidden|unauthori[sz]ed|permission denied|not allowed", re.IGNORECASE
)


def numbered(seen: Seen) -> CaptureVerdict | None:
    """The number of an error beside the word for one, or beside what HTTP calls it."""
    said = said_in(seen, _FEW_WORDS)
    if said is None or is_reported(said):
        return None
    for piece in (*seen.titles, *seen.title_parts, *seen.pieces[:_PIECES], *SENTENCE.split(said)):
        number = _number(piece.replace("_", " "), seen)
        outcome = None if number is None else _outcome(number)
        if outcome is not None:
            return seen.verdict(outcome, "error-number", piece)
    return None


def error_object(seen: Seen) -> CaptureVerdict | None:
    """JSON or XML of nothing but an error, as programs answer programs."""
    start = seen.source[:20].lstrip()
    if seen.platform is not None or seen.page.context.kind is Kind.DISCOVERY:
        return None
    if len(seen.body) > _OBJECT_BYTES or not start.startswith(("{", "<?xml", "<Error", "<error")):
        return None
    fields = dict(_fields(seen.source))
    if not fields or not _ERROR_KEYS.issuperset(fields):
        return None
    numbers = (_as_number(fields.get(key, "")) for key in _STATUS_KEYS)
    outcome = next(filter(None, map(_outcome, filter(None, numbers))), None)
    words = [_JOINTS.sub(" ", value) for value in fields.values()]
    if outcome is None and any(says(v) in ABSENCES or _NO_SUCH.search(v) for v in words):
        outcome = Outcome.SOFT_404
    if outcome is None and any(map(_DENIED.fullmatch, words)):
        outcome = Outcome.FORBIDDEN
    if outcome is None:
        return None
    return seen.verdict(outcome, "error-object", seen.source.strip())


def database(seen: Seen) -> CaptureVerdict | None:
    """A sentence that says that the site's database does not answer."""
    for sentence in _sentences(seen, _FAILURE_WORDS):
        has = spoken_in(sentence, _FAILURES).has
        few = words_in(sentence) <= _TITLE_WORDS
        if has("base") and has("fail") and (has("link") or few):
            return seen.verdict(Outcome.SERVER_ERROR, "database-notice", shortened(sentence))
    return None


def not_entitled(seen: Seen) -> CaptureVerdict | None:
    """A sentence that says that one may not see what was asked for."""
    for sentence in _sentences(seen, _RIGHTS_WORDS):
        has = spoken_in(sentence, _RIGHTS).has
        if has("may") and has("no") and has("page"):
            return seen.verdict(Outcome.FORBIDDEN, "rights-notice", shortened(sentence))
    return None


def in_app(seen: Seen) -> CaptureVerdict | None:
    """A sentence that says that what was asked for is shown in an app and not here."""
    for sentence in _sentences(seen, _APP_WORDS):
        has = spoken_in(sentence, _APP_ONLY).has
        if has("app") and has("watch") and (has("only") or has("get")):
            return seen.verdict(Outcome.FORBIDDEN, "app-notice", shortened(sentence))
    return None


def _sentences(seen: Seen, most: int) -> list[str]:
    """The sentences of no more words than that which are half of a page of few words; none where
    somebody reports."""
    said = said_in(seen, _FEW_WORDS)
    if said is None or is_reported(said):
        return []
    counted = [(words_in(sentence), sentence) for sentence in SENTENCE.split(said)]
    # a title above says what the page is called, or the same; a menu and a footer say nothing
    beside = [(n, one) for n, one in counted if one not in seen.titles and "©" not in one]
    half = sum(words for words, _ in beside if words > _MENU_WORDS) / 2
    return [one for words, one in counted if 0 < words <= most and words >= half]


def _number(piece: str, seen: Seen) -> int | None:
    found = error_number(piece)
    if found is None:
        reason = _REASON.fullmatch(piece)
        return int(reason["number"]) if reason else None
    named = _CLOUDFLARE in seen.source.lower() or "<" not in seen.source  # it says no more there
    return found if found < 1000 or named else None


def _outcome(number: int) -> Outcome | None:
    """What the number of an error says of a page."""
    if number in {404, 410}:
        return Outcome.SOFT_404
    if number in {420, 429, _CLOUDFLARE_COUNTS}:
        return Outcome.RATE_LIMITED
    if number in _CLOUDFLARE_REFUSES or 400 <= number < 500:
        return Outcome.FORBIDDEN
    return Outcome.SERVER_ERROR if 500 <= number < 600 or 1000 <= number < 1300 else None


def _fields(source: str) -> Iterator[tuple[str, str]]:
    """Names, in lower case, and values of an error's object and of what it holds, as text."""
    if _XML_ERROR.match(source):
        yield from ((m["key"].lower(), m["value"]) for m in _XML_FIELD.finditer(source))
        return
    try:
        read = json_of(source)
    except (ValueError, RecursionError):
        return
    left = [read]
    while left:
        one = left.pop()
        if isinstance(one, list):
            left += one
        elif isinstance(one, dict):
            for key, value in one.items():
                yield key.lower(), str(value) if not isinstance(value, dict | list) else ""
                left += [value] if isinstance(value, dict | list) else []


def _as_number(value: str) -> int | None:
    return int(value) if value.isascii() and value.isdigit() and len(value) == len("404") else None
