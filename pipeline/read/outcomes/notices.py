"""Rules for walls, refusals and names for sale by what kinds of words their few sentences have, in
whatever order.

A notice speaks to whoever came, of the request itself, and of nothing else. An article on such
things speaks of others, has a date or an author, or goes on: each of these holds the rules back.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archive.model.vocabulary import Outcome
from pipeline.read.notice import STUB_WORDS, words_in
from pipeline.read.outcomes.seen import path_segments
from pipeline.read.outcomes.words.hosting import HOSTING, HOSTING_UNSPACED
from pipeline.read.outcomes.words.logins import LOGINS, LOGINS_UNSPACED
from pipeline.read.outcomes.words.matching import words_of
from pipeline.read.outcomes.words.parking import PARKING, PARKING_UNSPACED
from pipeline.read.outcomes.words.policies import (
    ADDRESSES,
    COOKIES_TITLES,
    EXPLAINED,
    POLICIES,
)
from pipeline.read.outcomes.words.quoted import without_quotations
from pipeline.read.outcomes.words.rates import RATES, RATES_UNSPACED
from pipeline.read.outcomes.words.reported import is_reported
from pipeline.read.outcomes.words.spoken import Lexicon, Spoken, spoken_in
from pipeline.read.outcomes.words.walls import WALLS
from pipeline.read.outcomes.words.walls_east import WALLS_EAST, WALLS_UNSPACED
from pipeline.read.platforms.signs import PASSWORD_FIELD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive.model.understood import CaptureVerdict
    from pipeline.read.outcomes.seen import Seen

WALL_WORDS = 130
"""The longest consent page met has 110."""
PARKED_WORDS = 120

WALL_LEXICON = Lexicon({**WALLS, **WALLS_EAST}, WALLS_UNSPACED)
_PARKING = Lexicon(PARKING, PARKING_UNSPACED)
_LOGINS = Lexicon(LOGINS, LOGINS_UNSPACED)
_RATES = Lexicon(RATES, RATES_UNSPACED)
_HOSTING = Lexicon(HOSTING, HOSTING_UNSPACED)
_TITLE_WORDS, _NEXT_TO_NOTHING = 3, 30
_FEW_WORDS = 12
"""Of a notice that names nobody to turn to; an article on it has more."""
_THEY = frozenset({"sie", "ihr", "ihre", "ihnen"})
_FORMAL = re.compile(r"\b(?:Sie|Ihre?[mnrs]?|Ihnen)\b")
_HEADINGS, _HEADING_WORDS = 2, 8
"""A page's title and its heading, where they differ."""
_SENTENCE_WORDS = 3
"""Fewer are a button or a place in a menu."""
_KINDS = 2
"""Words of the notice, or kinds of them, that a sentence of it has at least."""
SENTENCE = re.compile(r"(?<=[.!?؟۔])\s+|(?<=[。！？])|\n+")
_INCIDENT = re.compile(
    r"\b(?=\w*\d)(?=[\w-]{8,}\b)(?:[\w-]*\d){4}[\w-]*"
    r"|\b(?:event|support|incident|request|reference|ray|block|error)[ -]id"
    r"[\s:#.]{1,3}[\w-]*\d{3}[\w-]*",
    re.IGNORECASE,
)
_OF_DATA = frozenset({"consent", "cookies"})
_POLICY = re.compile("|".join(one for listed in POLICIES.values() for one in listed), re.IGNORECASE)
_ON_COOKIES = re.compile(COOKIES_TITLES, re.IGNORECASE)
_EXPLAINED = re.compile(EXPLAINED, re.IGNORECASE)
_POLICY_ADDRESS = re.compile(ADDRESSES, re.IGNORECASE)
_BUTTON_WORDS = 4
_NAME_CHARS = 4
HOST = re.compile(r"\b[\w-]{2,}\.[a-z]{2,}\b", re.IGNORECASE)
"""The name of a host within a text."""


def wall(seen: Seen) -> CaptureVerdict | None:
    """A wall in words that stand in no list of sentences."""
    said = said_in(seen, WALL_WORDS)
    found = _wall(seen, said) if said else None
    if found is None and said and words_in(seen.visible[: STUB_WORDS * 12]) <= STUB_WORDS:
        # of a page of a few words all are the notice's: its heading, its buttons
        found = _wall(seen, "\n".join(seen.pieces))
    headed = (_wall(seen, one) for one in _headed(seen, WALL_LEXICON))
    return found or next(filter(None, headed), None)


