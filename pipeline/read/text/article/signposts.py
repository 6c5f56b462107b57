"""Lines that only point elsewhere ("Read more: …"), set among the paragraphs of an article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.read.text.article.blocks import key_of

if TYPE_CHECKING:
    from pipeline.read.text.article.blocks import Block

# Share of a line that is link; "Related:" before the link is none.
_LINK_SHARE = 0.7
# Words of its own that a signpost has at most, in characters.
_AROUND_CHARS = 30
_TAGS = frozenset({"p", "div", "li", "h2", "h3", "h4", "blockquote"})
# A page that is little else than links is a list, and they are what it says.
_MIN_REST_CHARS = 500
_MAX_LOST_SHARE = 0.4


def without_signposts(lines: tuple[str, ...], page: list[Block]) -> tuple[str, ...]:
    """The lines of an article without its signposts; their words and addresses are kept with the
    text's links.

    Args:
        lines: Paragraphs; the items of a list in one, a line each.
        page: Every block of the page.
    """
    pointing = {b.key for b in page if _points(b)}
    if pointing:
        pointing -= {b.key for b in page if b.link_share < _LINK_SHARE}
    if not pointing:
        return lines
    split = ([one for one in line.split("\n") if key_of(one) not in pointing] for line in lines)
    rest = tuple("\n".join(part) for part in split if part)
    before, left = sum(map(len, lines)), sum(map(len, rest))
    lost = before - left
    return rest if left >= _MIN_REST_CHARS and lost <= _MAX_LOST_SHARE * before else lines


def _points(block: Block) -> bool:
    if not block.linked or block.element.tag not in _TAGS:
        return False
    around = len(block.text) - block.linked
    # an address printed in full is a source named, no invitation
    named = block.text.startswith(("http://", "https://", "www."))
    return block.link_share >= _LINK_SHARE and around <= _AROUND_CHARS and not named
