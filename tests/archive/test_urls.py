"""What is requested, under which key sources are one, and what the keys promise."""

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.errors import BadUrlError
from archive.urls import normal as urls

# Odd characters on purpose: escapes, brackets, direction marks, Arabic, Hebrew, Cyrillic, a lone
# surrogate's neighbours.
_PIECES = st.text(
    alphabet=st.sampled_from(
        "abzAZ019-._~%/?&=#@:;,+![](){}|\\^`\"'<> \t\u00a0\u200f\u0431\u05d0\u0641\u00fc"
    ),
    max_size=30,
)
_HOSTS = st.sampled_from(
    [
        "www.example.com", "m.example.co.uk", "amp.www.example.org", "mobile.de", "t.me",
        "telegram.me", "www.t.me",
        "twitter.com", "mobile.x.com", "nitter.net", "youtu.be", "m.youtube.com", "l.facebook.com",
        "ar-ar.facebook.com",
        "instagram.com", "m.vk.com", "ok.ru", "tiktok.com", "rumble.com", "player.vimeo.com",
        "web.archive.org",
        "google.com", "understandingwar.org", "www.criticalthreats.org", "bit.ly", "EXAMPLE.com.",
        "127.0.0.1", "[::1]",
    ]
)  # fmt: skip
_PATHS = st.sampled_from(
    [
        "", "/", "/s/", "/rybar/1", "/A/status/1", "/watch?v=abcdefghijk",
        "/web/20220101000000id_/http://a.b/",
        "/l.php?u=https%3A%2F%2Fwww.example.com%2F", "/url?q=http://m.a.com", "/wall-1_2",
        "/iv?url=https://t.me/s/ab/1",
        "/amp/s/www.example.com/amp/", "/backgrounder/", "/p/abc",
        "/posts/1?__cft__[0]=a&utm_source=b",
    ]
)  # fmt: skip
SOME_URLS = st.builds(
    "{}://{}{}{}".format, st.sampled_from(["http", "https", "HTTPS"]), _HOSTS, _PATHS, _PIECES
) | st.builds("https://{}".format, _PIECES)


@settings(max_examples=300)
@given(SOME_URLS)
def test_normal_forms_are_fixed_points(url):
    try:
        requested = urls.fetchable(url)
    except BadUrlError:
        return
    assert urls.fetchable(requested) == requested
    found = urls.identify(url)
    assert urls.identify(found.key) == found
    if "#" not in found.key:  # a script's route chooses the page, and no server sees it
        assert urls.identify(requested) == found
    assert urls.source_key(url) == found.key
    assert urls.publication_key(urls.publication_key(url)) == urls.publication_key(url)
    assert requested.isascii()
    assert "#" not in requested


@settings(max_examples=200)
@given(st.text(max_size=60))
def test_any_text_is_a_url_or_a_named_error(text):
    assert isinstance(urls.surt(text), str)
    assert isinstance(urls.is_report_url(text), bool)
    urls.copied_address(text)
    with contextlib.suppress(BadUrlError):
        urls.identify(text)


