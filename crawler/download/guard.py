"""Nothing is fetched from an address that is not public: checked on the URL, and again on the
address connected to.

Two lines of defence. `crawler.middlewares.guard` (order **50**, first of all) refuses what the URL
itself shows, on every redirect hop, with a clear reason, also behind a proxy. The audit hook is the
last line: Python calls it for every `connect` of the process, whoever opens the socket and whatever
a name resolved to a moment ago, and it cannot be taken out again. So a name that changes its answer
between a check and the connection gains nothing: there is no earlier check.

`crawler.download.handler.DownloadHandler` turns the hook's refusal into `AddressRefused`.
"""

from __future__ import annotations

import logging
import socket
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from urllib.request import proxy_bypass

from archive.errors import ArchiveError, BadInputError
from crawler.download.refusals import AddressRefused, UnsupportedScheme

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from archive.urls.addresses import Allowed


logger = logging.getLogger(__name__)

# Of our own making, outside of what any system uses: Twisted keeps only this number of the error we
# raise.
REFUSED_ERRNO = 71_930

SCHEMES = ("http", "https")

# Ports on which something else than a web server listens. Source: WHATWG Fetch, "port blocking",
# which every browser follows, so no page that a person could cite stands there; and port 0, which
# is none.
# fmt: off
BAD_PORTS = frozenset({
    0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95,
    101, 102, 103, 104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179,
    389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601,
    636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566,
    6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
})
# fmt: on

# Tried by the self-test, the first that is forbidden. Loopback and documentation numbers (RFC
# 5737): nobody's.
_PROBES = ("127.0.0.2", "127.0.0.1", "192.0.2.1")
_DISCARD_PORT = 9  # RFC 863

_EVENTS = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})


class GuardNotLiveError(ArchiveError):
    """The guard does not stop a forbidden connection: nothing may be fetched."""


class ConnectForbiddenError(OSError):
    """Raised inside `connect` for a forbidden address; its errno is `REFUSED_ERRNO`."""

    def __init__(self, why: str) -> None:
        super().__init__(REFUSED_ERRNO, why)


@dataclass(frozen=True, slots=True)
class SocketGuard:
    """Which sockets may be connected.

    Attributes:
        allowed: The addresses that may be fetched from.
        proxies: Address and port of the operator's proxies, reachable whatever their address.
    """

    allowed: Allowed
    proxies: frozenset[tuple[str, int]] = field(default_factory=frozenset)

    def why_refused(self, family: int, address: Any) -> str | None:
        """Why a socket may not be connected to `address`, in the form its family has; None when it
        may."""
        if address is None or family == socket.AF_UNIX:
            # a datagram on a connected socket; a file of this machine, which no URL can name
            return None
        if family not in {socket.AF_INET, socket.AF_INET6} or not isinstance(address, tuple):
            return f"address family {family} is not used for fetching"
        if (address[0], address[1]) in self.proxies:
            return None
        # A name here would be resolved below us, after this check: so it is refused like any other
        # non-address.
        return self.allowed.why_refused(str(address[0]))


class _Hook:
    """The one guard of this process. An audit hook can be added, never removed: hence state of the
    class."""

    added = False
    guard: SocketGuard | None = None

    @staticmethod
    def audit(event: str, args: tuple[Any, ...]) -> None:
        """Called by Python for every audited event; cheap for those that are not ours."""
        if event not in _EVENTS or _Hook.guard is None:
            return
        opened, address = args
        why = _Hook.guard.why_refused(opened.family, address)
        if why is not None:
            raise ConnectForbiddenError(why)


def install(guard: SocketGuard | None) -> None:
    """Make `guard` the guard of this process, from now on and for every socket; None lifts it (for
    tests)."""
    if not _Hook.added:
        sys.addaudithook(_Hook.audit)
        _Hook.added = True
    _Hook.guard = guard


