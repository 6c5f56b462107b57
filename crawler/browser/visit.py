"""What a browser is told to look at, and what it gives: JSON lines between two processes."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Any

from crawler.browser.page_traffic import PageLimits


@dataclass(frozen=True, slots=True)
class Began:
    """How the process of the browser is to work.

    Attributes:
        program: Chromium.
        sandbox: Whether Chromium keeps its pages in a sandbox of the system.
        agent: Put behind the browser's own name in the user agent.
        networks: As the setting `allow_networks`.
    """

    program: str
    sandbox: bool
    agent: str
    networks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VisitOrder:
    """One page to look at.

    Attributes:
        folder: Where files go; empty, and there for this page alone.
        pdf: Whether to print it, too.
    """

    url: str
    folder: str
    pdf: bool = False
    limits: PageLimits = field(default_factory=PageLimits)


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer that the page got, as the browser reports it.

    Attributes:
        age_s: Seconds from its coming to the end of the visit.
        body: Name of the file with the body, content coding undone; None where the browser gives
            none.
        address: That was connected to; None behind a further proxy.
        protocol: As the browser calls it, such as `h2`; None where it does not say.
    """

    url: str
    age_s: float
    method: str
    asked: tuple[tuple[str, str], ...]
    status: int
    phrase: str
    headers: tuple[tuple[str, str], ...]
    body: str | None = None
    address: str | None = None
    protocol: str | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    """What became of one page.

    Attributes:
        error: Word of `archive.model.vocabulary.Outcome`, and why, where nothing could be shown.
        final_url: Where the page stood when it was kept.
        status: Of the answer to its own address.
        dom, screenshot, pdf: Names of files.
        cut: `dom` is the beginning of a larger page.
        limit: Which limit ended it before it was done; what was there is kept.
        refused: Hosts that were not reached, each with the guard's reason.
        browser: Name and version.
        size: Bytes over the network.
    """

    error: tuple[str, str] | None = None
    final_url: str | None = None
    status: int | None = None
    tls_verified: bool | None = None
    dom: str | None = None
    cut: bool = False
    screenshot: str | None = None
    pdf: str | None = None
    limit: str | None = None
    refused: tuple[tuple[str, str], ...] = ()
    browser: str = ""
    requests: int = 0
    size: int = 0
    answers: tuple[Answered, ...] = ()


def line_of(told: Began | VisitOrder | Visit) -> str:
    """One line of JSON."""
    return json.dumps(asdict(told)) + "\n"


def read_began(line: str) -> Began:
    """What `line_of` made of it."""
    fields = json.loads(line)
    return Began(**{**fields, "networks": tuple(fields["networks"])})


def order(line: str) -> VisitOrder:
    """What `line_of` made of it."""
    fields = json.loads(line)
    return VisitOrder(**{**fields, "limits": PageLimits(**fields["limits"])})


def visit(line: str) -> Visit:
    """What `line_of` made of it."""
    fields: dict[str, Any] = json.loads(line)
    error = fields["error"]
    answers = tuple(
        Answered(**{**one, "asked": _pairs(one["asked"]), "headers": _pairs(one["headers"])})
        for one in fields["answers"]
    )
    told = {
        "error": (error[0], error[1]) if error else None,
        "refused": _pairs(fields["refused"]),
        "answers": answers,
    }
    return Visit(**{**fields, **told})


def _pairs(lists: list[list[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((one[0], one[1]) for one in lists)
