"""What one capture changes, decided here; `pipeline.run.ingest` writes it, in one transaction.

Nothing here writes or knows a database, so that crawl, import, recovery and rebuild make the same
of a capture. What the archive holds is asked for through `pipeline.decide.held`.
"""
