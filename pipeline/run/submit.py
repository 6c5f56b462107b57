"""Handing pages to the Wayback's Save Page Now (SPN2): what is asked, what the answers mean, which
errors end a run.

How a request travels is the caller's business; tenacity's further tries and the waiting are
`pipeline.run.wayback`'s. The keys go into one header of each request and nowhere else: no message
here repeats what the service says but its error codes.

Source of the API: the Internet Archive's "SPN2 Public API"; what it leaves out (errors that come
with status 200, jobs that wait for hours, job numbers that are no UUID) is known from its users.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode, urlsplit

from archive.errors import ArchiveError, BadInputError
from archive.model.times import format_time
from pipeline.read.mementos import stamp_time
from pipeline.run.wayback import WaybackAnswer

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from pipeline.run.wayback import Wayback

ACCESS_KEY = "ISW_ARCHIVE_SPN_ACCESS_KEY"
SECRET_KEY = "ISW_ARCHIVE_SPN_SECRET_KEY"  # noqa: S105 - the name of a variable
_KEY = re.compile(
    r"[!-9;-~]{4,200}", re.ASCII
)  # a colon divides the two, a space or a line end would end the header

# characters; longer ones are cut or refused on the way, and no page that people read has one
MAX_URL = 4_000
_JOB = re.compile(r"[A-Za-z0-9_-]{1,100}", re.ASCII)
_CODE = re.compile(r"error:[a-z0-9-]{1,60}", re.ASCII)

ACCOUNT = frozenset(
    {
        "error:user-session-limit", "error:max-daily-bandwidth",
        "error:max-daily-bandwidth-from-ip",
        "error:bandwidth-limit-exceeded", "error:blocked-client-ip",
    }
)  # fmt: skip
"""Said of us, not of the page: nothing more is handed in by this run."""

FINAL = frozenset(
    {
        "error:blocked", "error:blocked-url", "error:invalid-url-syntax", "error:not-found",
        "error:no-access",
        "error:unauthorized", "error:method-not-allowed", "error:not-implemented",
        "error:ftp-access-denied",
        "error:filesize-limit", "error:http-version-not-supported", "error:invalid-host-resolution",
        "error:too-many-redirects",
    }
)  # fmt: skip
"""Said of the page, and no less true on another day. All others may pass."""


class SaveError(ArchiveError):
    """Save Page Now did not do what it was asked."""


class KeysRefusedError(SaveError):
    """The service does not know our keys: a person must look."""


class LimitReachedError(SaveError):
    """The service asks us, in this account, to stop for now."""


class ServiceDownError(SaveError):
    """No answer, or none that can be read."""


class OddAnswerError(SaveError):
    """An answer about one page or job that says nothing of it; others may be told of."""


class PageRefusedError(SaveError):
    """The service could not or would not save this page.

    Attributes:
        final: Another day will not help.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.final = code in FINAL


@dataclass(frozen=True, slots=True)
class Keys:
    """The account's keys. They are not shown when this is printed."""

    access: str = field(repr=False)
    secret: str = field(repr=False)

    @property
    def header(self) -> str:
        """The value of `Authorization`."""
        return f"LOW {self.access}:{self.secret}"

    def stand_in(self, text: bytes) -> bool:
        """Whether a text repeats one of them."""
        return self.access.encode() in text or self.secret.encode() in text


def keys_from(environ: Mapping[str, str], wayback: str) -> Keys:
    """The keys, from the environment alone.

    Raises:
        BadInputError: There are none, they cannot be keys, or they would travel unprotected.
    """
    found = [environ.get(name, "").strip() for name in (ACCESS_KEY, SECRET_KEY)]
    for name, value in zip((ACCESS_KEY, SECRET_KEY), found, strict=True):
        if not value:
            raise BadInputError(f"submit_per_day is set, but {name} is not in the environment")
        if not _KEY.fullmatch(value):
            raise BadInputError(f"{name} is no key; copy it anew from the archive's account page")
    parts = urlsplit(wayback)
    if parts.scheme != "https" or "@" in parts.netloc:
        raise BadInputError(
            f"wayback = {parts.scheme}://{parts.hostname}: keys are sent over https only, to a "
            "plain host"
        )
    return Keys(*found)


@dataclass(frozen=True, slots=True)
class SpnRequest:
    """One request: a POST of `form`, or without it a GET."""

    url: str
    form: str | None = None


@dataclass(frozen=True, slots=True)
class SpnResponse:
    """What came of a request.

    Attributes:
        status: None when nothing came.
        retry_after_s: Seconds it asks us to wait.
        detail: What went wrong on the way, in one line.
    """

    status: int | None
    body: bytes = b""
    retry_after_s: float | None = None
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class SpnLimits:
    """What the service allows our account at this moment.

    Attributes:
        available: Jobs that it would take now.
        today: Pages left today; None where it does not say.
    """

    available: int
    today: int | None


@dataclass(frozen=True, slots=True)
class Saved:
    """A copy that was made."""

    at: str
    url: str


