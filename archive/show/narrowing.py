"""What a page, a feed or a command is narrowed down to."""

from __future__ import annotations


class Narrowing:
    """For records whose fields narrow something down; None narrows nothing."""

    __slots__: tuple[str, ...] = ()

    @property
    def given(self) -> dict[str, str]:
        """What is narrowed down, by name."""
        found = ((name, getattr(self, name)) for name in self.__slots__)
        return {name: str(value) for name, value in found if value is not None}
