"""What declares whose an address is: each platform, publisher and series in one record."""

from __future__ import annotations

import pkgutil
from collections import Counter
from datetime import date

import pytest

from archive.declared import declared
from archive.urls import normal as urls
from archive.urls import platforms, publishers
from archive.urls.platforms.identity import Identity
from archive.urls.platforms.registry import BY_HOST, EXITS, GATES, IDENTITIES
from archive.urls.publishers.registry import PUBLISHERS, at_home
from archive.urls.series import SERIES
from pipeline.read.candidates import candidate_urls
from pipeline.read.parse.series import find_series, fold
from pipeline.read.publishers.registry import SITES

_NO_RECORDS = {"files", "identity", "publisher", "registry"}


@pytest.mark.parametrize(
    ("package", "count"),
    [(platforms, len(IDENTITIES) - 2), (publishers, len(PUBLISHERS))],  # two publishers' own sites
    ids=["platforms", "publishers"],
)
def test_each_module_of_the_folder_declares_one_record(package, count):
    modules = {entry.name for entry in pkgutil.iter_modules(package.__path__)} - _NO_RECORDS
    assert len(modules) == count


def test_what_is_declared_is_of_its_kind():
    with pytest.raises(TypeError, match="a str is expected"):
        declared("archive.urls.platforms", "IDENTITY", str)


def test_a_host_is_one_platforms():
    hosts = Counter(host for one in IDENTITIES for host in one.hosts)
    assert [host for host, times in hosts.items() if times > 1] == []
    assert all(host == host.lower() and not host.startswith("www.") for host in hosts)


@pytest.mark.parametrize("one", IDENTITIES, ids=lambda one: one.platform)
def test_each_platform_knows_its_hosts(one: Identity):
    for host in one.hosts:
        found = urls.identify(f"https://www.{host}/")
        assert found.platform == one.platform
        assert urls.identify(found.key) == found


@pytest.mark.parametrize("host", sorted(BY_HOST))
@pytest.mark.parametrize("path", ["/a", "/a/b", "/a/b/c", "/@a/post/b", "/a/status/12", "/?v=a"])
def test_what_an_address_names_stays_the_same_when_asked_again(host, path):
    found = urls.identify(f"https://{host}{path}")
    assert urls.identify(found.key) == found


@pytest.mark.parametrize(("host", "names"), sorted(GATES.items()))
def test_a_gate_leads_out(host, names):
    found = urls.identify(f"https://{host}/x?{names[0]}=https%3A%2F%2Fnews.example.org%2Fa")
    assert found.key == "https://news.example.org/a"


@pytest.mark.parametrize(("page", "names"), sorted(EXITS.items()))
def test_an_exit_leads_out(page, names):
    address = f"https://{page[0]}/{page[1]}?{names[0]}=https%3A%2F%2Fnews.example.org%2Fa"
    assert urls.identify(address).key == "https://news.example.org/a"


def test_a_host_has_one_publisher():
    hosts = Counter(host for one in PUBLISHERS for host in one.reports)
    assert [host for host, times in hosts.items() if times > 1] == []


@pytest.mark.parametrize("one", SERIES, ids=lambda one: one.slug)
def test_each_series_is_found_by_its_own_name_and_slug(one):
    by_title = find_series(f"{one.name}, March 3, 2026", "https://example.org/a")
    by_slug = find_series("March 3, 2026", f"https://example.org/{one.slug}-march-3-2026")
    assert (by_title.slug, by_title.name) == (one.slug, one.name)
    assert by_slug.slug == one.slug
    assert one.named.search(fold(one.name))


def test_slugs_are_distinct():
    assert len({one.slug for one in SERIES}) == len(SERIES)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("https://criticalthreats.org/analysis/a", "https://www.criticalthreats.org/analysis/a"),
        ("https://www.criticalthreats.org/a", "https://www.criticalthreats.org/a"),
        ("see http://criticalthreats.org and https://criticalthreats.org/b",
            "see http://www.criticalthreats.org and https://www.criticalthreats.org/b"),
        ("https://understandingwar.org/a", "https://understandingwar.org/a"),
        ("criticalthreats.org", "criticalthreats.org"),
    ],
)  # fmt: skip
def test_a_site_that_answers_with_www_is_named_so(text, named):
    assert at_home(text) == named


def test_each_site_has_a_publisher_of_its_own_and_none_is_without():
    assert [site.name for site in SITES] == [one.name for one in PUBLISHERS if one.home]


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.name)
def test_what_a_site_names_is_known(site):
    slugs = {one.slug for one in SERIES}
    pages = [page for step in site.steps for page in step.pages]
    assert {page.series for page in pages} - {None} <= slugs
    assert {guess.series for guess in site.guesses} <= slugs
    assert {urls.host(page.url) for page in pages} <= site.hosts
    assert all(prefix.partition("/")[0] in site.hosts for prefix in site.archived)


@pytest.mark.parametrize("day", [date(2022, 2, 24), date(2022, 11, 1), date(2026, 3, 9)])
def test_what_is_guessed_are_addresses_of_reports(day):
    found = candidate_urls(day)
    assert found
    assert all(urls.is_report_url(guess.url) for guess in found)
