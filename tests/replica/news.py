"""Newspapers in eight languages: invented outlets, invented articles, the mark-up of such sites."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from tests.replica.facts import SourceFact
from tests.replica.messages import Reply, Request, html, not_found, typed, with_validators
from tests.replica.prose import LANGUAGES, rng_for
from tests.replica.reports import moment
from tests.replica.sites import Site
from tests.replica.templating import render

if TYPE_CHECKING:
    from collections.abc import Callable

TRACKING = re.compile(r"[?&](utm_\w+|fbclid)=[^&]*")
FIRST_DAY = date(2026, 3, 2)  # articles are from the days that the reports cover
DAYS = 17


@dataclass(frozen=True, slots=True)
class Outlet:
    """A newspaper.

    Attributes:
        layout: `json-ld`, `meta`, `plain` (the date stands only in the text), `bare` (paragraphs in
            divs).
        address: Turns an article's number into a path.
        charset: Of its pages.
        declares: Where the charset is named: `header`, `meta`, or `both`.
    """

    host: str
    name: str
    language: str
    author: str
    layout: str = "json-ld"
    address: Callable[[int], str] = lambda n: f"/news/{n}"
    charset: str = "utf-8"
    declares: str = "both"


@dataclass(frozen=True, slots=True)
class Article:
    """One article of an outlet."""

    outlet: Outlet
    number: int
    url: str
    title: str
    published: date
    paragraphs: tuple[str, ...]

    @property
    def fact(self) -> SourceFact:
        """What a capture finds."""
        with_author = self.outlet.layout in {"json-ld", "meta"}
        return SourceFact(
            self.url,
            title=self.title,
            author=self.outlet.author if with_author else None,
            published=self.published.isoformat(),
            language=self.outlet.language,
            words=self.paragraphs[1][:60],
            about=f"news, {self.outlet.layout}, {self.outlet.charset}",
        )


def _dated(n: int) -> str:
    day = FIRST_DAY + timedelta(days=n % DAYS)
    return f"/{day:%Y/%m/%d}/{7_100_000 + n}/"


PAPERS = (
    Outlet("www.harbour-courier.com", "Harbour Courier", "en", "Nora Bellamy",
        address=lambda n: f"/world/article-{n}.html"),
    Outlet("tolvarpost.co.uk", "The Tolvar Post", "en", "Samuel Reed", "meta", _dated),
    Outlet("www.marran-defence.gov", "Marran Ministry of Defence", "en", "Press Office", "plain",
        lambda n: f"/releases/jy{n:04d}"),
    Outlet("vestnik-ilmy.ru", "Вестник Ильмы", "ru", "Олег Стрижов",
        address=lambda n: f"/politics/{n}"),
    Outlet("www.novostavy-news.ru", "Новые Ставы", "ru", "Анна Лужина", "meta",
        lambda n: f"/news/{n}.shtml", "windows-1251", "header"),
    Outlet("hadran.rutelegraf.ru", "Хадранский телеграф", "ru", "Пётр Званцев", "bare",
        lambda n: f"/a/{n}/", "windows-1251", "meta"),
    Outlet("kray-online.info", "Край онлайн", "ru", "редакция", "plain", lambda n: f"/?id={n}"),
    Outlet("ridnyi-bereh.ua", "Рідний берег", "uk", "Оксана Даниленко",
        address=lambda n: f"/news/2026/03/{n}/"),
    Outlet("stavy.media", "Стави медіа", "uk", "Марко Гнатюк", "meta",
        lambda n: f"/{n}-novyny-dnia/"),
    Outlet("oblast-rada.gov.ua", "Обласна рада", "uk", "пресслужба", "plain",
        lambda n: f"/news/view/{n}"),
    Outlet("akhbar-alshatt.com", "أخبار الشط", "ar", "ليلى الحمداني",
        address=lambda n: f"/article/{n}"),
    Outlet("www.sahil-alan.net", "الساحل الآن", "ar", "سامر قاسم", "meta",
        lambda n: f"/ar/news/{n}", "windows-1256", "both"),
    Outlet("qantartoday.ae", "قنطر اليوم", "ar", "هدى منصور", "meta",
        lambda n: f"/politics/{n}/%D8%AE%D8%A8%D8%B1"),
    Outlet("www.rudnegar.ir", "رودنگار", "fa", "مریم سهرابی",
        address=lambda n: f"/fa/news/140412{n % 29 + 1:02d}{n:06d}"),
    Outlet("khabar-mirzabad.ir", "خبر میرزاآباد", "fa", "رضا کاویان", "meta",
        lambda n: f"/news/{n}/%D8%AE%D8%A8%D8%B1"),
    Outlet("www.bandar-press.com", "بندر پرس", "fa", "تحریریه", "plain", lambda n: f"/detail/{n}"),
    Outlet("hagada-hasmolit.co.il", "הגדה השמאלית", "he", "יעל ברוש",
        address=lambda n: f"/item/{n}"),
    Outlet("www.namal-news.co.il", "נמל ניוז", "he", "איתי שקד", "meta",
        lambda n: f"/news/article/{n}"),
    Outlet("www.kizilkopru-gazetesi.com.tr", "Kızılköprü Gazetesi", "tr", "Deniz Aksoylu",
        address=lambda n: f"/gundem/haber-{n}"),
    Outlet("limanhaber.com.tr", "Liman Haber", "tr", "Ece Soydan", "meta", lambda n: f"/haber/{n}"),
    Outlet("www.lecourrierdelilma.fr", "Le Courrier de l'Ilma", "fr", "Agathe Morel",
        address=lambda n: f"/international/{n}.html"),
    Outlet("belqara-libre.fr", "Belqara libre", "fr", "Luc Fabri", "bare", _dated),
)  # fmt: skip
TOWNS = {
    "osterlin": "en", "brid": "uk", "dorn": "fr", "velmar": "en", "sulim": "tr", "mirzabad": "fa",
    "qantar": "ar", "hadran": "ru", "enver": "tr", "belqara": "ar", "ilma": "ru", "rashid": "he",
}  # fmt: skip


def _town_paper(town: str, language: str) -> Outlet:
    """A small newspaper that differs from the others in its name only."""
    name = f"{town.title()} Herald"
    return Outlet(
        f"{town}-herald.com", name, language, "Staff", "plain", lambda n: f"/{language}/story/{n}"
    )


OUTLETS = (*PAPERS, *(_town_paper(town, language) for town, language in TOWNS.items()))


def article(outlet: Outlet, index: int) -> Article:
    """The article of that index; the same on every machine."""
    rng = rng_for(f"{outlet.host}/{index}")
    number = 10_000 + 317 * index + len(outlet.host)
    language = LANGUAGES[outlet.language]
    return Article(
        outlet,
        number,
        f"https://{outlet.host}{outlet.address(number)}",
        language.headline(rng),
        FIRST_DAY + timedelta(days=(number if outlet.address is _dated else index * 5) % DAYS),
        language.paragraphs(rng),
    )


@lru_cache(maxsize=4096)
def page(item: Article) -> str:
    """The article's HTML."""
    outlet = item.outlet
    ld = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": item.title,
        "datePublished": f"{item.published}T08:15:00+03:00",
        "author": {"@type": "Person", "name": outlet.author},
        "publisher": {"@type": "Organization", "name": outlet.name},
    }
    return render(
        "news.html",
        outlet=outlet,
        item=item,
        json_ld=json.dumps(ld, ensure_ascii=outlet.charset != "utf-8"),
        direction="rtl" if LANGUAGES[outlet.language].rtl else "ltr",
        others=[article(outlet, i).title for i in range(90, 94)],
    )


