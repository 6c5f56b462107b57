"""The tables, and how they came to be: append-only migrations, each in one transaction.

Everything here but the tables of `RUN_LOGS` is derived from the WARC files and made anew by
`isw-archive rebuild`. Ids are therefore made of what the records say (capture numbers, hashes of keys), never of the
order of insertion. Each table and column is described once, in `archive/web/metadata.yaml`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.db.folding import folding_triggers
from archive.db.lean import Migrations
from archive.db.schema import accounts as schema_accounts
from archive.db.schema import browser as schema_browser
from archive.db.schema import cited_lives as schema_cited
from archive.db.schema import corroboration as schema_corroboration
from archive.db.schema import counts as schema_counts
from archive.db.schema import daily as schema_daily
from archive.db.schema import edits as schema_edits
from archive.db.schema import fixity as schema_fixity
from archive.db.schema import grouped as schema_grouped
from archive.db.schema import growth as schema_growth
from archive.db.schema import held_lookup as schema_asked
from archive.db.schema import initial as schema_initial
from archive.db.schema import large as schema_large
from archive.db.schema import lasting as schema_lasting
from archive.db.schema import latency as schema_latency
from archive.db.schema import leaner as schema_leaner
from archive.db.schema import life_counts as schema_life_counts
from archive.db.schema import links as schema_links
from archive.db.schema import lives as schema_lives
from archive.db.schema import lookups as schema_lookups
from archive.db.schema import media as schema_media
from archive.db.schema import mementos as schema_mementos
from archive.db.schema import million as schema_million
from archive.db.schema import operations as schema_operations
from archive.db.schema import questioned as schema_questioned
from archive.db.schema import redirects as schema_ways
from archive.db.schema import references as schema_references
from archive.db.schema import related as schema_related
from archive.db.schema import rounds as schema_rounds
from archive.db.schema import sentences as schema_sentences
from archive.db.schema import sights as schema_sights
from archive.db.schema import speech as schema_speech
from archive.db.schema import support as schema_support
from archive.db.schema import texts as schema_texts
from archive.db.schema import timely as schema_timely
from archive.db.schema import verdicts as schema_verdicts
from archive.db.schema import videos as schema_videos

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlite_utils import Database

migrations = Migrations("isw-archive")

RUN_LOGS = frozenset(
    {
        "runs", "discovery_steps", "warc_files", "submissions", "unread", "damages", "alarms",
        "withheld", "fixity_checks", "media_left", "video_looks", "video_bands", "near_videos",
    }
)  # fmt: skip
"""Tables that say what we did, not what was seen; `rebuild` does not make them again."""


@migrations()
def m001_initial(db: Database) -> None:
    """Tables, views and full-text indexes of the first release."""
    _execute(db, schema_initial.TABLES)
    for name, sql in schema_initial.VIEWS.items():
        db.create_view(name, sql)
    for table, columns in schema_initial.FTS.items():
        # Diacritics and the forms of Arabic, Persian, Hebrew and Cyrillic letters do not divide words.
        db.table(table).enable_fts(columns, tokenize="unicode61 remove_diacritics 2")
        for trigger in folding_triggers(table, tuple(columns)):
            db.execute(trigger)


@migrations()
def m002_mementos(db: Database) -> None:
    """What other archives hold of sources whose live page cannot be had."""
    _execute(db, schema_mementos.FIRST)


def _execute(db: Database, script: str) -> None:
    _each(db, _statements(script))


def _each(db: Database, statements: Iterable[str]) -> None:
    for statement in statements:
        db.execute(statement)


def _remake_view(db: Database, name: str, sql: str) -> None:
    db.execute(f"DROP VIEW {name}")
    db.create_view(name, sql)


def _statements(script: str) -> list[str]:
    """The statements of a script; `executescript` would commit the migration's transaction."""
    return [part for part in script.split(";\n") if part.strip()]