def _headed(seen: Seen, lexicon: Lexicon) -> Iterator[str]:
    """What stands below a heading that has words of the notice, in a frame that says more."""
    said = {one: one.partition("\n")[0] for one in seen.below_headings}
    speaking = {
        heading for heading in set(said.values())
        if words_in(heading) <= _HEADING_WORDS and spoken_in(heading, lexicon).many
    }  # fmt: skip
    yield from (one for one, heading in said.items() if heading in speaking)


def _wall(seen: Seen, said: str) -> CaptureVerdict | None:
    said = _own_words(said)
    by_law = _BY_LAW.search(said) if words_in(said) <= STUB_WORDS else None
    if by_law:
        return seen.verdict(Outcome.FORBIDDEN, "legal-notice", by_law.group(0))
    often = next((one for one in seen.titles if _TOO_MANY.fullmatch(one)), None)
    asked = _ASKED_TOO_OFTEN.search(said)
    often = often or (asked.group(0) if asked else None)
    if often and words_in(said) <= STUB_WORDS:
        return seen.verdict(Outcome.RATE_LIMITED, "too-many-title", often)
    if _counts_requests(said):
        return seen.verdict(Outcome.RATE_LIMITED, "too-many-notice", shortened(said))
    title = _refusing_title(seen, said)
    if title:
        return seen.verdict(Outcome.FORBIDDEN, "refusal-title", title)
    spoken = spoken_in(said, WALL_LEXICON)
    titled = _is_headed(said, spoken, WALL_LEXICON)
    # a button is there for whoever came, though no word says `you`
    to_us = speaks_to_us(spoken, said) or (spoken.has("cookies") and _offers_consent(seen))
    outcome, name = wall_of(spoken, said, titled=titled, to_us=to_us)
    if outcome is None or not (titled or is_about_it(said, spoken, WALL_LEXICON)):
        return None
    if name in _OF_DATA and is_policy(seen, said):
        return None
    # a service names the day on which it will be back
    if outcome is not Outcome.SERVER_ERROR and is_reported(said):
        return None
    marker = ", ".join(word for words in spoken.found.values() for word in words)
    return seen.verdict(outcome, f"{name}-notice", f"{shortened(said)} [{marker}]")


def _own_words(said: str) -> str:
    """What a text says itself: a notice of more than a few words quotes none, but a button."""
    return without_quotations(said) if words_in(said) > _NEXT_TO_NOTHING else said


def is_policy(seen: Seen, said: str) -> bool:
    """Whether a page on data and cookies was asked for as such, and keeps nobody from another."""
    asked = path_segments(seen.page.context.subject or seen.page.context.uri_r)[-1:]
    if any(map(_POLICY.fullmatch, seen.title_parts)) or any(map(_POLICY_ADDRESS.fullmatch, asked)):
        return True
    titled = any(map(_ON_COOKIES.fullmatch, seen.title_parts))
    return (titled or _EXPLAINED.search(said) is not None) and not _offers_consent(seen)


def _offers_consent(seen: Seen) -> bool:
    """Whether a button says yes."""
    beside = (one for one in seen.pieces if one not in seen.titles)
    buttons = (one for one in beside if words_in(one) <= _BUTTON_WORDS)
    said = (one for one in buttons if not _ON_COOKIES.fullmatch(one) and not _POLICY.fullmatch(one))
    return any(spoken_in(one, WALL_LEXICON).has("agree") for one in said)


