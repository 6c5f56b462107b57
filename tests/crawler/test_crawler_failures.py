"""Exceptions become outcomes."""

from __future__ import annotations

import pytest
from OpenSSL.SSL import Error as TlsError
from scrapy import exceptions as scrapy_errors
from scrapy.core.downloader.handlers.http11 import TunnelError
from twisted.internet import error as twisted_errors
from twisted.python.failure import Failure
from twisted.web.client import ResponseFailed

from archive.model.vocabulary import Outcome
from crawler.download.failures import (
    MAX_TEXT,
    BadRedirectError,
    RedirectLoopError,
    classify,
    describe,
)
from crawler.download.proxies import ProxyError, ProxyLoginError, proxy_failure
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
    (caused(scrapy_errors.DownloadFailedError("x"), ResponseFailed([Failure(TlsError("x"))])),
        Outcome.TLS_FAILURE),
    (scrapy_errors.UnsupportedURLSchemeError("x"), Outcome.UNSUPPORTED),
    (scrapy_errors.NotSupported("x"), Outcome.UNSUPPORTED),
    (RedirectLoopError("x"), Outcome.REDIRECT_LOOP),
    (BadRedirectError("x"), Outcome.UNSUPPORTED),
    (TunnelError("Could not open CONNECT tunnel [{'status': 502}]"), Outcome.CONNECTION_FAILURE),
    (TunnelError("… [{'status': 503, 'reason': b'DNS name resolution failed'}]"),
        Outcome.DNS_FAILURE),
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
    failure = proxied(status, X_Squid_Error=said)
    assert isinstance(failure, ProxyError)
    assert failure.outcome is outcome


@pytest.mark.parametrize(
    ("status", "headers", "outcome"),
    [
        (502, {}, Outcome.CONNECTION_FAILURE),
        (503, {}, Outcome.CONNECTION_FAILURE),
        (504, {}, Outcome.TIMEOUT),
        (500, {"Server": "tinyproxy/1.11.1"}, Outcome.CONNECTION_FAILURE),
        (502, {"Server": "mitmproxy 10.1", "Via": "1.1 x"}, Outcome.CONNECTION_FAILURE),
        (504, {"Proxy-Status": "px; error=connection_timeout", "Via": "1.1 px"}, Outcome.TIMEOUT),
    ],
)
def test_what_a_proxy_says_in_the_place_of_a_site_is_no_answer_of_it(
    status: int, headers: dict[str, str], outcome: Outcome
) -> None:
    failure = proxied(status, **headers)
    assert isinstance(failure, ProxyError)
    assert failure.outcome is outcome


@pytest.mark.parametrize(
    ("status", "headers", "tunnelled"),
    [
        (502, {}, True),
        (407, {}, True),
        (502, {"Via": "1.1 proxy"}, False),
        (503, {"Retry-After": "30"}, False),
        (500, {}, False),
        (403, {"X-Squid-Error": "ERR_ACCESS_DENIED 0"}, False),
        (200, {"Server": "squid"}, False),
    ],
)
def test_a_site_behind_a_proxy_answers_for_itself(
    status: int, headers: dict[str, str], tunnelled: bool
) -> None:
    assert proxied(status, tunnelled=tunnelled, **headers) is None


def test_a_proxy_that_wants_a_login_is_named_without_its_password() -> None:
    failure = proxied(407)
    assert isinstance(failure, ProxyLoginError)
    assert "127.0.0.2:3128" in str(failure)
    assert "secret" not in str(failure)


def proxied(status: int, *, tunnelled: bool = False, **headers: str) -> Exception | None:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    proxy = "http://me:secret@127.0.0.2:3128"
    return proxy_failure(status, named, tunnelled=tunnelled, proxy=proxy)
