"""A way over loopback that can be cut, as a cable is."""

from __future__ import annotations

import contextlib
import socket
import threading
import time


class Cable:
    """Connections to its port go on to another one, while it is whole.

    Attributes:
        port: Where it begins.
    """

    def __init__(self, to: int) -> None:
        self._to = to
        self._open: set[socket.socket] = set()
        self._whole_at = 0.0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self, seconds: float) -> None:
        """End what is open; whoever comes within this time is turned away."""
        self._whole_at = time.monotonic() + seconds
        for one in list(self._open):
            _end(one)

    def close(self) -> None:
        """End it."""
        _end(self._listener)
        self.cut(0)

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                threading.Thread(target=self._join, args=(near,), daemon=True).start()

    def _join(self, near: socket.socket) -> None:
        try:
            if time.monotonic() < self._whole_at:
                return
            with socket.create_connection(("127.0.0.1", self._to), timeout=5) as far:
                far.settimeout(None)
                self._open |= {near, far}
                back = threading.Thread(target=_carry, args=(far, near), daemon=True)
                back.start()
                _carry(near, far)
                back.join()
                self._open -= {near, far}
        except OSError:
            pass
        finally:
            _end(near)


def _carry(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while block := source.recv(65_536):
            target.sendall(block)
    _end(source)
    _end(target)


def _end(one: socket.socket) -> None:
    with contextlib.suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    with contextlib.suppress(OSError):
        one.close()