# What the law has providers print; it speaks to nobody, and articles do not call themselves a
# resource.
_BY_LAW = re.compile(
    r"के निर्देश(?:ों|ानुसार)?.{0,40}(?:वेबसाइट|साइट|पृष्ठ).{0,30}(?:अवरुद्ध|ब्लॉक|प्रतिबंधित)"
    r"|доступ к (?:запрашиваем\w+ |информационн\w+ |данн\w+ |этому "
    r")*(?:интернет-)?(?:ресурсу|сайту|странице) (?:был )?(?:ограничен|заблокирован|закрыт)"
    r".{0,40}(?:на основании|в соответствии|по требованию|по решению|решением|согласно|в связи с)"
    r"|доступ до (?:запитуван\w+ |цього |даного )*(?:інтернет-)?(?:ресурсу|сайту) "
    r"(?:обмежено|заблоковано|закрито).{0,40}(?:на підставі|відповідно|згідно|за рішенням|на "
    r"виконання)|доступ да (?:гэтага |запытанага )*(?:рэсурсу|сайта) (?:абмежаваны|заблакаваны)"
    r"|(?:kanun|karar|mahkeme|hakimli)\w* .{0,160}(?:bu internet sitesi|bu site|alan adı)"
    r".{0,120}engellen|الموقع الذي تحاول (?:الوصول|الدخول) إليه محجوب"
    r"|(?:bu siteye|bu internet sitesi|bu "
    r"adrese).{0,60}(?:kanun|karar|mahkeme).{0,80}(?:engellen|kapatıl)|دسترسی به این "
    r"(?:سایت|وب.?سایت|تارنما|پایگاه|وبگاه|صفحه)"
    r".{0,60}(?:مسدود|امکان.?پذیر (?:نیست|نمی)|فیلتر)|(?:تم "
    r")?حجب هذا الموقع|هذا الموقع (?:محجوب|محظور)|πρόσβαση σε αυτ\w+ τ\w+ (?:ιστότοπο|ιστοσελίδα)"
    r".{0,20}(?:αποκλειστεί|απαγορευ|περιοριστεί)|(?:this|the requested) "
    r"(?:page|site|website|content|resource) (?:has been|is|was) (?:blocked|restricted|withheld) "
    r"(?:by|under|pursuant to|due to|on the basis of|in accordance with) "
    r".{0,40}(?:order|law|act|court|legal)|(?:l['’]accès à ce site|ce site) (?:est|a été) "
    r"(?:bloqué|interdit).{0,40}(?:application|décision|justice|loi)|(?:el acceso a )?est[ea] "
    r"(?:sitio|página|web) (?:ha sido|está) "
    r"bloquead[oa].{0,40}(?:orden|ley|judicial|aplicación)|(?:diese|die angeforderte) "
    r"(?:seite|website) (?:ist|wurde) .{0,40}(?:anordnung|gesetz|gericht)\w* .{0,20}gesperrt",
    re.IGNORECASE,
)
_TOO_MANY = re.compile(
    r"(?:429\W+)?(?:too many requests|rate limit(?: exceeded| reached)?|zu viele anfragen|trop de "
    r"(?:requêtes|demandes)|demasiadas (?:solicitudes|peticiones)|muitos pedidos|muitas "
    r"solicitações|troppe richieste|te veel verzoeken|zbyt wiele (?:żądań|zapytań)|příliš mnoho "
    r"požadavků|túl sok kérés|prea multe (?:cereri|solicitări)|слишком много запросов|забагато "
    r"запитів|занадто багато запитів|çok fazla istek|طلبات كثيرة جدا|πάρα πολλά αιτήματα"
    r"|för många (?:förfrågningar|anrop)"
    r"|for mange (?:anmodninger|forespørsler)|liian monta pyyntöä"
    r"|твърде много заявки|превише захтева|previše "
    r"zaht?j?eva|príliš veľa požiadaviek|terlalu banyak permintaan|quá nhiều yêu cầu|คำขอมากเกินไป"
    r"|बहुत अधिक अनुरोध|həddindən artıq sorğu|ძალიან ბევრი მოთხოვნა|չափազանց շատ հարցում|тым көп "
    r"сұрау|درخواست‌های بیش از حد|יותר "
    r"מדי בקשות|请求(?:过于频繁|过多|次数过多)|請求過多|リクエストが多すぎます|요청이 너무 "
    r"많습니다)[.!]?",
    re.IGNORECASE,
)
_ASKED_TOO_OFTEN = re.compile(
    r"you(?:'ve| have|r ip (?:address )?has)? (?:made|sent) too many requests"
    r"|you are (?:being )?rate limited|sie haben zu viele anfragen"
    r"|вы (?:отправили|сделали) слишком много запросов",
    re.IGNORECASE,
)


def _counts_requests(said: str) -> bool:
    """Whether a few words say that there were too many requests, and to come back later."""
    if words_in(said) > 2 * _FEW_WORDS or is_reported(said):
        return False
    spoken = spoken_in(said, _RATES)
    return all(map(spoken.has, ("many", "asks", "wait"))) and is_about_it(said, spoken, _RATES)


