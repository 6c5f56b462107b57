"""Lines of CSV that programs and spreadsheets read alike. Contains no business logic."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

_FORMULA = re.compile(
    "[=+@\t\r\n\N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH PLUS SIGN}"
    "\N{FULLWIDTH HYPHEN-MINUS}\N{FULLWIDTH COMMERCIAL AT}-]"
)
_NUMBER = re.compile(r"-\d+(?:\.\d+)?")


def csv_line(values: Iterable[Any]) -> str:
    """A line as RFC 4180 has it, without its end.

    A value with a line break is quoted; what a spreadsheet would run as a formula is none:
    strangers write it.
    """
    return exact_csv_line(map(no_formula, values))


def exact_csv_line(values: Iterable[Any]) -> str:
    """A line as RFC 4180 has it, without its end; nothing of a value is changed."""
    out = io.StringIO()
    # Python 3.11 quotes only those line breaks that end its lines
    csv.writer(out, lineterminator="\r\n").writerow(values)
    return out.getvalue().removesuffix("\r\n")


def no_formula(value: Any) -> Any:
    """Text that a spreadsheet would run as a formula is quoted.

    Source: https://owasp.org/www-community/attacks/CSV_Injection
    """
    if isinstance(value, str) and _FORMULA.match(value) and not _NUMBER.fullmatch(value):
        return f"'{value}"
    return value
