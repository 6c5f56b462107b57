"""What failed is said in plain language, whatever library named it."""

from __future__ import annotations

import pytest

from archive.show.evidence import outcome_told
from archive.show.failures import failure_told

INNER = "twisted.python.failure.Failure"


@pytest.mark.parametrize(
    ("marker", "told"),
    [
        ((f"DownloadFailedError: [<{INNER} twisted.internet.error.ConnectionLost: Connection to "
         "the other side was lost in a non-clean fashion: Connection lost.>]"),
         ("the connection was lost: Connection to the other side was lost in a non-clean fashion: "
         "Connection lost.")),
        ((f"robots.txt cannot be had: DownloadFailedError: [<{INNER} "
         "twisted.internet.error.ConnectionDone: Connection was closed cle"),
         ("robots.txt cannot be had: the other side closed the connection: Connection was closed "
         "cle")),
        ((f"DownloadFailedError: [<{INNER} twisted.web._newclient.ParseError: ('non-integer status "
         "code', b'220 mail.example ESMTP ready')>]"),
         ("the answer was none of a web server: non-integer status code: 220 mail.example ESMTP "
         "ready")),
        ("OpenSSL.SSL.Error: [('SSL routines', '', 'certificate verify failed')]",
         "certificate verify failed"),
        ("the proxy answered 502 ERR_DNS_FAIL 0", "the proxy found no such host"),
        ("the proxy answered 502 ERR_ODD_THING 7",
         "the proxy answered with an error (HTTP 502)"),
        ("some.library.VeryStrangeThingError: it broke", "very strange thing: it broke"),
        ("DownloadTimeoutError: Getting https://a.example/x took longer than 5.0 seconds.",
         "Getting https://a.example/x took longer than 5.0 seconds."),
        ("disconnect", "the connection ended before the page did"),
        ("too-large", ""),
        ("Page not found", "Page not found"),
        ("Retry-After: 3600", "Retry-After: 3600"),
        ("Channel with username @Was_Here not found", "Channel with username @Was_Here not found"),
        ("Видео удалено", "Видео удалено"),
        ("YouTube: this video is gone", "YouTube: this video is gone"),
        ("McDonalds Error", "McDonalds Error"),
    ],
)  # fmt: skip
def test_no_name_of_a_programs_part_is_left(marker: str, told: str) -> None:
    assert failure_told(marker) == told


def test_a_marker_that_says_nothing_more_leaves_no_colon() -> None:
    assert outcome_told("too-large", None, "too-large") == outcome_told("too-large")
