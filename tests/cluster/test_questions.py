"""What a host is asked beside a source that a worker checked: as often as one machine asks."""

from collections.abc import Collection

import pytest

from archive.model.vocabulary import Kind
from pipeline.decide.asking import Question
from pipeline.run.cluster import questions as module
from pipeline.run.cluster.questions import CONTROL, CONTROLS, DONE, PROBE, QueuedQuestion, questions

PAGE, AT = "https://a.com/1", "2026-03-20T12:00:00Z"
RANDOM = Question(Kind.PROBE, "https://a.com/x1", PAGE)
OTHERS = [Question(Kind.SOURCE, f"https://a.com/{n}", PAGE) for n in range(2, 9)]


@pytest.fixture(autouse=True)
def wants(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[Question]]:
    """What the archive would ask about `PAGE`, by role."""
    found: dict[str, list[Question]] = {PROBE: [], CONTROL: []}

    def next_of(role: str) -> Question | None:
        return found[role].pop(0) if found[role] else None

    monkeypatch.setattr(module, "probe_for", lambda _held, _url, _token: next_of(PROBE))
    monkeypatch.setattr(module, "control_for", lambda _held, _url: next_of(CONTROL))
    return found


def asked(*before: QueuedQuestion, under_way: Collection[str] = ()) -> list[tuple[str, str]]:
    found = questions(None, [(PAGE, AT)], before, under_way)  # type: ignore[arg-type]
    return [(one.role, one.url) for one, _ in found]


def note(role: str, url: str = "") -> QueuedQuestion:
    return QueuedQuestion(PAGE, AT, url, role)


def test_where_nothing_is_to_be_asked_that_is_remembered() -> None:
    assert asked() == [(DONE, "")]
    assert asked(note(DONE)) == []


def test_a_probe_comes_first_and_its_answer_is_waited_for(
    wants: dict[str, list[Question]],
) -> None:
    wants[PROBE], wants[CONTROL] = [RANDOM], OTHERS[:1]
    assert asked() == [(PROBE, RANDOM.url)]
    assert asked(note(PROBE, RANDOM.url), under_way={RANDOM.url}) == []
    assert asked(note(PROBE, RANDOM.url)) == [(CONTROL, OTHERS[0].url)]


def test_no_more_controls_are_asked_for_than_one_machine_asks(
    wants: dict[str, list[Question]],
) -> None:
    wants[CONTROL] = list(OTHERS)
    before: list[QueuedQuestion] = []
    while (found := asked(*before)) != [(DONE, "")]:
        before += [note(role, url) for role, url in found]
    assert len(before) == CONTROLS


def test_a_page_that_was_looked_at_for_anothers_sake_asks_nothing(
    wants: dict[str, list[Question]],
) -> None:
    wants[PROBE] = [RANDOM]
    assert asked(QueuedQuestion("https://a.com/other", AT, PAGE, CONTROL)) == []


def test_a_source_that_is_being_looked_at_waits(wants: dict[str, list[Question]]) -> None:
    wants[PROBE] = [RANDOM]
    assert asked(under_way={PAGE}) == []
