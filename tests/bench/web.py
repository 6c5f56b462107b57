"""A web of news pages for the benchmark, served by a replica in a process of its own.

To see it: `python -m tests.bench.web`.

One report cites all of them. Pages are as large and as cluttered as real ones: menus, scripts and
teasers around an article, 60 to 120 kB unpacked, sent with gzip, with an ETag.
"""

from __future__ import annotations

import argparse
import gzip
import signal
from functools import lru_cache
from typing import TYPE_CHECKING

from tests.replica.messages import Reply, Request, html, not_found
from tests.replica.prose import LANGUAGES, rng_for
from tests.replica.server import Replica
from tests.replica.sites import Site, Web

if TYPE_CHECKING:
    from random import Random

    from tests.replica.prose import Language

HOSTS = 60
CODES = ("en", "ru", "uk", "ar", "fa", "he", "tr", "fr")
NOTES_URLS = 20  # URLs in one note of the report
CACHED = 1_000
REPORT_HOST = "understandingwar.org"
REPORT_URL = f"https://{REPORT_HOST}/research/benchmark/load-update-march-19-2026/"


def url_of(number: int) -> str:
    """The address of a page.

    Neighbours stand on different hosts, each a registered domain: politeness goes by these.
    """
    return f"https://{_host(number % HOSTS)}/news/{number}"


def _host(number: int) -> str:
    return f"bench-paper-{number}.net"


@lru_cache(maxsize=CACHED)
def page(number: int) -> str:
    """The page's mark-up: about 1,500 elements, as real articles have."""
    rng = rng_for(f"bench {number}")
    language = LANGUAGES[CODES[number % len(CODES)]]
    name = language.headline(rng)
    parts = [_words(rng, language) for _ in range(rng.randint(8, 30))]
    script = "".join(
        f'window.q.push({{"slot":"ad-{rng.randrange(10**9)}","size":[300,250],"key":"{rng.random()}"}});\n'
        for _ in range(rng.randint(20, 300))
    )
    body = "".join(
        (
            (
                '<div class="layout"><header '
                f'class="masthead"><nav><ul>{_menu(rng, language)}</ul></nav></header><main>'
            ),
            (
                f'<article class="story"><h1 class="story__title">{name}</h1><div '
                'class="story__meta"><span class="by">By '
            ),
            (
                '<a href="/authors/bellamy">Nora Bellamy</a></span><time>20 March</time></div><div '
                'class="story__body">'
            ),
            *(_paragraph(rng, text) for text in parts),
            "</div></article><section class='comments'>",
            *(_comment(rng, language) for _ in range(30)),
            "</section></main><aside class='rail'><div class='rail__inner'>",
            *(_teaser(rng, language, number) for _ in range(100)),
            (
                f"</div></aside><footer><p>Paper {number % HOSTS}. All rights "
                "reserved.</p></footer></div>"
            ),
        )
    )
    return (
        f'<!DOCTYPE html><html lang="{language.code}"><head><meta '
        f'charset="utf-8"><title>{name}</title><meta property="og:title" content="{name}"><meta '
        'name="author" content="Nora Bellamy"><meta property="article:published_time" '
        f'content="2026-03-{number % 17 + 2:02d}T08:00:00Z">'
        f"<script>{script}</script></head><body>{body}</body></html>"
    )


def _words(rng: Random, language: Language) -> str:
    """A paragraph's words in no order.

    Made of ready sentences, all pages would be near-duplicates of each other.
    """
    known = " ".join((*language.who, *language.said, *language.where, *language.what)).split()
    return " ".join(rng.choices(known, k=rng.randint(30, 80))).capitalize() + "."


def _menu(rng: Random, language: Language) -> str:
    return "".join(
        '<li class="menu-item"><a class="menu-link" '
        f'href="/section/{n}"><span>{rng.choice(language.where)}</span></a></li>'
        for n in range(150)
    )


def _paragraph(rng: Random, text: str) -> str:
    """Links and stress inside, a picture with its caption now and then."""
    first, second, *rest = text.split(" ", 6)
    marked = (
        f'<a href="/tag/{rng.randrange(999)}">{first}</a> <strong>{second}</strong> '
        f"{' '.join(rest)}"
    )
    figure = (
        '<figure><img src="/img/a.jpg" alt=""><figcaption>Photo: press office</figcaption></figure>'
    )
    return f'<p class="story__text"><span>{marked}</span></p>' + figure * (rng.random() < 0.2)


def _comment(rng: Random, language: Language) -> str:
    said = language.sentence(rng)
    return (
        '<div class="comment"><div class="comment__head"><span '
        f'class="name">reader{rng.randrange(999)}</span><time>now</time></div><div '
        f'class="comment__body"><p>{said}</p></div><button class="like">+1</button></div>'
    )


def _teaser(rng: Random, language: Language, number: int) -> str:
    return (
        f'<div class="teaser card"><a href="/news/{number}/{rng.randrange(999)}"><img '
        'class="thumb" src="/img/t.jpg" alt=""><div class="teaser__text"><h3 '
        f'class="teaser__title"><span>{language.headline(rng)}</span></h3></div></a><span '
        'class="teaser__time">5 min</span></div>'
    )


def report(count: int) -> str:
    """The report that cites the first `count` pages."""
    numbers = range(0, count, NOTES_URLS)
    # enough that a report with one note is no empty page
    prose = (
        "<p>The benchmark brigade was sent to the river to count its own lines, and counts them "
        "day by day.</p>" * 5
    )
    prose += "\n".join(
        f"<p>The benchmark brigade held the {n}th line of the river and reported it to nobody. "
        f"[{n + 1}]</p>"
        for n, _ in enumerate(numbers)
    )
    notes = "\n".join(
        f"<p>[{n + 1}] "
        + " ; ".join(url_of(i) for i in range(first, min(first + NOTES_URLS, count)))
        + "</p>"
        for n, first in enumerate(numbers)
    )
    return (
        "<!DOCTYPE html><html><head><title>Load Update, March 19, "
        "2026</title></head><body><main><article><h1>Load Update, March 19, "
        f"2026</h1>{prose}<hr>{notes}</article></main></body></html>"
    )


def _article(request: Request) -> Reply:
    name = request.path.removeprefix("/news/")
    if not name.isdecimal():
        return not_found()
    tag = f'"{name}"'
    if request.header("if-none-match") == tag:
        return Reply(304, (("ETag", tag),))
    headers = (("Content-Type", "text/html; charset=utf-8"), ("Content-Encoding", "gzip"))
    return Reply(200, (*headers, ("ETag", tag)), _packed(int(name)))


@lru_cache(maxsize=CACHED)
def _packed(number: int) -> bytes:
    return gzip.compress(page(number).encode(), 6, mtime=0)


def main() -> None:
    """Serve until SIGTERM; the first line says where."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--pages", type=int, required=True)
    count = parser.parse_args().pages
    ends = {signal.SIGTERM, signal.SIGINT}
    signal.pthread_sigmask(signal.SIG_BLOCK, ends)
    for number in range(min(count, CACHED)):
        _packed(number)
    citing = html(report(count))
    web = Web()
    web.add(
        Site(
            (REPORT_HOST,), lambda request: citing if "/research/" in request.path else not_found()
        )
    )
    web.add(*(Site((_host(n),), _article) for n in range(HOSTS)))
    with Replica(world=web) as replica:
        print(replica.proxy_url, replica.ca_file, flush=True)
        signal.sigwait(ends)


if __name__ == "__main__":
    main()
