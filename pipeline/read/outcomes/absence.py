"""Rules for content that is no longer there although a page answers: removed posts, soft 404s,
redirects home, parked names.

They are bound to titles and to short pages: an article about 404s, or one that says what
`has been removed`, is alive.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from archive.model.vocabulary import Kind, Outcome
from archive.urls.platforms.registry import LEADING
from pipeline.read.notice import words_in
from pipeline.read.outcomes.brief import is_brief
from pipeline.read.outcomes.notices import HOST
from pipeline.read.outcomes.seen import path_segments
from pipeline.read.outcomes.words.matching import ABSENCES, Said, says
from pipeline.read.outcomes.words.not_found import NOT_FOUND_WORDS, is_not_found
from pipeline.read.outcomes.words.quoted import is_quoted, without_quotations
from pipeline.read.outcomes.words.reported import is_reported

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive.model.understood import CaptureVerdict
    from pipeline.read.outcomes.seen import Seen

# Error pages say little. With a title that is nothing but an error, more is allowed: menus and
# recommended stories.
_SHORT_CHARS = 600
_TITLED_CHARS = 2_500
_PART_CHARS = 1_000
_PARKED_CHARS = 1_500
_SENTENCES = 4
"""An error page says at once that it is one."""
_FEW_WORDS = 8
_TITLED_WORDS, _PRINTED_WORDS = 30, 20
"""Under a title that says it of a page, and of anything else, which papers may write of."""
_LINE_WORDS, _HEADLINE_WORDS = 2, 3
_PIECES = 40
"""Pieces of a short page between its tags: a menu, the notice, a footer."""
_FULL_STOPS = frozenset(".!?؟۔。！？")
_SENTENCE = re.compile(r"(?<=[.!?؟۔])\s+|(?<=[。！？])|\n+")

_ERROR_SEGMENT = re.compile(
    r"(?:(?:error|page|notfound|pagenotfound|err)?[-_]?404(?:\.\w+)?|page-?not-?found|not-?found(?:\.\w+)?|error-?page|404-?error)"
)

# Home pages under other names: /index.html, /en/, /home.
_HOME_SEGMENT = re.compile(
    r"(?:index|default|home|main|welcome)(?:\.\w{2,5})?|[a-z]{2}(?:[-_][a-z]{2})?|rus|eng|ukr|ara|far|heb|tur"
)
_SEARCH_SEGMENT = re.compile(
    r"(?:search|suche|recherche|arama|ara|poisk|find|results?|поиск|пошук|بحث|جستجو|חיפוש)(?:\.\w{2,5})?|search-?results?"
)
_ERROR_QUERY = re.compile(r"404|not-?found|error|redirect|expired|ref=", re.IGNORECASE)
# The last segment of an article's address has a number or several words; that of a section has
# neither.
_ARTICLE_SEGMENT = re.compile(r"\d{3,}|[^\W_]+(?:[-_][^\W_]+){2,}|\.s?html?$|\.php$|\.aspx?$")

_PARKED_MARKUP = tuple(
    """sedoparking.com parkingcrew.net bodis.com /jsparkcaf parklogic.com above.com/marketplace
        //dan.com/ afternic.com/forsale
    hugedomains.com parking.reg.ru parked-content.godaddy img1.wsimg.com/parking skenzo.com
    /px.js?ch= cdn.nic.ru/park data-adblockkey=""".split()  # noqa: SIM905 - reads better as text
)
_PARKED_WORDS = re.compile(
    r"(?:this |the )?domain(?: name)?(?: \S+)? (?:is|may be|has been|was)?\s*(?:parked|for "
    r"sale|available for (?:sale|purchase)|expired|registered at)|buy this domain|(?:is|are) for "
    r"sale[!.]?\s*(?:make|buy|get)|hier entsteht (?:in kürze )?eine neue "
    r"(?:internetpräsenz|web(?:seite|site)|homepage)|diese internetpräsenz wurde "
    r"(?:soeben |gerade )?(?:freigeschaltet|eingerichtet)|здесь скоро (?:будет|появится) "
    r"(?:новый )?сайт|тут незабаром (?:буде|з['’]явиться) (?:новий )?сайт|domain "
    r"(?:has )?expired|sponsored listings displayed above|nor the domain owner maintain|домен "
    r"(?:\S+ "
    r")?(?:припаркован|продаётся|продается|выставлен на продажу)|срок регистрации домена "
    r".{0,30}ист[её]к|сайт заблокирован хостинг|домен (?:\S+ )?(?:припарковано|продається)|bu "
    r"alan adı satılık|future home of something (?:quite )?cool|域名(?:正在)?出售"
    r"|ce (?:nom de )?domaine est (?:à vendre|en vente)|هذا النطاق (?:معروض "
    r")?للبيع|این دامنه به فروش|הדומיין (?:הזה )?למכירה",
    re.IGNORECASE,
)
_ANY_NAME = re.compile(r"domain|домен|(?:is|are) for", re.IGNORECASE)
"""Begins words that articles have, too, of somebody's name."""
# Where names are sold; a redirect from another name leads to what that name costs.
_SELLERS = frozenset(
    [
        "afternic.com",
        "hugedomains.com",
        "sedo.com",
        "dan.com",
        "sedoparking.com",
        "bodis.com",
        "parkingcrew.net",
        "domainmarket.com",
        "buydomains.com",
        "undeveloped.com",
        "uniregistry.com",
        "brandbucket.com",
        "atom.com",
        "squadhelp.com",
        "parklogic.com",
        "skenzo.com",
        "expireddomains.com",
    ]
)
# A page of nothing but a script that leads to where names are sold.
_LANDER = re.compile(
    r"location(?:\.href|\.replace|\.assign)?\s*[=(]\s*[\"'`](?:https?://[^\"'`/]+)?/(?:lander|forsale|parking|park)\b",
    re.IGNORECASE,
)
_DEFAULT_TITLE = re.compile(
    r"(?:\w+ )?web ?server(?:'|’)?s? default page|domain default page|домен не "
    r"(?:прилинкован|привязан|добавлен|делегирован)\b.{0,60}|welcome to "
    r"(?:nginx|centos|caddy|openresty).{0,20}|apache2? .{0,30}default page.*|iis "
    r"windows(?: server)?|test page for .{0,60}|default web site page|plesk .{0,30}default "
    r"page|no such app|domain has been assigned|apache tomcat(?:/[\d.]+)?|caddy works!?"
    r"|congratulations|(?:microsoft )?internet information services.{0,8}|iis ?\d.{0,6}"
    r"|(?:willkommen|bienvenue|bienvenido|benvenuto|добро пожаловать) .{0,6}nginx!?"
    r"|account suspended|website (?:is )?(?:expired|suspended|coming soon)",
    re.IGNORECASE,
)

