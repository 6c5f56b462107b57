"""Certificates: verified where that can be, kept and flagged where it cannot; over the real
engine."""

from __future__ import annotations

import ssl
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import trustme
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from OpenSSL import SSL

from archive.fixity.certificates import told_of
from archive.warc.certificates import Shown, der_of
from crawler.download.tls import CertificateInvalidError, verification_problem
from tests.fetching import Server, crawl, pages, read_request, reply

LONG_AGO = datetime(2001, 1, 1, tzinfo=UTC)
FAR_OFF = datetime(2099, 1, 1, tzinfo=UTC)


def _subject(certificate: str) -> str:
    told = told_of(Shown("", der_of(certificate)))
    return str(told["subject"])


def served_by(leaf: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    leaf.configure_cert(context)
    return context


def self_signed(host: str) -> ssl.SSLContext:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(LONG_AGO)
        .not_valid_after(FAR_OFF)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    private = key.private_bytes(
        pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    with trustme.Blob(private + made.public_bytes(pem)).tempfile() as path:
        context.load_cert_chain(path)
    return context


def old_version() -> ssl.SSLContext:
    """A server that speaks nothing newer than TLS 1.1."""
    context = self_signed("old.example")
    context.set_ciphers("ALL:@SECLEVEL=0")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # the very reason for this test
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = ssl.TLSVersion.TLSv1_1
    return context


@contextmanager
def web() -> Iterator[tuple[dict[str, Server], trustme.CA]]:
    """Servers by what is wrong with their certificate."""
    ours, strangers = trustme.CA(), trustme.CA()
    past = {"not_before": LONG_AGO, "not_after": LONG_AGO + timedelta(days=90)}
    contexts = {
        "good": served_by(ours.issue_cert("good.example")),
        "expired": served_by(ours.issue_cert("expired.example", **past)),
        "wrong": served_by(ours.issue_cert("another.example")),
        "stranger": served_by(strangers.issue_cert("stranger.example")),
        "self": self_signed("self.example"),
        "old": old_version(),
        "literal": served_by(ours.issue_cert("127.0.0.1")),
    }
    with ExitStack() as stack:
        table = {"/": b"page", "/robots.txt": (404, b"")}
        servers = {
            name: stack.enter_context(Server(pages(table), tls=context).running())
            for name, context in contexts.items()
        }
        yield servers, ours


@pytest.fixture(scope="module")
def ended() -> Iterator[dict[str, Any]]:
    """One crawl over all of them."""
    with web() as (servers, authority), authority.cert_pem.tempfile() as trusted:
        plain = Server(pages({"/": b"page"}))
        with plain.running():
            urls = [
                {"url": f"https://{name}.example:{server.port}/", "as": name}
                for name, server in servers.items()
                if name != "literal"
            ]
            urls += [
                {"url": f"https://127.0.0.1:{servers['literal'].port}/", "as": "literal"},
                {"url": f"https://127.0.0.1:{servers['good'].port}/", "as": "by number"},
                {"url": f"http://127.0.0.1:{plain.port}/", "as": "plain"},
            ]
            names = {f"{name}.example": ["127.0.0.1"] for name in servers}
            found = crawl(urls, names=names, environ={"SSL_CERT_FILE": trusted})
        found["asked"] = {name: server.paths() for name, server in servers.items()}
        yield found


@pytest.mark.parametrize("name", ["good", "literal"])
def test_a_good_certificate_is_verified(ended: dict[str, Any], name: str) -> None:
    assert ended[name]["status"] == 200
    assert ended[name]["meta"]["isw_tls_verified"] is True
    assert "isw_tls_problem" not in ended[name]["meta"]


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("expired", "certificate has expired"),
        ("wrong", "certificate is for another host"),
        ("stranger", "unknown issuer"),
        ("self", "self-signed certificate"),
        ("by number", "certificate is for another host"),
        ("old", "TLS:"),
    ],
)
def test_a_page_that_cannot_be_verified_is_kept_and_flagged(
    ended: dict[str, Any], name: str, problem: str
) -> None:
    assert ended[name]["status"] == 200
    assert ended[name]["head"] == "page"
    assert ended[name]["meta"]["isw_tls_verified"] is False
    assert problem in ended[name]["meta"]["isw_tls_problem"]


@pytest.mark.parametrize(("name", "subject"), [("self", "CN=self.example"), ("good", "trustme")])
def test_the_servers_certificates_are_kept_whether_they_are_good_or_not(
    ended: dict[str, Any], name: str, subject: str
) -> None:
    shown = ended[name]["meta"]["isw_connection"]
    assert subject in _subject(shown["certificates"][0])
    assert shown["cipher"]
    assert shown["protocol"].startswith("TLSv1")
    assert shown["sent_at"]


def test_without_tls_nothing_is_said_of_it(ended: dict[str, Any]) -> None:
    assert ended["plain"]["status"] == 200
    assert "isw_tls_verified" not in ended["plain"]["meta"]
    assert ended["plain"]["meta"]["isw_connection"]["certificates"] == []


def test_nothing_is_asked_over_a_connection_that_failed_verification(ended: dict[str, Any]) -> None:
    # robots.txt and the page, each asked once: the first try ended before a request was sent.
    assert ended["asked"]["expired"] == ["/robots.txt", "/"]


def test_no_warning_and_no_traceback_reaches_the_log(ended: dict[str, Any]) -> None:
    assert "Traceback" not in ended["log"]["text"]


def test_a_tunnel_through_the_proxy_is_verified_alike() -> None:
    def tunnel(connection: Any, asked: Any) -> None:
        if asked.method != "CONNECT":
            reply(connection, 404)
            return
        name = asked.target.partition(".")[0]
        connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        with contexts[name].wrap_socket(connection, server_side=True) as inner:
            inside = read_request(inner)
            if inside is not None:
                reply(inner, 404 if inside.path == "/robots.txt" else 200, b"page")

    authority = trustme.CA()
    contexts = {
        "good": served_by(authority.issue_cert("good.example")),
        "wrong": served_by(authority.issue_cert("another.example")),
    }
    proxy = Server(tunnel, host="127.0.0.2")
    with proxy.running(), authority.cert_pem.tempfile() as trusted:
        environ = {"https_proxy": f"http://127.0.0.2:{proxy.port}", "SSL_CERT_FILE": trusted}
        ended = crawl(["https://good.example/", "https://wrong.example/"], environ=environ)
    assert ended["https://good.example/"]["meta"]["isw_tls_verified"] is True
    assert ended["https://wrong.example/"]["meta"]["isw_tls_verified"] is False
    assert ended["https://wrong.example/"]["head"] == "page"
    for name in ("good", "wrong"):
        shown = ended[f"https://{name}.example/"]["meta"]["isw_connection"]
        assert _subject(shown["certificates"][0])


def test_what_is_no_matter_of_tls_is_no_verification_problem() -> None:
    assert verification_problem(ConnectionResetError("reset")) is None
    assert verification_problem(SSL.SysCallError(104, "reset")) is None
    wrapped = RuntimeError()
    wrapped.__cause__ = CertificateInvalidError("h: certificate has expired")
    assert verification_problem(wrapped) == "h: certificate has expired"
    assert verification_problem(SSL.Error([("SSL", "", "no protocol")])) == "TLS: no protocol"
    assert verification_problem(SSL.Error()) == "TLS: handshake failed"