@pytest.mark.parametrize(
    ("given_url", "requested"),
    [
        (" https://Example.COM \n", "https://example.com/"),
        ("\u200fhttps://example.com/a\u00a0", "https://example.com/a"),
        ("https://example.com/a%C2%A0", "https://example.com/a"),
        ("https://example.com/a%20%20", "https://example.com/a"),
        ("https://example.com/a#part", "https://example.com/a"),
        ("https://example.com/a?\u200f#part", "https://example.com/a"),
        ("https://example.com/a? #", "https://example.com/a"),
        ("https://example.com/a??%20", "https://example.com/a??"),
        ("HTTP://example.com:80/a", "http://example.com/a"),
        ("https://user:secret@example.com/", "https://example.com/"),
        ("https://b\u00fccher.example/\u00fc", "https://xn--bcher-kva.example/%C3%BC"),
        ("https://example.com/100%", "https://example.com/100%25"),
        ("https://example.com/a?b=[1]|2", "https://example.com/a?b=%5B1%5D%7C2"),
        ("https://example.com/a?b=%D0%B1&c", "https://example.com/a?b=%D0%B1&c"),
        ("https:\\\\example.com\\a", "https://example.com/a"),
        ("http://0x7f.1/", "http://127.0.0.1/"),
        ("https://example.com/a/../b", "https://example.com/b"),
    ],
)
def test_what_is_requested(given_url, requested):
    assert urls.fetchable(given_url) == requested


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no scheme"),
        ("example.com/a", "no scheme"),
        ("//example.com/a", "no scheme"),
        ("ftp://example.com/", "only http and https"),
        ("file:///etc/passwd", "only http and https"),
        ("FILE:///etc/passwd", "only http and https"),
        ("javascript:alert(1)", "only http and https"),
        ("https://", "no host"),
        ("https://exa mple.com/", "no host"),
        ("https://example..com/", "no host"),
        ("https://.example.com/", "no host"),
        ("https://a.b:99999/", "no host"),
        ("https://256.256.256.256/", "no host"),
        ("https://example.com/" + "a" * 9000, "longer than"),
        ("https://example.com/\ud800", "no host"),
    ],
)
def test_what_is_no_url_says_why(text, reason):
    with pytest.raises(BadUrlError, match=reason):
        urls.fetchable(text)


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("http://www.example.com", "https://example.com/"),
        ("https://example.com/a/", "https://example.com/a"),
        ("https://m.example.co.uk/a", "https://example.co.uk/a"),
        ("https://amp.www.example.co.uk/a/b/amp/", "https://example.co.uk/a/b"),
        ("https://mobile.de/a", "https://mobile.de/a"),
        ("https://m.tv/a", "https://m.tv/a"),
        ("https://www.gov.uk/a", "https://gov.uk/a"),
        ("https://news.example.com/a", "https://news.example.com/a"),
        ("https://example.com:8443/a", "https://example.com:8443/a"),
        ("http://example.com:80/a", "https://example.com/a"),
        ("https://example.com./a", "https://example.com/a"),
        ("https://example.com/%7ea%2fb%d0%b1", "https://example.com/~a%2Fb%D0%B1"),
        ("https://example.com/a?utm_source=x&id=2&fbclid=y&b=1", "https://example.com/a?id=2&b=1"),
        ("https://example.com/a?__cft__[0]=x&__tn__=y", "https://example.com/a"),
        ("https://example.com/a?__cft__%5B0%5D=x", "https://example.com/a"),
        ("https://example.com/a?id=1&amp;utm_medium=x", "https://example.com/a?id=1"),
        ("https://example.com/a?mod=view", "https://example.com/a?mod=view"),
        ("https://www.wsj.com/a?mod=hp&st=x", "https://wsj.com/a"),
        (
            "https://www.criticalthreats.org/analysis/a?mkt_tok=x",
            "https://criticalthreats.org/analysis/a",
        ),
        ("https://www.google.com/url?q=https://www.example.com/a&sa=D", "https://example.com/a"),
        ("https://www.google.com/amp/s/www.example.com/a/b/amp", "https://example.com/a/b"),
        ("https://isw.pub/UkrWar071125", "https://isw.pub/UkrWar071125"),
        ("https://en.m.example.org/wiki/A", "https://en.example.org/wiki/A"),
        ("https://news.mobile.example.com/a", "https://news.example.com/a"),
        ("https://example.org/a#part", "https://example.org/a"),
        ("https://example.org/#:~:text=a", "https://example.org/"),
        ("https://example.org/a#/", "https://example.org/a"),
        ("https://www.example.org/#/a/?x=1", "https://example.org/#/a/?x=1"),
        ("https://www.example.org/#/a/", "https://example.org/#/a"),
        ("http://m.example.org/x#!/a/b", "https://example.org/x#!/a/b"),
        ("https://twitter.com/#!/AbC/status/12", "https://x.com/abc/status/12"),
        ("http://[2001:db8::1]:8080/a", "https://[2001:db8::1]:8080/a"),
        ("FTP://Ftp.Example.org/pub/A.txt", "ftp://ftp.example.org/pub/A.txt"),
    ],
)
def test_sources_fold_to_one_key(url, key):
    assert urls.source_key(url) == key


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://t.me/s/Rybar/38606", ("https://t.me/rybar/38606", "telegram", "rybar", "38606")),
        ("https://telegram.me/rybar/38606?single",
            ("https://t.me/rybar/38606", "telegram", "rybar", "38606")),
        ("http://www.t.me/rybar/38606;",
            ("https://t.me/rybar/38606", "telegram", "rybar", "38606")),
        ("https://t.me/forum/12/345", ("https://t.me/forum/345", "telegram", "forum", "345")),
        ("https://t.me/chan/5?comment=77",
            ("https://t.me/chan/5?comment=77", "telegram", "chan", "5")),
        ("https://t.me/c/1234567/89", ("https://t.me/c/1234567/89", "telegram", "c/1234567", "89")),
        ("https://t.me/s/rybar?before=81520", ("https://t.me/rybar", "telegram", "rybar", None)),
        ("https://t.me/+AbCdEf", ("https://t.me/+AbCdEf", "telegram", None, None)),
        ("https://t.me/joinchat/AbC", ("https://t.me/joinchat/AbC", "telegram", None, None)),
        ("https://t.me/iv?url=https://www.example.com/a&rhash=1",
            ("https://example.com/a", "web", None, None)),
        ("https://twitter.com/AbC_1/status/12?s=20&t=x",
            ("https://x.com/abc_1/status/12", "x", "abc_1", "12")),
        ("https://mobile.twitter.com/abc/status/12/photo/1",
            ("https://x.com/abc/status/12", "x", "abc", "12")),
        ("https://nitter.example.org/abc/status/12",
            ("https://x.com/abc/status/12", "x", "abc", "12")),
        ("https://nitter.net/abc/status/12#m", ("https://x.com/abc/status/12", "x", "abc", "12")),
        ("https://x.com/i/web/status/12", ("https://x.com/i/status/12", "x", None, "12")),
        ("https://x.com/ABC", ("https://x.com/abc", "x", "abc", None)),
        ("https://x.com/search?q=a", ("https://x.com/search?q=a", "x", None, None)),
        ("https://youtu.be/abcdefghijk?t=5",
            ("https://youtube.com/watch?v=abcdefghijk", "youtube", None, "abcdefghijk")),
        ("https://m.youtube.com/watch?a=1&v=abcdefghijk&t=9s",
            ("https://youtube.com/watch?v=abcdefghijk", "youtube", None, "abcdefghijk")),
        ("https://www.youtube.com/live/abcdefghijk?si=x",
            ("https://youtube.com/watch?v=abcdefghijk", "youtube", None, "abcdefghijk")),
        ("https://www.youtube.com/@Some", ("https://youtube.com/@Some", "youtube", "some", None)),
        ("https://www.facebook.com/Some.One/posts/pfbid0Ab?__cft__[0]=A&__tn__=R",
            ("https://facebook.com/Some.One/posts/pfbid0Ab", "facebook", "some.one", "pfbid0Ab")),
        ("https://m.facebook.com/story.php?story_fbid=12&id=34&ref=x",
            ("https://facebook.com/story.php?story_fbid=12&id=34", "facebook", "34", "12")),
        ("https://www.facebook.com/watch/?v=12&ref=sharing",
            ("https://facebook.com/watch?v=12", "facebook", None, "12")),
        ("https://ar-ar.facebook.com/some/videos/12/",
            ("https://facebook.com/some/videos/12", "facebook", "some", "12")),
        ("https://l.facebook.com/l.php?u=https%3A%2F%2Fwww.example.com%2Fa&h=x",
            ("https://example.com/a", "web", None, None)),
        ("https://www.instagram.com/some/reel/AbC/?igshid=x",
            ("https://instagram.com/p/AbC", "instagram", None, "AbC")),
        ("https://m.vk.com/group?w=wall-12_34",
            ("https://vk.com/wall-12_34", "vk", "-12", "wall-12_34")),
        ("https://ok.ru/group/12/topic/34", ("https://ok.ru/group/12/topic/34", "ok", "12", "34")),
        ("https://www.tiktok.com/@Some/video/12?lang=en",
            ("https://tiktok.com/@some/video/12", "tiktok", "some", "12")),
        ("https://rumble.com/v1abcde-some-title.html",
            ("https://rumble.com/v1abcde-some-title.html", "rumble", None, "v1abcde")),
        ("https://player.vimeo.com/video/123?h=abcdef0123",
            ("https://vimeo.com/123/abcdef0123", "vimeo", None, "123")),
        ("http://web.archive.org/web/20220101000000if_/http://a.example/b?c=1&utm_source=k",
         ("https://web.archive.org/web/20220101000000/http://a.example/b?c=1", "wayback", None,
             "20220101000000")),
        ("https://t.co/AbC", ("https://t.co/AbC", "shortlink", None, None)),
        ("https://www.understandingwar.org/backgrounder/a",
            ("https://understandingwar.org/backgrounder/a", "isw", None, None)),
        ("https://www.criticalthreats.org/analysis/a",
            ("https://criticalthreats.org/analysis/a", "ctp", None, None)),
        ("https://www.example.com/a", ("https://example.com/a", "web", None, None)),
    ],
)  # fmt: skip
def test_platform_account_and_post_come_from_the_url(url, expected):
    found = urls.identify(url)
    assert (found.key, found.platform, found.account, found.post_id) == expected


