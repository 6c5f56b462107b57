"""The Critical Threats Project, criticalthreats.org."""

from datetime import date

from pipeline.read.publishers.site import Guess, Site, StartPage, Step

_CTP = "https://www.criticalthreats.org"
_ROCA = "russian-offensive-campaign-assessment"
_IRAN = "iran-update"
# Days that separate the forms of addresses, from the pages seen.
_YEARS_IN_SLUGS = date(2023, 1, 1)
_WAR_UPDATES = date(2026, 2, 28)

SITE = Site(
    name="ctp",
    # Iran Updates had morning editions in 2026; weeklies come through the day.
    looks=("08:45", "13:45", "18:45", "22:45"),
    steps=(
        Step(
            "listing",
            (
                StartPage(f"{_CTP}/analysis/ctp-iran-updates", _IRAN),
                StartPage(f"{_CTP}/analysis/africa-file", "africa-file"),
            ),
        ),
        Step("feed", (StartPage(f"{_CTP}/feed"),)),
        Step("pattern"),
        Step("wayback"),
    ),
    archived=("criticalthreats.org/analysis/*",),
    guesses=(
        Guess(f"{_CTP}/analysis/iran-update-{{long}}", _IRAN),
        *(
            Guess(f"{_CTP}/analysis/iran-update-{form}-{{long}}", _IRAN, since=_WAR_UPDATES)
            for form in ("morning-special-report", "evening-special-report", "special-report")
        ),
        Guess(
            f"{_CTP}/analysis/iran-crisis-update-{{short}}",
            "iran-crisis-update",
            until=_YEARS_IN_SLUGS,
        ),
        Guess(f"{_CTP}/analysis/{_ROCA}-{{short}}", _ROCA, until=_YEARS_IN_SLUGS),
        Guess(f"{_CTP}/analysis/{_ROCA}-{{long}}", _ROCA, since=_YEARS_IN_SLUGS),
        Guess(f"{_CTP}/briefs/congo-war-security-review/{{long}}", "congo-war-security-review"),
    ),
)
