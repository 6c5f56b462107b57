"""Whether a page goes by another headline than before; the name of the site beside it does not
count."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.decide.drift.aligned import words_of

if TYPE_CHECKING:
    from pipeline.decide.drift.aligned import Said

_DIVIDER = re.compile(r"\s*[|–—»·•]\s*|\s+-\s+|\s*::\s*|:\s+")
_COUNT = re.compile(r"^\s*[(\[]\d+\+?[)\]]")
_CUT = re.compile(r"\S*(?:…|\.\.\.)\s*$")


def is_another(before: str | None, after: str | None) -> bool:
    """Whether two titles name two headlines; False where a page has none."""
    one, other = _parts(before), _parts(after)
    left, right = one - other, other - one
    if not left or not right:
        return False  # the same parts, or some more
    cut = any(_CUT.search(title or "") for title in (before, after))
    return not (cut and any(_begins(a, b) or _begins(b, a) for a in left for b in right))


def _parts(title: str | None) -> set[Said]:
    parts = _DIVIDER.split(_CUT.sub("", _COUNT.sub("", title or "")))
    return {words for words in map(words_of, parts) if words}


def _begins(whole: Said, part: Said) -> bool:
    return whole[: len(part)] == part
