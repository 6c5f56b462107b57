"""What an answer for robots.txt means, per RFC 9309."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from protego import Protego

from crawler.frontier.robots_rules import (
    MAX_AGE_S,
    MAX_BYTES,
    MIN_AGE_S,
    age_s,
    parse,
    rules_from,
)

PROTEGO = os.environ.get("ISW_ARCHIVE_TEST_PROTEGO")

PAGE = "https://site.example/a/b.html"
CLOSED = b"User-agent: *\nDisallow: /\n"


@pytest.mark.parametrize("status", [200, 203, 206, 299])
def test_a_good_answer_is_rules(status: int) -> None:
    assert not rules_from(status, CLOSED).allows(PAGE)


@pytest.mark.parametrize("status", [300, 304, 400, 401, 403, 404, 405, 410, 418, 451, 499])
def test_no_robots_txt_means_all_is_allowed_whatever_the_page_says(status: int) -> None:
    assert rules_from(status, CLOSED).allows(PAGE)


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504, 520, 599, 100, 999])
def test_a_server_that_cannot_answer_closes_its_host(status: int) -> None:
    rules = rules_from(status, b"User-agent: *\nAllow: /\n")
    assert rules.closed
    assert not rules.allows(PAGE)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<!DOCTYPE html><html><body>User-agent: *\nDisallow: /\n</body>",
        b"\xef\xbb\xbf \n<html>\nUser-agent: *\nDisallow: /\n</html>",
        b"<!-- a --> <!-- b -->\n<HTML>\nUser-agent: *\nDisallow: /",
        b"<?xml version='1.0'?>\nUser-agent: *\nDisallow: /",
        b"<!-- never closed\nUser-agent: *\nDisallow: /",
        b"\x89PNG\r\n\x1a\n\0\0User-agent: *\nDisallow: /",
        b"\x1f\x8b\x08\0\nUser-agent: *\nDisallow: /",
        "Nur Text, keine Regeln: nichts.".encode("utf-16-le"),
    ],
)
def test_what_is_no_robots_txt_is_not_obeyed_as_one(body: bytes) -> None:
    assert rules_from(200, body).allows(PAGE)


@pytest.mark.parametrize(
    "body",
    [
        b"\xef\xbb\xbf" + CLOSED,
        b"\xff\xfe" + CLOSED.decode().encode("utf-16-le"),
        b"\xfe\xff" + CLOSED.decode().encode("utf-16-be"),
        CLOSED.replace(b"\n", b"\r"),
        CLOSED.replace(b"\n", b"\r\n"),
        b"<!-- a comment of HTML -->\n" + CLOSED,
        b"caf\xe9: not utf-8\n" + CLOSED,
        b"\n\n# comment\n" + CLOSED,
    ],
)
def test_good_rules_are_read_however_they_are_written(body: bytes) -> None:
    assert not rules_from(200, body).allows(PAGE)


def names(agent: str) -> bytes:
    return f"User-agent: *\nAllow: /\n\nUser-agent: {agent}\nDisallow: /\n".encode()


@pytest.mark.parametrize(
    "agent", ["isw-archive", "ISW-Archive", "isw-archive/1.0", "isw-archive # us"]
)
def test_a_group_for_our_name_is_ours(agent: str) -> None:
    assert not rules_from(200, names(agent)).allows(PAGE)


@pytest.mark.parametrize(
    "agent", ["isw", "archive", "isw-archiver", "w-a", "GPTBot", "isw*", "another"]
)
def test_a_group_for_another_name_is_not_ours(agent: str) -> None:
    assert rules_from(200, names(agent)).allows(PAGE)


def test_our_group_stands_instead_of_the_one_for_all() -> None:
    rules = parse("User-agent: *\nDisallow: /\n\nUser-agent: isw-archive\nDisallow: /private\n")
    assert rules.allows(PAGE)
    assert not rules.allows("https://site.example/private/x")


def test_groups_share_rules_with_the_agents_named_before_them() -> None:
    rules = parse("User-agent: a\nUser-agent: isw-archive\nUser-agent: b\nDisallow: /x\n")
    assert not rules.allows("https://site.example/x")


def test_the_longest_match_wins_and_allow_wins_a_tie() -> None:
    rules = parse("User-agent: *\nDisallow: /a\nAllow: /a/b\nDisallow: /c\nAllow: /c\n")
    assert not rules.allows("https://site.example/a")
    assert rules.allows(PAGE)
    assert rules.allows("https://site.example/c")


def test_only_the_first_500_kib_are_read_and_no_half_line() -> None:
    filler = b"# filler\n" * (MAX_BYTES // 9 + 1)
    assert rules_from(200, filler + CLOSED).allows(PAGE)
    room = MAX_BYTES - len(b"User-agent: *\n") - len(b"Disallow: /a")
    cut = b"User-agent: *\n" + b"#" * (room - 1) + b"\nDisallow: /a/very/special/place\n"
    assert rules_from(200, cut).allows(PAGE)


def test_a_crowd_of_agents_costs_no_more_than_its_lines() -> None:
    crowd = "".join(f"User-agent: bot{n}\n" for n in range(5000))
    rules = parse(crowd + "User-agent: *\n" + "".join(f"Disallow: /{n}\n" for n in range(5000)))
    assert not rules.allows("https://site.example/4999")
    # Three groups whatever the crowd: ours or all, and one for everybody else.
    assert len(rules.parsed._user_agents) == 2  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("lines", "delay"),
    [
        ("Crawl-delay: 10", 10.0),
        ("crawl-delay: 0.5", 0.5),
        ("Request-rate: 1/5", 5.0),
        ("Crawl-delay: 2\nRequest-rate: 1/1m", 60.0),
        ("Crawl-delay: soon", None),
        ("Crawl-delay: -3", None),
        ("Crawl-delay: 0", None),
        ("Crawl-delay: inf", None),
        ("Crawl-delay: nan", None),
        ("Disallow:", None),
    ],
)
def test_the_delay_asked_for_is_read(lines: str, delay: float | None) -> None:
    assert parse(f"User-agent: *\n{lines}\n").crawl_delay_s == delay


@pytest.mark.parametrize(
    ("header", "age"),
    [
        (None, MAX_AGE_S),
        ("public", MAX_AGE_S),
        ("max-age=3600", 3600.0),
        ("public, max-age = 7200, s-maxage=3600", 3600.0),
        ('max-age="3600"', 3600.0),
        ("max-age=999999999", MAX_AGE_S),
        ("max-age=0", MIN_AGE_S),
        ("no-store", MIN_AGE_S),
        ("private, no-cache", MIN_AGE_S),
        ("max-age=never", MAX_AGE_S),
    ],
)
def test_an_answer_is_kept_for_a_day_at_most(header: str | None, age: float) -> None:
    assert age_s(header) == age


@pytest.mark.skipif(not PROTEGO, reason="ISW_ARCHIVE_TEST_PROTEGO names no checkout")
def test_the_files_that_protego_collected_are_read_as_protego_does() -> None:
    files = sorted((Path(PROTEGO or "") / "tests" / "test_data").iterdir())
    assert len(files) > 4000
    different = []
    for file in files:
        body = file.read_bytes()
        ours = rules_from(200, body)
        theirs = Protego.parse(body.decode("utf-8-sig", "replace"))
        for path in ("/", "/news/1.html", "/search?q=x", "/wp-admin/", "/a/b/c.pdf"):
            url = f"https://{file.name}{path}"
            if ours.allows(url) != theirs.can_fetch(url, "isw-archive"):
                different.append(url)
    assert different == []
