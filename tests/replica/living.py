"""Pages that change with time: edited, replaced, gone, back again; and the same text under several
addresses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.model.vocabulary import Outcome
from tests.replica.facts import ALWAYS, SourceFact
from tests.replica.messages import Reply, html, redirect, typed, with_validators
from tests.replica.prose import ENGLISH, FRENCH, rng_for
from tests.replica.reports import moment
from tests.replica.sites import Site
from tests.replica.templating import render

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.replica.messages import Request

DOMAIN = "-living.org"
PATH = "/2026/03/the-crossing"
EDIT = moment("2026-03-23T09:00")  # between the second and the third check of a weekly plan
BACK = moment("2026-04-02T09:00")
NEW_ADDRESS = f"https://new-address{DOMAIN}{PATH}"
TITLE = "What the crossing carries"


@dataclass(frozen=True, slots=True)
class Living:
    """One page that changes.

    Attributes:
        before, after: What stands there until `EDIT`, and from then on.
        drift: The class of a check after `EDIT` against a capture before it.
        outcome: Of a fetch after `EDIT`.
        returns: Whether the first page is back from `BACK` on.
    """

    name: str
    before: Callable[[Request], Reply]
    after: Callable[[Request], Reply]
    drift: str | None
    outcome: Outcome = Outcome.OK
    returns: bool = False

    @property
    def url(self) -> str:
        """The cited URL."""
        return f"https://{self.name}{DOMAIN}{PATH}"

    @property
    def fact(self) -> SourceFact:
        """Outcomes over time."""
        turns = [(ALWAYS, Outcome.OK)]
        if self.outcome is not Outcome.OK:
            turns.append((EDIT, self.outcome))
        if self.returns:
            turns.append((BACK, Outcome.OK))
        return SourceFact(
            self.url, tuple(turns), title=TITLE, drift=self.drift, about=f"living: {self.name}"
        )

    @property
    def site(self) -> Site:
        """Its host."""
        return Site((self.name + DOMAIN,), self._answer)

    def _answer(self, request: Request) -> Reply:
        if request.path != PATH:
            return html("<h1>404</h1>", 404)
        early = request.at < EDIT or (self.returns and request.at >= BACK)
        made = (self.before if early else self.after)(request)
        changed = moment("2026-03-10T09:00") if early else EDIT
        return with_validators(made, request, changed)


def _paragraphs(name: str) -> tuple[str, ...]:
    return ENGLISH.paragraphs(rng_for(f"living {name}"), 6)


def _page(paragraphs: tuple[str, ...], title: str = TITLE, head: str = "") -> Reply:
    return html(render("simple.html", title=title, paragraphs=paragraphs, head=head))


def _first(name: str) -> Callable[[Request], Reply]:
    return lambda _request: _page(_paragraphs(name))


def _frame_only(request: Request) -> Reply:
    """Other counters, tokens and dates around the same text."""
    day = f"{request.at:%A, %d %B %Y}"
    head = f'<meta name="csrf-token" content="{request.nth}-{day}">'
    page = _page(_paragraphs("frame"), head=head)
    frame = f"<footer><p>Today is {day}. {1000 + request.nth} readers online.</p></footer></body>"
    return html(page.body.decode().replace("</body>", frame))


def _minor(_request: Request) -> Reply:
    first, *rest = _paragraphs("minor")
    return _page(
        (first.replace("said", "stated", 1).replace("reported", "said", 1) + " (Updated.)", *rest)
    )


def _substantial(_request: Request) -> Reply:
    return _page((*_paragraphs("substantial")[:3], *_paragraphs("another text")[:3]))


def _replaced(_request: Request) -> Reply:
    return _page(_paragraphs("a different story"), "Ten recipes with river fish")


def _off_topic(_request: Request) -> Reply:
    return _page(FRENCH.paragraphs(rng_for("casino"), 4), "Casino de la rivière : jouez maintenant")


def _gone(status: int) -> Callable[[Request], Reply]:
    return lambda _request: html(f"<h1>{status}</h1>", status)


def _parked(_request: Request) -> Reply:
    return html(render("trouble/parked.html"))


def _moved(_request: Request) -> Reply:
    return redirect(NEW_ADDRESS, 301)


def _new_address(request: Request) -> Reply:
    found = request.path == PATH and request.at >= EDIT
    return _page(_paragraphs("moves")) if found else html("<h1>404</h1>", 404)


TABLE = (
    Living("moves", _first("moves"), _moved, "same"),
    Living("frame", _frame_only, _frame_only, "same"),
    Living("minor", _first("minor"), _minor, "minor-edit"),
    Living("substantial", _first("substantial"), _substantial, "substantial-edit"),
    Living("replaced", _first("replaced"), _replaced, "replaced"),
    Living("off-topic", _first("off-topic"), _off_topic, "off-topic"),
    Living("dies", _first("dies"), _gone(404), None, Outcome.GONE),
    Living("dies-410", _first("dies-410"), _gone(410), None, Outcome.GONE),
    Living("comes-back", _first("comes-back"), _gone(404), None, Outcome.GONE, returns=True),
    Living("blocks", _first("blocks"), _gone(403), None, Outcome.FORBIDDEN),
    Living("breaks", _first("breaks"), _gone(500), None, Outcome.SERVER_ERROR),
    Living("expires", _first("expires"), _parked, None, Outcome.PARKED),
)
MIRRORS = ("first-agency.net", "second-agency.net", "evening-digest.net")
"""The same story: byte for byte, in another frame, and with another ending."""


def _mirror(host: str) -> Site:
    def answer(request: Request) -> Reply:
        if request.path == "/robots.txt":
            return typed("User-agent: *\nAllow: /\n", "text/plain")
        story = ENGLISH.paragraphs(rng_for("agency story"), 6)
        if host == MIRRORS[1] and request.path != "/copy":
            return _page(
                story, "Agency: a story told twice", '<meta name="x-frame" content="other">'
            )
        if host == MIRRORS[2]:
            story = (*story[:5], "From our own correspondent at the river.")
        return _page(story, "A story told twice")

    return Site((host,), answer)


MIRROR_URLS = (
    f"https://{MIRRORS[0]}/story/1",
    f"https://{MIRRORS[1]}/copy",
    f"https://{MIRRORS[1]}/story/1",
    f"https://{MIRRORS[2]}/2026/story",
)


def facts() -> list[SourceFact]:
    """All changing pages, and the mirrors."""
    mirrors = [
        SourceFact(url, language="en", group="agency story", about="a mirror")
        for url in MIRROR_URLS
    ]
    return [*(living.fact for living in TABLE), *mirrors]


def sites() -> list[Site]:
    """All their hosts."""
    moved = Site((f"new-address{DOMAIN}",), _new_address)
    return [moved, *(living.site for living in TABLE), *(_mirror(host) for host in MIRRORS)]
