"""Addresses that hold another: copies in web archives, and wrappers."""

from __future__ import annotations

import pytest

from archive.urls import normal as urls
from archive.urls import wrappers

PAGE = "https://www.quay.example/x?a=1"
AT = "20220101120000"


@pytest.mark.parametrize(
    ("url", "key", "platform"),
    [
        (f"https://arquivo.pt/wayback/{AT}/{PAGE}", f"https://arquivo.pt/wayback/{AT}/{PAGE}",
            "memento"),
        (f"https://arquivo.pt/noFrame/replay/{AT}mp_/{PAGE}",
            f"https://arquivo.pt/wayback/{AT}/{PAGE}", "memento"),
        (f"http://webarchive.nationalarchives.gov.uk/{AT}/{PAGE}",
            f"https://webarchive.nationalarchives.gov.uk/ukgwa/{AT}/{PAGE}", "memento"),
        (f"https://wayback.archive-it.org/1234/{AT}/{PAGE}",
            f"https://wayback.archive-it.org/1234/{AT}/{PAGE}", "memento"),
        (f"https://webarchive.loc.gov/all/{AT}/{PAGE}",
            f"https://webarchive.loc.gov/all/{AT}/{PAGE}", "memento"),
        (f"https://archive-nobody-knows.example/collection/{AT}/{PAGE}",
            f"https://archive-nobody-knows.example/collection/{AT}/{PAGE}", "memento"),
        (f"http://wayback.archive.org/web/{AT}if_/{PAGE}",
            f"https://web.archive.org/web/{AT}/{PAGE}", "wayback"),
        (f"https://archive.org/wayback/{AT}/{PAGE}", f"https://web.archive.org/web/{AT}/{PAGE}",
            "wayback"),
        ("https://web.archive.org/web/2022/www.quay.example/x",
            "https://web.archive.org/web/2022/http://www.quay.example/x", "wayback"),
        (f"https://archive.is/2022.01.01-120000/{PAGE}", f"https://archive.ph/{AT}/{PAGE}",
            "archive-today"),
        (f"https://archive.today/o/AbCdE/{PAGE}", f"https://archive.ph/newest/{PAGE}",
            "archive-today"),
        ("http://archive.li/AbCdE", "https://archive.ph/AbCdE", "archive-today"),
        ("https://perma.cc/AB12-CD34?type=image", "https://perma.cc/AB12-CD34", "memento"),
        ("https://ghostarchive.org/archive/Q1w2E", "https://ghostarchive.org/archive/Q1w2E",
            "memento"),
        ("https://archive.org/details/2022", "https://archive.org/details/2022", "web"),
        ("https://archive.org/download/20220101/harbour.pdf",
            "https://archive.org/download/20220101/harbour.pdf", "web"),
        ("https://arquivo.pt/", "https://arquivo.pt/", "web"),
        (f"https://quay.example/news/{AT}/harbour", f"https://quay.example/news/{AT}/harbour",
            "web"),
    ],
)  # fmt: skip
def test_a_copy_has_one_address_in_its_archive(url: str, key: str, platform: str) -> None:
    found = urls.identify(url)
    assert (found.key, found.platform) == (key, platform)
    assert urls.identify(found.key) == found


