"""When two notes, addresses or pictures are the same."""

import pytest

from archive.model.reports import CitedUrl, Figure, Note
from pipeline.read.content.keys import figure_key, note_key, url_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/a.", "https://example.org/a"),
        ("https://example.org/a;%C2%A0", "https://example.org/a"),
        ("https://example.org/a%20", "https://example.org/a"),
        ("HTTPS://EXAMPLE.org", "https://example.org/"),
        ("https://example.org/карта", "https://example.org/%D0%BA%D0%B0%D1%80%D1%82%D0%B0"),
        ("https://example.org/a b", "https://example.org/a%20b"),
        ("https://www.understandingwar.org/x", "http://understandingwar.org/x"),
        ("https://criticalthreats.org/x", "https://www.criticalthreats.org/x"),
        ("https://exam\u200bple.org/x", "https://example.org/x"),
    ],
)
def test_spellings_of_one_address_are_one(one: str, other: str) -> None:
    assert url_key(one) == url_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/a", "https://example.org/A"),
        ("https://www.example.org/a", "https://example.org/a"),
        ("http://example.org/a", "https://example.org/a"),
        ("https://example.org/a?x=1", "https://example.org/a"),
        ("https://example.org/a#x", "https://example.org/a"),
        ("https://notunderstandingwar.org/x", "https://understandingwar.org/x"),
    ],
)
def test_other_addresses_stay_other(one: str, other: str) -> None:
    assert url_key(one) != url_key(other)


def test_no_text_is_too_odd_for_a_key() -> None:
    for odd in (
        "",
        "http",
        "http://pea",
        "https://[x",
        "https://a b c",
        "%",
        "\ud800",
        "h" * 10_000,
    ):
        assert url_key(odd) == url_key(odd)


URL = "https://news.example.org/2024/05/03/the-long-name-of-a-story-that-goes-on-and-on"


@pytest.mark.parametrize(
    ("text", "as_printed"),
    [
        (URL, URL),
        (f"{URL}.", URL),
        (URL[:69] + "...", URL),
        (URL[:69] + "…", URL),
        (URL.replace(".example.org", " dot example dot org"), "elsewhere"),
        (URL.replace(".example.org", "[.]example(dot)org"), "elsewhere"),
        (URL.replace("https", "ttps"), "elsewhere"),
        ("", URL),
        (f"[4] {URL} ;", URL),
        (URL.replace("/05/", "/05/ ").replace("://", ":// "), "elsewhere"),
    ],
)
def test_an_address_leaves_no_words_however_it_is_printed(text: str, as_printed: str) -> None:
    note = Note("4", text, (CitedUrl(URL, as_printed),))
    assert note_key(note) == ((url_key(URL),), ())


def test_words_beside_the_address_count() -> None:
    plain = Note("1", f"{URL}; Author's list of events, pp. 118", (CitedUrl(URL, URL),))
    assert note_key(plain).words == ("Author's", "list", "of", "events", "pp", "118")


def test_a_note_without_address_is_its_words() -> None:
    assert note_key(Note("1", "Interview on file.")).words == ("Interview", "on", "file")
    assert note_key(Note("1", "Interview/letter")) != note_key(Note("1", "Interview"))


def test_leftovers_of_word_processors_and_mail_protection_are_no_words() -> None:
    note = Note("1", "file:///C:/x/report.docx#_edn1 [email\u00a0protected] On file", ())
    assert note_key(note).words == ("On", "file")


def test_repeated_addresses_and_labels_do_not_count() -> None:
    one = Note("i", URL, (CitedUrl(URL, URL),))
    two = Note("1", f"{URL} {URL}.", (CitedUrl(URL, URL), CitedUrl(URL + ".", URL)))
    assert note_key(one) == note_key(two)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/up/map-1024x768.jpg", "https://www.example.org/up/map.jpg?w=5"),
        ("https://example.org/styles/large/public/a b.png?itok=x", "http://example.org/a%20b.png"),
        ("https://web.archive.org/web/2022im_/https://example.org/a.png",
            "https://example.org/a.png"),
    ],
)  # fmt: skip
def test_sizes_and_tokens_of_a_picture_do_not_count(one: str, other: str) -> None:
    assert figure_key(Figure(one)) == figure_key(Figure(other))


def test_another_file_is_another_picture() -> None:
    assert figure_key(Figure("https://example.org/a.png")) != figure_key(
        Figure("https://example.org/b.png")
    )
