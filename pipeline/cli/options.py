"""Options that several commands share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from datetime import datetime


class Day(click.DateTime):
    """A day, in words of a calendar rather than of `strftime`."""

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """How help names it."""
        return "DAY"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        """Its beginning.

        Raises:
            BadParameter: It is none.
        """
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            self.fail(f"{value!r} is no day (YYYY-MM-DD).", param, ctx)


DAY = Day(["%Y-%m-%d"])

as_json = click.option("--json", "machine", is_flag=True, help="Answer as one JSON object.")

as_of = click.option(
    "--as-of",
    "as_of",
    metavar="DAY",
    help="As the archive stood then: at the end of a day (YYYY-MM-DD), or at a time, UTC.",
)


def as_of_moment(given: str | None) -> str | None:
    """The moment that `--as-of` means; None: the present.

    Raises:
        BadInputError: It is none, or lies ahead.
    """
    if given is None:
        return None
    from archive import clock
    from archive.db.as_of import moment, require_past

    return require_past(moment(given), clock.now())


def day(given: datetime | None) -> str | None:
    """What was given for `DAY`, as the tables write it: `YYYY-MM-DD`."""
    return None if given is None else given.strftime("%Y-%m-%d")


def root_address(command: str, given: str | None) -> str:
    """The address under which the archive is served, without a slash at its end.

    Args:
        command: For the message.
        given: What `--address` says; None: where `serve` has it.

    Raises:
        BadInputError: It is no address.
    """
    from archive.errors import BadInputError, BadUrlError
    from archive.urls.normal import fetchable

    try:
        return fetchable(given or "http://127.0.0.1:8001").rstrip("/")
    except BadUrlError as error:
        raise BadInputError(f"{command} --address {error}") from error
