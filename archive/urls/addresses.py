"""Which internet addresses may be fetched from: judged by number, never by name, without touching
the network.

`why_refused` judges one address; `Allowed` adds what the operator opened; `literal_host` reads
every form in which a URL can write an address (`0x7f.1`, `2130706433`, `[::ffff:7f00:1]`), so that
such a host is judged before anything is sent.
"""

from __future__ import annotations

import functools
import ipaddress
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from archive.errors import BadInputError

if TYPE_CHECKING:
    from collections.abc import Iterable

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

# Named first, so that the reason says more than "not global". Python's own `is_global` changes
# between patch releases (3.11.7 calls 2002::/16 and multicast global), so everything that IANA's
# special-purpose registries exclude stands here.
_REFUSED: tuple[tuple[str, str], ...] = (
    ("0.0.0.0/8", "this network (RFC 791)"),
    ("10.0.0.0/8", "private (RFC 1918)"),
    ("100.64.0.0/10", "carrier-grade NAT (RFC 6598)"),
    ("127.0.0.0/8", "loopback (RFC 1122)"),
    ("168.63.129.16/32", "Azure's host service, a public number that only a virtual machine sees"),
    ("169.254.0.0/16", "link-local, where clouds keep their metadata (RFC 3927)"),
    ("172.16.0.0/12", "private (RFC 1918)"),
    ("192.0.0.0/24", "protocol assignments (RFC 6890)"),
    ("192.0.2.0/24", "documentation (RFC 5737)"),
    ("192.88.99.0/24", "6to4 relay, withdrawn (RFC 7526)"),
    ("192.168.0.0/16", "private (RFC 1918)"),
    ("198.18.0.0/15", "benchmarking (RFC 2544)"),
    ("198.51.100.0/24", "documentation (RFC 5737)"),
    ("203.0.113.0/24", "documentation (RFC 5737)"),
    ("224.0.0.0/4", "multicast (RFC 5771)"),
    ("240.0.0.0/4", "reserved or broadcast (RFC 1112)"),
    ("::/128", "unspecified (RFC 4291)"),
    ("::1/128", "loopback (RFC 4291)"),
    ("64:ff9b:1::/48", "local NAT64 (RFC 8215)"),
    ("100::/64", "discard (RFC 6666)"),
    ("2001::/32", "Teredo, a tunnel (RFC 4380)"),
    ("2001::/23", "protocol assignments (RFC 2928)"),
    ("2001:db8::/32", "documentation (RFC 3849)"),
    ("2002::/16", "6to4, a tunnel (RFC 7526)"),
    ("3fff::/20", "documentation (RFC 9637)"),
    ("5f00::/16", "segment routing (RFC 9602)"),
    ("fc00::/7", "unique local (RFC 4193)"),
    ("fe80::/10", "link-local (RFC 4291)"),
    ("fec0::/10", "site-local, withdrawn (RFC 3879)"),
    ("ff00::/8", "multicast (RFC 4291)"),
)
_REFUSED_NETWORKS: tuple[tuple[Network, str], ...] = tuple(
    (ipaddress.ip_network(network), why) for network, why in _REFUSED
)

# All that IANA has given out for use on the internet; every other IPv6 address is reserved (RFC
# 4291, section 2.4).
_GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")

# Prefixes in front of an IPv4 address that the packet is really for, and where in the number it
# stands (bits from the right).
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_CARRIERS: tuple[tuple[ipaddress.IPv6Network, int, str], ...] = (
    (ipaddress.IPv6Network("::ffff:0:0/96"), 0, "IPv4-mapped"),
    (ipaddress.IPv6Network("::ffff:0:0:0/96"), 0, "IPv4-translated"),
    (ipaddress.IPv6Network("::/96"), 0, "IPv4-compatible"),
    (_NAT64, 0, "NAT64"),
    (ipaddress.IPv6Network("64:ff9b:1::/48"), 0, "local NAT64"),
    (ipaddress.IPv6Network("2002::/16"), 80, "6to4"),
)
_TEREDO = ipaddress.IPv6Network("2001::/32")

