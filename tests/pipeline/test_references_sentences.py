"""English sentences: abbreviations do not end them, markers belong to the sentence before."""

from __future__ import annotations

import pytest

from pipeline.read.references.sentences import sentence_spans, sentences


@pytest.mark.parametrize(
    "sentence",
    [
        "Lt. Gen. Ivan Example arrived.",
        "The U.S. Army sent Col. A. B. Sample to the town.",
        "Sample v. Example was decided at 5 a.m. on Monday.",
        "The talks ended at 9:00 p.m. local time.",
        "Order No. 12 was signed on Sept. 3.",
        "Dr. J. R. Sample of St. Example spoke.",
        "It cost $5.5 billion, i.e. much more.",
        "Maj. Gen. Sample (ret.) said so.",
        "He said, “We will go. We will stay,” and left.",
        "The site Example.org was closed.",
        "Sample, Example et al. wrote it.",
        "Brig. Gen. D. C. Example took over.",
        "The E.U. Commission met.",
        "Pictures in Fig. 3 show it.",
        "Col.-Gen. Arvid Brenn took command of the grouping.",
        "Spc. Tom Ferry of the brigade reported max. 300 men there.",
        "About approx. 40 boats and min. 3 ferries came.",
        "J.-P. Ferry met Lt.-Gen. A.-M. Brook.",
        "The Capt.-Lt. Brook spoke for the 2nd Bn. Harbour.",
    ],
)
def test_one_sentence_stays_one(sentence: str) -> None:
    assert sentences(sentence)[-1].endswith(sentence[-8:])
    assert len(sentences(sentence)) == (2 if "We will go. We" in sentence else 1)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("One. Two.", ["One.", "Two."]),
        ("They brought sacks, ropes, etc. Nobody came.",
            ["They brought sacks, ropes, etc.", "Nobody came."]),
        ("One.[1] Two.[2][3] Three.", ["One.[1]", "Two.[2][3]", "Three."]),
        ("One. [1] Two.", ["One. [1]", "Two."]),
        ("One.[1], [2] Two.", ["One.[1], [2]", "Two."]),
        ("“One.”[1] Two.", ["“One.”[1]", "Two."]),
        ("“One”.[iv] Two.", ["“One”.[iv]", "Two."]),
        ("One? Two! Three.", ["One?", "Two!", "Three."]),
        ("They left the U.S. The others stayed.", ["They left the U.S.", "The others stayed."]),
        ("It began at 5 a.m. The rain had stopped.",
            ["It began at 5 a.m.", "The rain had stopped."]),
        ("Line one\nLine two", ["Line one", "Line two"]),
        ("They counted the losses.They withdrew then.",
            ["They counted the losses.", "They withdrew then."]),
        ("One.\u00a0\u00a0Two.", ["One.", "Two."]),
        ("He saw a T-72. They fled.", ["He saw a T-72.", "They fled."]),
        ("It ran at max. The boats sank.", ["It ran at max.", "The boats sank."]),
        ("No stop", ["No stop"]),
        ("", []),
        ("   ", []),
    ],
)  # fmt: skip
def test_paragraphs_divide_into_sentences(text: str, wanted: list[str]) -> None:
    assert sentences(text) == wanted


def test_spans_cover_all_but_blanks() -> None:
    text = " One.[1]  Two of U.S. troops. Three… four.\nFive "
    spans = sentence_spans(text)
    rest = list(text)
    for start, end in spans:
        rest[start:end] = " " * (end - start)
    assert not "".join(rest).strip()
    assert spans == sorted(spans)