@pytest.mark.parametrize(
    ("url", "original"),
    [
        (f"https://web.archive.org/web/{AT}/https://a.example/b", "https://a.example/b"),
        ("https://web.archive.org/web/20220301id_/http:/a.example/b?c", "http://a.example/b?c"),
        ("https://web.archive.org/web/2022/a.example", "http://a.example"),
        ("https://web.archive.org/web/2022*/a.example", None),
        (f"https://vefsafn.is/is/{AT}/https://a.example/b", "https://a.example/b"),
        ("https://megalodon.jp/2022-0101-1200-00/https://a.example/b", "https://a.example/b"),
        ("https://archive.md/newest/https://a.example/b", "https://a.example/b"),
        ("https://ghostarchive.org/varchive/abcdefghijk",
            "https://www.youtube.com/watch?v=abcdefghijk"),
        ("https://archive.vn/AbCdE", None),
        ("https://a.example/2022/https://b.example/c", None),
        ("no address", None),
    ],
)  # fmt: skip
def test_a_copy_names_its_original(url: str, original: str | None) -> None:
    assert urls.copied_address(url) == original


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://urldefense.com/v3/__https://www.quay.example/a__;!!AbC!xyz$",
            "https://quay.example/a"),
        ("https://urldefense.com/v3/__https:/www.quay.example/a*b__;Kw!!AbC!xyz$",
            "https://quay.example/a+b"),
        ("https://urldefense.com/v3/__https://quay.example/a**Bb__;JSUl!!AbC!xyz$",
            "https://quay.example/a%25%25%25b"),
        ("https://urldefense.us/v3/__http://quay.example/a?b=1__;!!AbC!xyz$",
            "https://quay.example/a?b=1"),
        ("https://urldefense.proofpoint.com/v2/url?u=https-3A__www.quay.example_a-5Fb&d=D",
            "https://quay.example/a_b"),
        ("https://urldefense.proofpoint.com/v1/url?u=http://quay.example/a&k=K",
            "https://quay.example/a"),
        ("https://nam12.safelinks.protection.outlook.com/?url=https%3A%2F%2Fquay.example%2Fa%3Fb%3D1&data=05", "https://quay.example/a?b=1"),  # noqa: E501
        ("https://href.li/?https://quay.example/b", "https://quay.example/b"),
        ("https://anonym.to/?https%3A%2F%2Fquay.example%2Fb", "https://quay.example/b"),
        ("https://lm.facebook.com/l.php?u=https%3A%2F%2Fquay.example%2Fa&h=AT1",
            "https://quay.example/a"),
        ("https://l.instagram.com/?u=https%3A%2F%2Fquay.example%2Fa&e=AT1",
            "https://quay.example/a"),
        ("https://www.google.com.ua/url?sa=t&url=https%3A%2F%2Fquay.example%2Fa",
            "https://quay.example/a"),
        ("https://vk.com/away.php?to=https%3A%2F%2Fquay.example%2Fa", "https://quay.example/a"),
        ("https://www.youtube.com/redirect?q=https%3A%2F%2Fquay.example%2Fa&v=x",
            "https://quay.example/a"),
        ("https://quay-example.cdn.ampproject.org/c/s/www.quay.example/a/amp/",
            "https://quay.example/a"),
        ("https://12ft.io/https://quay.example/a", "https://quay.example/a"),
        ("https://webcache.googleusercontent.com/search?q=cache:AbC:https://quay.example/a+boat",
            "https://quay.example/a+boat"),
        ("https://href.li/?https://l.facebook.com/l.php?u=https%3A%2F%2Fm.quay.org%2Fa",
            "https://quay.org/a"),
        ("https://href.li/?nothing", "https://href.li/?nothing"),
        ("https://quay.example/?url=https%3A%2F%2Fother.example%2Fa",
            "https://quay.example/?url=https%3A%2F%2Fother.example%2Fa"),
    ],
)  # fmt: skip
def test_a_wrapper_is_the_source_that_it_leads_to(url: str, key: str) -> None:
    assert urls.source_key(url) == key


@pytest.mark.parametrize(
    ("host", "path", "names"),
    [
        *((host, "/", names) for host, names in sorted(wrappers._SERVICES.items())),
        *((host, f"/{path}/", names) for (host, path), names in sorted(wrappers._WAYS_OUT.items())),
    ],
)
def test_each_host_that_only_leads_on_is_asked_for_its_own_parameter(
    host: str, path: str, names: tuple[str, ...]
) -> None:
    query = "https://quay.example/1"
    query = f"{names[0]}={query}" if names[0] else query
    assert wrappers.target_of(host, host, path, query) == "https://quay.example/1"
    assert wrappers.target_of(host, host, path, "") is None


@pytest.mark.parametrize("host", sorted(wrappers._READERS))
def test_each_reader_leads_to_the_address_in_its_path(host: str) -> None:
    path = "/https://quay.example/1"
    assert wrappers.target_of(host, host, path, "") == "https://quay.example/1"


def test_other_hosts_lead_nowhere() -> None:
    query = "url=https://quay.example/1"
    assert wrappers.target_of("pier.example", "pier.example", "/", query) is None