@migrations()
def m003_near_texts(db: Database) -> None:
    """The same and nearly the same text under several addresses; filled by `rebuild` for what was kept before."""
    _execute(db, schema_texts.TABLES)


@migrations()
def m004_verdicts(db: Database) -> None:
    """Link rot and content drift; verdicts on what was kept before come with its next check, or with `rebuild`."""
    _execute(db, schema_verdicts.TABLES)
    for name, sql in schema_verdicts.VIEWS.items():
        db.create_view(name, sql)


@migrations()
def m005_add_ways(db: Database) -> None:
    """How a chain went on, and to which source it led.

    Hops kept before were all HTTP redirects; where captures led is filled by `rebuild` for those kept before.
    """
    _execute(db, schema_ways.TABLES)


@migrations()
def m007_ask_about_all(db: Database) -> None:
    """Questions about sources that are there, only copies that are sure, and what was handed to an archive."""
    _execute(db, schema_mementos.TABLES)
    _remake_view(db, "only_copies", schema_mementos.ONLY_COPIES)
    db.execute("UPDATE sources SET only_copy = 1 WHERE id IN (SELECT source_id FROM only_copies)")


@migrations()
def m008_rot_figures(db: Database) -> None:
    """Views of how cited sources fare, and `hosts`: since m015 they are made there."""
    db.execute("DROP VIEW hosts")


@migrations()
def m010_index_lost_names(db: Database) -> None:
    """The failures of a host's name, found without its other captures."""
    _execute(db, schema_verdicts.LOST_NAMES)


@migrations()
def m011_fixity(db: Database) -> None:
    """Size and digest of each WARC file, pages that could not be read yet, and what was found damaged."""
    _execute(db, schema_fixity.TABLES)


@migrations()
def m012_host_notices(db: Database) -> None:
    """What a host shows at several addresses, found by its words; for texts kept before it is filled by `rebuild`."""
    _execute(db, schema_texts.NOTICES)


@migrations()
def m013_references(db: Database) -> None:
    """Slips that were mended are named; short links and copies join the graph of reports.

    Reports are read again under a newer parser, which fills the columns for those kept before.
    """
    _execute(db, schema_references.REPAIRS)
    _remake_view(db, "report_links", schema_references.REPORT_LINKS)


@migrations()
def m014_text_links(db: Database) -> None:
    """Where texts lead; filled by `rebuild` for what was kept before."""
    _execute(db, schema_links.TABLES)


@migrations()
def m015_kept_counts(db: Database) -> None:
    """Sources by host and captures by outcome are counted as they change, not when somebody asks."""
    _execute(db, schema_counts.TABLES)
    _each(db, schema_counts.TRIGGERS)
    for name, sql in schema_counts.VIEWS.items():
        db.execute(f"DROP VIEW IF EXISTS {name}")
        db.create_view(name, sql)


@migrations()
def m017_withheld(db: Database) -> None:
    """Captures that pages and exports do not show."""
    db.execute(schema_fixity.WITHHELD)


@migrations()
def m018_sentences(db: Database) -> None:
    """Citing sentences are found by their words."""
    _each(db, schema_sentences.statements())


@migrations()
def m030_planned_runs(db: Database) -> None:
    """What the schedule planned; runs of before were asked for."""
    _execute(db, schema_operations.PLANNED_RUNS)


@migrations()
def m031_alarms(db: Database) -> None:
    """States of alarms, and the days on which a series should have a report and has none."""
    _execute(db, schema_operations.ALARMS)
    db.create_view("missing_days", schema_operations.MISSING_DAYS)


@migrations()
def m042_speech(db: Database) -> None:
    """How citing sentences speak; reports kept before are read again under a newer parser, which fills it."""
    _execute(db, schema_speech.TABLES)


