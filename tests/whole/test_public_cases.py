"""Cases that other projects' public test lists hold, as facts, with the verdict that is right by
our rules.

From wikimedia/DeadlinkChecker (tests/checkIfDeadTest.php), and from edgi-govdata-archiving:
web-monitoring-db (test/models/version_test.rb, effective status) and web-monitoring-processing
(archives/, pairs of pages, read where somebody has fetched them). Where ours is another verdict
than theirs, the case says why.
"""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive.errors import BadUrlError
from archive.model.fetch import FetchContext
from archive.model.rot import Attempt, Drift, Reading
from archive.model.times import format_time
from archive.model.understood import FetchedPage
from archive.model.vocabulary import DriftClass, Kind, Outcome, Status
from archive.urls import normal as urls
from pipeline.decide.drift import compare
from pipeline.decide.verdicts import judge_source
from pipeline.read.blocks import Run
from pipeline.read.outcomes import judge_capture as outcome_of
from pipeline.read.page_text import page_text
from pipeline.read.references.lexer import cited_urls

EDGI = os.environ.get("ISW_ARCHIVE_TEST_EDGI_PAIRS")
AT = datetime(2026, 3, 1, 6, tzinfo=UTC)
ARTICLE = "".join((
    f"<p>On day {n} the agency published table {n * 7} of its survey of rivers, and "
    f"{n} maps beside it.</p>"
) for n in range(9))  # fmt: skip

# --- addresses ------------------------------------------------------------------------------------

FETCHED = [
    ("http://google.com?q=blah", "http://google.com/?q=blah"),
    ("https://en.wikipedia.org/w/index.php?title=Bill_Gates&action=edit", None),
    ("https://zh.wikipedia.org/wiki/猫", "https://zh.wikipedia.org/wiki/%E7%8C%AB"),
    ("https:/zh.wikipedia.org/wiki/猫", "https://zh.wikipedia.org/wiki/%E7%8C%AB"),
    ("http://www.discogs.com/Various-Kad-Jeknu-Dragačevske-Trube-2",
        "http://www.discogs.com/Various-Kad-Jeknu-Draga%C4%8Devske-Trube-2"),
    ("http://www.cabelas.com/story-123/boddington_short_mag/10201/The+Short+Mag+Revolution.shtml",
        None),
    ("http://www.eurostar.se/html/bokning.php?ort=Falk%F6ping", None),
    ("http://www.silvercityvault.org.uk/index.php?a=ViewItem&key=SHsi%3D%3D&pg=8&WINID=13#YqFd/67",
        "http://www.silvercityvault.org.uk/index.php?a=ViewItem&key=SHsi%3D%3D&pg=8&WINID=13"),
    ("http://example.com/blue+light%20blue?blue%2Blight+blue%23foobar#foobar",
        "http://example.com/blue+light%20blue?blue%2Blight+blue%23foobar"),
    ("http://www.musicvf.com/Buck+Owens+%2526+Ringo+Starr.art", None),
    ("http://babel.hathitrust.org/cgi/pt?id=pst.000003356951;view=1up;seq=1", None),
    ("http://кц.рф/ru/", "http://xn--j1ay.xn--p1ai/ru/"),
    ("http://flysunairexpress.com/#about", "http://flysunairexpress.com/"),
    ("http://www.filmportal.de/df/3b/Uebersicht,,,,6C95360CB3D34FDCB6A025F2618E7495,,,.html", None),
    ("http://parlinfo.aph.gov.au/search/display/display.w3p;query=Id%3A%22handbook%2F2014-10-31%22",
        None),
    ("http://203.221.255.21/opacs/TitleDetails?ITEMID=$VARS.getItemId()&searchwords=Lara%20Saint&index=", None),  # noqa: E501
]  # fmt: skip


@pytest.mark.parametrize(("given", "sent"), FETCHED)
def test_an_address_is_sent_as_they_send_it(given: str, sent: str | None) -> None:
    assert urls.fetchable(given) == (sent or given)


