"""One job of a cluster, as it travels: JSON between planner, queue, worker and spider."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from archive.model.fetch import PayloadRef, Target
from archive.model.times import format_time, parse_time
from archive.model.vocabulary import Kind
from pipeline.decide.batches import Batch

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Order:
    """A batch, and the numbers that its captures may have.

    Attributes:
        first: The first of these numbers; every second one from there on is the order's.
        numbers: How many they are.
    """

    batch: Batch
    first: int
    numbers: int

    def write(self, path: Path) -> None:
        """Keep it for the spider."""
        fields = {"batch": to_json(self.batch), "first": self.first, "numbers": self.numbers}
        path.write_text(json.dumps(fields), encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> Order:
        """The order that `write` kept."""
        fields = json.loads(path.read_text(encoding="utf-8"))
        return cls(from_json(fields["batch"]), fields["first"], fields["numbers"])


def to_json(batch: Batch) -> dict[str, Any]:
    """A batch as JSON."""
    return {
        "domain": batch.domain,
        "spent": batch.spent,
        "witnesses": batch.witnesses,
        "targets": [_target(target) for target in batch.targets],
    }


def from_json(fields: dict[str, Any]) -> Batch:
    """The batch that `to_json` gave."""
    targets = tuple(_read_target(one) for one in fields["targets"])
    return Batch(fields["domain"], targets, fields["spent"], tuple(fields["witnesses"]))


def _target(target: Target) -> dict[str, Any]:
    # who fetches it has no record of ours to go on with
    whole = replace(target, part=None)
    fields = {name: value for name, value in asdict(whole).items() if value is not None}
    if target.previous is not None:
        at = format_time(target.previous.captured_at)
        fields["previous"] = {**fields["previous"], "captured_at": at}
    return fields


def _read_target(fields: dict[str, Any]) -> Target:
    previous = fields.get("previous")
    if previous is not None:
        at = parse_time(previous["captured_at"])
        previous = PayloadRef(**{**previous, "captured_at": at})
    return Target(**{**fields, "kind": Kind(fields["kind"]), "previous": previous})
