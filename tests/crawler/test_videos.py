"""Videos by yt-dlp, without it: which file is taken, what failures are, what a record says."""

from __future__ import annotations

from typing import Any

import pytest

from archive.model.fetch import FetchContext
from archive.model.player import PlayerNote, unsigned
from archive.model.vocabulary import Kind, Outcome, Via
from crawler.browser.page_traffic import PageLimits, PageTraffic
from crawler.videos.choice import NoFileError, chosen
from crawler.videos.failures import cleaned, failure, is_ours
from crawler.videos.keeping import MOST_REFUSED, note_of
from crawler.videos.order import VideoOrder, VideoResult, got, line_of, order
from crawler.videos.running import VideoAttempt


def offered(name: str, **changes: Any) -> dict[str, Any]:
    base = {"format_id": name, "protocol": "https", "vcodec": "avc1", "acodec": "mp4a"}
    return {**base, "height": 360, **changes}


@pytest.mark.parametrize(
    ("formats", "taken"),
    [
        ([offered("a"), offered("b", height=720), offered("c", height=2160)], "b"),
        ([offered("a", height=1080), offered("b", height=2160)], "a"),
        ([offered("a", height=720, acodec="none"), offered("b")], "b"),
        ([offered("a", height=720, acodec="none"), offered("b", vcodec="none")], "a"),
        ([offered("a", protocol="m3u8_native", height=720), offered("b")], "b"),
        ([offered("a", protocol="m3u8_native"), offered("b", protocol="http_dash_segments")], "a"),
        ([offered("a", height=720, filesize=2_000), offered("b", filesize_approx=900)], "b"),
        ([offered("a", vcodec=None, acodec=None, height=None)], "a"),
        ([offered("a", has_drm=True), offered("b", height=144)], "b"),
    ],
)
def test_one_file_with_sound_of_a_usual_size_is_taken(
    formats: list[dict[str, Any]], taken: str
) -> None:
    assert chosen(formats, 1_000)["format_id"] == taken


@pytest.mark.parametrize(
    ("formats", "is_large"),
    [
        ([], False),
        ([offered("a", vcodec="none")], False),
        ([offered("a", protocol="rtmp")], False),
        ([offered("a", filesize=5_000), offered("b", filesize_approx=5_000)], True),
    ],
)
def test_where_no_file_can_be_taken_it_is_said_why(
    formats: list[dict[str, Any]], is_large: bool
) -> None:
    with pytest.raises(NoFileError) as raised:
        chosen(formats, 1_000)
    assert raised.value.is_large == is_large


SAID = "ERROR: [youtube] aRiver00001: {}"


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ("Private video. Sign in if you've been granted access to this video", "login-wall"),
        ("Sign in to confirm your age. This video may be inappropriate", "login-wall"),
        ("Sign in to confirm you’re not a bot. Use --cookies for it", "challenge"),
        ("This live event is for channel members-only", "login-wall"),
        ("The uploader has not made this video available in your country", "forbidden"),
        ("This video is DRM protected", "forbidden"),
        ("Video unavailable. This video has been removed by the uploader", "gone"),
        ("This video is no longer available because the account has been terminated", "gone"),
        ("Unable to download webpage: HTTP Error 404: Not Found", "gone"),
        ("Unable to download API page: HTTP Error 404: Not Found", "unsupported"),
        ("unable to download video data: HTTP Error 403: Forbidden", "forbidden"),
        ("Unable to download API page: HTTP Error 429: Too Many Requests", "rate-limited"),
        ("HTTP Error 503: Service Unavailable", "server-error"),
        ("Unable to download webpage: The read operation timed out", "timeout"),
        ("[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed", "tls-failure"),
        ("Unable to extract player version", "unsupported"),
        ("Unsupported URL: https://www.youtube.com/", "unsupported"),
        ("", "unsupported"),
    ],
)
def test_what_yt_dlp_says_is_an_outcome_with_its_words(said: str, outcome: str) -> None:
    found, why = failure(VideoResult(error=SAID.format(said)), PageTraffic(PageLimits()))
    assert found == outcome
    assert why.startswith("yt-dlp: ")


def traffic(**changes: Any) -> PageTraffic:
    made = PageTraffic(PageLimits(), is_trusted=True)
    for name, value in changes.items():
        setattr(made, name, value)
    return made


CUT = VideoResult(error="('Unable to connect to proxy', RemoteDisconnected('Remote end closed'))")


