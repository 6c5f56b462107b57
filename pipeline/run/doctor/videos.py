"""Whether yt-dlp is there where the configuration asks for it, and may do anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.run.doctor.finding import Finding, Severity
from pipeline.run.ytdlp import missing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.run.doctor.finding import Examined


def videos(asked: Examined) -> Iterator[Finding]:
    """Findings on yt-dlp; none where no host is named whose videos it should fetch."""
    hosts = asked.settings.ytdlp_hosts
    if not hosts:
        return
    named = ", ".join(hosts)
    without = missing()
    if without is not None:
        yield Finding(
            "yt-dlp", Severity.BAD, f"{without[0]}; videos of {named} are not fetched", without[1]
        )
    elif asked.settings.media != "videos":
        said = f"media is {asked.settings.media}, so that no video of {named} is fetched"
        yield Finding("yt-dlp", Severity.NOTE, said, "set media = videos, or take ytdlp_hosts out")
    else:
        yield Finding("yt-dlp", Severity.OK, f"for {named}")
