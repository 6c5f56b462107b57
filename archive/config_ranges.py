"""Between which values the numbers of the settings lie."""

from __future__ import annotations

UNBOUNDED = 10**15
"""More than any setting can mean; keeps what is counted within 64 bits."""

RANGES: dict[str, tuple[float, float]] = {
    "concurrency": (1, 1_000),  # open connections; the usual limit of open files is 1,024
    "timeout_s": (0.1, 86_400),
    "host_delay_s": (0, 86_400),
    "report_host_delay_s": (0, 86_400),
    "extract_timeout_s": (0.1, 86_400),
    "max_bytes": (1_000, 2**31 - 1),
    "extract_max_bytes": (0, 2**31 - 1),
    "warc_max_bytes": (1_000, UNBOUNDED),
    "max_redirects": (0, 100),
    "retries": (0, 100),
    "workers": (0, 512),
    "backfill_days": (0, 36_500),
    "cited_reports_per_run": (0, 10_000_000),
    "checks_per_day": (0, 10_000_000),
    "checks_per_host_per_day": (0, 10_000_000),
    "job_hours": (0.01, 8_760),
    "media_max_bytes": (1_000, 2**31 - 1),
    "ytdlp_video_s": (5, 86_400),
    "ytdlp_videos_per_run": (0, 1_000_000),
    "browser_page_s": (5, 3_600),
    "browser_page_requests": (1, 100_000),
    "browser_page_bytes": (1_000, 2**31 - 1),
    "browser_pages_per_run": (0, 1_000_000),
}
"""By setting the least and the most; of others, from 0 to `UNBOUNDED`."""

LEAST_IF_ANY = {"job_memory_mb": 200}
"""The least of a limit that may also be 0, for none: with less Python has no room to begin in."""