@pytest.mark.parametrize(
    ("seen", "told", "outcome"),
    [
        (traffic(refused={"10.0.0.1:80": "private"}), CUT, Outcome.ADDRESS_REFUSED),
        (traffic(over="more than 9 seconds"), VideoResult(error="it did not end"), Outcome.TIMEOUT),
        (traffic(over="more than 9 bytes"), CUT, Outcome.TOO_LARGE),
        (traffic(failed=[(Outcome.DNS_FAILURE, "a.example: no address")]), CUT, "dns-failure"),
        (
            traffic(failed=[(Outcome.DNS_FAILURE, "ad.example: no address")]),
            VideoResult(error="Private video"),
            Outcome.LOGIN_WALL,
        ),
        (traffic(refused={"ad.example:80": "x"}), VideoResult(error="Private video"), "login-wall"),
        (traffic(), VideoResult(error="no file", is_large=True), Outcome.TOO_LARGE),
        (traffic(), CUT, Outcome.CONNECTION_FAILURE),
        (traffic(), VideoResult(), Outcome.UNSUPPORTED),
    ],
)
def test_our_limits_and_the_guard_come_before_its_words(
    seen: PageTraffic, told: VideoResult, outcome: Outcome | str
) -> None:
    assert failure(told, seen)[0] == outcome


@pytest.mark.parametrize(
    ("said", "ours"),
    [("[Errno 28] No space left on device", True), ("HTTP Error 404", False), (None, False)],
)
def test_a_full_disk_says_nothing_of_a_video(said: str | None, *, ours: bool) -> None:
    assert is_ours(VideoResult(error=said)) == ours


def test_a_message_is_one_line_without_addresses_and_advice() -> None:
    said = (
        "ERROR: \r[download] Got error: no https://a.example/x?sig=1 \x1b[0;31mthere\x1b[0m "
        "(caused by X()); please report this issue on  https://a.example/ , filling out\nit"
    )
    assert cleaned(said) == "Got error: no … there"


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        (
            "https://rr3.googlevideo.com/videoplayback?expire=17&ip=192.0.2.7&id=o-A&itag=18&sig=AB",
            "https://rr3.googlevideo.com/videoplayback?id=o-A&itag=18",
        ),
        (
            "https://skyfire.vimeocdn.com/exp=1~acl=%2Fa~hmac=0f/a/b.mp4",
            "https://skyfire.vimeocdn.com/…/a/b.mp4",
        ),
        ("https://u:p@a.example:8080/weir.mp4?token=x", "https://a.example:8080/weir.mp4"),
        (f"https://a.example/{'a1' * 40}/x.mp4", "https://a.example/…/x.mp4"),
        ("file:///etc/passwd", None),
        ("http://[", None),
    ],
)
def test_where_a_file_came_from_is_kept_without_what_signs_it(url: str, kept: str | None) -> None:
    assert unsigned(url) == kept


def test_lines_between_the_processes_come_back_as_they_were() -> None:
    asked = VideoOrder("https://a.example/", "there", 8080, 1_000, 60.0, "isw-archive/1")
    assert order(line_of(asked)) == asked
    told = VideoResult(file="video.mp4", program="yt-dlp/1", duration_s=1.5)
    assert got(line_of(told)) == told


@pytest.mark.parametrize("line", ["", "{", "[]", '{"what": 1}'])
def test_a_line_that_is_none_of_ours_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        got(line)


def test_a_record_says_how_the_video_came_and_no_secret() -> None:
    refused = {f"10.0.0.{n}:80": "private" for n in range(MOST_REFUSED + 5)}
    seen = traffic(refused=refused, connections=3, size=700)
    told = VideoResult(
        file="v.mp4", program="yt-dlp/1", format_id="18", url="https://a.example/v?sig=x"
    )
    note = note_of(VideoAttempt(told, seen))
    assert (note.origin, note.connections, len(note.refused)) == (
        "https://a.example/v", 3, MOST_REFUSED,
    )  # fmt: skip
    context = FetchContext(1, Kind.MEDIA, "urn:video:https://a.example/", Via.YTDLP, player=note)
    assert FetchContext.from_json(context.to_json()) == context
    assert PlayerNote.from_json({**note.to_json(), "newer": 1}) == note


async def test_what_a_trusted_program_asks_for_is_not_waited_for() -> None:
    assert await traffic().knows("a.example:80")
