"""Which columns a table's page leaves out at first, so that its rows fit a screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

HIDDEN = {
    "reports": ("id", "url"),
    "publications": ("key", "found_by", "published", "lastmod", "first_captured_at", "failures"),
    "sources": (
        "cited_url", "host", "domain", "post_id", "publication_key", "first_cited_at",
        "first_captured_at", "next_due_at", "only_copy", "seen", "drift", "first_seen_at",
        "drifted_at", "compared", "first_cited", "asked", "last_seen_at",
    ),
    "captures": (
        "source_id", "publication_id", "final_url", "run", "payload_bytes", "payload_digest",
        "content_digest", "text_id", "warc_file", "warc_offset", "warc_length", "record_id",
        "revisit_of", "tls_verified", "etag", "last_modified", "memento_at", "origin", "complete",
        "evidence", "facts", "drift_from", "drift_detail", "clock_skew_s", "leads_to", "account_id",
    ),
    "versions": (
        "publication_id", "last_captured_at", "captures", "parser", "content_digest",
        "dateline_text", "published_at", "modified_at", "authors", "series",
        "edition", "cutoff_text", "text",
        "quality", "takeaways", "links", "sections", "doubts",
    ),
    "texts": ("flags", "digest", "notice", "author"),
    "hops": ("warc_file", "warc_offset", "warc_length"),
    "citations": ("note_id", "position", "repairs"),
    "markers": ("id", "note_id", "position", "repairs"),
    "notes": ("position", "repairs"),
    "figures": ("position",),
    "runs": ("arguments", "who", "reason", "planned_as", "planned_for", "queued_at", "detail"),
    "events": ("id", "publication_id"),
    "verdicts": ("evidence", "since"),
    "mementos": ("checks", "next_due_at", "answered_at", "round_due_at", "capture_id"),
    "submissions": ("job_id", "asked_at", "run"),
    "warc_files": ("mtime_ns", "sha256", "last_capture_id"),
    "latest_versions": ("report", "version_id", "last_captured_at", "doubts", "complete"),
    "cited_sources": ("domain", "version_id"),
    "edits": ("version_id",),
    "event_sentences": ("event_id",),
    "corrections": (
        "title", "series", "report_date", "labels_before", "labels_after", "stood_from",
        "last_seen_at", "publication_id", "version", "earlier_version", "position", "earlier_id",
        "version_id", "url", "sources_added", "sources_dropped", "part", "id",
    ),
    "sentence_edits": (
        "position", "labels_before", "labels_after", "since_id", "id", "sources_added",
        "sources_dropped",
    ),
    "claim_support": (
        "series", "report_date", "own", "unnamed", "alive", "drifted", "dead", "only_copies",
        "position",
    ),
    "circular_sources": ("version_id", "position"),
    "posted_first": ("report_date", "version_id", "position"),
    "media": (
        "name", "first_capture_id", "position", "declared_width", "declared_height",
        "declared_bytes", "sha256", "phash", "missing", "tries",
    ),
    "account_reports": ("report_date",),
    "unread": ("payload_digest", "revisit_of", "hops", "warc_offset", "warc_length"),
}  # fmt: skip
"""What is left is what a table is opened for; a row's own page has all of it. Columns that are
added are shown until they are named here."""

FIRST = (
    "reports", "versions", "notes", "markers", "citations", "sources", "captures", "verdicts",
    "events",
)  # fmt: skip
"""Tables that most questions are about, in the order from a report to what became of its
sources."""

ALL = "_all"
"""Argument of an address that shows all columns; datasette takes names that begin so for no
filter."""
_CHOOSING = (ALL, "_col", "_nocol")


def hidden(table: str | None, arguments: Mapping[str, object]) -> tuple[str, ...]:
    """The columns that are not shown of a table; none where a reader chose columns."""
    chosen = set(arguments)
    sorted_by = {str(arguments.get(name)) for name in ("_sort", "_sort_desc") if name in chosen}
    if chosen & set(_CHOOSING):
        return ()
    asked = sorted_by | {name.partition("__")[0] for name in chosen}
    return tuple(one for one in HIDDEN.get(table or "", ()) if one not in asked)
