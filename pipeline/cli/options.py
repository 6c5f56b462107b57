"""Options that several commands share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from datetime import datetime

DAY = click.DateTime(formats=["%Y-%m-%d"])

as_json = click.option("--json", "machine", is_flag=True, help="Answer as one JSON object.")


def day(given: datetime | None) -> str | None:
    """What was given for `DAY`, as the tables write it: `YYYY-MM-DD`."""
    return None if given is None else given.strftime("%Y-%m-%d")
