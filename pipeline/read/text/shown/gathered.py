"""What readers of pages share: addresses made whole, numbers as printed, each thing once."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from archive.model.media import MediaKind, ShownMedia

if TYPE_CHECKING:
    from collections.abc import Mapping

STREAM = "stream-only"
"""Why a video has no address: it is given as a list of pieces, not as a file."""
MOST = 60
"""Of one page; an album holds ten, a photo report some forty."""
_MAX_CHARS = 4_000
"""Of an address, as for sources."""
_MAX_ALT = 2_000
_MAX_PIXELS = 1_000_000
_ISO_DURATION = re.compile(
    r"P(?:(\d{1,4})D)?T?(?:(\d{1,4})H)?(?:(\d{1,6})M)?(?:(\d{1,8}(?:\.\d{1,6})?)S)?", re.IGNORECASE
)
STYLE_URL = re.compile(r"""url\(\s*['"]?(https?:[^'")\s]+)""")
"""A picture that is an element's background."""
_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{2})")
_SIZE = re.compile(r"(\d{1,7}(?:[.,]\d{1,3})?)\s*([KMG]?)i?B\b", re.IGNORECASE)
_POWERS = {"": 0, "K": 1, "M": 2, "G": 3}


def address(value: object, base: str = "") -> str | None:
    """The whole http(s) address, or None where it is none (`data:`, a template's braces)."""
    text = str(value or "").strip()
    if not text or "{{" in text or any(c in text for c in ' \t\r\n<>"\\'):
        return None
    try:
        whole = urljoin(base, text)
    except ValueError:
        return None
    web = whole.lower().startswith(("http://", "https://"))
    return whole if web and len(whole) <= _MAX_CHARS else None


def pixels(value: object) -> int | None:
    """A number of pixels as a page prints it: `800`, `800px`, 800.0."""
    number = decimal(value)
    whole = round(number) if number is not None else 0
    return whole if 0 < whole <= _MAX_PIXELS else None


def decimal(value: object) -> float | None:
    """A number that is not negative, as printed, or None."""
    if isinstance(value, bool) or value is None:
        return None
    text = str(value).strip().lower().removesuffix("px")
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) and number >= 0 else None


def seconds(text: object) -> float | None:
    """How long something lasts: `1:56`, `PT1M56S`, or seconds; None for anything else."""
    said = str(text or "").strip()
    if clock := _CLOCK.fullmatch(said):
        hours, minutes, rest = (int(part or 0) for part in clock.groups())
        return float(hours * 3600 + minutes * 60 + rest)
    iso = _ISO_DURATION.fullmatch(said) if said[:1] in {"P", "p"} else None
    if iso:
        days, hours_, minutes_, rest_ = (float(part or 0) for part in iso.groups())
        return days * 86_400 + hours_ * 3600 + minutes_ * 60 + rest_ or None
    return decimal(said) or None


def size_in_bytes(text: str) -> int | None:
    """The bytes of a size as printed for people, such as `3.4 MB`; units of 1,024."""
    found = _SIZE.search(text)
    if found is None:
        return None
    return round(float(found[1].replace(",", ".")) * 1024.0 ** _POWERS[found[2].upper()])


@dataclass(slots=True)
class Gathered:
    """Things shown, in their order, each once.

    Attributes:
        base: The page's address, against which relative ones are read.
        signed: Addresses are made anew for each visitor, so that things are named by their place.
    """

    base: str = ""
    signed: bool = False
    found: dict[str, ShownMedia] = field(default_factory=dict)
    _places: dict[MediaKind, int] = field(default_factory=dict)

    def add(
        self, kind: MediaKind, url: object = None, *, named: str | None = None, **said: Any
    ) -> None:
        """Note one thing.

        Args:
            kind: What it is.
            url: Where it is, as the page has it; None where the page gives no address.
            named: What the platform calls it, where it has a name of its own.
            said: Fields of `ShownMedia`.
        """
        whole = address(url, self.base)
        if (whole is None and not said.get("missing")) or len(self.found) >= MOST:
            return
        same = next((one for one in self.found.values() if one.url and one.url == whole), None)
        if same is not None:
            self._fill(same, said)
            return
        place = self._places[kind] = self._places.get(kind, 0) + 1
        by_place = f"{kind} {place}"
        name = named or (by_place if self.signed or whole is None else whole)
        if name not in self.found:
            made = ShownMedia(kind, name, whole, **_cleaned(said))
            self.found[name] = replace(made, missing=None) if whole else made

    def _fill(self, one: ShownMedia, said: Mapping[str, Any]) -> None:
        """What a second mention says beside the first."""
        lacking = {n: v for n, v in _cleaned(said).items() if v and getattr(one, n) is None}
        lacking.pop("missing", None)
        self.found[one.name] = replace(one, **lacking)

    def all(self) -> tuple[ShownMedia, ...]:
        """All of them."""
        return tuple(self.found.values())


def _cleaned(said: Mapping[str, Any]) -> dict[str, Any]:
    """Numbers as numbers, words on one line."""
    cleaned = dict(said)
    for name in ("width", "height"):
        if name in cleaned:
            cleaned[name] = pixels(cleaned[name])
    if "alt" in cleaned:
        cleaned["alt"] = " ".join(str(cleaned["alt"] or "").split())[:_MAX_ALT] or None
    return cleaned