# Apache's first page is nothing but that.
_BARE_SERVER = re.compile(r"(?:it works!?\s*){1,2}", re.IGNORECASE)


def removed_post(seen: Seen) -> CaptureVerdict | None:
    """The platform says that the post is gone."""
    platform = seen.platform
    sign = platform.removed(seen) if platform and platform.removed else None
    if platform is None or not sign:
        return None
    return seen.verdict(Outcome.REMOVED, f"{platform.name}-removed", sign)


def soft_404(seen: Seen) -> CaptureVerdict | None:
    """A page of errors under status 200: by its address, its title, or the only sentence it has."""
    if seen.page.context.kind is Kind.DISCOVERY:
        return None
    last = path_segments(seen.page.final_url)[-1:]
    if (
        last
        and _ERROR_SEGMENT.fullmatch(last[0])
        and seen.page.final_url != seen.page.context.uri_r
    ):
        return seen.verdict(Outcome.SOFT_404, "redirected-to-error-page", last[0])
    # A part of a title may be an article's own words (`Error 404 - how a country went offline`):
    # then the page is short.
    titles = seen.titles if seen.words_length <= _TITLED_CHARS else ()
    parts = seen.title_parts if seen.words_length <= _PART_CHARS else ()
    title = next((part for part in (*titles, *parts) if is_not_found(part)), None)
    title = title or next(
        (t for t in (*titles, *parts) if says(t, seen.site_words) is Said.PAGE_ABSENT), None
    )
    if title:
        return seen.verdict(Outcome.SOFT_404, "not-found-title", title)
    # A short post may quote such a sentence; what became of posts, their platforms say in their own
    # way.
    if seen.text is not None and seen.words_length <= _SHORT_CHARS and not seen.is_posted:
        said = seen.text.text or seen.visible[: 4 * _SHORT_CHARS]
        words = NOT_FOUND_WORDS.search(said)
        if words and not is_reported(said) and not is_quoted(said, *words.span()):
            return seen.verdict(Outcome.SOFT_404, "not-found-words", words.group(0))
    sentence = None if seen.is_posted else _titled(seen) or _notice(seen, ABSENCES) or _headed(seen)
    return seen.verdict(Outcome.SOFT_404, "not-found-sentence", sentence) if sentence else None