def test_two_routes_of_a_script_are_two_sources_fetched_at_one_address():
    one, other = (urls.identify(f"https://example.org/app#!/{name}") for name in "ab")
    assert one.key != other.key
    assert urls.fetchable(one.url) == urls.fetchable(other.url) == "https://example.org/app"


def test_what_a_wrapper_leads_to_is_requested_in_its_place():
    found = urls.identify("https://href.li/?https://www.example.org/a?utm_source=x")
    assert (found.key, found.url) == (
        "https://example.org/a",
        "https://www.example.org/a?utm_source=x",
    )


def test_an_identity_keeps_what_to_request():
    found = urls.identify("http://www.example.com/a/?utm_source=x#y")
    assert found.url == "http://www.example.com/a/?utm_source=x"
    assert (found.host, found.domain) == ("example.com", "example.com")
    assert found == urls.identify("https://example.com/a")


@pytest.mark.parametrize(
    "form",
    [
        "http://understandingwar.org/backgrounder/some-report",
        "https://www.understandingwar.org/backgrounder/some-report",
        "https://www.understandingwar.org/backgrounder/some-report/",
        "https://WWW.Understandingwar.ORG/backgrounder/some-report%C2%A0",
        "https://www.understandingwar.org/backgrounder/some-report#_edn1",
    ],
)
def test_a_publication_has_one_key(form):
    assert urls.publication_key(form) == "https://understandingwar.org/backgrounder/some-report"


