"""Settings: one frozen record, from defaults, then `isw-archive.toml`, then `ISW_ARCHIVE_<NAME>` in
the environment."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, get_type_hints

from archive import SOFTWARE
from archive.advice import error_with_advice
from archive.config_values import value_of
from archive.errors import BadInputError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

CONFIG_NAME = "isw-archive.toml"
ENV_PREFIX = "ISW_ARCHIVE_"

TABLES = frozenset({"browser", "ytdlp"})
"""Tables that the file may have: `[browser]` with `hosts` is `browser_hosts`."""


def setting(default: Any, text: str) -> Any:
    """A field with its line of documentation, which docs/reference.md repeats."""
    return field(default=default, metadata={"doc": text})


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting, with its default and its line in docs/reference.md."""

    contact: str | None = setting(
        None, "URL or mail address put in the user agent. Live collecting asks for it."
    )
    concurrency: int = setting(16, "Requests under way at once, over all hosts.")
    host_delay_s: float = setting(
        2.0, "Seconds between two requests to one registered domain; robots.txt may ask for more."
    )
    report_host_delay_s: float = setting(
        10.0, "The same for ISW and CTP: ISW's robots.txt once asked for 10 seconds."
    )
    timeout_s: float = setting(60.0, "Seconds for one request, from connecting to its last byte.")
    max_bytes: int = setting(30_000_000, "Largest body kept, as sent and as unpacked.")
    max_redirects: int = setting(
        10, "Redirects followed for one capture (RFC 9309 asks for 5 at least)."
    )
    slow_host_wait_s: float = setting(
        60.0,
        "Seconds a run waits for hosts that are busy or do not answer when nothing else is left; "
        "the rest is due in the next run.",
    )
    retries: int = setting(2, "Further tries in the same run after a passing failure.")
    workers: int = setting(0, "Processes that parse and extract; 0: one a core.")
    extract_timeout_s: float = setting(
        30.0,
        "Seconds for the text of one page, without those in which a busy machine has no core for "
        "it; its worker is ended then.",
    )
    extract_max_bytes: int = setting(
        1_000_000,
        "Pages with more than this, scripts and styles taken out, "
        "give their paragraphs as they stand.",
    )
    warc_max_bytes: int = setting(
        1_000_000_000, "A WARC file is closed at this size (the usual 1 GB)."
    )
    allow_networks: tuple[str, ...] = setting(
        (),
        "Networks reachable although not public, "
        "e.g. 10.0.0.0/8 for an intranet mirror. Keep empty.",
    )
    wayback: str = setting(
        "https://web.archive.org",
        "The Wayback asked when a site refuses us or a cited page is lost; empty: none.",
    )
    backfill_days: int = setting(30, "How far back a first collect goes when --since names no day.")
    cited_reports_per_run: int = setting(
        200,
        "Reports from before --since, or before backfill_days, that one collect captures because "
        "others cite them; the rest wait for the next run. At a request every 10 seconds half an "
        "hour.",
    )
    checks_per_day: int = setting(
        5_000, "Checks of sources in a day; 20,000 sources at a look a week need 3,000."
    )
    checks_per_host_per_day: int = setting(
        2_000,
        "The same for one registered domain: at a request every 2 seconds a little over an hour.",
    )
    early_looks: str = setting(
        "on",
        "on or off: posts on Telegram and X are looked at again 1, 6 and 24 hours after their "
        "first capture; at most half of the checks above are these.",
    )
    context_per_day: int = setting(
        300,
        "Posts a day (UTC) captured because a cited post answers, quotes or forwards them; what "
        "these refer to is not followed; 0: none.",
    )
    mementos_per_day: int = setting(
        1_000,
        "Sources a day about which the Wayback is asked in turn, though their pages are there "
        "(half an hour); 0: none. Lost pages are asked about beside these.",
    )
    submit_per_day: int = setting(
        0,
        "Cited pages a day that are handed to the Wayback to be saved; 0: none. Needs "
        "ISW_ARCHIVE_SPN_ACCESS_KEY and ISW_ARCHIVE_SPN_SECRET_KEY in the environment.",
    )
    daily_at: str = setting(
        "",
        "When the daemon collects, HH:MM in UTC, repeated every 6 hours; empty: when each "
        "publisher publishes, in New York's time.",
    )
    job_hours: float = setting(
        5.0,
        "Hours that one job of the daemon may take; it is ended then, and what it wrote is kept.",
    )
    job_memory_mb: int = setting(
        4_000, "Memory of each process of such a job, in millions of bytes; 0: no limit."
    )
    fixity_bytes_per_day: int = setting(
        20_000_000_000,
        "Bytes of WARC files that the daily fixity round reads, those looked at longest ago first; "
        "two minutes of a disk that gives 200 MB/s; 0: no rounds.",
    )
    backup_to: str = setting(
        "",
        "Where the daemon makes a copy of the archive each night: a folder, or s3://bucket/prefix; "
        "empty: nowhere.",
    )
    backup_keep: int = setting(
        0,
        "How many of these copies stay, each whole and by its date; 0: one, brought up to date.",
    )
    timestamp_authorities: str = setting(
        "",
        "Addresses of timestamp authorities (RFC 3161), divided by blanks, that are asked each day "
        "for a timestamp of the ledger's newest checkpoint; empty: none.",
    )
    timestamp_calendars: str = setting(
        "",
        "Addresses of calendars (OpenTimestamps, extra ots), divided by blanks, that are asked "
        "each day to have the ledger's newest checkpoint proven in Bitcoin; empty: none.",
    )
    sign_key: str = setting(
        "",
        "File with a secret elliptic key (PEM) that signs every dossier, those of pages, too; "
        "export --sign-key names another; empty: they are not signed.",
    )
    queue: str = setting(
        "",
        "Where PostgreSQL keeps a cluster's queue, in libpq's words or as a URL, without password "
        "(PGPASSWORD); empty: one machine.",
    )
    depot: str = setting(
        "",
        "Where a cluster's workers hand their WARC files over: a folder that all see, or "
        "s3://bucket/prefix.",
    )
    max_bytes_per_day: int = setting(
        0,
        "Bytes of WARC files a day (UTC), "
        "after which a run fetches nothing more and leaves the rest due; 0: no limit.",
    )
    max_bytes_per_host_per_day: int = setting(
        0,
        "The same for what reports cite of one registered domain; the rest of that domain is due "
        "the next day, or taken at once by recrawl; 0: no limit.",
    )
    max_bytes_in_all: int = setting(
        0, "Bytes of all WARC files, after which nothing more is fetched; 0: no limit."
    )
    media: str = setting(
        "none",
        "What is fetched of what cited pages show: none, pictures (and the stills of videos), or "
        "videos (and sounds and files, too).",
    )
    media_max_bytes: int = setting(
        30_000_000, "Largest picture, video or file of a page; never more than max_bytes."
    )
    media_bytes_per_day: int = setting(
        2_000_000_000,
        "Bytes of WARC files a day (UTC) for what pages show: some 13,000 pictures; the rest is "
        "due the next day; 0: no limit.",
    )
    media_bytes_per_host_per_day: int = setting(
        1_000_000_000, "The same for one registered domain; 0: no limit."
    )
    media_bytes_in_all: int = setting(
        0, "Bytes of WARC files in all for what pages show; 0: no limit."
    )
    ytdlp_hosts: tuple[str, ...] = setting(
        (),
        "Hosts whose videos yt-dlp fetches where only a player has them, each with its subdomains, "
        "e.g. youtube.com vimeo.com; with media = videos alone. Needs the extra videos.",
    )
    ytdlp_video_s: float = setting(600.0, "Seconds for one such video.")
    ytdlp_videos_per_run: int = setting(
        20, "Such videos that one collect fetches; the rest is for the next."
    )
    browser_hosts: tuple[str, ...] = setting(
        (),
        "Hosts whose pages show little without scripts, each with its subdomains: a browser looks "
        "at what reports cite there, after the plain capture. Needs the extra browser, and "
        "Chromium.",
    )
    browser_pdf: bool = setting(False, "Whether the browser prints each page as a PDF, too.")
    browser_sandbox: bool = setting(
        True,
        "Whether Chromium keeps pages in the system's sandbox. It cannot as root, nor in some "
        "containers: then nothing is looked at unless this is false.",
    )
    browser_page_s: float = setting(60.0, "Seconds for one page in the browser.")
    browser_page_requests: int = setting(400, "Requests that one page may make there.")
    browser_page_bytes: int = setting(
        60_000_000, "Bytes that one page may take there, over the network and unpacked."
    )
    browser_pages_per_run: int = setting(
        50, "Pages that one collect looks at in the browser; the rest is for the next."
    )
    alarm_networks: tuple[str, ...] = setting(
        (),
        "Networks that notices of alarms may go to although they are not public, "
        "e.g. 127.0.0.0/8 for a mail server here.",
    )

    publishers: str = setting(
        "",
        "Folder with files of further publishers (docs/add-a-publisher.md), from the "
        "configuration's folder on.",
    )

    @property
    def user_agent(self) -> str:
        """The user agent: who asks, and how to reach them."""
        contact = f" (+{self.contact})" if self.contact else ""
        return f"{SOFTWARE}{contact}"

    def changed(self) -> dict[str, str]:
        """The settings that are not their default, as texts; they go into the ledger and into
        warcinfo."""
        given = {one.name: (getattr(self, one.name), one.default) for one in fields(self)}
        return {name: str(value) for name, (value, default) in given.items() if value != default}


