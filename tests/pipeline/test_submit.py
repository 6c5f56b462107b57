"""Save Page Now: keys, answers and errors. Time stands still but for what is slept."""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.errors import BadInputError
from pipeline.run.submit import (
    ACCESS_KEY,
    SECRET_KEY,
    Keys,
    KeysRefusedError,
    LimitReachedError,
    OddAnswerError,
    PageRefusedError,
    Saved,
    SaveError,
    SavePageNow,
    ServiceDownError,
    SpnLimits,
    SpnRequest,
    SpnResponse,
    keys_from,
    read_job,
    read_limits,
    read_state,
)
from pipeline.run.wayback import Wayback

ROOT = "https://web.archive.org"
KEYS = Keys("access-1f7c", "secret-9b2e")
PAGE = "https://paper.example/a?b=c&d=1"


def said(value: Any, status: int = 200, retry_after_s: float | None = None) -> SpnResponse:
    return SpnResponse(status, json.dumps(value).encode(), retry_after_s)


JOB = said({"url": PAGE, "job_id": "spn2-0f"})


@dataclass
class Service:
    """Answers in order; `slept` is what was waited."""

    answers: list[SpnResponse]
    calls: list[SpnRequest] = field(default_factory=list)
    slept: list[float] = field(default_factory=list)

    async def send(self, call: SpnRequest) -> SpnResponse:
        self.calls.append(call)
        return self.answers.pop(0)

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)

    def client(self, tries: int = 3) -> SavePageNow:
        patience = Wayback(tries=tries, every_s=0, sleep=self.sleep, clock=lambda: 0.0)
        return SavePageNow(f"{ROOT}/", KEYS, self.send, patience)


# --- keys -----------------------------------------------------------------------------------------


def test_keys_come_from_the_environment_and_are_not_shown() -> None:
    keys = keys_from({ACCESS_KEY: " access-1f7c\n", SECRET_KEY: "secret-9b2e"}, ROOT)
    assert keys == KEYS
    assert keys.header == "LOW access-1f7c:secret-9b2e"
    assert "1f7c" not in f"{keys} {keys!r} {[keys]}"
    assert "9b2e" not in f"{keys} {keys!r} {[keys]}"


@pytest.mark.parametrize(
    ("access", "secret", "wayback", "told"),
    [
        ("", "secret-9b2e", ROOT, ACCESS_KEY), ("access-1f7c", "", ROOT, SECRET_KEY),
        ("  ", "secret-9b2e", ROOT, ACCESS_KEY),
        ("access-1f7c", "secret\r\nX-Evil: 1", ROOT, "is no key"),
        ("acc:ess", "secret-9b2e", ROOT, "is no key"),
        ("access-1f7c", "secret 9b2e", ROOT, "is no key"),
        ("ключ-от-архива", "secret-9b2e", ROOT, "is no key"),
        ("access-1f7c", "secret-9b2e", "http://web.archive.org", "https only"),
        ("access-1f7c", "secret-9b2e", "https://u:p@web.archive.org", "https only"),
        ("access-1f7c", "secret-9b2e", "", "https only"),
    ],
)  # fmt: skip
def test_without_good_keys_and_a_safe_way_nothing_is_sent_and_no_key_is_repeated(
    access: str, secret: str, wayback: str, told: str
) -> None:
    with pytest.raises(BadInputError, match=told) as error:
        keys_from({ACCESS_KEY: access, SECRET_KEY: secret}, wayback)
    for value in (access.strip(), secret.strip()):
        assert not value or value not in str(error.value)


# --- what is asked --------------------------------------------------------------------------------


async def test_a_page_is_handed_in_whole_and_its_job_is_asked_about() -> None:
    done = {"status": "success", "timestamp": "20260320120001", "original_url": PAGE}
    service = Service([said({"available": 3}), JOB, said({"status": "pending"}), said(done)])
    client = service.client()
    assert await client.limits() == SpnLimits(3, None)
    job = await client.submit(PAGE)
    assert await client.state(job) is None
    assert await client.state(job) == Saved(
        "2026-03-20T12:00:01Z", f"{ROOT}/web/20260320120001/{PAGE}"
    )
    assert [call.url for call in service.calls] == [
        f"{ROOT}/save/status/user", f"{ROOT}/save", f"{ROOT}/save/status/spn2-0f",
        f"{ROOT}/save/status/spn2-0f",
    ]  # fmt: skip
    assert parse_qs(service.calls[1].form or "") == {"url": [PAGE], "skip_first_archive": ["1"]}
    assert not any(key in str(service.calls) for key in ("1f7c", "9b2e"))


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ({"available": 8, "processing": 0, "daily_captures": 10199, "daily_captures_limit": 10000},
            SpnLimits(8, 0)),
        ({"available": 0, "processing": 12, "daily_captures": 3, "daily_captures_limit": 40000},
            SpnLimits(0, 39997)),
        ({"available": 3, "processing": 1}, SpnLimits(3, None)),
        ({"available": 3, "daily_captures_limit": 40000}, SpnLimits(3, None)),
        ({}, None), ({"available": "3"}, None), ({"available": -1}, None),
        ({"available": True}, None), ({"available": 1.5}, None),
    ],
)  # fmt: skip
def test_limits_are_what_the_service_says_and_nothing_is_assumed(
    answer: dict[str, Any], expected: SpnLimits | None
) -> None:
    if expected is None:
        with pytest.raises(ServiceDownError, match="nothing was handed in"):
            read_limits(answer)
    else:
        assert read_limits(answer) == expected