def _refusing_title(seen: Seen, said: str) -> str | None:
    """A title of nothing but a refusal, in whatever language, above next to nothing."""
    if words_in(said) > _NEXT_TO_NOTHING or is_reported(said):
        return None
    titles = (title for title in seen.titles if len(words_of(title)) <= _TITLE_WORDS)
    refusing = (title for title in titles if _refuses(title, said))
    return next(refusing, None)


def _refuses(title: str, said: str) -> bool:
    """Whether a title says that something is refused; where it names who refuses it, or to whom,
    the words below have to speak to whoever came."""
    spoken = spoken_in(title, WALL_LEXICON)
    if not (spoken.has("ask") and spoken.has("refused")):
        return False
    others = [
        word for word in words_of(title)
        if len(word) >= _NAME_CHARS and not spoken_in(word, WALL_LEXICON, spoken.language).many
    ]  # fmt: skip
    return not others or spoken_in(said, WALL_LEXICON, spoken.language).has("you")


def _is_headed(said: str, spoken: Spoken, lexicon: Lexicon) -> bool:
    """Whether above a line or two stands a heading of nothing but words of the notice."""
    *headings, _ = said.split("\n")
    if words_in(said) > _NEXT_TO_NOTHING:
        return False
    return any(_is_all_notice(one, spoken.language, lexicon) for one in headings[:_HEADINGS])


def _is_all_notice(heading: str, language: str, lexicon: Lexicon) -> bool:
    words = [word for word in words_of(heading) if len(word) >= _NAME_CHARS]
    of_it = (spoken_in(word, lexicon, language).many for word in words)
    return len(words) >= _KINDS and all(of_it)


def speaks_to_us(spoken: Spoken, said: str) -> bool:
    """Whether words of walls speak to whoever came; in German, `sie` are others."""
    if _INCIDENT.search(said):
        return True
    others = spoken.language == "de" and _THEY.issuperset(spoken.found.get("you", ()))
    return spoken.has("you") and (not others or _FORMAL.search(said) is not None)


def wall_of(spoken: Spoken, said: str, *, titled: bool, to_us: bool) -> tuple[Outcome | None, str]:
    """What kind of wall words of these kinds make; the first that they do.

    Args:
        spoken: The words.
        said: The text.
        titled: Whether its heading says nothing else: then it need not speak to anybody.
        to_us: Whether it does.
    """
    has = spoken.has
    if titled and has("back", 2) and (has("ask") or has("back", 3)):
        return Outcome.SERVER_ERROR, "outage"
    if not to_us:
        return None, ""
    kept = has("refused") or has("unshown")
    few = words_in(said) <= _NEXT_TO_NOTHING
    kinds = (
        (has("agree", 2) and has("data", 2), Outcome.CONSENT_WALL, "consent"),
        (has("cookies") and has("agree") and has("data", 2), Outcome.CONSENT_WALL, "consent"),
        (has("cookies") and has("agree", 2) and has("data"), Outcome.CONSENT_WALL, "consent"),
        (has("agree") and has("data", 3), Outcome.CONSENT_WALL, "consent"),
        (has("cookies") and has("agree", 3) and not has("switch"), Outcome.CONSENT_WALL, "consent"),
        (has("human", 2), Outcome.CHALLENGE, "human"),
        (has("cookies") and has("switch"), Outcome.CHALLENGE, "cookies"),
        (has("place") and kept, Outcome.FORBIDDEN, "region"),
        (has("rule") and has("ask") and kept, Outcome.FORBIDDEN, "legal"),
        (has("age", 2), Outcome.FORBIDDEN, "age"),
        (has("ask") and has("refused"), Outcome.FORBIDDEN, "refusal"),
        (few and has("ads") and has("switch"), Outcome.FORBIDDEN, "blocker"),
        (few and has("net") and (has("refused") or has("switch")), Outcome.FORBIDDEN, "network"),
        (has("back", 2) and (has("ask") or has("unshown")), Outcome.SERVER_ERROR, "outage"),
    )
    return next(((outcome, name) for holds, outcome, name in kinds if holds), (None, ""))


