"""Tables of figures as a terminal shows them."""

from __future__ import annotations

from pipeline.cli.figures_text import NAME_WIDTH, WIDTH, notes, table


def test_notes_are_no_wider_than_a_terminal() -> None:
    lines = list(notes("what is counted " * 30, "and how"))
    assert max(map(len, lines)) <= WIDTH
    assert lines[-1] == "and how"


def test_a_column_is_as_wide_as_what_stands_in_it_and_a_name_is_cut() -> None:
    rows = [("all", ["12345", "-"]), ("x" * 50, ["1", "2.5 to 3"])]
    assert list(table(("posts", "half\nwithin"), rows)) == [
        f"{'':{NAME_WIDTH}}             half",
        f"{'':{NAME_WIDTH}}  posts    within",
        f"{'all':{NAME_WIDTH}}  12345         -",
        f"{'x' * (NAME_WIDTH - 1)}…      1  2.5 to 3",
    ]