@pytest.mark.parametrize(
    ("printed", "url"),
    [
        # They take https here; so does our lexer, since a note that prints `//` was copied off a
        # page of today.
        ("//google.com/a?q=blah", "https://google.com/a?q=blah"),
        # They send http; the address is the same, and a source's key has one scheme anyway.
        ("zh.wikipedia.org/wiki/cat", "https://zh.wikipedia.org/wiki/cat"),
        ("https:/zh.wikipedia.org/wiki/cat", "https://zh.wikipedia.org/wiki/cat"),
    ],
)
def test_an_address_without_its_scheme_is_repaired_where_a_note_prints_it(printed: str,
    url: str) -> None:  # fmt: skip
    assert [cited.url for cited in cited_urls([Run(printed)])] == [url]


@pytest.mark.parametrize("given", ["ftp://google.com/#param=1", "mms://200.23.59.10/radiotam",
    "mms://209.0.211.10/live", "chrome://examplefunction"])  # fmt: skip
def test_other_schemes_are_never_fetched_and_so_never_dead(given: str) -> None:
    # They call one mms stream alive, the other dead, and chrome: unknown: here nothing but http(s)
    # is a source at all.
    with pytest.raises(BadUrlError):
        urls.fetchable(given)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.google.com/", "http://google.com"),
        ("http://google.com/?q=blah", "https://www.google.com?q=blah"),
        ("http://google.com/#param=1", "https://google.com"),
        ("https://google.www.com", "https://www.google.www.com/"),
    ],
)  # fmt: skip
def test_two_spellings_are_one_source_where_they_clean_them_to_one(one: str, other: str) -> None:
    assert urls.source_key(one) == urls.source_key(other)


# --- what a single answer is ----------------------------------------------------------------------


def answer(url: str, final: str, title: str = "Rivers", body: str = ARTICLE,
    status: int = 200) -> Outcome:  # fmt: skip
    html = (
        "<!DOCTYPE "
        f"html><html><head><title>{title}</title></head><body><main>{body}</main></body></html>"
    )
    headers = {"content-type": "text/html; charset=utf-8"}
    page = FetchedPage(FetchContext(7, Kind.SOURCE, url), final, AT, status, headers, html.encode())
    return outcome_of(page, page_text(page.body, url, headers["content-type"], AT),
        page.body).outcome  # fmt: skip


NRI = "https://hazards.fema.gov/nri/take-action"
NWIS = "https://waterdata.usgs.gov/nwis"
KIDS = "https://www3.epa.gov/climatechange/kids/solutions/index.html"
SUMMER = "https://climate.nasa.gov/explore/ask-nasa-climate/183/the-year-without-a-summer/"
REGISTER = "https://www.federalregister.gov/documents/2021/07/27/2021-15122/national-oil-and-hazardous-substances"


@pytest.mark.parametrize(
    ("url", "final", "outcome"),
    [
        (NRI,
            "https://www.fema.gov/emergency-managers/practitioners/resilience-analysis-and-planning-tool", Outcome.OK),  # noqa: E501
        (NWIS, "https://waterdata.usgs.gov/", Outcome.REDIRECTED_AWAY),
        ("https://eta.lbl.gov/justice-40", "https://eta.lbl.gov/home", Outcome.REDIRECTED_AWAY),
        # They let the root of another host pass. What a sentence cites does not stand there either;
        # where it does, since a whole site got a name of its own, the same text shows it (below).
        (NWIS, "https://www.usgs.gov/", Outcome.REDIRECTED_AWAY),
        # They have a rule for each of these two; here the text decides (below), of a single answer
        # nothing is known.
        (KIDS, "https://www.epa.gov/sites/production/files/signpost/cc.html", Outcome.OK),
        (SUMMER, "https://science.nasa.gov/climate-change/", Outcome.OK),
        # A host that lets programs in again after a ban: 429 with them, a wall here; neither means
        # that anything is gone.
        (REGISTER, "https://unblock.federalregister.gov/", Outcome.CHALLENGE),
    ],
)  # fmt: skip
def test_where_a_redirect_leads(url: str, final: str, outcome: Outcome) -> None:
    assert answer(url, final) is outcome


