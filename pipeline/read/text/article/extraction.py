"""trafilatura, asked for the text of a page in the cheapest way that gives its whole answer.

Its quick way has a first stage, and two more that follow where the first found little: a rescue
below some size, and a second search where the text is a small part of the page. Most pages end with
the first stage. It is asked for alone here, on a copy of the page without what it throws away
anyway: navigation is a third of the elements of a page, and each of its searches goes through all.
Where its later stages could follow, it is asked for all of them as ever.
"""

from __future__ import annotations

import copy
import functools
from typing import TYPE_CHECKING, Any

from pipeline.read.text.article.alike import asked_once
from pipeline.read.text.article.asked import asked_of, is_known
from pipeline.read.text.limits import LIBRARY_ERRORS

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from pipeline.read.text.article.asked import Asked
    from pipeline.read.text.article.names import Names

# Looked at before they are thrown away: formulas, tables in figures, forms around the whole page.
_LOOKED_AT = frozenset({"form", "math", "figure"})
_FORUM = "DiscussionForumPosting"
"""Of a forum trafilatura takes the comments for the text (`trafilatura.core`, 2.3)."""


def extracted(names: Names, url: str, *, fast: bool) -> str:
    """The main text of a page as trafilatura gives it, a paragraph a line; empty where it finds
    none.

    Args:
        names: The page; it stays as it is.
        url: Its address.
        fast: Without the comparison with other algorithms.
    """
    with asked_once():
        try:
            first = _first_stage(names) if fast and is_known() else None
        except LIBRARY_ERRORS:
            first = None
        return _all_stages(names.tree, url, fast=fast) if first is None else first


def _all_stages(tree: HtmlElement, url: str, *, fast: bool) -> str:
    from trafilatura import bare_extraction

    # Never `deduplicate=True`: its memory spans pages, so that the same page gives another text the
    # next time.
    try:
        document = bare_extraction(
            tree, url=url, fast=fast, include_comments=False, with_metadata=False, deduplicate=False
        )
    except LIBRARY_ERRORS:
        return ""
    return "" if document is None or isinstance(document, dict) else document.text or ""


def _first_stage(names: Names) -> str | None:
    """The text that the first stage finds; None where others would follow."""
    from trafilatura.htmlprocessing import convert_tags, tree_cleaning
    from trafilatura.main_extractor import extract_content
    from trafilatura.xml import xmltotxt

    tree = names.tree
    if any(_FORUM in (script.text or "") for script in tree.iter("script")):
        return None
    bare = _without_unread(copy.copy(tree))
    for other in _others().found(names, bare, "h1"):
        _drop(other)
    body, text = extract_content(
        convert_tags(tree_cleaning(bare, _options()), _options()), _options()
    )
    return xmltotxt(body, False) if _is_enough(text, tree) else None


def _without_unread(tree: HtmlElement) -> HtmlElement:
    """The page without what is thrown away whatever stands in it."""
    found: dict[str, list[HtmlElement]] = {}
    for element in tree.iter(*_thrown_away()):
        found.setdefault(str(element.tag), []).append(element)
    for tag, elements in found.items():
        # of some that stand in one another trafilatura leaves those that follow
        if not any(next(e.iterancestors(tag), None) is not None for e in elements):
            for element in elements:
                # what is around an `<h1>` is told by it to be of the article or not
                if next(element.iter("h1"), None) is None:
                    _drop(element)
    return tree


def _drop(element: HtmlElement) -> None:
    if element.getparent() is not None:
        element.drop_tree()


@functools.cache
def _others() -> Asked:
    """Comments, and other articles below this one."""
    from trafilatura.xpaths import RAW_TREE_PRUNE_XPATH, REMOVE_COMMENTS_AND_LISTS_XPATH

    return asked_of(*RAW_TREE_PRUNE_XPATH, *REMOVE_COMMENTS_AND_LISTS_XPATH)


def _is_enough(text: str, tree: HtmlElement) -> bool:
    """Whether no later stage could follow."""
    from trafilatura.core import ESCALATION_MAX_LENGTH, ESCALATION_PAGE_SHARE

    if len(text) < _options().min_extracted_size:
        return False
    if len(text) >= ESCALATION_MAX_LENGTH:
        return True
    page = tree.find(".//body")
    # at least what trafilatura counts: it leaves out parts, and sets fewer blanks
    shown = " ".join(" ".join((tree if page is None else page).itertext()).split())
    return len(text) >= ESCALATION_PAGE_SHARE * len(shown)


@functools.cache
def _thrown_away() -> tuple[str, ...]:
    from trafilatura.settings import MANUALLY_CLEANED

    return tuple(set(MANUALLY_CLEANED) - _LOOKED_AT)


@functools.cache
def _options() -> Any:
    """What is wanted of trafilatura in its quick way; not changed by it."""
    from trafilatura.settings import Extractor

    return Extractor(fast=True, comments=False, output_format="python")