def has_example(contact: str) -> bool:
    """Whether a contact was copied from our guides: nobody can be reached by it."""
    return "your.organisation" in contact


def lacks_contact(settings: Settings) -> str | None:
    """Why a site's operator could reach nobody; None: somebody can be reached."""
    if settings.contact is None:
        return "no contact is set"
    if has_example(settings.contact):
        return f"contact {settings.contact} is our guides' example"
    return None


def require_contact(settings: Settings, command: str) -> None:
    """Refuse what asks other people's servers while nobody could be reached about it.

    Args:
        settings: As they are.
        command: Who is refused, for the message.

    Raises:
        BadInputError: No contact is set, or no real one.
    """
    if lack := lacks_contact(settings):
        raise BadInputError(
            f"{command}: {lack}, so that a site's operator could not reach you; "
            f"nothing was fetched; set contact (a URL or mail address) in {CONFIG_NAME}, which "
            f"isw-archive init writes, or {ENV_PREFIX}CONTACT"
        )


def _toml_of(path: Path) -> dict[str, Any]:
    try:
        # an editor of Windows puts a mark before the first line
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise BadInputError(f"configuration {path}: {error_with_advice(error)}") from error
    except (ValueError, RecursionError) as error:
        # what is no TOML, and what Python does not read: numbers of thousands of digits
        raise BadInputError(f"configuration {path}: {error}; mend or remove it") from error


