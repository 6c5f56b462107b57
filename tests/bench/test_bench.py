"""The bench measures what it says it does."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from statistics import mean, median

import lxml.html
import pytest

from archive.capture_numbers import number_at
from tests.bench.growth import CHECKS, EACH_CHECK, FIRST_CHECK
from tests.bench.measure import COMMAND, CRAWL, OTHERS, SERVER, WORKERS, Usage, kind_of
from tests.bench.pages import page, size_of
from tests.bench.peers import PEERS, Runs
from tests.bench.table import Spread, figure, heading, in_markdown
from tests.bench.web import Bodies


def test_pages_are_as_large_as_real_ones() -> None:
    sizes = sorted(map(size_of, range(400)))
    assert 136_000 < mean(sizes) < 156_000
    assert 90_000 < median(sizes) < 110_000
    assert sizes[0] >= 20_000
    assert 500_000 < sizes[-2] <= 1_600_000


def test_pages_are_of_what_real_ones_are() -> None:
    bodies = [page(number) for number in range(40)]
    trees = [lxml.html.fromstring(body) for body in bodies]
    whole = sum(map(len, bodies))
    script = sum(len(one.text or "") for tree in trees for one in tree.iter("script"))
    links = mean(len(tree.xpath("//a")) for tree in trees)
    declared = mean(b"article:published_time" in one or b"datePublished" in one for one in bodies)
    assert 0.14 < script / whole < 0.3
    assert 120 < links < 190
    assert 0.5 < declared < 0.7


def test_saved_pages_come_first_and_evenly_of_all_sizes(tmp_path: Path) -> None:
    for size in range(10):
        (tmp_path / f"{9 - size}.html").write_bytes(b"x" * size)
    assert sorted(map(len, Bodies(5, [tmp_path]).all())) == [1, 3, 5, 7, 9]
    more = Bodies(12, [tmp_path])
    assert more(10) == page(10)
    assert (more.type_of(9), more.type_of(10)) == ("text/html", "text/html; charset=utf-8")


def test_a_peer_that_is_not_there_has_no_version(tmp_path: Path) -> None:
    assert [one.version(tmp_path) for one in PEERS if one.name != "wget"] == [None] * 3


def test_a_peer_s_time_is_without_its_start_and_the_page_of_that() -> None:
    begun, whole = Usage(1.0, 2.0), Usage(5.0, 11.0)
    assert Runs([begun], [whole]).each_cpu_s(10) == [1.0]
    assert Runs([Usage()], [whole]).each_cpu_s(10) == [1.1]


@pytest.mark.parametrize(
    ("words", "parent", "kind"),
    [
        ("python -m pipeline collect", None, COMMAND),
        ("python -m crawler spiders job.json", COMMAND, CRAWL),
        ("python -c from multiprocessing.forkserver import main; main(1)", CRAWL, SERVER),
        ("python -c from multiprocessing.forkserver import main; main(1)", SERVER, WORKERS),
        ("python -c from multiprocessing.resource_tracker import main", CRAWL, OTHERS),
    ],
)
def test_a_process_is_known_by_its_words_and_its_parent(
    words: str, parent: str | None, kind: str
) -> None:
    assert kind_of(words, parent) == kind


def test_a_figure_shows_its_median_and_its_spread(capsys: pytest.CaptureFixture[str]) -> None:
    with in_markdown(wanted=True):
        heading("what", "median", "from, to", "beside")
        figure("pages", [3.0, 1.0, 2.0], "ms", "half")
    assert capsys.readouterr().out.splitlines() == [
        "",
        "| what | median | from, to | beside |",
        "| --- | --- | --- | --- |",
        "| pages | 2.00 ms | 1.00 to 3.00 | half |",
    ]
    assert Spread.of([5.0]) == Spread(5.0, 5.0, 5.0)


def test_captures_of_a_grown_archive_leave_numbers_for_new_ones() -> None:
    last = FIRST_CHECK + EACH_CHECK * (CHECKS + 1)
    assert number_at(datetime(2050, 1, 1, tzinfo=UTC)) < FIRST_CHECK < last < 2**36
