"""Imported once by the fork server of the worker pool, so that workers share what is slow to load
and large.

It works when imported, as only `warm_reports` does besides: it loads the models of languages
(0.1 s, 100 MB) and of charsets (0.1 s, 40 MB) and the list of public suffixes (50 ms) before
workers are forked, and keeps the extraction libraries quiet in them.
"""

import gc
import logging
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

gc.disable()  # what is loaded stays; to look for cycles in it takes a twentieth of the time
# Before numpy comes: its threads would not survive the fork, and a page has no use for them.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from archive.kept_code import code_kept

__all__ = ["lxml", "page_text", "published", "py3langid", "trafilatura", "warm_reports"]

try:
    with code_kept("load-pages"), ThreadPoolExecutor(1) as beside:
        import py3langid.langid

        from pipeline.read.text import charset, language

        # Unpacking the model of languages takes a sixth of all this, and no interpreter: all else
        # loads beside it, where a core is free. The thread has ended before anybody is forked.
        model = beside.submit(language.model)
        import lxml.html

        from archive.urls.normal import registered_domain
        from pipeline.read import page_text, warm_reports
        from pipeline.read.platforms.registry import platforms
        from pipeline.read.text.article.lean import trafilatura
        from pipeline.read.text.dating import published

        charset.detector()
        registered_domain("example.org")
        platforms()
    # it unpacks through a temporary file; where the disk is full, each worker says so for its own
    # page
    with suppress(OSError):
        model.result()
except MemoryError:
    # whoever wanted workers says that none can be started; a page is not to be blamed for it
    sys.exit(1)
# Their complaints about broken pages are ours to put into flags; a worker's output is nobody's to
# read.
for name in ("pypdfium2", "trafilatura"):
    logging.getLogger(name).setLevel(logging.CRITICAL)
gc.enable()
