"""The Institute for the Study of War: WordPress since mid 2025, Drupal before."""

from datetime import date, timedelta

from pipeline.read.publishers.site import MAX_LIST_PAGES, MAX_SHARDS, Guess, Site, StartPage, Step

_ISW = "https://understandingwar.org"
_RESEARCH = f"{_ISW}/research"
_DRUPAL = "https://www.understandingwar.org/backgrounder"

_ROCA = "russian-offensive-campaign-assessment"
_IRAN = "iran-update"
_CHINA = "china-taiwan-weekly-update"
# Days that separate the forms of addresses, from the pages seen.
_FIRST_ROCA = date(2022, 2, 24)
_YEARS_IN_SLUGS = date(2023, 1, 1)
_FIRST_IRAN_UPDATE = date(2022, 9, 1)
_DRUPAL_ENDS = date(2025, 9, 1)
_WAR_UPDATES = date(2026, 2, 28)
_PROTESTS = (date(2026, 1, 1), date(2026, 2, 1))

_STEPS = (
    # The index names its shards with lastmod, the shards every post with its own.
    # The index names maps, people and tags, too.
    Step(
        "sitemap",
        (StartPage(f"{_ISW}/sitemap_index.xml"),),
        MAX_SHARDS,
        follow=r"/(post|research)[^/]*\.xml$",
    ),
    Step(
        "listing",
        (
            StartPage(f"{_RESEARCH}/?_product_line_filter={_ROCA}", _ROCA),
            StartPage(f"{_RESEARCH}/?_product_line_filter=iran-update", _IRAN),
            StartPage(f"{_RESEARCH}/"),
        ),
        MAX_LIST_PAGES,
    ),
    Step("feed", (StartPage(f"{_ISW}/feed/?post_type=post"),)),
    # Drupal, until mid 2025: the lists by which its reports were found. They answer where an old
    # copy is served.
    Step(
        "drupal-listing",
        (
            StartPage(f"{_ISW}/publications"),
            StartPage(f"{_ISW}/backgrounder/ukraine-conflict-updates", _ROCA),
            StartPage(f"{_ISW}/backgrounder/iran-updates", _IRAN),
        ),
        MAX_LIST_PAGES,
    ),
    Step("pattern"),
    Step("wayback"),
)

_RESEARCH_GUESSES = (
    Guess(f"{_RESEARCH}/russia-ukraine/{_ROCA}-{{long}}/", _ROCA),
    Guess(f"{_RESEARCH}/middle-east/iran-update-{{long}}/", _IRAN),
    Guess(f"{_RESEARCH}/middle-east/iran-update-special-report-{{long}}/", _IRAN),
    Guess(
        f"{_RESEARCH}/russia-ukraine/russian-occupation-update-{{long}}/",
        "russian-occupation-update",
    ),
    Guess(f"{_RESEARCH}/china-taiwan/korean-peninsula-update-{{long}}/", "korean-peninsula-update"),
    Guess(f"{_RESEARCH}/china-taiwan/{_CHINA}-{{long}}/", _CHINA),
    *(
        Guess(
            f"{_RESEARCH}/middle-east/iran-update-{half}-special-report-{{long}}/",
            _IRAN,
            since=_WAR_UPDATES,
        )
        for half in ("morning", "evening")
    ),
    Guess(f"{_RESEARCH}/middle-east/iran-protests-{{long}}/", _IRAN, *_PROTESTS),
    Guess(f"{_RESEARCH}/russia-ukraine/{_ROCA}-{{short}}/", _ROCA, until=_YEARS_IN_SLUGS),
)
# How the first reports of the war were called.
_FIRST_SLUGS = (
    "russia-ukraine-warning-update-initial-russian-offensive-campaign-assessment",
    "russia-ukraine-warning-update-russian-offensive-campaign-assessment-february-25-2022",
    "russia-ukraine-warning-update-russian-offensive-campaign-assessment-february-26",
    "russia-ukraine-warning-update-russian-offensive-campaign-assessment-february-27",
    "russian-offensive-campaign-assessment-february-28-2022",
)
_DRUPAL_GUESSES = (
    *(
        Guess(
            f"{_DRUPAL}/{slug}",
            _ROCA,
            since=_FIRST_ROCA + timedelta(days=number),
            until=_FIRST_ROCA + timedelta(days=number + 1),
        )
        for number, slug in enumerate(_FIRST_SLUGS)
    ),
    *(
        Guess(f"{_DRUPAL}/{slug}", _ROCA, _FIRST_ROCA, _YEARS_IN_SLUGS)
        for slug in (
            f"{_ROCA}-{{short}}",
            f"{_ROCA}-{{short}}-0",
            "russian-offensive-campaign-update-{short}",
            "russian-campaign-assessment-{short}",
        )
    ),
    *(
        Guess(f"{_DRUPAL}/{slug}", _ROCA, _YEARS_IN_SLUGS, _DRUPAL_ENDS)
        for slug in (
            f"{_ROCA}-{{long}}",
            f"{_ROCA}-{{long}}-0",
            "russian-offensive-campaign-update-{long}",
        )
    ),
    Guess(f"{_DRUPAL}/iran-update-{{long}}", _IRAN, _FIRST_IRAN_UPDATE, _DRUPAL_ENDS),
    Guess(f"{_DRUPAL}/{_CHINA}-{{long}}", _CHINA, until=_DRUPAL_ENDS),
)

SITE = Site(
    name="isw",
    # Of 501 reports most were begun between 16 and 22 o'clock; two seen came online at 22:05 and
    # 22:51. Corrections follow through the next day, for which the archive has due times of its
    # own: any look takes what is due.
    looks=("07:15", "12:15", "17:15", "19:15", "21:15", "23:15"),
    steps=_STEPS,
    archived=("understandingwar.org/research/*", "understandingwar.org/backgrounder/*"),
    guesses=(*_RESEARCH_GUESSES, *_DRUPAL_GUESSES),
)
