"""Signed dossiers: both forms of wacz-auth, and everything that must not pass for one."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from archive import clock
from archive.config import Settings
from archive.db.database import open_readonly
from archive.dossier.check_signature import Demand
from archive.dossier.make import dossier
from archive.dossier.package import DIGEST, NOTES, PACKAGE, as_json
from archive.dossier.sign import Signing, is_signed_by, signing
from archive.dossier.stamps import asked_of
from archive.dossier.writing import write
from archive.errors import BadInputError
from archive.folder import DataFolder
from archive.model.times import format_time
from archive.web.serve import make_datasette
from pipeline.run.jobs.sending import send_timestamp_request
from tests.dossier_samples import (
    REPORT,
    faults,
    files_of,
    findings,
    forged,
    make_archive,
    make_dossier,
    put,
)
from tests.saved import run

Key = ec.EllipticCurvePrivateKey
Made = tuple[x509.Certificate, Key]
DOMAIN = "archive.example.org"


def guarded(url: str, query: bytes) -> bytes | str:
    """As the command sends it; loopback is allowed."""
    return send_timestamp_request(url, query, Settings(allow_networks=("127.0.0.0/8",)))


def key_file(path: Path, key: Key) -> Path:
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return path


def new_key() -> Key:
    return ec.generate_private_key(ec.SECP384R1())


def certificate(name: str, above: Made | None = None, *, stamps: bool = False) -> Made:
    """A certificate by the one above, or a root."""
    key, now = new_key(), datetime.now(UTC)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    issuer, signer = (above[0].subject, above[1]) if above else (subject, key)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(x509.BasicConstraints(ca=above is None, path_length=None), critical=True)
    )
    if stamps:
        usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        builder = builder.add_extension(usage, critical=True)
        signs = x509.KeyUsage(*(True, *(False,) * 8))
        builder = builder.add_extension(signs, critical=True)
    return builder.sign(signer, hashes.SHA256()), key


def pem(*made: Made) -> str:
    return "".join(c.public_bytes(serialization.Encoding.PEM).decode() for c, _ in made)


# --- an authority ---------------------------------------------------------------------------------

CONFIG = """
[tsa]
default_tsa = one
[one]
serial = serial
default_policy = 1.2.3.4.1
digests = sha256, sha384, sha512
signer_digest = sha256
ess_cert_id_alg = sha256
"""


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path, Made]]:
    """A time-stamping authority on loopback: its address, its certificates, its root."""
    if shutil.which("openssl") is None:
        pytest.skip("no openssl")
    home = tmp_path_factory.mktemp("tsa")
    root = certificate("Stamps Root")
    own = certificate("Stamps", root, stamps=True)
    key_file(home / "key.pem", own[1])
    (home / "own.pem").write_text(pem(own))
    (home / "chain.pem").write_text(pem(own, root))
    (home / "tsa.cnf").write_text(CONFIG)
    (home / "serial").write_text("01")

    class Authority(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            query = self.rfile.read(int(self.headers["content-length"]))
            (home / "query").write_bytes(query)
            done = subprocess.run(
                ["openssl", "ts", "-reply", "-queryfile", "query", "-config", "tsa.cnf",
                 "-signer", "own.pem", "-inkey", "key.pem"],
                cwd=home, capture_output=True, check=True,
            )  # fmt: skip
            self.send_response(200)
            self.end_headers()
            self.wfile.write(done.stdout)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Authority)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/", home / "chain.pem", root
    server.shutdown()
    thread.join()
    server.server_close()


# --- dossiers -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> DataFolder:
    return make_archive(tmp_path_factory.mktemp("signed") / "data")


@pytest.fixture(scope="module")
def secret() -> Key:
    return new_key()


@pytest.fixture(scope="module")
def kept(folder: DataFolder, secret: Key) -> Path:
    """Signed with a key alone."""
    target = folder.root.parent / "kept.wacz"
    return make_dossier(folder, target, signing=Signing(secret))


@pytest.fixture(scope="module")
def domain_root() -> Made:
    return certificate("Domains Root")


@pytest.fixture(scope="module")
def named(folder: DataFolder, domain_root: Made, authority: tuple[str, Path, Made]) -> Path:
    """Signed with a certificate, and stamped."""
    home = folder.root.parent
    own = certificate(DOMAIN, domain_root)
    (home / "domain.pem").write_text(pem(own, domain_root))
    key = key_file(home / "domain.key", own[1])
    by = signing(key, home / "domain.pem", asked_of(*authority[:2], guarded))
    db = open_readonly(folder.database)
    made = dossier(db, folder, REPORT, created=format_time(clock.now()), signing=by)
    db.close()
    with (home / "named.wacz").open("wb") as file:
        write(made, file)
    return home / "named.wacz"


def test_a_right_anonymous_signature_passes_and_names_its_key(kept: Path, secret: Key) -> None:
    found = findings(kept, Demand(signed=True, key=secret.public_key()))
    assert found.faults == []
    signed = json.loads(files_of(kept)[DIGEST])["signedData"]
    assert any(signed["publicKey"] in note for note in found.notes)
    assert len(base64.b64decode(signed["signature"])) == 96, "as browsers have it: r and s"


def test_the_same_archive_and_key_give_the_same_signed_bytes(
    folder: DataFolder, kept: Path, secret: Key, tmp_path: Path
) -> None:
    again = make_dossier(folder, tmp_path / "b.wacz", signing=Signing(secret))
    assert again.read_bytes() == kept.read_bytes()


def test_a_right_certificate_and_timestamp_pass(
    named: Path, domain_root: Made, authority: tuple[str, Path, Made]
) -> None:
    roots = (domain_root[0], authority[2][0])
    found = findings(named, Demand(signed=True, roots=roots))
    assert found.faults == []
    assert any(f"signed by {DOMAIN}, stamped 2" in note for note in found.notes)
    assert findings(named, Demand(signed=True)).faults == []


def test_certificates_that_lead_to_no_given_root_are_a_fault(
    named: Path, domain_root: Made
) -> None:
    other = certificate("Other Root")
    assert "not among those given" in " ".join(faults(named, Demand(roots=(other[0],))))
    assert "not among those given" in " ".join(faults(named, Demand(roots=(domain_root[0],))))


def test_another_tool_reads_a_signature_either_way_written(secret: Key) -> None:
    der = base64.b64encode(secret.sign(b"sha256:00", ec.ECDSA(hashes.SHA256()))).decode()
    assert is_signed_by(secret.public_key(), der, "sha256:00")
    assert not is_signed_by(secret.public_key(), der, "sha256:01")
    assert not is_signed_by(secret.public_key(), "no base64", "sha256:00")


# --- what must not pass ---------------------------------------------------------------------------


def resigned(path: Path, target: Path, change: Any) -> Path:
    """A dossier with other words beside its digest."""
    files = files_of(path)
    digest = json.loads(files[DIGEST])
    change(digest)
    return put(target, {**files, DIGEST: as_json(digest)})


def _other_key(digest: dict[str, Any]) -> None:
    digest["signedData"] = Signing(new_key()).signed(b"", digest["signedData"]["created"])
    key = new_key()
    der = key.sign(digest["hash"].encode(), ec.ECDSA(hashes.SHA256()))
    public = key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    digest["signedData"] |= {
        "hash": digest["hash"],
        "signature": base64.b64encode(der).decode(),
        "publicKey": base64.b64encode(public).decode(),
    }


def _set(**members: Any):
    return lambda digest: digest["signedData"].update(members)


ANONYMOUS = {
    "stripped": lambda digest: digest.pop("signedData"),
    "nothing": lambda digest: digest.update(signedData=None),
    "a word": lambda digest: digest.update(signedData="signed"),
    "empty": lambda digest: digest.update(signedData={}),
    "re-signed with another key": _other_key,
    "another signature": _set(signature=base64.b64encode(bytes(96)).decode()),
    "no base64": _set(signature="?"),
    "no key": _set(publicKey="AAAA"),
    "another hash": _set(hash="sha256:" + "0" * 64),
    "another time": _set(created="2020-01-01T00:00:00Z"),
    "a member of neither form": _set(trusted="yes"),
    "a member less": lambda digest: digest["signedData"].pop("version"),
    "both forms": _set(domain=DOMAIN, domainCert="x", timeSignature="x", timestampCert="x"),
    "a number": _set(version=1),
}


@pytest.mark.parametrize("attack", ANONYMOUS)
def test_a_forged_anonymous_signature_is_found(
    kept: Path, secret: Key, tmp_path: Path, attack: str
) -> None:
    target = resigned(kept, tmp_path / "a.wacz", ANONYMOUS[attack])
    found = faults(target, Demand(signed=True, key=secret.public_key()))
    assert any(one.startswith(DIGEST) for one in found)


NAMED = {
    "another domain": _set(domain="elsewhere.example"),
    "no timestamp": lambda digest: digest["signedData"].pop("timeSignature"),
    "an empty timestamp": _set(timeSignature=""),
    "a timestamp of something else": _set(signature="AAAA"),
    "a certificate of its own": _set(domainCert=pem(certificate(DOMAIN))),
    "no certificate": _set(domainCert="-----"),
    "an authority of its own": _set(timestampCert=pem(certificate("Stamps", stamps=True))),
    "a chain that does not hold": _set(
        domainCert=pem(certificate(DOMAIN), certificate("Domains Root"))
    ),
    "a cross-signed certificate of another key": _set(crossSignedCert=pem(certificate(DOMAIN))),
    "anonymous instead": _other_key,
}


@pytest.mark.parametrize("attack", NAMED)
def test_a_forged_signature_with_certificates_is_found(
    named: Path,
    domain_root: Made,
    authority: tuple[str, Path, Made],
    tmp_path: Path,
    attack: str,
) -> None:
    target = resigned(named, tmp_path / "a.wacz", NAMED[attack])
    demand = Demand(signed=True, roots=(domain_root[0], authority[2][0]))
    assert any(one.startswith(DIGEST) for one in faults(target, demand))


def test_what_was_signed_and_packed_again_is_found(kept: Path, tmp_path: Path) -> None:
    target = forged(kept, tmp_path / "a.wacz", lambda f: f.update({NOTES: b"<p>other words"}))
    assert f"swapped: the signature is on another {PACKAGE}" in " ".join(faults(target))


def test_an_unsigned_dossier_passes_only_where_no_signature_is_demanded(
    folder: DataFolder, tmp_path: Path
) -> None:
    plain = make_dossier(folder, tmp_path / "a.wacz")
    assert faults(plain) == []
    assert faults(plain, Demand(signed=True)) == [
        f"{DIGEST}: not signed, and a signature was demanded"
    ]


def test_a_key_that_is_none_or_of_another_certificate_signs_nothing(tmp_path: Path) -> None:
    (tmp_path / "no.pem").write_text("nothing")
    with pytest.raises(BadInputError, match="no secret key"):
        signing(tmp_path / "no.pem")
    key = key_file(tmp_path / "key.pem", new_key())
    (tmp_path / "cert.pem").write_text(pem(certificate(DOMAIN)))
    with pytest.raises(BadInputError, match="not that of the key"):
        signing(key, tmp_path / "cert.pem")


def test_the_command_line_signs_demands_and_says_what_is_wrong(
    folder: DataFolder, secret: Key, tmp_path: Path
) -> None:
    key, data, target = key_file(tmp_path / "k.pem", secret), folder.root, tmp_path / "a.wacz"
    told = ("export", REPORT, "--format", "wacz", "--output", target)
    assert run(data, *told, "--sign-key", key).exit_code == 0
    public = json.loads(files_of(target)[DIGEST])["signedData"]["publicKey"]
    assert run(tmp_path / "none", "verify", "--deep", "--key", public, target).exit_code == 0
    assert run(data, *told).exit_code == 0
    assert run(data, "verify", target).exit_code == 0
    for demand in (("--require-signature",), ("--key", public)):
        result = run(data, "verify", *demand, target)
        assert result.exit_code == 1
        assert (
            "! datapackage-digest.json: not signed, and a signature was demanded" in result.stdout
        )
    assert run(data, *told, "--certificate", key).exit_code == 2
    assert run(data, "export", REPORT, "--sign-key", key).exit_code == 2
    assert run(data, "verify", "--require-signature").exit_code == 2


def test_a_key_of_the_settings_signs_without_being_named(
    folder: DataFolder, secret: Key, tmp_path: Path
) -> None:
    key, target = key_file(tmp_path / "key.pem", secret), tmp_path / "a.wacz"
    words = ("export", REPORT, "--format", "wacz", "--output", target)
    assert run(folder.root, *words, ISW_ARCHIVE_SIGN_KEY=str(key)).exit_code == 0
    assert faults(target, Demand(True, secret.public_key())) == []
    other = key_file(tmp_path / "other.pem", new_key())
    named = run(folder.root, *words, "--sign-key", other, ISW_ARCHIVE_SIGN_KEY=str(key))
    assert named.exit_code == 0
    assert faults(target, Demand(True, secret.public_key())) != []
    lost = run(folder.root, *words, ISW_ARCHIVE_SIGN_KEY=str(tmp_path / "none.pem"))
    assert lost.exit_code == 2
    assert "none.pem: No such file" in lost.stderr


async def test_a_page_gives_the_signed_dossier_where_the_server_has_a_key(
    folder: DataFolder, secret: Key, tmp_path: Path
) -> None:
    served = make_datasette(folder, signing=signing(key_file(tmp_path / "key.pem", secret)))
    answer = await served.client.get(f"/-/report/{REPORT}/dossier.wacz")
    (tmp_path / "a.wacz").write_bytes(answer.content)
    assert faults(tmp_path / "a.wacz", Demand(True, secret.public_key())) == []
    shown = (await served.client.get("/-/metadata.json")).text
    assert "key.pem" not in shown
