"""What Telegram's widget calls `data-view`: the number of a channel, in JSON in base64."""

from __future__ import annotations

import base64
import hashlib
import json

_LEAST, _SPAN = 1_000_000_000, 2_000_000_000
"""Numbers of channels have ten digits."""


def channel_number(channel: str) -> int:
    """The number of a channel of ours, the same however its name is written."""
    digest = hashlib.sha256(channel.lower().encode()).digest()
    return _LEAST + int.from_bytes(digest[:8], "big") % _SPAN


def data_view(channel: str, number: object) -> str:
    """As the widget has it: channel (negative, as chats are), post, a time, a hash; no padding."""
    told = {
        "c": -channel_number(channel),
        "p": int(str(number)),
        "t": _LEAST + int(str(number)),  # the widget's is the time of the page
        "h": hashlib.sha256(f"{channel}/{number}".encode()).hexdigest()[:18],
    }
    words = json.dumps(told, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(words).decode().rstrip("=")