@migrations()
def m046_fixity_rounds(db: Database) -> None:
    """What fixity rounds found of each file; what was verified before was told and not kept."""
    _execute(db, schema_rounds.TABLES)
    db.create_view("newest_fixity_checks", schema_rounds.NEWEST)


@migrations()
def m050_lives(db: Database) -> None:
    """How long each source was seen is kept with it; figures of link rot read nothing else."""
    for part in (
        schema_lives.TABLES,
        schema_lives.FOLLOWED,
        schema_lives.CITED,
        schema_lives.INDEX,
    ):
        _execute(db, part)


@migrations()
def m052_flat(db: Database) -> None:
    """What is asked daily is kept or indexed, so that it costs no more as the archive grows."""
    for part in schema_growth.SCRIPTS:
        _execute(db, part)
    _each(db, schema_growth.TRIGGERS)
    _remake_view(db, "rot_by_year", schema_growth.ROT_BY_YEAR)


@migrations()
def m053_support(db: Database) -> None:
    """What citing sentences rest on; filled by `rebuild` for reports that were kept before."""
    _execute(db, schema_support.TABLES)
    db.execute(schema_support.TRIGGER)
    for name, sql in schema_support.VIEWS.items():
        db.create_view(name, sql)


@migrations()
def m054_accounts(db: Database) -> None:
    """Numbers of accounts; of what was kept before they are read by `rebuild`."""
    _each(db, (*_statements(schema_accounts.TABLES), *schema_accounts.TRIGGERS))
    for name, sql in schema_accounts.VIEWS.items():
        db.create_view(name, sql)


@migrations()
def m055_media(db: Database) -> None:
    """What cited pages show beside their words; of pages kept before it is read by `rebuild`."""
    _execute(db, schema_media.TABLES)


@migrations()
def m057_index_ways(db: Database) -> None:
    """Addresses on the way to a capture, where captures led, and copies elsewhere are found by address."""
    _execute(db, schema_asked.TABLES)


@migrations()
def m062_media_sights(db: Database) -> None:
    """What each look at a post showed; of posts looked at before it is read by `rebuild`."""
    _execute(db, schema_sights.TABLES)


@migrations()
def m063_media_said(db: Database) -> None:
    """What files say of themselves; of those fetched before it is read by `rebuild`."""
    db.execute("ALTER TABLE media_files ADD COLUMN said TEXT")


@migrations()
def m064_browser(db: Database) -> None:
    """Cited pages as a browser showed them; before this nobody used one."""
    _execute(db, schema_browser.TABLES)


@migrations()
def m065_videos(db: Database) -> None:
    """What videos look like; `isw-archive keyframes` looks at those that are kept."""
    _execute(db, schema_videos.TABLES)


@migrations()
def m067_edits(db: Database) -> None:
    """What publishers edited, sentence by sentence; of versions kept before it is made by `rebuild`."""
    _execute(db, schema_edits.TABLES)
    db.execute(schema_edits.TRIGGER)
    for name, sql in schema_edits.VIEWS.items():
        db.create_view(name, sql)


@migrations()
def m068_corroborations(db: Database) -> None:
    """What other observers saw of sources; of captures kept before it is made by `rebuild`."""
    _execute(db, schema_corroboration.TABLES)
    for name, sql in schema_corroboration.VIEWS.items():
        db.create_view(name, sql)


@migrations()
def m069_latency(db: Database) -> None:
    """Young sources are found without reading all others; when each was posted is kept with it."""
    _execute(db, schema_latency.TABLES)


@migrations()
def m070_post_links(db: Database) -> None:
    """What posts refer to; of posts that were kept before it is read by `rebuild`."""
    _execute(db, schema_related.TABLES)
    for name, sql in (*schema_related.VIEWS.items(), *schema_latency.VIEWS.items()):
        db.create_view(name, sql)


@migrations()
def m075_players(db: Database) -> None:
    """What yt-dlp says of the videos that it fetched; before this nobody used it."""
    db.execute("ALTER TABLE media_files ADD COLUMN player TEXT")