TITLES = [
    ("404 Not Found", Outcome.SOFT_404), ("404", Outcome.SOFT_404), ("Error 404", Outcome.SOFT_404),
    ("404 error", Outcome.SOFT_404),
    ("Page Not Found | US EPA", Outcome.SOFT_404), ("US EPA - Page Not Found", Outcome.SOFT_404),
    ("File not found", Outcome.SOFT_404),
    ("This page isn't available", Outcome.SOFT_404),
    ("This page isn’t available | Agency", Outcome.SOFT_404),
    ("Access Denied", Outcome.FORBIDDEN), ("Restricted access | Agency", Outcome.FORBIDDEN),
    ("403 Forbidden", Outcome.FORBIDDEN),
    ("Error", Outcome.SERVER_ERROR), ("Error processing SSI file", Outcome.SERVER_ERROR),
    ("An error occurred", Outcome.SERVER_ERROR),
    ("Unexpected Error | Agency", Outcome.SERVER_ERROR), ("Server Error", Outcome.SERVER_ERROR),
    ("501 Not Implemented", Outcome.SERVER_ERROR),
    ("Site under maintenance", Outcome.SERVER_ERROR),
    ("500 Internal Server Error", Outcome.SERVER_ERROR), ("503", Outcome.SERVER_ERROR),
]  # fmt: skip


@pytest.mark.parametrize(("title", "outcome"), TITLES)
def test_a_title_that_is_an_error_on_a_page_of_a_few_words(title: str, outcome: Outcome) -> None:
    assert answer(NWIS, NWIS, title, "<p>Please try again, or go to our home page.</p>") is outcome


@pytest.mark.parametrize("title", [title for title, _ in TITLES])
def test_the_same_title_over_a_whole_article_is_alive(title: str) -> None:
    # They go by the title alone; an article may be called so.
    assert answer(NWIS, NWIS, title, ARTICLE * 5) is Outcome.OK


# --- what a history of answers is -----------------------------------------------------------------


def try_(day: int, outcome: Outcome, url: str, final: str | None = None,
    drift: DriftClass | None = None) -> Attempt:  # fmt: skip
    good = outcome is Outcome.OK
    made = Attempt(
        day + 1, format_time(AT + timedelta(days=day)), outcome, url, final or url,
        200 if good else None,
        digest="first" if good else None, title="Rivers" if good else None,
    )  # fmt: skip
    return made if drift is None else replace(made, digest=str(drift), drift=Drift(drift, 0.9))


@pytest.mark.parametrize(
    ("url", "final"),
    [(KIDS, "https://www.epa.gov/sites/production/files/signpost/cc.html"),
        (SUMMER, "https://science.nasa.gov/climate-change/")],
)  # fmt: skip
def test_a_signpost_for_hundreds_of_pages_is_absence_by_its_text(url: str, final: str) -> None:
    tries = [try_(0, Outcome.OK, url), *(try_(day, Outcome.OK, url, final,
        DriftClass.OFF_TOPIC) for day in (7, 10, 14))]  # fmt: skip
    found = judge_source(url, tries)
    assert (found[1].status, found[3].status) == (Status.SUSPECT, Status.DEAD)
    assert found[3].evidence["strikes"][0]["final_url"] == final


@pytest.mark.parametrize("drift", [DriftClass.SAME, DriftClass.MINOR])
def test_a_home_page_that_says_what_the_cited_page_said_is_where_it_moved(drift: DriftClass) -> None:  # fmt: skip  # noqa: E501
    away = [replace(try_(day, Outcome.REDIRECTED_AWAY, NWIS, "https://nwis.usgs.gov/"),
        digest="near", drift=Drift(drift, 0.02)) for day in (7, 10, 14)]  # fmt: skip
    assert judge_source(NWIS, [try_(0, Outcome.OK, NWIS), *away])[-1].status is Status.MOVED


