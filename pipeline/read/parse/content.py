"""From the prose's blocks to what a report says: headings, takeaways, sections, figures,
corrections, links."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urljoin, urlsplit

from archive.model.reports import Figure, Section
from archive.urls.normal import is_report_url
from archive.urls.publishers.registry import is_linked
from pipeline.read.blocks import BlockKind
from pipeline.read.parse.lines import clean, lines_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.read.blocks import Block

_MAX_HEADING_CHARS = 180
_MAX_HEADING_RUNS = 30
_MAX_CAPTION_CHARS = 400  # of a paragraph; what a page marks as a caption may be longer
_NO_HEADINGS = ("note:", "click here", "correction", "we do not report", "author")
PROSE = frozenset({BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.HEADING})

_LEGEND = re.compile(
    r"^\s*(?:figure|fig\.|map|chart|graphic|image|photo)\s*\d{1,2}\s*[:.–—-]", re.IGNORECASE
)
_LEGEND_INITIALS = "fmcgip"
_CREDIT = re.compile(
    r"©|\(c\)\s*20|\bcourtesy\b|\bcredits?:|^\s*(?:sources?|photo|image|map|graphic)\s*(?:by|:)|\b(?:photos?|images?|maps?|graphics?) by\b|\bsatellite im(?:age|agery)\b|\bmaxar\b",  # noqa: E501
    re.IGNORECASE,
)
# What a force wants there stands below the section's heading, in a heading's tag: part of the
# section.
_OBJECTIVE = re.compile(
    r"^\s*(?:[\w’'-]+\s+){0,6}(?:objectives?|goals?)\s*(?::|$)|^\s*\w+ efforts? to\s", re.IGNORECASE
)
_MARKER = re.compile(r"\[\w{1,8}\]")
_HEADING_MARKER = re.compile(r"\[(?:\d{1,4}|[ivxlc]{1,9})\]")
_LEAD_IN_WORDS = (
    8  # "… are engaged in four primary efforts at this time:" leads in a list; a heading is shorter
)

SENTENCE_END = re.compile(r"[.!?](?:\s*\[\w+\])*[”\"']?$|\[\d+\]$")
_CORRECTION_LABEL = re.compile(
    r"^(?:\W{0,3})(?:corrections?|errat(?:um|a)|clarification|editor[’']?s?[’']? note|note of "
    r"correction)\b",
    re.IGNORECASE,
)
_CORRECTION_SENTENCE = re.compile(
    r"\b(?:previous|earlier|prior|original|initial|previously published) "
    r"(?:versions?|editions?|iterations?) of (?:this|the|our|isw|today)|\b(?:this|the) "
    r"(?:report|assessment|update|article|text|map|product|version)\b.{0,60}\b(?:has been|was) "
    r"(?:corrected|amended|updated to correct)|\bdue to an? (?:typo|(?:\w+ "
    r")?error|mistake|mistranslation)\b",
    re.IGNORECASE,
)
_SENTENCES = re.compile(r"(?<=[.!?\]”])\s+(?=[A-Z“])")
_LONG_PARAGRAPH_CHARS = 700  # a correction in a longer one is a sentence of it, not the paragraph

_URL_START = re.compile(r"(?=https?://)")


def mark_kinds(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Paragraphs that are something else but for their tag: bold headings (level 6) and
    captions."""
    marked: list[Block] = []
    after_figure = False
    for block in blocks:
        found = block
        if block.kind is BlockKind.HEADING and _OBJECTIVE.match(block.text):
            found = replace(block, kind=BlockKind.PARAGRAPH, level=0)
        elif block.kind is BlockKind.PARAGRAPH and block.runs:
            if _looks_like_caption(block, after_figure=after_figure):
                found = replace(block, kind=BlockKind.CAPTION)
            elif _looks_like_heading(block):
                found = replace(block, kind=BlockKind.HEADING, level=6)
        marked.append(found)
        if found.kind is BlockKind.FIGURE:
            after_figure = True
        elif after_figure and clean(found.text):
            after_figure = False
    return tuple(marked)


