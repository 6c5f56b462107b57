"""Exceptions become outcomes."""

from __future__ import annotations

import pytest
from OpenSSL.SSL import Error as TlsError
from scrapy import exceptions as scrapy_errors
from scrapy.core.downloader.handlers.http11 import TunnelError
from twisted.internet import error as twisted_errors
from twisted.python.failure import Failure
from twisted.web.client import ResponseFailed

from archive.model.records import Outcome
from crawler.download.failures import (
    MAX_TEXT,
    BadRedirectError,
    RedirectLoopError,
    classify,
    describe,
    proxy_failure,
)
from crawler.download.refusals import AddressRefused, HostDown, RobotsDisallowed


def caused(error: Exception, cause: BaseException) -> Exception:
    error.__cause__ = cause
    return error


CASES = [
    (scrapy_errors.CannotResolveHostError("x"), Outcome.DNS_FAILURE),
    (twisted_errors.DNSLookupError("x"), Outcome.DNS_FAILURE),
    (UnicodeError("label too long"), Outcome.DNS_FAILURE),
    (scrapy_errors.DownloadTimeoutError("x"), Outcome.TIMEOUT),
    (TimeoutError("x"), Outcome.TIMEOUT),
    (scrapy_errors.DownloadConnectionRefusedError("x"), Outcome.CONNECTION_FAILURE),
    (scrapy_errors.DownloadFailedError("x"), Outcome.CONNECTION_FAILURE),
    (TlsError([("SSL", "", "certificate verify failed")]), Outcome.TLS_FAILURE),
    (caused(scrapy_errors.DownloadFailedError("x"), ResponseFailed([Failure(TlsError("x"))])), Outcome.TLS_FAILURE),
    (scrapy_errors.UnsupportedURLSchemeError("x"), Outcome.UNSUPPORTED),
    (scrapy_errors.NotSupported("x"), Outcome.UNSUPPORTED),
    (RedirectLoopError("x"), Outcome.REDIRECT_LOOP),
    (BadRedirectError("x"), Outcome.UNSUPPORTED),
    (TunnelError("Could not open CONNECT tunnel [{'status': 502}]"), Outcome.CONNECTION_FAILURE),
    (TunnelError("… [{'status': 503, 'reason': b'DNS name resolution failed'}]"), Outcome.DNS_FAILURE),
    (AddressRefused("x"), Outcome.ADDRESS_REFUSED),
    (HostDown("x"), Outcome.CONNECTION_FAILURE),
    (RobotsDisallowed("x", outcome=Outcome.TIMEOUT), Outcome.TIMEOUT),
    (RuntimeError("nobody thought of this"), Outcome.CONNECTION_FAILURE),
]  # fmt: skip


@pytest.mark.parametrize(("error", "outcome"), CASES, ids=lambda value: type(value).__name__)
def test_each_failure_has_its_outcome(error: Exception, outcome: Outcome) -> None:
    assert classify(error)[0] is outcome


def test_a_ring_of_causes_ends() -> None:
    first, second = RuntimeError("a"), RuntimeError("b")
    first.__cause__, second.__cause__ = second, first
    assert classify(first)[0] is Outcome.CONNECTION_FAILURE


def test_foreign_errors_are_told_with_their_class_and_ours_without() -> None:
    assert describe(ValueError("two\n lines")) == "ValueError: two lines"
    assert describe(ValueError()) == "ValueError"
    assert describe(HostDown("a.example is down")) == "a.example is down"
    assert len(describe(ValueError("x" * 9999))) == MAX_TEXT


@pytest.mark.parametrize(
    ("status", "said", "outcome"),
    [
        (502, "ERR_DNS_FAIL 0", Outcome.DNS_FAILURE),
        (502, "ERR_CONNECT_FAIL 111", Outcome.CONNECTION_FAILURE),
        (504, "ERR_READ_TIMEOUT 0", Outcome.TIMEOUT),
        (504, "", Outcome.TIMEOUT),
        (503, "ERR_SECURE_CONNECT_FAIL 1", Outcome.TLS_FAILURE),
    ],
)
def test_a_proxy_says_why_it_could_not(status: int, said: str, outcome: Outcome) -> None:
    failure = proxy_failure(status, said)
    assert failure is not None
    assert failure.outcome is outcome


def test_a_site_behind_a_proxy_answers_for_itself() -> None:
    assert proxy_failure(502, None) is None
    assert proxy_failure(403, "ERR_ACCESS_DENIED 0") is None
