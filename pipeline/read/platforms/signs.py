"""Signs that several platforms share: an oEmbed service's status, a page without a post."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archive.model.vocabulary import Outcome
from pipeline.read.platforms.declared import PUBLIC
from pipeline.read.platforms.platform import NOTICE, Closed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pipeline.read.platforms.platform import Answer

SHORT_CHARS = 600
"""A page that says instead of a post that it is gone is no longer: error pages say little."""
LOGIN_CHARS = 400
"""Of a login, or of what is said in a post's place."""

PASSWORD_FIELD = re.compile(r"<input\b[^<>]*type\s*=\s*[\"']?password", re.IGNORECASE)


def by_status(says: Mapping[int, str]) -> Callable[[Answer], str | None]:
    """A sign of removal: an oEmbed service's statuses, with what each means."""

    def removed(answer: Answer) -> str | None:
        return says.get(answer.status or 0) if answer.is_oembed else None

    return removed


def closed_by_status(says: Mapping[int, str]) -> Callable[[Answer], Closed | None]:
    """A sign of closing: an oEmbed service's statuses, with what each means."""

    def closed(answer: Answer) -> Closed | None:
        said = says.get(answer.status or 0) if answer.is_oembed else None
        return Closed(Outcome.FORBIDDEN, "closed", said) if said else None

    return closed


def closed_page(
    answer: Answer,
    says: Callable[[Answer], str | None],
    *,
    login: Callable[[str], str | None] | None = None,
    named_by: re.Pattern[str] | None = None,
) -> Closed | None:
    """A page without a post: what it says instead, or the login that it is.

    Args:
        answer: The page.
        says: The words by which the platform says that it does not show this, or None.
        login: The mark-up of its login, looked for in the source.
        named_by: Titles of pages of the platform itself, whole: of a post they name the author or
            the text. What stands below such a title is said in the post's place.
    """
    if answer.status != 200 or answer.is_oembed:
        return None
    if answer.words_length > LOGIN_CHARS or PUBLIC in answer.flags:
        return None
    if sign := says(answer):
        return Closed(Outcome.FORBIDDEN, "closed", sign)
    if answer.subject is None or answer.subject.post_id is None:
        return None  # beside an account's own page the form proves nothing
    if login and (form := login(answer.source)):
        return Closed(Outcome.LOGIN_WALL, "login", form)
    said = _unknown_words(answer, named_by) if named_by else None
    return Closed(Outcome.FORBIDDEN, NOTICE, said) if said else None


def _unknown_words(answer: Answer, named_by: re.Pattern[str]) -> str | None:
    """What stands where nothing but the platform's own name is above it, in words no sign knows."""
    titled = [title for title in answer.titles if not named_by.fullmatch(title)]
    if titled or not answer.visible or len(answer.visible) > LOGIN_CHARS:
        return None
    bare = next((piece for piece in answer.pieces if piece not in answer.titles), "")
    # a login is told by its form, which follows
    hidden = PASSWORD_FIELD.search(answer.source) is not None or _is_read(answer)
    return None if hidden else bare or None


def _is_read(answer: Answer) -> bool:
    """Whether a platform's reader found a post."""
    return answer.text is not None and (answer.text.author is not None or bool(answer.text.facts))
