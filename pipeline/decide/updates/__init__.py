"""What one capture changes: the previous state is read, the change decided; `pipeline.run.ingest` writes it, in one transaction.

Nothing here writes, so crawl, import, recovery and rebuild cannot differ in what they make of a capture.
"""