# Names that no public name server answers for, with the document that says so. Behind a proxy we
# never see the address.
_LOCAL_SUFFIXES = (
    ("localhost", "RFC 6761"),
    ("local", "RFC 6762"),
    ("internal", "ICANN 2024-07-29"),
    ("home.arpa", "RFC 8375"),
    ("onion", "RFC 7686"),
    ("alt", "RFC 9476"),
    # no registry gives them out, because so many networks use them inside (RFC 6762, appendix G)
    ("corp", "RFC 6762"),
    ("home", "RFC 6762"),
    ("intranet", "RFC 6762"),
    ("lan", "RFC 6762"),
    ("private", "RFC 6762"),
    # what /etc/hosts of many systems calls the machine itself
    ("localdomain", "hosts(5)"),
    ("localdomain4", "hosts(5)"),
    ("localdomain6", "hosts(5)"),
)

MAX_NAME = 253  # characters of a domain name (RFC 1035, section 2.3.4, without the root)

# Letters of any script: IDNA decides about them later. No colon, bracket, space or control: readers
# differ over those.
_NAME = re.compile(r"[\w.-]+")
_NUMBER = re.compile(r"0x[0-9a-f]*|[0-9]+", re.ASCII)


def why_refused(address: str) -> str | None:
    """Why nothing may be fetched from `address`, or None when it is public.

    Args:
        address: A literal as a socket gives it (`192.0.2.1`, `fe80::1%eth0`). What is none is
            refused.
    """
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return f"{address!r} is not an internet address"
    return _why(parsed)


def embedded(address: Address) -> tuple[Address, str] | None:
    """The IPv4 address that an IPv6 address carries, and how; None when it carries none."""
    if isinstance(address, ipaddress.IPv4Address):
        return None
    number = int(address)
    for network, shift, how in _CARRIERS:
        if address in network and number > 1:  # :: and ::1 are themselves
            return ipaddress.IPv4Address((number >> shift) & 0xFFFFFFFF), how
    if address in _TEREDO:  # the client's address stands inverted (RFC 4380, section 4)
        return ipaddress.IPv4Address(~number & 0xFFFFFFFF), "Teredo"
    return None


def _why(address: Address) -> str | None:
    carried = embedded(address)
    if carried is not None:
        inner = _why(carried[0])
        if inner is not None:
            return f"{address} is {carried[1]} for {inner}"
        if carried[1] in {"IPv4-mapped", "NAT64"}:
            # Both are how a public IPv4 address looks to a machine that has only IPv6.
            return None
    for network, why in _REFUSED_NETWORKS:
        if address in network:
            return f"{address} is {why}"
    if isinstance(address, ipaddress.IPv6Address) and address not in _GLOBAL_UNICAST:
        return f"{address} is outside the addresses given out for use (RFC 4291)"
    return None if address.is_global else f"{address} is not public"


