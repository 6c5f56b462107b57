"""`python -m crawler SPIDER JOB`: one crawl, which ends at once when the process that started it is
gone.

That process holds the lock under which we write; this one holds it, too, for as long as it lives.
"""

from __future__ import annotations

import os
import signal
import sys
import threading


def main() -> None:
    """Run the spider; standard input is a pipe whose other end closes with the process that started
    us."""
    # until Scrapy hears it: in the middle of its imports it would only leave a traceback
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # who started us has it held until here; what came before is forgotten with it
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    threading.Thread(target=_end_with_parent, daemon=True).start()
    from scrapy.cmdline import execute

    name, job = sys.argv[1:]
    execute(["scrapy", "crawl", name, "-a", f"job={job}"])


def _end_with_parent() -> None:
    while os.read(sys.stdin.fileno(), 1024):
        pass
    # at once: what is written is written, and the next start takes it in
    os._exit(1)


if __name__ == "__main__":
    main()
