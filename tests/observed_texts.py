"""What two observers of a page saw, and what an archive prints around its copy."""

from __future__ import annotations

TEXT = (
    "The harbour authority closed the northern lock for nine days because the water fell below "
    "the mark that pilots need. Barges now wait along the quay until the rain comes back. "
    "Its master told the council that two pumps had failed in the night."
)
OTHER = TEXT.replace("nine days", "two weeks") + " Farmers upstream asked for compensation since."
FAR = "A choir from the hills won the song contest of the valley with a hymn on spring and bees."
BANNER = """The Wayback Machine - https://web.archive.org/web/20260304050000/https://news.example/a
12 captures
03 Mar 2026 - 11 Apr 2026
Feb MAR Apr
04
2025 2026 2027
success
fail
About this capture
COLLECTED BY
"""