def _looks_like_caption(block: Block, *, after_figure: bool) -> bool:
    """A numbered legend anywhere; below a picture, a short line with a credit."""
    if len(block.runs) > _MAX_HEADING_RUNS:
        return False
    if not after_figure and block.runs[0].text.lstrip()[:1].lower() not in _LEGEND_INITIALS:
        return False
    text = block.text
    if len(text) > _MAX_CAPTION_CHARS:
        return False
    if _LEGEND.match(text):
        return True
    return after_figure and _CREDIT.search(text) is not None and not _MARKER.search(text)


def _looks_like_heading(block: Block) -> bool:
    """Bold and no sentence; what is not bold may only be a remark in brackets."""
    parts = _bold_and_plain(block)
    if parts is None:
        return False
    bold, plain = parts
    if SENTENCE_END.search(bold):
        return False
    if bold.endswith(":") and bold.count(" ") >= _LEAD_IN_WORDS and "(" not in bold:
        return False
    if _OBJECTIVE.match(bold) or bold.lower().startswith(_NO_HEADINGS):
        return False
    return not plain or (plain[0] == "(" and not block.runs[0].href) or plain in {":", "."}


def _bold_and_plain(block: Block) -> tuple[str, str] | None:
    """The bold text and the rest, or None where a heading would be shorter or have any."""
    if len(block.runs) > _MAX_HEADING_RUNS or not any(run.bold for run in block.runs):
        return None
    bold, plain = "", ""
    for run in block.runs:
        if run.sup and clean(run.text).isdecimal():
            continue  # a marker: the sentence ends before it
        if run.bold:
            bold += run.text
        else:
            plain += run.text
    bold = clean(bold) if len(bold) <= 2 * _MAX_HEADING_CHARS else ""
    if not 2 < len(bold) <= _MAX_HEADING_CHARS:
        return None
    return bold, clean(plain)


def read_prose(
    blocks: tuple[Block, ...], freed: int | None = None
) -> tuple[str, tuple[Section, ...]]:
    """The whole text, its paragraphs divided by blank lines, and the same by sections.

    A section is a heading with the text below it; what stands before the first has heading None,
    and so has the prose from block `freed` on (see `takeaways.end_of_takeaways`) up to the next
    heading.
    """
    whole: list[str] = []
    sections: list[Section] = []
    heading: str | None = None
    texts: list[str] = []
    for at, block in enumerate(blocks):
        if at == freed:
            sections.append(Section(heading, "\n\n".join(texts)))
            heading, texts = None, []
        if block.kind not in PROSE or not (text := paragraph(block)):
            continue
        whole.append(text)
        if block.kind is not BlockKind.HEADING:
            texts.append(text)
            continue
        if texts or heading is not None:
            sections.append(Section(heading, "\n\n".join(texts)))
        heading, texts = clean(_HEADING_MARKER.sub("", text)).rstrip(" :"), []
    if texts or heading is not None:
        sections.append(Section(heading, "\n\n".join(texts)))
    return "\n\n".join(whole), tuple(sections)


def paragraph(block: Block) -> str:
    """The block's text, its lines kept and each cleaned."""
    return "\n".join(lines_of(block))


