"""How much a text says, whatever its script: 68 Chinese characters are a whole notice."""

from __future__ import annotations

from pipeline.read.text.alphabets import LETTERS_A_SIGN, SCRIPTS

# Longer texts are long in every script, and not counted.
_COUNTED_CHARS = 1_000


def letters_said(text: str) -> int:
    """How many characters `text` would have in English; of long texts, their own number."""
    if len(text) >= _COUNTED_CHARS or text.isascii():
        return len(text)
    more = (
        (weight - 1) * len(SCRIPTS[script].findall(text))
        for script, weight in LETTERS_A_SIGN.items()
    )
    return round(len(text) + sum(more))