def load(
    data: Path, config: Path | None = None, environ: Mapping[str, str] = os.environ
) -> Settings:
    """The settings for the data folder `data`.

    Args:
        data: The data folder; `isw-archive.toml` beside it is read where it exists.
        config: A file to read instead.
        environ: Where `ISW_ARCHIVE_<NAME>` is looked up.

    Raises:
        BadInputError: An unreadable file, an unknown name, a value of the wrong type.
    """
    path = config or data.absolute().parent / CONFIG_NAME
    given: dict[str, Any] = {}
    if config is not None or path.exists():
        if path.exists() and not path.is_file():
            raise BadInputError(
                f"configuration {path}: it is no file; move it away, or name another"
            )
        given = _toml_of(path)
    hints = get_type_hints(Settings)
    known = {f.name for f in fields(Settings)}
    given = _flat(given)
    for name in given:
        if name not in known:
            raise BadInputError(
                f"configuration {path}: unknown setting {name!r}; docs/reference.md lists them"
            )
    values = {name: value_of(str(path), name, value, hints[name]) for name, value in given.items()}
    for name in known:
        text = environ.get(ENV_PREFIX + name.upper())
        if text is not None:
            values[name] = value_of(ENV_PREFIX + name.upper(), name, text, hints[name])
    return Settings(**values)


def setting_alone(
    name: str, data: Path, config: Path | None = None, environ: Mapping[str, str] = os.environ
) -> Any:
    """One setting as `load` would find it, whatever is wrong with others; where it cannot be read
    itself, its default."""
    text, path = environ.get(ENV_PREFIX + name.upper()), config or data.absolute().parent
    path = path / CONFIG_NAME if config is None else path
    default = getattr(Settings(), name)
    try:
        given = _flat(_toml_of(path)) if text is None and path.is_file() else {}
        value = given.get(name, default) if text is None else text
        return default if value is default else setting_value(str(path), name, value)
    except BadInputError:
        return default


def setting_value(where: str, name: str, value: Any) -> Any:
    """One setting's value as `load` would take it.

    Args:
        where: What gave it, for the message.
        name: Of the setting.
        value: As given.

    Raises:
        BadInputError: It is none that this setting can have.
    """
    return value_of(where, name, value, get_type_hints(Settings)[name])


def _flat(given: dict[str, Any]) -> dict[str, Any]:
    """Settings of a table such as `[browser]` under their own names, `browser_…`."""
    found: dict[str, Any] = {}
    for name, value in given.items():
        if isinstance(value, dict) and name in TABLES:
            found.update({f"{name}_{inner}": inside for inner, inside in value.items()})
        else:
            found[name] = value
    return found
