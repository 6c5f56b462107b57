"""What a module of this package declares: `PLATFORM`. How to add one: docs/add-a-platform.md."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from archive.model.vocabulary import VIEW_SHOWS_NOTHING, Outcome

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from lxml.html import HtmlElement

    from archive.model.media import ShownMedia
    from archive.model.understood import PageText
    from archive.urls.normal import SourceIdentity

    View = Callable[[SourceIdentity], str | None]
    PageReader = Callable[[HtmlElement, str, SourceIdentity, datetime], PageText | None]
    JsonReader = Callable[[dict[str, Any], SourceIdentity, datetime], PageText | None]
    PageMedia = Callable[[HtmlElement, SourceIdentity], tuple[ShownMedia, ...]]
    JsonMedia = Callable[[dict[str, Any], SourceIdentity], tuple[ShownMedia, ...]]


class Answer(Protocol):
    """What signs look at: `pipeline/read/outcomes/seen.py: Seen` says what each part is."""

    @property
    def status(self) -> int | None: ...
    @property
    def source(self) -> str: ...
    @property
    def visible(self) -> str: ...
    @property
    def titles(self) -> tuple[str, ...]: ...
    @property
    def pieces(self) -> tuple[str, ...]: ...
    @property
    def words_length(self) -> int: ...
    @property
    def flags(self) -> frozenset[str]: ...
    @property
    def is_oembed(self) -> bool: ...
    @property
    def subject(self) -> SourceIdentity | None: ...
    @property
    def text(self) -> PageText | None: ...


@dataclass(frozen=True, slots=True)
class Closed:
    """How a platform says that a post is not for us.

    Attributes:
        outcome: `login-wall` where an account would do, else `forbidden`.
        by: The end of the rule's name: `closed`, `login` or `notice`.
        marker: The words, or the mark-up, that say so.
    """

    outcome: Outcome
    by: str
    marker: str


NOTICE = "notice"
"""By which a platform said, in words that no sign knows, why it shows no post."""


EARLY_LOOKS_H = (1, 6, 24)
"""Within the hour authors mend slips and take back what they regret, within the day they
correct."""


REFUSED = frozenset({Outcome.ROBOTS_DISALLOWED})
"""Outcomes of a view that we may not ask: a post's own page may be another matter."""


def own_page(identity: SourceIdentity) -> str:
    """The page of a post as cited."""
    return identity.url or identity.key


@dataclass(frozen=True, slots=True)
class SecondView:
    """Where a post is looked for when the first view ended without it.

    Attributes:
        of: The address, or None for a post that has none.
        after: Outcomes of the first view after which it is asked.
    """

    of: View
    after: frozenset[Outcome] = VIEW_SHOWS_NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """A platform as it is asked and read. All functions are pure.

    Attributes:
        name: As `archive/urls/platforms/` has it.
        view: The address to ask for a source, where its own page needs scripts or a login and a
            public view does not; None for the source's own.
        second_views: Where a post is looked for after that: at the first of these that is for how
            it ended.
        read_page: Text of a page; None for one that is not in its mark-up, which is read as any is.
        read_json: The same of its own JSON.
        providers: How its oEmbed answers name it, in lower case (https://oembed.com).
        read_oembed: Text of such an answer.
        page_media: What a page of a post shows beside its words; None where none of its pages is
            read.
        json_media: The same of its JSON and its oEmbed answers.
        removed: The words, or the status, by which it says that a post is gone, or None. Asked
            before all rules but those of transport, so it has to look at the status itself.
        closed: How it says that a post is there and not for us, or None. Where it says the same of
            what is deleted and of what is private, that is closed, never removed.
        is_private: Whether nobody without an account is shown anything at an address.
        login_hosts: Where nothing is but its login.
        speaks: What became of its posts it says in its own way; a post may quote any sentence, and
            so general rules about error pages leave it alone.
        tells_account: Its pages name the account, where the address of a post does not.
        framed: On its pages only declared dates are a post's: others are the frame's.
        early_looks_h: Hours after its first capture at which a post is looked at again
            (`pipeline/decide/checks/early.py`); none: when its checks are due.
    """

    name: str
    view: View | None = None
    second_views: tuple[SecondView, ...] = ()
    read_page: PageReader | None = None
    read_json: JsonReader | None = None
    providers: tuple[str, ...] = ()
    read_oembed: JsonReader | None = None
    page_media: PageMedia | None = None
    json_media: JsonMedia | None = None
    removed: Callable[[Answer], str | None] | None = None
    closed: Callable[[Answer], Closed | None] | None = None
    is_private: Callable[[str], bool] | None = None
    login_hosts: tuple[str, ...] = ()
    speaks: bool = True
    tells_account: bool = False
    framed: bool = False
    early_looks_h: tuple[int, ...] = ()
