"""Which legacy encoding bytes are in: chardet's statistics over what a page shows, with a margin.

Measured on own sentences in 45 pairs of language and encoding (test_text_charset.py holds some):
of single sentences chardet 7.7 told 322 of 324, faust-cchardet 3.2 281, charset-normalizer 3.5 262.
"""

from __future__ import annotations

import functools
import re
from typing import Any

# The encodings that browsers read (https://encoding.spec.whatwg.org/#names-and-labels), by
# chardet's names; others are not met on the web, and each is one more to be taken for.
_WEB = (
    "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258",
    "cp866", "cp874", "koi8-r", "koi8-u", "mac-cyrillic", "mac-roman", "iso8859-2", "iso8859-3",
    "iso8859-4", "iso8859-5", "iso8859-6", "iso8859-7", "iso8859-8", "iso8859-10", "iso8859-13",
    "iso8859-14", "iso8859-15", "iso8859-16", "gb18030", "big5hkscs", "cp949", "euc_kr", "cp932",
    "euc_jis_2004",
)  # fmt: skip
# What they are decoded by, where Python has a wider or a commoner one.
_DECODED_BY = {"euc_kr": "cp949", "euc_jis_2004": "euc_jp"}
# These know not every byte, so that one stray byte rules them out for the detector.
_GAPPY = (
    "gb18030", "big5hkscs", "cp949", "euc_jp", "cp932", "cp1253", "cp1255", "cp874", "iso8859-6",
    "iso8859-7", "iso8859-8",
)  # fmt: skip
_SEVERAL_BYTES = ("gb18030", "big5hkscs", "cp949", "euc_jp", "cp932")
# True answers for a sentence of these reach 0.6 and more; UTF-8 with a stray byte stays below 0.2.
_LIKELY = 0.4
# Of single sentences a true label was never beaten by 1.2 times its confidence (676 texts), false
# ones were by 1.5 times in 2,449 of 2,553; the rest differ from the truth in a letter or two.
_MARGIN = 1.5
# Random bytes reach 0.04; the least that a true answer had with ten high bytes was 0.07.
_LEAST = 0.05
# Below this many high bytes nothing speaks against a label: one word, or the marks of a price list.
_LEAST_HIGH = 6
# Of the same confidence but for rounding: the two differ in a sign that the page does not have.
_TIE = 0.9999
_HIGH_FOR_ONE_BROKEN = 50
_FALLBACK = "cp1252"
# Enough for statistics, and bounded: 1 ms.
_SAMPLE = 20_000
_HIGH = re.compile(rb"[\x80-\xff]")
_TAG = re.compile(rb"<[^<>]*>")
# What is never shown, by its beginning and its end.
_UNSHOWN = tuple(
    (re.compile(opening, re.IGNORECASE), re.compile(closing, re.IGNORECASE))
    for opening, closing in (
        (rb"<script\b", rb"</script"),
        (rb"<style\b", rb"</style"),
        (rb"<!--", rb"-->"),
    )
)


def likeliest(body: bytes) -> str:
    """The encoding that speaks most for itself; Windows-1252, as in browsers, where none does."""
    found = _confidences(_shown(body))
    encoding = max(found, key=lambda name: found[name], default=_FALLBACK)
    doubtful = found.get(encoding, 0.0) < _LEAST
    tied = found.get(_FALLBACK, 0.0) >= _TIE * found.get(encoding, 0.0)
    return _FALLBACK if doubtful or tied else encoding


def likelier(body: bytes, label: str) -> str | None:
    """An encoding that speaks for itself by far more than `label`, and reads otherwise; or None."""
    sample = _shown(body)
    if len(_HIGH.findall(sample)) < _LEAST_HIGH:
        return None
    found = _confidences(sample)
    encoding = max(found, key=lambda name: found[name], default=label)
    as_labelled = sample.decode(label, "replace")
    same = (value for name, value in found.items() if sample.decode(name, "replace") == as_labelled)
    if found.get(encoding, 0.0) < max(_LEAST, _MARGIN * max(same, default=0.0)):
        return None
    return encoding if sample.decode(encoding, "replace") != as_labelled else None


def is_east_asian(body: bytes) -> bool:
    """Whether what a page shows is whole in an encoding of several bytes a sign, and likely so."""
    sample = _shown(body)
    found = _detected(sample)
    likely = (name for name in _SEVERAL_BYTES if found.get(name, 0.0) >= _LIKELY)
    return any("\ufffd" not in sample.decode(name, "replace") for name in likely)


def without_unshown(body: bytes) -> bytes:
    """`body` without scripts, style sheets and comments, in time linear in its length."""
    for opening, closing in _UNSHOWN:
        first, *others = opening.split(body)
        body = b" ".join(
            (first, *(closing.split(other, 1)[-1] for other in others if closing.search(other)))
        )
    return body


def _shown(body: bytes) -> bytes:
    """What a page shows, without mark-up; of one that shows nothing but ASCII, all of it."""
    sample = b" ".join(_TAG.sub(b" ", without_unshown(body)).split())
    start = _HIGH.search(sample)
    if start is None:
        return body[:_SAMPLE]
    begin = max(0, start.start() - _SAMPLE // 10)
    # Whole words, so that no sign is cut.
    begin = sample.rfind(b" ", 0, begin) + 1
    return _whole_words(sample[begin:])


def _whole_words(sample: bytes) -> bytes:
    """The beginning of `sample`, cut between words where there are any."""
    if len(sample) <= _SAMPLE:
        return sample
    return sample[:_SAMPLE].rpartition(b" ")[0] or sample[:_SAMPLE]


def _confidences(sample: bytes) -> dict[str, float]:
    """Each encoding that could be it, with its confidence; without the stray bytes it knows not."""
    found = _detected(sample)
    high = len(_HIGH.findall(sample))
    for encoding in _GAPPY:
        text = sample.decode(encoding, "replace")
        broken = text.count("\ufffd")
        if broken and broken * _HIGH_FOR_ONE_BROKEN <= high:
            clean = text.replace("\ufffd", "").encode(encoding, "ignore")
            value = _detected(clean).get(encoding, 0.0)
            found[encoding] = max(value, found.get(encoding, 0.0))
    return found


def _detected(sample: bytes) -> dict[str, float]:
    answers = detector().detect_all(
        sample, ignore_threshold=True, compat_names=False, include_encodings=_WEB
    )
    found: dict[str, float] = {}
    for answer in answers:
        name, confidence = answer["encoding"], answer["confidence"]
        if name:
            name = _DECODED_BY.get(name, name)
            found[name] = max(confidence, found.get(name, 0.0))
    return found


@functools.cache
def detector() -> Any:
    """chardet with its statistics loaded: 0.1 s and 40 MB, which workers share."""
    import chardet

    chardet.detect_all("проверка".encode("cp1251"))
    return chardet