def sites(articles: int) -> tuple[list[Site], list[SourceFact]]:
    """All outlets with so many articles each, and the facts of those."""
    made: list[Site] = []
    facts: list[SourceFact] = []
    for outlet in OUTLETS:
        items = [article(outlet, i) for i in range(articles)]
        facts += [item.fact for item in items]
        bare = outlet.host.removeprefix("www.")
        made.append(Site((bare, f"www.{bare}"), _handler(items)))
    return made, facts


def variants(facts: list[SourceFact]) -> list[SourceFact]:
    """The same articles, cited with tracking parameters, without `www.`, by http."""
    first, second, third, fourth = facts[:4]
    written = (
        (first, f"{first.url}?utm_source=telegram&utm_medium=social"),
        (second, f"{second.url}?fbclid=IwAR0replica"),
        (third, third.url.replace("//www.", "//", 1)),
        (fourth, fourth.url.replace("https://", "http://", 1)),
    )
    return [replace(fact, url=url, same_as=fact.url) for fact, url in written]


def _handler(items: list[Article]) -> Callable[[Request], Reply]:
    outlet = items[0].outlet
    paths = {outlet.address(item.number): item for item in items}

    def answer(request: Request) -> Reply:
        if request.path == "/robots.txt":
            return typed("User-agent: *\nDisallow: /admin/\n", "text/plain")
        if request.path == "/":
            return html(f"<html><title>{outlet.name}</title><h1>{outlet.name}</h1></html>")
        item = paths.get(request.path) or paths.get(TRACKING.sub("", request.path))
        return article_reply(item, request) if item else not_found()

    return answer


def article_reply(item: Article, request: Request) -> Reply:
    """An article as its outlet sends it."""
    charset = item.outlet.charset
    reply = html(page(item), charset=charset)
    if item.outlet.declares == "meta":
        reply = Reply(200, (("Content-Type", "text/html"),), reply.body)
    return with_validators(reply, request, moment(f"{item.published}T06:00"))