def test_bans_and_gates_never_make_it_dead() -> None:
    tries = [try_(0, Outcome.OK, REGISTER),
        *(try_(day, Outcome.CHALLENGE, REGISTER) for day in range(7, 90, 7))]  # fmt: skip
    assert {one.status for one in judge_source(REGISTER, tries)} == {Status.ALIVE, Status.BLOCKED}


# DeadlinkChecker's addresses by kind, with how each kind answers; of one check their verdict is
# ours only in the end.
KINDS_ALIVE = {
    "a page": [Outcome.OK] * 4,
    "a page that moves to https and back": [Outcome.OK] * 4,
    "a page behind a certificate that fails": [Outcome.OK, Outcome.TLS_FAILURE, Outcome.OK,
        Outcome.OK],
    "a file that is no page": [Outcome.OK] * 4,
    "a site that is slow now and then": [Outcome.OK, Outcome.TIMEOUT, Outcome.TIMEOUT, Outcome.OK],
    "a catalogue that has a bad night": [Outcome.OK, Outcome.SERVER_ERROR, Outcome.SERVER_ERROR,
        Outcome.NOT_MODIFIED],
    "a page that was gone once": [Outcome.OK, Outcome.GONE, Outcome.OK, Outcome.OK],
}  # fmt: skip
KINDS_DEAD = {
    "a page that never was": [Outcome.GONE] * 4,
    "a page that was taken down": [Outcome.OK, Outcome.GONE, Outcome.GONE, Outcome.GONE],
    "a forum that gave its name back": [Outcome.OK, *[Outcome.DNS_FAILURE] * 3],
    "a catalogue that answers on no port": None,
}


@pytest.mark.parametrize("kind", KINDS_ALIVE)
def test_what_they_call_alive_is_alive(kind: str) -> None:
    tries = [try_(3 * n, outcome, NWIS) for n, outcome in enumerate(KINDS_ALIVE[kind])]
    assert judge_source(NWIS, tries)[-1].status is Status.ALIVE


@pytest.mark.parametrize("kind", KINDS_DEAD)
def test_what_they_call_dead_is_dead_where_it_is_proved(kind: str) -> None:
    outcomes = KINDS_DEAD[kind]
    if outcomes is None:
        # With them a host that does not answer is dead; it proves no absence, and half of such come
        # back.
        tries = [try_(3 * n, Outcome.CONNECTION_FAILURE, NWIS) for n in range(30)]
        assert {one.status for one in judge_source(NWIS, tries)} == {Status.SUSPECT}
        return
    tries = [try_(3 * n, outcome, NWIS) for n, outcome in enumerate(outcomes)]
    assert judge_source(NWIS, tries)[-1].status is Status.DEAD
    assert all(one.status is not Status.DEAD for one in judge_source(NWIS, tries)[:2])


# --- pairs of pages -------------------------------------------------------------------------------

PAIRS = {
    "falsepos-footer": DriftClass.SAME,
    "falsepos-num-views": DriftClass.SAME,
    "falsepos-small-changes": DriftClass.SAME,
    "truepos-image-removal": DriftClass.SUBSTANTIAL,
    "truepos-major-changes": DriftClass.SUBSTANTIAL,
    # One button of a page of buttons is gone. The text never had it, so that no measure of texts
    # sees it: a known limit.
    "truepos-dataset-removal": DriftClass.SAME,
}


@pytest.mark.skipif(not EDGI, reason="ISW_ARCHIVE_TEST_EDGI_PAIRS names no folder with the pairs")
def test_pairs_of_real_pages_that_watchers_labelled_get_their_class() -> None:
    found = {}
    for name in PAIRS:
        readings = []
        for side in "ab":
            body = (Path(EDGI or "") / f"{name}-{side}.html").read_bytes()
            text = page_text(body, "https://agency.example/page", "text/html", AT)
            readings.append(Reading(text.text, text.title, text.published, text.language))
        found[name] = compare(*readings).drift
    print(*found.items(), sep="\n")
    assert found == PAIRS
