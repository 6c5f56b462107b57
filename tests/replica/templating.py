"""Pages from the templates in `pages/`."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import jinja2

from tests.replica.telegram_view import data_view


@cache
def _environment() -> jinja2.Environment:
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent / "pages"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["data_view"] = data_view
    return made


def render(template: str, **values: Any) -> str:
    """The template filled in; a value it misses is an error."""
    return _environment().get_template(template).render(**values)