@pytest.mark.parametrize(
    ("code", "kind", "final"),
    [
        ("error:user-session-limit", LimitReachedError, None),
        ("error:max-daily-bandwidth", LimitReachedError, None),
        ("error:blocked-client-ip", LimitReachedError, None),
        ("error:blocked-url", PageRefusedError, True),
        ("error:not-found", PageRefusedError, True), ("error:no-access", PageRefusedError, True),
        ("error:invalid-host-resolution", PageRefusedError, True),
        ("error:too-many-daily-captures", PageRefusedError, False),
        ("error:soft-time-limit-exceeded", PageRefusedError, False),
        ("error:job-failed", PageRefusedError, False),
        ("error:of-next-year", PageRefusedError, False), ("Sorry!", OddAnswerError, None),
        ("error:<b>", OddAnswerError, None),
        (None, OddAnswerError, None), (17, OddAnswerError, None),
        ("error:" + "a" * 99, OddAnswerError, None),
    ],
)  # fmt: skip
def test_refusals_have_their_kind_when_handed_in_and_when_asked_about(
    code: Any, kind: type[SaveError], final: bool | None
) -> None:
    answer = {"status": "error", "status_ext": code, "message": "You cannot make new capture"}
    for read in (lambda: read_job(answer), lambda: read_state(answer, ROOT)):
        with pytest.raises(kind) as error:
            read()
        assert getattr(error.value, "final", None) == final
        assert "cannot make" not in str(error.value)


@pytest.mark.parametrize("job", ["", "../user", "a b", "ключ", "x" * 101, 5, None, ["a"]])
def test_a_job_has_a_number_that_can_stand_in_an_address(job: Any) -> None:
    with pytest.raises(OddAnswerError):
        read_job({"url": PAGE, "job_id": job})


@pytest.mark.parametrize(
    "changes",
    [
        {"timestamp": None}, {"timestamp": 20260320120001}, {"timestamp": "2026"},
        {"timestamp": "19700101000000"},
        {"timestamp": "20260020120001"}, {"original_url": None},
        {"original_url": "javascript:alert(1)"},
        {"original_url": "https://a.example/\x00"},
        {"original_url": "https://a.example/" + "a" * 4000}, {"status": "done"}, {"status": None},
    ],
)  # fmt: skip
def test_success_without_a_copy_that_can_be_is_none(changes: dict[str, Any]) -> None:
    done = {"status": "success", "timestamp": "20260320120001", "original_url": PAGE, **changes}
    with pytest.raises(OddAnswerError):
        read_state(done, ROOT)


_VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.text(max_size=20),
    st.lists(st.text(max_size=5), max_size=2),
    st.sampled_from(["success", "pending", "error", "error:celery", "20260320120001", PAGE,
        "spn2-0f"]),
)  # fmt: skip
_NAMES = ["status", "status_ext", "exception", "timestamp", "original_url", "job_id", "available",
    "daily_captures", "daily_captures_limit"]  # fmt: skip


@given(st.dictionaries(st.sampled_from(_NAMES), _VALUES))
@settings(max_examples=300, deadline=None)
def test_whatever_object_comes_it_is_read_or_an_error_of_ours(answer: dict[str, Any]) -> None:
    for read in (read_limits, read_job, lambda said: read_state(said, ROOT)):
        with contextlib.suppress(SaveError):
            read(answer)


# --- when it fails --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("bad", "waits"),
    [
        (SpnResponse(None, detail="timeout"), 10), (SpnResponse(500, b"<h1>oops"), 10),
        (SpnResponse(503, b"{}"), 10), (SpnResponse(200, b"<html>"), 10),
        (SpnResponse(200, b'{"job_id": "a'), 10), (SpnResponse(200, b'["a"]'), 10),
        (SpnResponse(200, b""), 10),
        (SpnResponse(302, b'{"job_id": "a"}'), 10),
        (SpnResponse(200, b"[" * 100_000), 10), (SpnResponse(429, b'{"job_id": "a"}'), 10),
        (SpnResponse(429, b"slow", 42), 42),
    ],
)  # fmt: skip
async def test_what_is_no_answer_is_asked_again_after_a_while_and_then_said_so(
    bad: SpnResponse, waits: float
) -> None:
    service = Service([bad, JOB])
    assert await service.client().submit(PAGE) == "spn2-0f"
    assert service.slept == [waits]
    kind = LimitReachedError if bad.status == 429 else ServiceDownError
    with pytest.raises(kind, match="another day"):
        await Service([bad] * 3).client().submit(PAGE)


@pytest.mark.parametrize("status", [401, 403])
async def test_keys_that_are_refused_are_not_tried_twice(status: int) -> None:
    service = Service([said({"message": "You need to be logged in"}, status)])
    with pytest.raises(KeysRefusedError, match=ACCESS_KEY):
        await service.client().submit(PAGE)
    assert service.slept == []


async def test_who_asks_for_an_hour_is_left_alone_at_once() -> None:
    service = Service([said({}, 429, 3600)])
    with pytest.raises(LimitReachedError, match="3600 s"):
        await service.client().submit(PAGE)
    assert service.slept == []


@pytest.mark.parametrize("key", ["access-1f7c", "secret-9b2e"])
async def test_an_answer_that_repeats_a_key_is_taken_for_none(key: str) -> None:
    answers = [said({"job_id": f"spn2-{key}"}), said({"status_ext": f"error:{key}"}),
        said({"job_id": "a", "header": f"LOW {key}"})]  # fmt: skip
    with pytest.raises(ServiceDownError) as error:
        await Service(answers).client().submit(PAGE)
    assert key not in str(error.value)