@dataclass(frozen=True, slots=True)
class Allowed:
    """What may be reached: everything public, and the networks that the operator opened.

    Attributes:
        networks: From the setting `allow_networks`.
    """

    networks: tuple[Network, ...] = ()

    @classmethod
    def of(cls, texts: Iterable[str]) -> Allowed:
        """The networks that a setting lists, such as `10.0.0.0/8` or `127.0.0.1`.

        Raises:
            BadInputError: A text is no network, or has bits set beyond its mask (a typing error
                that would open too much).
        """
        networks: list[Network] = []
        for text in texts:
            try:
                networks.append(ipaddress.ip_network(text.strip()))
            except ValueError as error:
                raise BadInputError(
                    f"allow_networks: {text!r}: {error}; write it as 10.0.0.0/8"
                ) from error
        return cls(tuple(networks))

    def why_refused(self, address: str) -> str | None:
        """As the function of this name, unless `address` lies in an opened network.

        An IPv4-mapped address is the IPv4 address, and opened with it; a tunnel to it is another
        way, and is not.
        """
        try:
            parsed: Address = ipaddress.ip_address(address.partition("%")[0])
        except ValueError:
            return f"{address!r} is not an internet address"
        carried = embedded(parsed)
        if carried is not None and carried[1] == "IPv4-mapped":
            parsed = carried[0]
        if any(parsed in network for network in self.networks):
            return None
        return _why(parsed)

    def why_host_refused(self, host: str, *, proxied: bool = False) -> str | None:
        """Why a URL's host may not be asked for, as far as its text tells; None for a name that may
        be public.

        A name's address is judged when it is connected to. Names that are local by definition are
        refused here, because behind a proxy it is the proxy that connects.

        Args:
            host: As it stands in the URL, in any spelling.
            proxied: A proxy would look the name up. Its network is another than ours: what
                `networks` opens to us does not open the names of that one.
        """
        plain = plain_host(host)
        if not plain:
            return "the URL names no host"
        literal = literal_host(host)
        if literal is not None:
            return self.why_refused(str(literal))
        if len(plain) > MAX_NAME or not _NAME.fullmatch(plain) or _ends_in_number(plain):
            return f"{host[:MAX_NAME]!r} is neither a name nor an internet address"
        return None if self.networks and not proxied else _why_name_refused(plain)


def _why_name_refused(name: str) -> str | None:
    for suffix, source in _LOCAL_SUFFIXES:
        if name == suffix or name.endswith("." + suffix):
            return f"{name} is never a public name ({source})"
    return None if "." in name else f"{name} is not a public name: it has no dot"


@functools.lru_cache(maxsize=1_000)
def plain_host(host: str) -> str:
    """The host as it would be looked up: percent-decoded, full-width forms folded, lower case, no
    brackets, no dots at its end."""
    decoded = unquote(host.strip())
    # NFKC turns full-width digits into digits and U+FF0E into a dot; U+3002 and U+FF61 are dots in
    # IDNA (RFC 3490).
    folded = unicodedata.normalize("NFKC", decoded).replace("\u3002", ".").lower()
    if folded.startswith("[") and folded.endswith("]") and ":" in folded:
        folded = folded[1:-1]
    return folded.rstrip(".")


@functools.lru_cache(maxsize=1_000)
def literal_host(host: str) -> Address | None:
    """The address that a URL's host spells, or None when it is a name (or nothing that any reader
    accepts).

    Understands what `inet_aton` and browsers do: one to four numbers, decimal, octal (`0177`) or
    hexadecimal (`0x7f`), the last filling what is left; a trailing dot; full-width digits;
    percent-encoding; brackets; IPv6 zones.

    Source: WHATWG URL, "IPv4 parser" and "IPv6 parser"; RFC 6874 for zones.
    """
    plain = plain_host(host)
    if ":" in plain:
        try:
            return ipaddress.IPv6Address(plain.partition("%")[0])
        except ValueError:
            return None
    parts = plain.split(".")
    if not 1 <= len(parts) <= 4:
        return None
    numbers = [_number(part) for part in parts]
    if any(number is None for number in numbers):
        return None
    *firsts, last = (number for number in numbers if number is not None)
    room = 8 * (4 - len(firsts))
    if any(number > 255 for number in firsts) or last >= 1 << room:
        return None
    value = last
    for position, number in enumerate(firsts):
        value |= number << (24 - 8 * position)
    return ipaddress.IPv4Address(value)


def _number(part: str) -> int | None:
    """One part of a numeric IPv4 host."""
    if not _NUMBER.fullmatch(part):
        return None
    if part.startswith("0x"):
        return int(part[2:] or "0", 16)
    if len(part) > 1 and part.startswith("0"):
        return int(part, 8) if set(part) <= set("01234567") else None
    # Longer decimals are no address, and Python refuses to convert the longest of them.
    return int(part) if len(part) <= 10 else None


def _ends_in_number(plain: str) -> bool:
    """Whether the last label is numeric: then it is an address or nothing, as no top-level domain
    is a number."""
    return _NUMBER.fullmatch(plain.rpartition(".")[2]) is not None
