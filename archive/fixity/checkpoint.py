"""Checkpoints of the ledger as signed notes (C2SP signed-note and tlog-checkpoint), with Ed25519
keys.

A checkpoint is a text that many tools read:

    isw-archive/5f1c02ab          whose ledger
    4711                          entries in it
    CsUY…=                        root of their tree

    — isw-archive/5f1c02ab Az3grl…
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import hashlib
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from archive.durable_writes import sync_folder, sync_written
from archive.errors import LedgerError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

NAME = "isw-archive"
_ED25519 = b"\x01"
_KEY_BYTES, _ID_BYTES, _ROOT_BYTES = 32, 4, 32
_SIGNED = "\u2014 "
_SECRET = "PRIVATE+KEY+"  # noqa: S105 - how a line with one begins
_MAX_SIZE = 2**63
_SHOWN = 100
"""Characters of what is no key that are repeated; a key of ours has some 80."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a checkpoint says.

    Attributes:
        origin: Whose ledger it is.
        size: Entries.
        root: Of the tree of these entries.
    """

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """What is signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


@dataclass(frozen=True, slots=True)
class Key:
    """A public key as `<name>+<id>+<key>`: checks signatures."""

    name: str
    public: bytes

    @property
    def id(self) -> bytes:
        """Tells keys of one name apart."""
        body = self.name.encode() + b"\n" + _ED25519 + self.public
        return hashlib.sha256(body).digest()[:_ID_BYTES]

    def __str__(self) -> str:
        """Its text form, a line without white space."""
        body = base64.b64encode(_ED25519 + self.public).decode()
        return f"{self.name}+{self.id.hex()}+{body}"

    @classmethod
    def parse(cls, text: str) -> Key:
        """The key that `str` gave.

        Raises:
            LedgerError: It is none.
        """
        name, _, rest = text.strip().partition("+")
        said, _, body = rest.partition("+")
        with contextlib.suppress(LedgerError):
            key = cls(name, _body(body))
            if name and key.id.hex() == said:
                return key
        raise LedgerError(
            f"{_short(text)!r} is no key of a ledger; that is one line, name+id+key, as "
            "isw-archive custody shows it"
        )

    def signed(self, text: str, signature: bytes) -> bool:
        """Whether this key signed the text."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, text.encode())
        except InvalidSignature:
            return False
        return True


class Signer:
    """A secret key."""

    def __init__(self, name: str, secret: bytes) -> None:
        """Take a key of 32 bytes."""
        self._secret = Ed25519PrivateKey.from_private_bytes(secret)
        self._bytes = secret
        self.key = Key(name, self._secret.public_key().public_bytes_raw())

    @classmethod
    def new(cls) -> Signer:
        """A key nobody else has, with a name made of it."""
        secret = Ed25519PrivateKey.generate().private_bytes_raw()
        public = Ed25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw()
        return cls(f"{NAME}/{hashlib.sha256(public).hexdigest()[:8]}", secret)

    @classmethod
    def load(cls, path: Path) -> Signer:
        """The key in a file that `keep` wrote.

        Raises:
            LedgerError: It holds none.
            OSError: It cannot be read.
        """
        text = path.read_text(encoding="utf-8", errors="replace")
        name, _, rest = text.removeprefix(_SECRET).partition("+")
        said, _, body = rest.partition("+")
        try:
            signer = cls(name, _body(body.removesuffix("\n")))
        except LedgerError:
            signer = None
        if signer is None or signer.text != text or signer.key.id.hex() != said:
            raise LedgerError(
                f"{path}: no key that signs a ledger; bring it back from a copy, or take it away: "
                "a new one is made then, and the ledger says so"
            )
        return signer

    def keep(self, path: Path) -> None:
        """Write it where only its owner can read it; never over another. The caller holds the
        archive's lock.

        Raises:
            OSError: There is one, or the disk does not take it.
        """
        if path.exists():
            raise FileExistsError(f"{path}: a key is there already")
        draft = path.with_name(f"{path.name}.new")
        draft.unlink(missing_ok=True)
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(self.text)
            sync_written(file)
        draft.replace(path)  # whole or not there, whatever moment the power fails
        sync_folder(path.parent)

    @property
    def text(self) -> str:
        """The secret key as it is kept: a line."""
        body = base64.b64encode(_ED25519 + self._bytes).decode()
        return f"{_SECRET}{self.key.name}+{self.key.id.hex()}+{body}\n"

    def sign(self, checkpoint: Checkpoint) -> str:
        """The signed note."""
        signature = self._secret.sign(checkpoint.text.encode())
        line = base64.b64encode(self.key.id + signature).decode()
        return f"{checkpoint.text}\n{_SIGNED}{self.key.name} {line}\n"


def _body(text: str) -> bytes:
    found = _base64(text)
    if len(found) != _KEY_BYTES + 1 or found[:1] != _ED25519:
        raise LedgerError("no Ed25519 key")  # not the text: this one may be secret
    return found[1:]


def _short(text: str) -> str:
    """The beginning of a text, enough to recognize it."""
    text = text.strip()
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _base64(text: str) -> bytes:
    """What it writes, or nothing: a text that says the same with other letters is another text."""
    try:
        found = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
    return found if base64.b64encode(found).decode() == text else b""


def open_checkpoint(note: str, keys: Iterable[Key]) -> Checkpoint:
    """What a signed checkpoint says.

    Args:
        note: The text.
        keys: Those believed; one of them must have signed it. Signatures of others are passed over.

    Raises:
        LedgerError: It is none, or none of the keys signed it.
    """
    text, _, signatures = note.partition("\n\n")
    text += "\n"
    if not signatures.endswith("\n"):
        raise LedgerError("the checkpoint is not whole: its last line has no end")
    lines = signatures.removesuffix("\n").split("\n")
    believed = {(key.name, key.id): key for key in keys}
    signed = [_signature(line) for line in lines]
    known = [(believed[one[:2]], one[2]) for one in signed if one[:2] in believed]
    if not known:
        raise LedgerError("the checkpoint was not signed by a key of this ledger")
    if not all(key.signed(text, signature) for key, signature in known):
        raise LedgerError("the checkpoint's signature does not hold")
    return _parsed(text)


def _signature(line: str) -> tuple[str, bytes, bytes]:
    if not line.startswith(_SIGNED):
        raise LedgerError("the checkpoint is not whole: a line that should be a signature is none")
    name, _, body = line.removeprefix(_SIGNED).partition(" ")
    found = _base64(body)
    if len(found) <= _ID_BYTES:
        raise LedgerError("the checkpoint is not whole: a signature cannot be read")
    return name, found[:_ID_BYTES], found[_ID_BYTES:]


def _parsed(text: str) -> Checkpoint:
    origin, size, root, *more = [*text.removesuffix("\n").split("\n"), "", ""]
    found = Checkpoint(origin, int(size) if _is_size(size) else -1, _base64(root))
    if found.text != text or len(found.root) != _ROOT_BYTES or not origin or any(more):
        raise LedgerError("the checkpoint is not one of a ledger of this program")
    return found


def _is_size(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < len(str(_MAX_SIZE))