def settle_captions(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Captions that stand by no picture become prose: what a report prints is in one of the two."""
    captions = {at for at, block in enumerate(blocks) if block.kind is BlockKind.CAPTION}
    lost = captions.difference(at for at, _ in _captioned(blocks))
    if not lost:
        return blocks
    return tuple(
        replace(block, kind=BlockKind.PARAGRAPH) if at in lost else block
        for at, block in enumerate(blocks)
    )


def figures_of(blocks: tuple[Block, ...]) -> tuple[Figure, ...]:
    """Pictures in order, each address once, with the captions that follow (or precede) it."""
    captions: dict[str, list[str]] = {
        block.image: [] for block in blocks if block.kind is BlockKind.FIGURE and block.image
    }
    for at, image in _captioned(blocks):
        text = clean(blocks[at].text)
        if text and text not in captions[image]:
            captions[image].append(text)
    return tuple(Figure(url, " ".join(texts) or None) for url, texts in captions.items())


def captions_alone(blocks: tuple[Block, ...]) -> tuple[Figure, ...]:
    """The figures of a text without pictures: each numbered caption with its source below.

    There is no address.
    """
    captions: list[str] = []
    near = False  # no prose came between
    for block in blocks:
        text = clean(block.text)
        if block.kind is not BlockKind.CAPTION:
            near = near and not text
        elif _LEGEND.match(text) or not near:
            captions.append(text)
            near = True
        else:
            captions[-1] += f" {text}"
    return tuple(Figure("", caption) for caption in captions)


def _captioned(blocks: tuple[Block, ...]) -> Iterator[tuple[int, str]]:
    """Each caption that belongs to a picture: its place, and the picture's address."""
    group: list[tuple[int, Block]] = []
    for at, block in enumerate(blocks):
        if block.kind is BlockKind.CAPTION or (block.kind is BlockKind.FIGURE and block.image):
            group.append((at, block))
        elif group and clean(block.text):
            yield from sorted(_pairs(group))
            group = []
    yield from sorted(_pairs(group))


def _pairs(group: list[tuple[int, Block]]) -> Iterator[tuple[int, str]]:
    """Captions and pictures with nothing between: a caption is for the pictures in a row right
    above it.

    Where the group begins with a caption and ends with a picture, captions stand above theirs.
    """
    if group and group[0][1].kind is BlockKind.CAPTION and group[-1][1].kind is BlockKind.FIGURE:
        group.reverse()
    pictures: list[str] = []
    waiting: list[int] = []
    below = False  # a caption came after the pictures
    for at, block in group:
        if block.kind is BlockKind.CAPTION:
            below = True
            waiting += [] if pictures else [at]
            yield from ((at, image) for image in pictures)
            continue
        pictures = [block.image or ""] if below else [*pictures, block.image or ""]
        yield from ((caption, pictures[-1]) for caption in waiting)
        waiting, below = [], False


def corrections_of(blocks: tuple[Block, ...]) -> tuple[str, ...]:
    """What the publisher says it corrected, in order, as printed."""
    found: list[str] = []
    for block in blocks:
        if block.kind is BlockKind.FIGURE or block.kind is BlockKind.RULE:
            continue
        raw = block.text
        if not _may_correct(raw.lower()):
            continue
        text = clean(raw)
        if _CORRECTION_LABEL.match(text) and len(text) > 20:
            found.append(text)
        elif _CORRECTION_SENTENCE.search(text):
            found += _correction_sentences(text)
    return tuple(dict.fromkeys(found))


def _may_correct(text: str) -> bool:
    """A cheap look before the dearer patterns: one of these words is in every correction."""
    return (
        "correct" in text
        or "version" in text
        or "edition" in text
        or "iteration" in text
        or "errat" in text
        or "editor" in text
        or "clarif" in text
        or "due to a" in text
        or "amended" in text
    )


def _correction_sentences(text: str) -> list[str]:
    if len(text) <= _LONG_PARAGRAPH_CHARS and _CORRECTION_SENTENCE.search(text[:200]):
        return [text]
    return [part for part in _SENTENCES.split(text) if _CORRECTION_SENTENCE.search(part)]


def report_links(blocks: tuple[Block, ...], base_url: str) -> tuple[str, ...]:
    """Absolute addresses of ISW and CTP reports that the prose links to, each once."""
    found: dict[str, None] = {}
    for block in blocks:
        for run in block.runs:
            if run.href:
                for href in _URL_START.split(run.href):
                    address = _report_address(href.strip(" \xa0;,"), base_url)
                    if address and address.rstrip("/") != base_url.rstrip("/"):
                        found.setdefault(address)
    return tuple(found)


def _report_address(href: str, base_url: str) -> str | None:
    try:
        first = href.split(maxsplit=1)[0] if href else ""
        address = urldefrag(urljoin(base_url, first)).url
        parts = urlsplit(address)
    except ValueError:
        return None
    host = (parts.hostname or "").removeprefix("www.")
    return address if is_linked(host, parts.path) or is_report_url(address) else None
