"""Markdown with footnotes and tables, read by markdown-it-py (extra `audit`)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from archive.errors import BadInputError
from archive.model.reports import Note
from pipeline.read.blanks import collapsed
from pipeline.read.blocks import Block, BlockKind, Run
from pipeline.read.documents.record import Laid
from pipeline.read.references.lexer import cited_urls

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_KINDS = {"heading_open": BlockKind.HEADING, "list_item_open": BlockKind.ITEM}
_ANCHOR = re.compile(
    r"<a\b[^<>]*?\bhref\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s<>]+))", re.IGNORECASE
)
_TAG = re.compile(r"<[^<>]*>")


def markdown_laid(text: str, name: str) -> Laid:
    """A Markdown text, laid out; its footnotes are notes.

    Raises:
        BadInputError: The extra is not installed.
    """
    tokens, definitions = _tokens(text, name)
    notes = list(_footnotes(tokens))
    blocks = tuple(_blocks(tokens))
    used = {run.href for block in blocks for run in block.runs if run.href}
    used |= {one.url for note in notes for one in note.urls}
    unused = [
        Note(label.lower(), target, cited_urls((Run("", target),)))
        for label, target in definitions.items()
        if target not in used
    ]
    title = next((collapsed(b.text) for b in blocks if b.kind is BlockKind.HEADING), "")
    return Laid(blocks, (*notes, *unused), title=title)


def _tokens(text: str, name: str) -> tuple[list[Any], dict[str, str]]:
    """What markdown-it makes of it, and the addresses that it defines by labels."""
    try:
        from markdown_it import MarkdownIt
        from mdit_py_plugins.footnote import footnote_plugin
        from mdit_py_plugins.front_matter import front_matter_plugin
    except ImportError as error:
        raise BadInputError(
            f"{name}: Markdown is not read without the extra: pip install 'isw-archive[audit]'"
        ) from error
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    parser.use(footnote_plugin).use(front_matter_plugin)
    env: dict[str, Any] = {}
    tokens = parser.parse(text, env)
    refs = env.get("footnotes", {}).get("refs", {})
    if unused := [label for label, number in refs.items() if number < 0]:
        # what nobody refers to is left out of the tokens, and is a reference all the same
        env = {}
        called = " ".join(f"[^{label.removeprefix(':')}]" for label in unused)
        tokens = parser.parse(f"{text}\n\n{called}\n", env)
    return tokens, {label: one["href"] for label, one in env.get("references", {}).items()}


def _blocks(tokens: Sequence[Any]) -> Iterator[Block]:
    """What stands outside footnotes."""
    kind, inside = BlockKind.PARAGRAPH, False
    for token in tokens:
        if token.type in {"footnote_block_open", "footnote_block_close"}:
            inside = token.type.endswith("open")
        elif inside:
            continue
        elif token.type == "inline":
            yield Block(kind, tuple(_runs(token.children or ())))
        elif token.type == "html_block":
            yield Block(BlockKind.PARAGRAPH, tuple(_of_html(token.content)))
        elif token.type.endswith("_open"):
            kind = _KINDS.get(token.type, BlockKind.PARAGRAPH)


def _footnotes(tokens: Sequence[Any]) -> Iterator[Note]:
    label: str | None = None
    runs: list[Run] = []
    for token in tokens:
        if token.type == "footnote_open":
            label, runs = str(token.meta.get("label") or token.meta.get("id", 0) + 1), []
        elif token.type == "inline" and label is not None:
            runs += (
                [Run("\n"), *_runs(token.children or ())] if runs else _runs(token.children or ())
            )
        elif token.type == "footnote_close" and label is not None:
            yield Note(label, collapsed("".join(run.text for run in runs)), cited_urls(runs))
            label = None


def _runs(tokens: Sequence[Any]) -> Iterator[Run]:
    """Text with its links; pictures and code are no references."""
    href: str | None = None
    for token in tokens:
        if token.type == "link_open":
            href = str(token.attrGet("href") or "")
            yield Run("", None)
        elif token.type == "link_close":
            href = None
        elif token.type in {"text", "text_special"}:
            yield Run(token.content, href)
        elif token.type in {"softbreak", "hardbreak"}:
            yield Run("\n" if token.type == "hardbreak" else " ", href)
        elif token.type == "html_inline":
            found = _ANCHOR.match(token.content)
            closes = token.content.lower().startswith("</a")
            href = next(filter(None, found.groups()), None) if found else None if closes else href


def _of_html(source: str) -> Iterator[Run]:
    """The text of a piece of HTML, with its links."""
    since = 0
    href: str | None = None
    for found in _TAG.finditer(source):
        yield Run(source[since : found.start()], href)
        anchor = _ANCHOR.match(found.group())
        if anchor:
            href = next(filter(None, anchor.groups()), None)
        elif found.group().lower().startswith("</a"):
            href = None
        since = found.end()
    yield Run(source[since:], href)
