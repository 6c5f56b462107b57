"""A timestamp authority of our own on loopback: openssl signs, with certificates made here."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

CONFIG = """
[tsa]
default_tsa = ours
[ours]
serial = {folder}/serial
default_policy = 1.2.3.4.1
signer_digest = sha256
digests = sha256
ess_cert_id_alg = sha256
"""
KEY = ec.SECP256R1()


class Authority:
    """What signs.

    Attributes:
        root: Path of its root certificate, PEM.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.folder, self.root = folder, folder / "root.pem"
        (folder / "serial").write_text("01\n")
        (folder / "ts.cnf").write_text(CONFIG.format(folder=folder))
        root_key, key = ec.generate_private_key(KEY), ec.generate_private_key(KEY)
        root = _certificate("root", root_key, "root", root_key, is_root=True)
        leaf = _certificate("authority", key, "root", root_key, is_root=False)
        self.root.write_bytes(root.public_bytes(serialization.Encoding.PEM))
        (folder / "leaf.pem").write_bytes(leaf.public_bytes(serialization.Encoding.PEM))
        (folder / "leaf.key").write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )

    def answer(self, query: bytes) -> bytes:
        """The answer to a request."""
        asked, out = self.folder / "query", self.folder / "reply"
        asked.write_bytes(query)
        subprocess.run(
            [
                "openssl", "ts", "-reply", "-queryfile", asked, "-inkey", self.folder / "leaf.key",
                "-signer", self.folder / "leaf.pem", "-config", self.folder / "ts.cnf", "-out", out,
            ],
            check=True,
            capture_output=True,
        )  # fmt: skip
        return out.read_bytes()


def _certificate(
    name: str,
    key: ec.EllipticCurvePrivateKey,
    issuer: str,
    signer: ec.EllipticCurvePrivateKey,
    *,
    is_root: bool,
) -> x509.Certificate:
    now = datetime.now(UTC)
    usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
    made = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=365))
        .add_extension(x509.BasicConstraints(is_root, None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    if not is_root:
        made = made.add_extension(usage, critical=True)
    return made.sign(signer, hashes.SHA256())


class Server(ThreadingHTTPServer):
    """Answers requests; `spoil` may change an answer, or the request before it is answered.

    Attributes:
        agents: Who asked.
    """

    def __init__(self, authority: Authority) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.authority = authority
        self.mode = ""
        self.agents: list[str] = []
        self.old: bytes = b""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/tsr"


class _Handler(BaseHTTPRequestHandler):
    server: Server

    def log_message(self, *_: object) -> None:
        pass

    def do_POST(self) -> None:
        query = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.agents.append(self.headers["User-Agent"])
        status, body = 200, b""
        match self.server.mode:
            case "down":
                status = 503
            case "nonsense":
                body = b"<html>welcome</html>"
            case "replay":
                body = self.server.old
            case "large":
                body = b"0" * 1_000_001
            case _:
                body = self.server.old = self.server.authority.answer(query)
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def served(authority: Authority) -> Iterator[Server]:
    server = Server(authority)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
