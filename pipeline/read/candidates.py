"""Addresses that reports of a day would have, for sites whose lists say nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.model.understood import Found
from pipeline.read.parse.dates import month_name
from pipeline.read.publishers.registry import SITES

if TYPE_CHECKING:
    from datetime import date


def candidate_urls(day: date) -> tuple[Found, ...]:
    """Addresses under which a report of that day may stand, most likely first.

    Series whose addresses hold a headline (Africa File) cannot be guessed.
    """
    short = f"{month_name(day.month)}-{day.day}"
    forms = {"short": short, "long": f"{short}-{day.year}"}
    found = (
        Found(guess.address.format(**forms), series=guess.series)
        for site in SITES
        for guess in site.guesses
        if guess.is_of(day)
    )
    return tuple({item.url: item for item in found}.values())
