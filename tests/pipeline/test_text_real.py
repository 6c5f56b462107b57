"""Real cited pages beside the repository: title, author, day and language as a reader of each sees
them."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive.model.fetch import FetchContext
from archive.model.understood import FetchedPage
from archive.model.vocabulary import Kind, Outcome
from pipeline.read.outcomes import judge_capture
from pipeline.read.page_text import page_text

REAL = Path(__file__).resolve().parents[3] / "shared" / "real"
AT = datetime(2026, 7, 10, tzinfo=UTC)
pytestmark = [pytest.mark.real, pytest.mark.skipif(not REAL.exists(), reason="no real pages here")]

# File, address, start of the title, start of the author, day, language, characters and paragraphs
# at least.
PAGES = [
    ("cited/aa.com.tr_2026.html", "https://www.aa.com.tr/tr/gundem/a/3912126", "Vekalet", "Fatma",
        "2026-04-20", "tr", 1500, 15),
    ("cited/apnews_2020.html", "https://apnews.com/748f8eb6520f3f32aeb8411de8c59d37", "College",
        None, "2020-09-30", "en", 1300, 9),
    ("cited/jpost_2019.html", "https://www.jpost.com/Breaking-News/a-608399", "Son of",
        "JERUSALEM POST", "2019-11-20", "en", 350, 2),
    ("cited/pravda.com.ua_2026.html", "https://www.pravda.com.ua/rus/articles/2026/01/08/8015225/",
        "157", "Ярослав", "2026-01-08", "ru", 9000, 30),
    ("cited/reuters_2024.html", "https://www.reuters.com/world/a-2024-03-07/", "Israeli", "Maya",
        "2024-03-07", "en", 6000, 30),
    ("cited/tass.ru_8836033.html", "https://tass.ru/moskva/8836033", "Движение", "ТАСС",
        "2020-06-29", "ru", 1700, 8),
    ("cited/timesofisrael_2020.html", "https://www.timesofisrael.com/a/", "State of", "Emily",
        "2020-01-08", "en", 4000, 20),
    ("cited/twitter_status_2020.html", "https://twitter.com/reuters/status/1281836879789404160",
        None, "Reuters", "2020-07-11", "en", 40, 1),
    ("cited/youtube_watch.html", "https://www.youtube.com/watch?v=Lfw9H63g0OQ", "266", "TV 25",
        "2020-04-13", "ka", 300, 2),
    ("cited/facebook_page.html", "https://www.facebook.com/visitaustria/", "Visit", None, None,
        "en", 300, 5),
    ("telegram_preview/t.me_s_rybar.html", "https://t.me/s/rybar?before=81520", "Рыбарь", "Рыбарь",
        None, "ru", 20_000, 150),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "url", "expected"),
    [(name, url, tuple(expected)) for name, url, *expected in PAGES],
    ids=[page[0] for page in PAGES],
)
def test_a_real_page_is_read_as_a_reader_sees_it(name, url, expected):
    title, author, day, language, length, paragraphs = expected
    body = (REAL / name).read_bytes()
    found = page_text(body, url, "text/html; charset=utf-8", AT)
    assert (found.title or "").startswith(title or "")
    assert (found.title is None) == (title is None)
    assert (found.author or "").startswith(author or "")
    assert (found.author is None) == (author is None)
    assert (found.published, found.language) == (day, language)
    assert len(found.text) >= length
    assert len(found.text.split("\n\n")) >= paragraphs
    page = FetchedPage(
        FetchContext(1, Kind.SOURCE, url), url, AT, 200, {"content-type": "text/html"}, body
    )
    assert judge_capture(page, found, body).outcome is Outcome.OK


def test_one_real_post_among_its_neighbours():
    body = (REAL / "telegram_preview" / "t.me_s_rybar.html").read_bytes()
    found = page_text(body, "https://t.me/rybar/81505", "text/html", AT)
    assert (found.author, found.published, found.language) == ("Рыбарь", "2026-07-03", "ru")
    assert dict(found.facts)["posted_at"] == "2026-07-03T21:46:54Z"


def test_no_real_report_is_mistaken_for_an_error_page():
    mistaken = []
    for path in sorted(REAL.glob("isw_*/**/*.html")):
        url = "https://www.understandingwar.org/backgrounder/some-report-of-a-day"
        body = path.read_bytes()
        page = FetchedPage(
            FetchContext(1, Kind.REPORT, url), url, AT, 200, {"content-type": "text/html"}, body
        )
        if (
            judge_capture(page, None, body).outcome is not Outcome.OK
            and path.parent.name != "isw_errors"
        ):
            mistaken.append(path.name)
    assert mistaken == []