@pytest.mark.parametrize(
    ("url", "is_report"),
    [
        ("https://www.understandingwar.org/backgrounder/russian-offensive-campaign-assessment-march-1", True),  # noqa: E501
        ("http://understandingwar.org/backgrounder/iran-update-february-4-2025%C2%A0", True),
        ("https://understandingwar.org/research/russia-ukraine/russian-offensive-campaign-assessment_12-2/", True),  # noqa: E501
        ("https://understandingwar.org/research/middle-east/iran-update-december-31-2025", True),
        ("https://www.understandingwar.org/node/4474", True),
        ("https://www.criticalthreats.org/analysis/iran-update-june-21-2023", True),
        ("https://www.criticalthreats.org/briefs/congo-war-security-review/june-3-2025", True),
        ("https://www.criticalthreats.org/analysis/a?mkt_tok=x", True),
        ("https://understandingwar.org/research/", False),
        ("https://understandingwar.org/research/?_product_line_filter=iran-update", False),
        ("https://understandingwar.org/research/middle-east/", False),
        ("https://understandingwar.org/analysis/middle-east/iran-update/", False),
        ("https://www.understandingwar.org/backgrounder/ukraine-conflict-updates", False),
        ("https://www.understandingwar.org/backgrounder/ukraine-conflict-update-19", True),
        ("https://www.understandingwar.org/backgrounder/iran-updates", False),
        ("https://www.understandingwar.org/backgrounder/china–taiwan-weekly-updates", False),
        ("https://understandingwar.org/research/middle-east/feed/", False),
        ("https://www.understandingwar.org/sites/default/files/a.pdf", False),
        ("https://www.criticalthreats.org/analysis/ctp-iran-updates", False),
        ("https://www.criticalthreats.org/analysis/africa-file", False),
        ("https://www.criticalthreats.org/briefs/iran-updates", False),
        ("https://isw.pub/UkrWar071125", False),
        ("https://www.iswresearch.org/2025/02/china-taiwan-weekly-update-february-20.html", True),
        ("https://iswresearch.org/2025/02/", False),
        ("https://www.aei.org/articles/china-taiwan-weekly-update-february-20-2025/", True),
        ("https://www.aei.org/articles/the-price-of-bread/", False),
        ("https://example.com/backgrounder/a", False),
        ("https://understandingwar.org.example.com/backgrounder/a", False),
        ("not a url", False),
    ],
)  # fmt: skip
def test_report_addresses_are_known_by_their_form(url, is_report):
    assert urls.is_report_url(url) is is_report


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://www.Example.org/Path/?b=2&a=1#x", "org,example)/path?a=1&b=2"),
        ("http://example.org:80/", "org,example)/"),
        ("http://example.org", "org,example)/"),
        ("http://example.org:8080/a/", "org,example:8080)/a"),
        ("https://example.org:80/", "org,example:80)/"),
        ("https://www2.example.org/a?", "org,example)/a"),
        ("https://u:p@example.org/a//b/../c", "org,example)/a/c"),
        ("https://example.org/a%2520b", "org,example)/a%20b"),
        ("https://example.org/?x=%D0%91", "org,example)/?x=%d0%91"),
        ("https://example.org/a?PHPSESSID=" + "0" * 32 + "&k=1", "org,example)/a?k=1"),
        ("https://example.org/(s(" + "a" * 24 + "))/p.aspx", "org,example)/p.aspx"),
        ("http://2130706433/", "1,0,0,127)/"),
        ("http://[2001:db8::1]:8080/a", "[2001:db8::1]:8080)/a"),
        ("dns:example.org", "dns:example.org"),
        ("", "-"),
    ],
)
def test_index_keys_are_those_of_the_internet_archive(url, key):
    assert urls.surt(url) == key


@settings(max_examples=200)
@given(SOME_URLS)
def test_the_requested_form_has_the_index_key_of_the_host(url):
    try:
        requested = urls.fetchable(url)
    except BadUrlError:
        return
    key = urls.surt(requested)
    assert " " not in key
    assert key == key.lower()


def test_ids_are_positive_and_pass_through_json():
    assert urls.stable_id("https://example.com/") == urls.stable_id("https://example.com/")
    assert urls.stable_id("a") != urls.stable_id("b")
    assert all(0 < urls.stable_id(str(n)) < 2**53 for n in range(200))


def test_ids_are_the_same_on_every_machine():
    assert urls.stable_id("") == int("e3b0c44298fc1c149afbf4c8996fb924"[:16], 16) >> 11


@pytest.mark.parametrize(
    ("name", "domain"),
    [
        ("www.bbc.co.uk", "bbc.co.uk"),
        ("a.b.example.com", "example.com"),
        ("127.0.0.1", "127.0.0.1"),
        ("localhost", "localhost"),
        ("Example.COM.", "example.com"),
    ],
)
def test_registered_domains_need_no_network(name, domain):
    assert urls.registered_domain(name) == domain