def parked(seen: Seen) -> CaptureVerdict | None:
    """A name that is for sale, has run out or has no site, in words that stand in no list of
    sentences."""
    said = said_in(seen, PARKED_WORDS)
    if said is None:
        return None
    spoken = spoken_in(said, _PARKING)
    if not (spoken.has("domain") and spoken.has("state")):
        return None
    titled = spoken_in(" ".join(seen.titles), _PARKING, spoken.language)
    to_us = titled.has("domain") and titled.has("own")
    named = HOST.search(said) or spoken.has("own")
    if not (to_us or (named and is_about_it(said, spoken, _PARKING))) or is_reported(said):
        return None
    return seen.verdict(Outcome.PARKED, "parked-notice", shortened(said))


def login(seen: Seen) -> CaptureVerdict | None:
    """An account is asked for: in words that stand in no list of sentences, above a form or, where
    there is none, to us and in two ways."""
    said = said_in(seen, STUB_WORDS)
    every = (*([said] if said else []), *_headed(seen, _LOGINS))
    asking = next((one for one in every if _asks_for_account(seen, one)), None)
    return seen.verdict(Outcome.LOGIN_WALL, "login-notice", shortened(asking)) if asking else None


def _asks_for_account(seen: Seen, said: str) -> bool:
    said = _own_words(said)
    if is_reported(said):
        return False
    spoken = spoken_in(said, _LOGINS)
    closed = spoken.has("private") and words_in(said) <= _NEXT_TO_NOTHING + _FEW_WORDS
    form = PASSWORD_FIELD.search(seen.source) is not None
    enter = spoken.has("enter") or closed or (form and spoken.has("account"))
    if not (spoken.has("see") and enter):
        return False
    if closed and any(map(spoken.has, ("you", "enter", "account"))):
        asked = True
    elif form:
        asked = spoken.has("you") or spoken.has("must")
    else:
        few = words_in(said) <= 2 * _FEW_WORDS and (
            spoken.has("enter", 2) or (spoken.has("you") and spoken.has("must"))
        )
        asked = few or (spoken.has("you") and (spoken.has("enter", 2) or spoken.has("account")))
    titled = _is_headed(said, spoken, _LOGINS)
    return asked and (titled or is_about_it(said, spoken, _LOGINS))


def hosted(seen: Seen) -> CaptureVerdict | None:
    """The words of a host of sites: an account is halted, or nobody has put a site there yet."""
    said = said_in(seen, STUB_WORDS)
    if said is None or is_reported(said):
        return None
    spoken = spoken_in(said, _HOSTING)
    few = words_in(seen.text.text if seen.text and seen.text.text else said) <= _FEW_WORDS
    if not (spoken.has("site") and (spoken.has("keeper") or (few and spoken.has("first", 2)))):
        return None
    to_us = spoken.has("owner") or few
    halted = spoken.has("halted") and to_us
    if not (halted or spoken.has("first", 2)) or not is_about_it(said, spoken, _HOSTING):
        return None
    rule = "halted-notice" if halted else "default-notice"
    return seen.verdict(Outcome.PARKED, rule, shortened(said))


def said_in(seen: Seen, most: int) -> str | None:
    """Title and text of a page that may be a notice; None of one that has a date, an author or more
    words."""
    text = seen.text
    if text is None or len(text.text) > most * 12 or words_in(text.text) > most:
        return None
    if seen.is_posted or seen.is_of_publisher:
        return None
    if seen.is_signed:  # reads the whole source, and so it is asked last
        return None
    body = text.text or seen.visible[: most * 8]
    titles = "\n".join(title for title in seen.title_pieces if title not in body)
    said = f"{titles}\n{body}".strip()
    return said if said and words_in(said) <= most else None


def is_about_it(said: str, spoken: Spoken, lexicon: Lexicon) -> bool:
    """Whether sentences with words of the notice are half of the text: an article goes on to
    something else."""
    sentences = [
        s for s in SENTENCE.split(said)
        if words_in(s) >= _SENTENCE_WORDS and not _INCIDENT.search(s)
    ]  # fmt: skip
    about = [s for s in sentences if _speaks(spoken_in(s, lexicon, spoken.language))]
    return 2 * sum(map(words_in, about)) >= sum(map(words_in, sentences)) > 0


def _speaks(spoken: Spoken) -> bool:
    return spoken.many >= _KINDS


def shortened(said: str) -> str:
    """The beginning of what was said, in one line."""
    return " ".join(said.split())[:120]
