"""JSON as strangers send it."""

from __future__ import annotations

import json
from typing import Any


def json_of(said: str | bytes, **how: Any) -> Any:
    """What JSON says, with `U+FFFD` for halves of pairs of UTF-16.

    `"\\ud800"` is JSON, but neither a database nor a file in UTF-8 takes what it stands for.

    Args:
        said: The JSON; bytes in one of the codings of Unicode.
        how: As for `json.loads`.

    Raises:
        ValueError: It is none.
        RecursionError: It is too deep.
    """
    if isinstance(said, bytes):
        said = said.decode(json.detect_encoding(said), "replace")
    found = json.loads(said, **how)
    if "\\ud" not in said and "\\uD" not in said:
        return found
    whole = json.dumps(found, ensure_ascii=False)
    return json.loads(whole.encode("utf-16", "surrogatepass").decode("utf-16", "replace"), **how)


def part_of(said: dict[str, Any], name: str) -> dict[str, Any]:
    """The object that an object has under a name; an empty one where it has none there."""
    found = said.get(name)
    return found if isinstance(found, dict) else {}
