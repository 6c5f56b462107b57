"""One line for each claim."""

from __future__ import annotations


def line(name: str, rate: float | None, ratio: str) -> None:
    """What was measured, how many a second, and beside what."""
    shown = f"{rate:8.0f}/s" if rate is not None else " " * 10
    print(f"  {name:<34}{shown}  {ratio}".rstrip(), flush=True)