def _titled(seen: Seen) -> str | None:
    """A title that says that something is not there, above a few words that report nothing."""
    if said_twice := _said_twice(seen, ABSENCES):
        return said_twice
    # the beginning of a long text has more words than that already
    if seen.text is None or words_in(seen.text.text[:_TITLED_CHARS]) > _TITLED_WORDS:
        return None
    if words_in(seen.text.text) > _TITLED_WORDS or seen.is_signed:
        return None
    few = words_in(seen.text.text) <= _PRINTED_WORDS
    wanted = ABSENCES if few else {Said.PAGE_ABSENT}
    title = next((title for title in seen.titles if says(title, seen.site_words) in wanted), None)
    return None if title is None or is_reported(seen.text.text) else title


def _headed(seen: Seen) -> str | None:
    """A heading that says that something is not there, or a sentence below it that says so of the
    page, within a frame that says more."""
    for said in seen.below_headings:
        heading, *below = said.split("\n")
        below = [line for line in below if line not in seen.title_parts]
        said_above = says(heading, seen.site_words)
        if said_above is Said.PAGE_ABSENT or is_not_found(heading):
            return heading
        if said_above is Said.ABSENT and _is_little(below, seen):
            return heading
        if alone := next((one for one in below if says(one, seen.site_words) in ABSENCES), None):
            return alone
        for sentence in (one for line in below for one in _SENTENCE.split(line)):
            if says(sentence, seen.site_words) is Said.PAGE_ABSENT:
                return sentence
            words = NOT_FOUND_WORDS.search(sentence)
            few = words_in(sentence) <= _TITLED_WORDS
            if words and few and not is_quoted(sentence, *words.span()):
                return sentence
    return None


def _said_twice(seen: Seen, wanted: frozenset[Said]) -> str | None:
    """A title that a sentence of its own says again, whatever other stories are listed below."""
    if seen.text is None or seen.words_length > _TITLED_CHARS or seen.is_signed:
        return None
    title = next((one for one in seen.titles if says(one, seen.site_words) in wanted), None)
    if title is None:
        return None
    others = (one for one in seen.pieces[:_PIECES] if one not in seen.titles)
    again = any(one[-1] in _FULL_STOPS and says(one, seen.site_words) in wanted for one in others)
    return title if again else None


def unavailable(seen: Seen) -> CaptureVerdict | None:
    """A page that says nothing but that it is not shown, and not why: no proof of anything."""
    if seen.page.context.kind is Kind.DISCOVERY or seen.is_posted or seen.is_signed:
        return None  # a player's page has such words ready, unseen
    short = seen.words_length <= _SHORT_CHARS
    sentence = (_unavailable(seen) if short else None) or next(_unavailable_headings(seen), None)
    return seen.verdict(Outcome.FORBIDDEN, "unavailable-words", sentence) if sentence else None


def _unavailable(seen: Seen) -> str | None:
    title = next((t for t in seen.titles if says(t, seen.site_words) is Said.UNAVAILABLE), None)
    if title and (seen.text is None or not _goes_on(seen.text.text)):
        return title
    return _notice(seen, frozenset({Said.UNAVAILABLE}))


def _unavailable_headings(seen: Seen) -> Iterator[str]:
    for said in seen.below_headings:
        heading, *below = said.split("\n")
        if says(heading, seen.site_words) is Said.UNAVAILABLE and _is_little(below, seen):
            yield heading


def _is_little(below: list[str], seen: Seen) -> bool:
    """Whether the first line below a heading is as short as a notice's."""
    lines = (line for line in below if line not in seen.title_parts)
    first = next((line for line in lines if words_in(line) >= _LINE_WORDS), None)
    return first is not None and words_in(first) <= _PRINTED_WORDS


def _goes_on(text: str) -> bool:
    return words_in(text) > _TITLED_WORDS or is_reported(text)


def _notice(seen: Seen, wanted: frozenset[Said]) -> str | None:
    """The sentence of a short page without date and author that says what is wanted, and nothing
    else."""
    text = seen.text
    if text is None or seen.words_length > _SHORT_CHARS or seen.is_signed:
        return None
    sentences = _SENTENCE.split(text.text)[:_SENTENCES]
    shown = seen.pieces[:_PIECES] if len(seen.visible) <= _PARKED_CHARS else ()
    if (
        len(text.text.split()) > _FEW_WORDS
    ):  # a title that could be an error's stands above an article
        shown = tuple(piece for piece in shown if piece not in seen.titles)
    return next((one for one in (*sentences, *shown) if says(one, seen.site_words) in wanted), None)


