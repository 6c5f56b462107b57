"""Files that are no text are refused with a reason; those that are become lines."""

import pytest

from archive.errors import BadInputError
from pipeline.read.plaintext.incoming import decode, lines_in


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_text_is_decoded_by_its_mark(encoding: str) -> None:
    assert decode("Fähre – boat".encode(encoding), "x.txt") == "Fähre – boat"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        ("Fähre".encode("cp1252"), "line 1, byte 1: not UTF-8"),
        (b"line\nline\n" + "Fähre".encode("latin-1"), "line 3, byte 11"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary"),
        ("\ufeffab".encode("utf-16-le") + b"\xff", "not UTF-16"),
    ],
)
def test_bytes_that_are_no_text_are_refused(data: bytes, said: str) -> None:
    with pytest.raises(BadInputError, match=said) as caught:
        decode(data, "some.txt")
    assert str(caught.value).startswith("some.txt: ")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "empty"),
        ("\ufeff \n\u00a0\n", "empty"),
        ("PK\x03\x04\0\0", "binary"),
        ("\x01\x02\x03" * 20, "binary"),
        ("Iran Update\n" + "caf\ufffd and s\ufffdn " * 9, "line 2.*wrong encoding"),
        ("Iran Update\n" + "the mayorâ€™s plan " * 9, "line 2.*Windows-1252"),
        ("<!DOCTYPE html><html><body>x", "HTML"),
        ('<?xml version="1.0"?>\n<html>', "HTML"),
    ],
)
def test_texts_that_cannot_be_right_are_refused(text: str, said: str) -> None:
    with pytest.raises(BadInputError, match=said) as caught:
        lines_in(text, "some.txt")
    assert "some.txt" in str(caught.value)
    assert "import" in str(caught.value) or "give one" in str(caught.value)


def test_a_few_odd_characters_are_borne() -> None:
    assert lines_in("A caf\ufffd\x0b\nand â€™ too\x07", "x") == [
        "A caf\ufffd",
        "",
        "and â€™ too\x07",
    ]


def test_all_kinds_of_line_ends_are_line_ends() -> None:
    assert lines_in("a\r\nb\rc\u2028d\x0ce", "x") == ["a", "b", "c", "d", "e"]


def test_quoted_mail_is_unquoted() -> None:
    assert lines_in("He wrote:\n> one\n> > two\n>\n> three", "x") == [
        "He wrote:",
        "one",
        "two",
        "",
        "three",
    ]


WRAPPED = """\
The harbour master of the lake counted forty boats at the north pier,
more than in any week of the spring, and wrote the number down in his
book.[1] He counted again at dusk.

- First item that is long enough to be wrapped once by the mail program
  of the poster
- Second item
Short line
[1] https://www.harbour.example/notices/2024/05/05/closing-of-the-old-
pier-for-repairs
[2] https://harbour.example/2
The harbour master of the lake counted forty boats at the north pier.
The harbour master of the lake counted fifty boats at the south pier,
no less.
"""


UNWRAPPED = """\
The harbour master of the lake counted forty boats at the north pier, more than in any week of the spring, and \
wrote the number down in his book.[1] He counted again at dusk.

- First item that is long enough to be wrapped once by the mail program of the poster
- Second item
Short line
[1] https://www.harbour.example/notices/2024/05/05/closing-of-the-old-pier-for-repairs
[2] https://harbour.example/2
The harbour master of the lake counted forty boats at the north pier. The harbour master of the lake counted \
fifty boats at the south pier, no less.
"""  # noqa: E501


def test_hard_wraps_are_undone() -> None:
    assert "\n".join(lines_in(WRAPPED, "x")) == UNWRAPPED


def test_lines_that_are_not_wrapped_stay() -> None:
    lines = ["A line of running text " * 10, "Another such line of text " * 8] * 10
    assert lines_in("\n".join(lines), "x") == [line.rstrip() for line in lines]
