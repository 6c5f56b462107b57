"""Headers of Bitcoin's blocks, as whoever verifies has them from elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.util import find_spec

from archive.errors import BadInputError
from archive.model.times import format_time

HEADER_BYTES = 80
MISSING = "OpenTimestamps needs the extra: pip install 'isw-archive[ots]'"


def installed() -> bool:
    """Whether the extra is there."""
    return find_spec("opentimestamps") is not None


@dataclass(frozen=True, slots=True)
class Header:
    """A block's header, as the asker has it from elsewhere.

    Attributes:
        root: Merkle root of its transactions.
        time: Its miner's, ISO 8601.
        hash: The block's, as explorers write it.
    """

    root: bytes
    time: str
    hash: str


def headers(raw: bytes) -> dict[int, Header]:
    """Block headers by height, as the asker has them: a line each, `HEIGHT HEADER` with the 80
    bytes in hex, as `bitcoin-cli getblockheader HASH false` prints them.

    Raises:
        BadInputError: A line is none, or a header does not have its own proof of work.
    """
    if not installed():
        raise BadInputError(f"--block-headers: {MISSING}")
    found: dict[int, Header] = {}
    for number, line in enumerate(raw.decode("utf-8", "replace").splitlines(), 1):
        words = line.partition("#")[0].split()
        if words:
            try:
                height, text = words
                found[_height(height)] = _header(bytes.fromhex(text))
            except ValueError as error:
                form = "HEIGHT and the header's 80 bytes in hex"
                said = f"--block-headers: line {number} is not {form}: {error}"
                raise BadInputError(said) from error
    if not found:
        raise BadInputError("--block-headers: the file has no header")
    return found


def _height(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise ValueError(f"{text[:20]!r} is no block's height")
    return int(text)


def _header(raw: bytes) -> Header:
    from bitcoin.core import CBlockHeader, b2lx
    from bitcoin.core.serialize import uint256_from_compact, uint256_from_str

    if len(raw) != HEADER_BYTES:
        raise ValueError(f"a header of {len(raw)} bytes")
    read = CBlockHeader.deserialize(raw)
    name = read.GetHash()
    if uint256_from_str(name) > uint256_from_compact(read.nBits):
        raise ValueError("damaged or made up: the header lacks the work that it names")
    moment = format_time(datetime.fromtimestamp(read.nTime, UTC))
    return Header(read.hashMerkleRoot, moment, b2lx(name))
