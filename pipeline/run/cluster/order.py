"""One job of a cluster, as it travels: JSON between planner, queue, worker and spider."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from archive.errors import ArchiveError
from archive.model.fetch import PayloadRef, Target
from archive.model.times import format_time, parse_time
from archive.model.vocabulary import Kind
from pipeline.decide.batches import Batch

if TYPE_CHECKING:
    from pathlib import Path


class StrangeJobError(ArchiveError):
    """A job that this version cannot read."""


@dataclass(frozen=True, slots=True)
class BatchOrder:
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
        told = {"batch": to_json(self.batch), "first": self.first, "numbers": self.numbers}
        path.write_text(json.dumps(told), encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> BatchOrder:
        """The order that `write` kept."""
        told = json.loads(path.read_text(encoding="utf-8"))
        return cls(from_json(told["batch"]), told["first"], told["numbers"])


def to_json(batch: Batch) -> dict[str, Any]:
    """A batch as JSON."""
    return {
        "domain": batch.domain,
        "spent": batch.spent,
        "witnesses": batch.witnesses,
        "targets": [_target(target) for target in batch.targets],
    }


def from_json(told: dict[str, Any]) -> Batch:
    """The batch that `to_json` gave, of this version or another: what only a later one knows of is
    left out.

    Raises:
        StrangeJobError: It lacks what this version needs.
    """
    try:
        targets = tuple(_read_target(one) for one in told["targets"])
        return Batch(told["domain"], targets, int(told["spent"]), tuple(told["witnesses"]))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise StrangeJobError(
            "it is of another version of isw-archive, or damaged; give planner and workers the "
            "same version"
        ) from error


def _target(target: Target) -> dict[str, Any]:
    # who fetches it has no record of ours to go on with
    whole = replace(target, part=None)
    told = {name: value for name, value in asdict(whole).items() if value is not None}
    if target.previous is not None:
        at = format_time(target.previous.captured_at)
        told["previous"] = {**told["previous"], "captured_at": at}
    return told


def _read_target(told: dict[str, Any]) -> Target:
    previous = told.get("previous")
    if previous is not None:
        at = parse_time(previous["captured_at"])
        previous = PayloadRef(**{**_known(PayloadRef, previous), "captured_at": at})
    mine = _known(Target, told)
    return Target(**{**mine, "kind": Kind(told["kind"]), "previous": previous})


def _known(record: type, told: dict[str, Any]) -> dict[str, Any]:
    names = {field.name for field in fields(record)}
    return {name: value for name, value in told.items() if name in names}
