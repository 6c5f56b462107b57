"""One request behind the guard: what may not be asked is said, not fallen over."""

from __future__ import annotations

import pytest

from archive.urls.addresses import Allowed
from crawler.send_request import answer


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("http://127.0.0.1:9/digest", "loopback"),
        ("http://10.0.0.7/digest", "10.0.0.7"),
        ("file:///etc/hostname", "only http and https"),
        ("http://[::1", "Invalid IPv6"),
        ("", "only http and https"),
    ],
)
def test_an_address_that_may_not_be_asked_is_said_to_be_so(url: str, said: str) -> None:
    asked = {"url": url, "body": None, "content_type": "", "accept": "", "user_agent": ""}
    assert said in answer(asked, Allowed.of(()), {})["said"]