def redirected_away(seen: Seen) -> CaptureVerdict | None:
    """A deep address led to a home page or to the front of its section (the rules of EDGI's web
    monitoring)."""
    asked, got = seen.requested, seen.arrived
    if (
        asked is None
        or got is None
        or asked.key == got.key
        or seen.page.context.kind is Kind.DISCOVERY
    ):
        return None
    # Where a short link leads is for whoever made it; an archive moves to the nearest time.
    if asked.platform in LEADING:
        return None
    deep, reached = path_segments(asked.url), path_segments(got.url)
    if not deep or _is_home(deep, asked.url):
        return None
    if _is_home(reached, got.url):
        return seen.verdict(Outcome.REDIRECTED_AWAY, "redirected-home", got.url)
    if (
        reached
        and _SEARCH_SEGMENT.fullmatch(reached[-1])
        and not any(map(_SEARCH_SEGMENT.fullmatch, deep))
    ):
        return seen.verdict(Outcome.REDIRECTED_AWAY, "redirected-to-search", got.url)
    same_site = asked.domain == got.domain
    is_front = 0 < len(reached) < len(deep) and deep[: len(reached)] == reached
    if (
        same_site
        and is_front
        and _ARTICLE_SEGMENT.search(deep[-1])
        and not _ARTICLE_SEGMENT.search(reached[-1])
    ):
        return seen.verdict(Outcome.REDIRECTED_AWAY, "redirected-to-section", got.url)
    return None


def _is_home(segments: list[str], url: str) -> bool:
    """The root of a site, under whatever name; a root with a query may be a page (`/?p=12`)."""
    query = urlsplit(url).query
    if query and not _ERROR_QUERY.search(query):
        return False
    return len(segments) <= 2 and all(_HOME_SEGMENT.fullmatch(piece) for piece in segments)


def parked(seen: Seen) -> CaptureVerdict | None:
    """A name that is for sale or without a site: by the parking service's mark-up or its words on a
    short page."""
    if seen.words_length > _PARKED_CHARS or seen.page.context.kind is Kind.DISCOVERY:
        return None
    asked, got = seen.requested, seen.arrived
    if asked and got and got.domain in _SELLERS and asked.domain != got.domain:
        return seen.verdict(Outcome.PARKED, "redirected-to-seller", got.url)
    markup = seen.first_in_source(_PARKED_MARKUP)
    if markup and len(seen.visible) <= _PARKED_CHARS:
        return seen.verdict(Outcome.PARKED, "parked-markup", markup)
    titles = (part for part in seen.title_parts if _DEFAULT_TITLE.fullmatch(part))
    title = next(titles, None) or (seen.visible if _BARE_SERVER.fullmatch(seen.visible) else None)
    if title:
        return seen.verdict(Outcome.PARKED, "default-page", title)
    words = _sold(seen) if len(seen.visible) <= _PARKED_CHARS else None
    if words and _is_of_this_name(seen, words):
        return seen.verdict(Outcome.PARKED, "parked-words", words.group(0))
    lander = _LANDER.search(seen.source) if not seen.visible else None
    return seen.verdict(Outcome.PARKED, "parked-script", lander.group(0)) if lander else None


def _sold(seen: Seen) -> re.Match[str] | None:
    """The first words that offer a name which are neither told of in a sentence that reports, nor
    part of the headline above a report."""
    found = _PARKED_WORDS.search(seen.visible)
    if found is None or not is_reported(seen.visible):  # most pages
        return found
    sentences = [one for one in _SENTENCE.split(seen.visible) if not is_reported(one)]
    said = without_quotations(" ".join(sentences))
    for title in filter(_is_headline, seen.titles):
        said = said.replace(title, " ")
    return _PARKED_WORDS.search(said)


def _is_headline(title: str) -> bool:
    return words_in(_PARKED_WORDS.sub(" ", title)) >= _HEADLINE_WORDS


def _is_of_this_name(seen: Seen, words: re.Match[str]) -> bool:
    """Whether a name's sale is its own: `this domain`, a name beside it, or no more than that."""
    if not _ANY_NAME.match(words.group(0)) or words_in(seen.visible) <= _FEW_WORDS:
        return True
    return HOST.search(seen.visible) is not None


def thin(seen: Seen) -> CaptureVerdict | None:
    """Nothing to read: an empty body, or a shell that needs scripts."""
    if not seen.body.strip() and seen.text is None and seen.page.body:
        # something came that nobody could read, such as a page whose worker had to be ended
        return None
    if not seen.body.strip():
        return seen.verdict(Outcome.THIN, "empty-body")
    if seen.text is not None and "thin" in seen.flags and not is_brief(seen):
        rule = "script-shell" if "script-shell" in seen.flags else "no-text"
        return seen.verdict(Outcome.THIN, rule, f"{len(seen.text.text)} characters")
    return None
