"""What one capture changes, decided; `pipeline.run.ingest` writes it, in one transaction.

Nothing here writes or knows a database, so crawl, import, recovery and rebuild cannot differ in
what they make of a capture. What is held is asked for through `pipeline.decide.held`.
"""
