"""Why a fetch gave no response, in the words of the archive: an exception becomes an `Outcome` and
one line of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from OpenSSL.SSL import Error as TlsError
from scrapy import exceptions as scrapy_errors
from twisted.internet import error as twisted_errors

from archive.errors import ArchiveError
from archive.model.vocabulary import Outcome
from crawler.download.scrapy_internals.client import TunnelError

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_TEXT = 500  # characters of an error's text kept; some libraries put whole requests into it


class CannotKeepError(ArchiveError):
    """The WARC or the database cannot be written. Nothing more may be fetched."""


class BadTargetError(Exception):
    """A URL that cannot be requested: another scheme, or no address at all."""

    outcome = Outcome.UNSUPPORTED


class PrivateAddressError(BadTargetError):
    """An address that a platform opens to members only; asking would tell nothing."""

    outcome = Outcome.LOGIN_WALL


class RedirectLoopError(scrapy_errors.IgnoreRequest):
    """A redirect leads to an address of the same chain, or the chain is too long."""

    outcome = Outcome.REDIRECT_LOOP


class BadRedirectError(scrapy_errors.IgnoreRequest):
    """A redirect leads to something that is no address."""

    outcome = Outcome.UNSUPPORTED


# Most telling first: the first class that fits an exception, or anything in its chain, decides.
_CLASSES: tuple[tuple[Outcome, tuple[type[BaseException], ...]], ...] = (
    (Outcome.TLS_FAILURE, (TlsError, twisted_errors.VerifyError)),
    (
        Outcome.DNS_FAILURE,
        (scrapy_errors.CannotResolveHostError, twisted_errors.DNSLookupError, UnicodeError),
    ),
    (
        Outcome.TIMEOUT,
        (scrapy_errors.DownloadTimeoutError, twisted_errors.TimeoutError, TimeoutError),
    ),
    (
        Outcome.UNSUPPORTED,
        (scrapy_errors.UnsupportedURLSchemeError, scrapy_errors.NotSupported),
    ),
)

_DNS_WORDS = ("ERR_DNS_FAIL", "dns", "name resolution", "could not resolve", "unknown host")


def classify(error: BaseException) -> tuple[Outcome, str]:
    """The outcome that `error` stands for, and its text.

    Our own middlewares raise exceptions with an `outcome`; what Scrapy and Twisted raise is told by
    class, and a connection that broke in a way nobody named is a connection failure.
    """
    text = describe(error)
    chain = list(_chain(error))
    for link in chain:
        outcome = getattr(link, "outcome", None)
        if isinstance(outcome, Outcome):
            return outcome, text
    for outcome, classes in _CLASSES:
        if any(isinstance(link, classes) for link in chain):
            return outcome, text
    if isinstance(error, TunnelError) and any(word in text for word in _DNS_WORDS):
        return Outcome.DNS_FAILURE, text
    return Outcome.CONNECTION_FAILURE, text


def describe(error: BaseException) -> str:
    """One line: what it says, after its class unless it is one of ours, which speak for
    themselves."""
    said = " ".join(str(error).split())
    if said and isinstance(getattr(error, "outcome", None), Outcome):
        return said[:MAX_TEXT]
    return f"{type(error).__name__}: {said}"[:MAX_TEXT] if said else type(error).__name__


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The exception, its causes, and the reasons that Twisted packs into a failed response."""
    todo: list[BaseException | None] = [error]
    seen: set[int] = set()
    while todo:
        link = todo.pop(0)
        if link is None or id(link) in seen:
            continue
        seen.add(id(link))
        yield link
        todo.append(link.__cause__)
        reasons = getattr(link, "reasons", None) or ()
        todo.extend(getattr(reason, "value", None) for reason in reasons)
