"""The full-text index of citing sentences (migration m018)."""

from archive.db.folding import folding_triggers

# A row id that stays what it is when the file is packed, which SQLite's own do not; like `notes.id`.
_TABLES = (
    "ALTER TABLE markers ADD COLUMN id INTEGER AS (version_id * 100000 + position) VIRTUAL",
    "-- serves: sentences found by their words\nCREATE UNIQUE INDEX markers_by_id ON markers (id)",
    """CREATE VIRTUAL TABLE markers_fts USING fts5 (
    sentence, content=[markers], content_rowid=id, tokenize='unicode61 remove_diacritics 2')""",
)
_FILLED = "INSERT INTO markers_fts (rowid, sentence) SELECT id, fold(sentence) FROM markers"


def statements() -> list[str]:
    """What makes the index, fills it with the sentences held, and keeps it filled."""
    return [*_TABLES, _FILLED, *folding_triggers("markers", ("sentence",), rowid="id")]


IN_GROUPS = ("versions", "notes", "markers")
"""Tables whose new rows are indexed by `archive.db.tables.fulltext_rows`, since migration m076."""