@migrations()
def m076_index_in_groups(db: Database) -> None:
    """Words of new versions, notes and sentences enter the indexes together, not row by row."""
    for table in schema_sentences.IN_GROUPS:
        db.execute(f"DROP TRIGGER IF EXISTS {table}_ai")


@migrations()
def m080_leaner(db: Database) -> None:
    """A capture of a source takes no room in the index of publications."""
    _execute(db, schema_leaner.INDEXES)


@migrations()
def m081_links(db: Database) -> None:
    """Links of texts stand in the order in which pages show them, and need no index for it."""
    _execute(db, schema_leaner.LINKS)


@migrations()
def m083_searching(db: Database) -> None:
    """Searches with filters are answered from indexes."""
    _execute(db, schema_million.SEARCHING)


@migrations()
def m084_kept(db: Database) -> None:
    """What cites sources, how long these last and how captures ended is counted as it changes."""
    _execute(db, schema_million.TABLES)
    for table, sql in schema_million.ANEW.items():
        db.execute(f"INSERT INTO {table} {sql}")
    _each(db, schema_million.TRIGGERS)
    for name, sql in schema_million.VIEWS.items():
        _remake_view(db, name, sql)


@migrations()
def m085_missing_days(db: Database) -> None:
    """Days without a report are found day by day, not each by all reports; what is cited of an
    account, and what died last, is in an index."""
    _execute(db, schema_million.MORE_INDEXES)
    _remake_view(db, "missing_days", schema_operations.MISSING_DAYS)


@migrations()
def m077_counted_together(db: Database) -> None:
    """New sources, and what cites sources, are counted with each version, not row by row."""
    for name in schema_leaner.NOT_ROW_BY_ROW:
        db.execute(f"DROP TRIGGER IF EXISTS {name}")


@migrations()
def m078_prefixes(db: Database) -> None:
    """No index holds what another begins with, nor rows that nobody asks it for."""
    _execute(db, schema_leaner.PREFIXES)


@migrations()
def m092_by_report(db: Database) -> None:
    """How the sources of reports fare is told report by report, as far as somebody reads; what died
    last is found first."""
    _execute(db, schema_large.DEATHS)
    _remake_view(db, "rot_by_report", schema_large.ROT_BY_REPORT)


@migrations()
def m093_version_support(db: Database) -> None:
    """What the sentences of a version rest on is counted with it."""
    _execute(db, schema_large.SUPPORT_TABLE)
    db.execute(schema_large.SUPPORT_TRIGGER)
    for name, sql in schema_large.SUPPORT_VIEWS.items():
        _remake_view(db, name, sql)


@migrations()
def m094_version_hedges(db: Database) -> None:
    """How the sentences of a version speak is counted with it."""
    _execute(db, schema_large.HEDGES_TABLE)


@migrations()
def m095_lasting(db: Database) -> None:
    """How long sources were followed is counted by hours, then by days, not by hours alone."""
    _each(db, schema_lasting.STATEMENTS)


@migrations()
def m098_starting(db: Database) -> None:
    """What each command asks before it begins goes through no table."""
    _execute(db, schema_daily.STARTING)


@migrations()
def m099_waiting_files(db: Database) -> None:
    """Figures and attachments that nobody asked for yet are noted as they come."""
    _execute(db, schema_daily.WAITING)
    _each(db, schema_daily.TRIGGERS)


@migrations()
def m101_grouped(db: Database) -> None:
    """How long sources were followed is counted by host and series, too."""
    _each(db, schema_grouped.STATEMENTS)


@migrations()
def m096_cited_lives(db: Database) -> None:
    """How long sources last from the citation on is counted, too; what others captured is in an
    index."""
    _each(db, schema_cited.STATEMENTS)


for _later in (schema_lookups, schema_life_counts, schema_questioned, schema_timely):
    _later.add_to(migrations)
