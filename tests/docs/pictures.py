"""`make pictures`: the pictures of `docs/`, taken of the demo's pages in Debian's Chromium.

The demo is made for the purpose, up to a fixed day, unless a folder is named that holds one.
"""

from __future__ import annotations

import argparse
import io
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from archive.clock import TEST_CLOCK, offset_to
from tests.browser.opened import PHONE, View, chromium, opened
from tests.browser.shown import PAGES, UNTIL, asked
from tests.demo import live_through
from tests.docs.markdown import ROOT
from tests.replica.year import year
from tests.serving import served

FOLDER = ROOT / "docs" / "pictures"
BEGIN = """(one, opens) => {
  if (opens) for (const inner of [one, ...one.querySelectorAll("details")]) inner.open = true;
  one.scrollIntoView();
}"""
COLOURS = 48
"""Of a picture: text on paper needs few, and the file is a third of its size."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One of them.

    Attributes:
        page: Its name among those that are tested.
        tail: What follows the address.
        begin: A selector: the picture begins where this stands.
        width, height: In pixels.
        opens: What is folded where it begins is opened.
    """

    page: str
    tail: str = ""
    begin: str = "body"
    width: int = 1200
    height: int = 760
    scheme: str = "light"
    opens: bool = False


PICTURES = {
    "report": Picture("report", begin=".isw-para:has(.isw-side)"),
    "phone": Picture("report", begin="details.isw-side", width=PHONE, height=700, opens=True),
    "changes": Picture("changes"),
    "check": Picture("check", begin=".isw-claim"),
    "source": Picture("dead source"),
    "series": Picture("series"),
    "rot": Picture("rot", height=900),
    "search": Picture("search", scheme="dark"),
}


def main() -> None:
    """Take them all."""
    parser = argparse.ArgumentParser(prog="python -m tests.docs.pictures", description=__doc__)
    parser.add_argument("--data", type=Path, help="a demo up to the day of the tests")
    parser.add_argument("names", nargs="*", help="only these")
    args = parser.parse_args()
    os.environ[TEST_CLOCK] = offset_to(UNTIL)
    with tempfile.TemporaryDirectory() as made:
        if args.data is None:
            live_through(year(UNTIL), Path(made) / "data")
        take(args.data or Path(made) / "data", args.names or list(PICTURES))


def take(demo: Path, names: list[str]) -> None:
    """Write these pictures of a demo."""
    FOLDER.mkdir(exist_ok=True)
    with served(demo) as (_, where), chromium() as browser:
        for name in names:
            picture = PICTURES[name]
            shown = PAGES[picture.page]
            url = where.rstrip("/") + shown.path.format(*asked(demo, shown.query)) + picture.tail
            with opened(browser, url, View(picture.width, picture.scheme, True)) as page:
                page.set_viewport_size({"width": picture.width, "height": picture.height})
                page.locator(picture.begin).first.evaluate(BEGIN, picture.opens)
                (FOLDER / f"{name}.png").write_bytes(compressed(page.screenshot()))
            print(f"docs/pictures/{name}.png")


def compressed(png: bytes) -> bytes:
    """The picture with few colours."""
    whole = Image.open(io.BytesIO(png)).convert("RGB")
    # the usual way, by how much has a colour, would lose that of a small mark
    few = whole.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    out = io.BytesIO()
    few.save(out, "PNG", optimize=True)
    return out.getvalue()


if __name__ == "__main__":
    main()
