"""The configuration file as `isw-archive init` writes it: every setting, commented, with its
default."""

from __future__ import annotations

import textwrap
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from archive.config import CONFIG_NAME, ENV_PREFIX, Settings, has_example, setting_value
from archive.errors import BadInputError

if TYPE_CHECKING:
    from pathlib import Path

COLUMNS = 98

_HEAD = f"""\
# Settings of isw-archive. This file is {CONFIG_NAME} beside the data folder, or named by --config.
# A line that begins with "# name =" shows a default: take the "# " away to change it. Each setting
# can also be given in the environment, as {ENV_PREFIX}<NAME>, which wins over this file.
# Secrets (addresses of alarms, keys) come from the environment alone and never belong in here.
# To see what is wrong with a setting, or with the machine: isw-archive doctor
"""


def commented(contact: str) -> str:
    """The text of a new file.

    Args:
        contact: A URL or mail address.

    Raises:
        BadInputError: It is none that can stand in a header, or the guides' example.
    """
    contact = setting_value("init", "contact", contact.strip()) or ""
    if not contact:
        raise BadInputError(
            "init: contact is one URL or mail address, not empty; name it with --contact"
        )
    if has_example(contact):
        raise BadInputError(
            f"init: contact {contact} is our guides' example; name your own with --contact"
        )
    parts = [_HEAD]
    for known in fields(Settings):
        told = textwrap.wrap(
            known.metadata["doc"], COLUMNS, initial_indent="# ", subsequent_indent="# "
        )
        value = contact if known.name == "contact" else known.default
        sign = "" if known.name == "contact" else "# "
        line = f"{sign}{known.name} = {_toml(value)}"
        parts.append("\n".join([*told, line, ""]))
    return "\n".join(parts)


def write_new(path: Path, text: str) -> None:
    """Make the file; one that is there stays as it is.

    Raises:
        BadInputError: It is there already, or cannot be made.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise BadInputError(
            f"init: {path} is there already and stays as it is; edit it, or take it away first"
        ) from None


def _toml(value: Any) -> str:
    """A default as TOML writes it; names and addresses need no escapes but these two."""
    if isinstance(value, tuple):
        return f"[{', '.join(_toml(item) for item in value)}]"
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    return str(value).lower() if isinstance(value, bool) else str(value)
