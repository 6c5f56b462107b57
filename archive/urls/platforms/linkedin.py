"""LinkedIn: `/in/<account>`, `/company/<account>`."""

from __future__ import annotations

from archive.urls.platforms.identity import Identity

IDENTITY = Identity(
    "linkedin",
    title="LinkedIn",
    hosts=("linkedin.com",),
    places=(1, None),
    exits={("linkedin.com", path): ("url",) for path in ("redir/redirect", "safety/go")},
)
