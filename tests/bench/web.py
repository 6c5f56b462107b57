"""A web of news pages for the benchmark, served by a replica in a process of its own: `python -m tests.bench.web`.

One report cites all of them. Pages are as large and as cluttered as real ones: menus, scripts and teasers around an article,
60 to 120 kB unpacked, sent with gzip, with an ETag.
"""

from __future__ import annotations

import argparse
import gzip
import signal
from functools import lru_cache

from tests.replica.messages import Reply, Request, html, not_found
from tests.replica.prose import LANGUAGES, rng_for
from tests.replica.server import Replica
from tests.replica.sites import Site, Web

HOSTS = 60
NOTES_URLS = 20  # URLs in one note of the report
CACHED = 1_000
REPORT_HOST = "understandingwar.org"
REPORT_URL = f"https://{REPORT_HOST}/research/benchmark/load-update-march-19-2026/"


def url_of(number: int) -> str:
    """The address of a page; neighbours stand on different hosts."""
    return f"https://{_host(number % HOSTS)}/news/{number}"


def _host(number: int) -> str:
    return f"paper-{number}.bench-replica.net"


@lru_cache(maxsize=CACHED)
def page(number: int) -> str:
    """The page's mark-up."""
    rng = rng_for(f"bench {number}")
    language = LANGUAGES[("en", "ru", "uk", "ar", "fa", "he", "tr", "fr")[number % 8]]
    name = language.headline(rng)
    text = "\n".join(
        f'<p class="story-body__text">{part}</p>'
        for part in language.paragraphs(rng, rng.randint(8, 30))
    )
    menu = "\n".join(
        f'<li class="menu-item menu-item-{n}"><a class="menu-link" href="/section/{n}?from=menu">Section {n}</a></li>'
        for n in range(120)
    )
    teasers = "\n".join(
        f'<div class="teaser card"><a href="/news/{number}/{n}"><img class="thumb" loading="lazy" src="/img/{number}-{n}.jpg"'
        f' alt=""><h3 class="teaser__title">{language.headline(rng)}</h3></a><span class="teaser__time">{n} min</span></div>'
        for n in range(40)
    )
    script = "".join(
        f'window.q.push({{"slot":"ad-{rng.randrange(10**9)}","size":[300,250],"key":"{rng.random()}"}});\n'
        for _ in range(rng.randint(300, 900))
    )
    return (
        f'<!DOCTYPE html><html lang="{language.code}"><head><meta charset="utf-8"><title>{name}</title>'
        f'<meta property="og:title" content="{name}"><meta name="author" content="Nora Bellamy">'
        f'<meta property="article:published_time" content="2026-03-{number % 17 + 2:02d}T08:00:00Z">'
        f"<script>{script}</script></head><body><nav><ul>{menu}</ul></nav><main><article><h1>{name}</h1>\n{text}\n"
        f'</article><aside class="related">{teasers}</aside></main><footer>Paper {number % HOSTS}</footer></body></html>'
    )


def report(count: int) -> str:
    """The report that cites the first `count` pages."""
    numbers = range(0, count, NOTES_URLS)
    prose = "\n".join(
        f"<p>The benchmark brigade held the {n}th line of the river and reported it to nobody. [{n + 1}]</p>"
        for n, _ in enumerate(numbers)
    )
    notes = "\n".join(
        f"<p>[{n + 1}] "
        + " ; ".join(url_of(i) for i in range(first, min(first + NOTES_URLS, count)))
        + "</p>"
        for n, first in enumerate(numbers)
    )
    return (
        "<!DOCTYPE html><html><head><title>Load Update, March 19, 2026</title></head><body><main><article>"
        f"<h1>Load Update, March 19, 2026</h1>{prose}<hr>{notes}</article></main></body></html>"
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
