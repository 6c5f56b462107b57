"""What a content digest sees, and what it must not see."""

from dataclasses import replace

import pytest

from archive.model.reports import CitedUrl, Content, Figure, Note
from pipeline.decide.versions import change_between
from pipeline.read.content import differing_kinds, digest
from pipeline.read.content.digests import parts_in

URL = "https://news.example.org/2024/05/03/the-long-name-of-a-story-that-goes-on-and-on"
OTHER = "https://t.me/riverwatch/17"


def cite(label: str, *urls: str, text: str | None = None) -> Note:
    return Note(
        label, " ; ".join(urls) if text is None else text, tuple(CitedUrl(u, u) for u in urls)
    )


BASE = Content(
    title="River Report, May 3, 2024",
    text="Water rose at the old bridge.[1]\n\nThe mayor closed the road.[2] He opened it later.[1]",
    notes=(cite("1", URL), cite("2", OTHER, URL)),
    figures=(
        Figure("https://example.org/map.png", "Source: us"),
        Figure("https://example.org/b.png"),
    ),
)

SAME = {
    "title line": replace(BASE, text="RIVER REPORT, MAY 3, 2024\n\n" + BASE.text),
    "blanks": replace(
        BASE, text=BASE.text.replace(" ", "\u00a0 "), title=BASE.title.replace(" ", "\u00a0")
    ),
    "paragraphs": replace(BASE, text=BASE.text.replace("\n\n", "\n")),
    "roman": replace(
        BASE,
        text=BASE.text.replace("[1]", "[i]").replace("[2]", "[ii]"),
        notes=tuple(replace(n, label=r) for n, r in zip(BASE.notes, ("i", "ii"), strict=True)),
    ),
    "label twice": replace(BASE, notes=tuple(replace(n, label="1") for n in BASE.notes)),
    "cut text": replace(BASE, notes=(cite("1", URL, text=URL[:69] + "..."), BASE.notes[1])),
    "empty link": replace(BASE, notes=(BASE.notes[0], cite("2", OTHER, URL, text=""))),
    "defanged": replace(
        BASE, notes=(cite("1", URL, text=URL.replace(".org", " dot org")), BASE.notes[1])
    ),
    "full stop": replace(BASE, notes=(cite("1", URL + "."), BASE.notes[1])),
    "moved maps": replace(BASE, figures=BASE.figures[::-1]),
    "repeated map": replace(BASE, figures=(*BASE.figures, BASE.figures[1])),
    "marker before the full stop": replace(
        BASE, text=BASE.text.replace("bridge.[1]", "bridge[1].")
    ),
}
OTHER_KINDS = {
    ("title",): replace(BASE, title="River Report, May 4, 2024"),
    ("prose",): replace(BASE, text=BASE.text.replace("old", "new")),
    ("notes",): replace(BASE, notes=(BASE.notes[0], cite("2", OTHER))),
    ("figures",): replace(BASE, figures=BASE.figures[:1]),
    ("title", "figures"): replace(BASE, title="X", figures=()),
    ("prose", "notes"): replace(BASE, text="Nothing.", notes=()),
}


@pytest.mark.parametrize("name", SAME)
def test_what_is_not_content_changes_nothing(name: str) -> None:
    assert digest(SAME[name], "p/1") == digest(BASE, "p/1")
    assert change_between(BASE, SAME[name]) is None


@pytest.mark.parametrize("kinds", OTHER_KINDS)
def test_kinds_that_differ_are_read_off_two_digests(kinds: tuple[str, ...]) -> None:
    before, after = (parts_in(digest(c, "p/1")) for c in (BASE, OTHER_KINDS[kinds]))
    assert differing_kinds(before, after) == kinds
    change = change_between(BASE, OTHER_KINDS[kinds])
    assert change is not None
    assert change.kinds == kinds


def test_a_caption_is_content() -> None:
    change = change_between(
        BASE,
        replace(
            BASE, figures=(Figure("https://example.org/map.png", "Source: them"), BASE.figures[1])
        ),
    )
    assert change is not None
    assert change.kinds == ("figures",)


def test_a_marker_that_moves_in_unchanged_prose_is_a_change_of_its_note() -> None:
    moved = replace(
        BASE, text=BASE.text.replace("road.[2]", "road.").replace("later.[1]", "later.[1][2]")
    )
    change = change_between(BASE, moved)
    assert change is not None
    assert (change.kinds, change.notes_changed) == (("notes",), ("2",))


def test_a_second_look_at_an_incomplete_page_is_no_edit() -> None:
    early = replace(BASE, notes=(), complete=False)
    assert change_between(early, BASE) is None
    assert change_between(BASE, early) is None
    assert digest(early, "p/1") != digest(BASE, "p/1")
    edited = change_between(early, replace(BASE, text=BASE.text + " More."))
    assert edited is not None
    assert edited.kinds == ("prose",)


def test_a_digest_names_its_parser() -> None:
    assert ":isw-drupal/3:" in digest(BASE, "isw-drupal/3")
    assert digest(BASE, "a/1").rpartition(":")[2] == digest(BASE, "b/1").rpartition(":")[2]


@pytest.mark.parametrize("text", ["", "x", "0:p/1:a.b.c.d.e", "1:p/1:a.b.c.d"])
def test_a_digest_of_another_format_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="digest"):
        parts_in(text)
