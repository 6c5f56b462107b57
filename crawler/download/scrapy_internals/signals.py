"""Scrapy's signals, of which it sends ten for each request, whether anybody hears them or not."""

from __future__ import annotations

from typing import Any

from scrapy.signalmanager import SignalManager


class Signals(SignalManager):
    """Sends only what somebody was ever connected to: to look for receivers takes as long as to
    tell them."""

    def __init__(self, sender: Any) -> None:
        super().__init__(sender)
        self._heard: set[Any] = set()

    def connect(self, receiver: Any, signal: Any, **kwargs: Any) -> None:
        """As Scrapy's."""
        self._heard.add(signal)
        super().connect(receiver, signal, **kwargs)

    def send_catch_log(self, signal: Any, **kwargs: Any) -> list[tuple[Any, Any]]:
        """As Scrapy's."""
        return super().send_catch_log(signal, **kwargs) if signal in self._heard else []