def prove_live(guard: SocketGuard) -> str:
    """Show that a forbidden address cannot be connected to; gives the address tried.

    Nothing is sent even if the guard were dead: connecting a datagram socket only notes the
    address.

    Raises:
        GuardNotLiveError: The connection was not stopped.
        BadInputError: The operator opened so much that nothing is forbidden.
    """
    probe = next((p for p in _PROBES if guard.allowed.why_refused(p) is not None), None)
    if probe is None:
        raise BadInputError(
            "allow_networks opens every address; name the networks of your own mirror only"
        )
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as opened:
        try:
            opened.connect((probe, _DISCARD_PORT))
        except OSError as error:
            if error.errno == REFUSED_ERRNO:
                return probe
            raise GuardNotLiveError(f"address guard: {probe} failed otherwise: {error}") from error
    raise GuardNotLiveError(f"address guard: a connection to {probe} was not stopped")


def stand_guard(allowed: Allowed, proxies: frozenset[tuple[str, int]]) -> None:
    """Guard this process from now on; nothing is fetched where that cannot be shown.

    Args:
        allowed: What may be reached.
        proxies: And these, as `proxy_addresses` gives them.

    Raises:
        GuardNotLiveError, BadInputError: As `prove_live`.
    """
    guard = SocketGuard(allowed, proxies)
    install(guard)
    prove_live(guard)


def proxy_addresses(proxies: Mapping[str, str]) -> frozenset[tuple[str, int]]:
    """Address and port of the proxies for http and https.

    A proxy's name is resolved once, here. One that cannot be is left out; it works all the same if
    it is public.

    Args:
        proxies: As `urllib.request.getproxies` gives them: `http_proxy`, `https_proxy` of the
            environment.
    """
    found: set[tuple[str, int]] = set()
    for scheme in SCHEMES:
        url = proxies.get(scheme)
        if not url:
            continue
        try:
            parts = urlsplit(url if "://" in url else f"http://{url}")
            port = parts.port or (443 if parts.scheme == "https" else 80)
            answers = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
        except (OSError, ValueError) as error:
            logger.warning("%s_proxy: %s; mend or unset it", scheme, error)
            continue
        found.update((str(answer[4][0]), port) for answer in answers)
    return frozenset(found)


def check_url(
    url: str,
    allowed: Allowed,
    proxies: Mapping[str, str] | None = None,
    is_bypassed: Callable[[str], bool] = proxy_bypass,
) -> None:
    """Refuse a URL for what it shows, before anything is looked up.

    Args:
        url: To be fetched.
        allowed: What may be reached.
        proxies: The operator's, by scheme; a name that is looked up by one of them must not be a
            local one.
        is_bypassed: Whether a host is asked without a proxy.

    Raises:
        UnsupportedScheme: Neither http nor https.
        AddressRefused: A host that is no public address or name, or a port of `BAD_PORTS`.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise AddressRefused(f"{url}: {error}") from error
    if parts.scheme not in SCHEMES:
        raise UnsupportedScheme(f"{url}: only http and https are fetched, not {parts.scheme!r}")
    shown = f"[{host}]" if host and ":" in host else host or ""
    proxied = parts.scheme in (proxies or {}) and not is_bypassed(host or "")
    why = allowed.why_host_refused(shown, proxied=proxied)
    if "\\" in parts.netloc:
        why = "a backslash before the path: readers differ over which host is meant"
    if why is None and port in BAD_PORTS:
        why = f"port {port} is not a web server's (WHATWG Fetch)"
    if why is not None:
        raise AddressRefused(f"{url}: {why}", evidence={"refused": why})


def without_userinfo(url: str) -> str:
    """The URL without `user:password@`; the same string when it has none."""
    parts = urlsplit(url)
    return (
        parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
        if "@" in parts.netloc
        else url
    )


def is_refusal(error: BaseException) -> bool:
    """Whether `error`, or what it came from, is the hook's."""
    link: BaseException | None = error
    while link is not None:
        # Twisted's ConnectError has the number as `osError`.
        if REFUSED_ERRNO in {getattr(link, "osError", None), getattr(link, "errno", None)}:
            return True
        link = link.__cause__
    return False