@dataclass(slots=True)
class SavePageNow:
    """The service, for one run.

    Attributes:
        root: The Wayback's address.
        send: Makes one request, with the keys.
        patience: Pace and further tries; `down` says that it is to be left alone.
    """

    root: str
    keys: Keys
    send: Callable[[SpnRequest], Awaitable[SpnResponse]]
    patience: Wayback

    async def limits(self) -> SpnLimits:
        """What it allows now; never guessed, for it changes from year to year.

        Raises:
            SaveError: It does not say.
        """
        return read_limits(await self._ask(SpnRequest(f"{self._save}/status/user")))

    async def submit(self, url: str) -> str:
        """Hand in a page; gives the number of the job.

        Raises:
            PageRefusedError: It will not save this page.
            SaveError: Otherwise.
        """
        # no skip of error pages: what we ask for was there a moment ago; and no look for an earlier
        # copy: we know of none
        form = urlencode({"url": url, "skip_first_archive": "1"})
        return read_job(await self._ask(SpnRequest(self._save, form)))

    async def state(self, job: str) -> Saved | None:
        """What became of a job; None while it is under way.

        Raises:
            PageRefusedError: It failed.
            SaveError: Nothing can be said.
        """
        said = await self._ask(SpnRequest(f"{self._save}/status/{quote(job, safe='')}"))
        return read_state(said, self.root)

    @property
    def _save(self) -> str:
        return f"{self.root.rstrip('/')}/save"

    async def _ask(self, call: SpnRequest) -> dict[str, Any]:
        came: list[SpnResponse] = []

        async def once() -> WaybackAnswer:
            came.append(await self.send(call))
            return _answer(came[-1], self.keys)

        answer = await self.patience.ask(once)
        last = came[-1]
        said = _object(last, self.keys)
        if answer.said and said is not None:
            return said
        raise _error(last, answer)


def _answer(came: SpnResponse, keys: Keys) -> WaybackAnswer:
    """What came, for who decides about further tries."""
    refused = came.status in {401, 403}
    said = not refused and came.status != 429 and _object(came, keys) is not None
    detail = came.detail or f"no answer of Save Page Now but HTTP {came.status}"
    return WaybackAnswer(
        said=said,
        final=refused,
        retry_after_s=came.retry_after_s,
        detail=None if said else detail,
    )


def _object(came: SpnResponse, keys: Keys) -> dict[str, Any] | None:
    """The JSON object that came; None for all else, and for a text that repeats our keys, which
    nobody may keep."""
    if (
        came.status is None
        or came.status >= 500
        or 300 <= came.status < 400
        or keys.stand_in(came.body)
    ):
        return None
    try:
        said = json.loads(came.body)
    except (ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) else None


def _error(came: SpnResponse, answer: WaybackAnswer) -> SaveError:
    if answer.final:
        return KeysRefusedError(
            f"Save Page Now refuses our keys (HTTP {came.status}); look at {ACCESS_KEY} and "
            f"{SECRET_KEY}"
        )
    if came.status == 429:
        wait = f"; it asks for {came.retry_after_s:.0f} s" if came.retry_after_s else ""
        return LimitReachedError(
            f"Save Page Now is busy (HTTP 429){wait}; the rest waits for another day"
        )
    return ServiceDownError(f"{answer.detail}; it is asked again another day")


# --- answers --------------------------------------------------------------------------------------


def read_limits(said: Mapping[str, Any]) -> SpnLimits:
    """What an answer about our account says.

    Raises:
        ServiceDownError: Nothing of it.
    """
    available, made, most = (
        _count(said.get(name)) for name in ("available", "daily_captures", "daily_captures_limit")
    )
    if available is None:
        raise ServiceDownError(
            "Save Page Now does not say how many jobs it takes; nothing was handed in"
        )
    return SpnLimits(available, None if made is None or most is None else max(0, most - made))


def _count(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def read_job(said: Mapping[str, Any]) -> str:
    """The number of the job that a page was made.

    Raises:
        SaveError: There is none.
    """
    job = said.get("job_id")
    if isinstance(job, str) and _JOB.fullmatch(job):
        return job
    raise _refusal(said)


def read_state(said: Mapping[str, Any], root: str) -> Saved | None:
    """What became of a job; None while it is under way.

    Raises:
        SaveError: It failed, or nothing can be said.
    """
    if said.get("status") == "pending":
        return None
    stamp, url = said.get("timestamp"), said.get("original_url")
    if said.get("status") != "success":
        raise _refusal(said)
    at = stamp_time(stamp) if isinstance(stamp, str) else None
    if at is None or not isinstance(url, str) or not _is_page(url):
        raise OddAnswerError("Save Page Now names no copy that could be")
    return Saved(format_time(at), f"{root.rstrip('/')}/web/{stamp}/{url}")


def _is_page(url: str) -> bool:
    return url.startswith(("http://", "https://")) and len(url) <= MAX_URL and url.isprintable()


def _refusal(said: Mapping[str, Any]) -> SaveError:
    code = said.get("status_ext") or said.get("exception")
    if not isinstance(code, str) or not _CODE.fullmatch(code):
        return OddAnswerError("Save Page Now gives neither job nor reason")
    if code in ACCOUNT:
        return LimitReachedError(f"Save Page Now: {code}; the rest waits for another day")
    return PageRefusedError(code)
