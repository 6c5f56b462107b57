"""`python -m crawler SPIDER [JOB]`: runs one crawl, then those that standard input names, a line
each.

Without a job it loads what the spider needs, and reads the first crawl from standard input, too.

It ends at once when the process that started it is gone. That process holds the archive's lock,
under which we write; we hold it, too, for as long as we live.
"""

from __future__ import annotations

import atexit
import gc
import signal
import sys

from crawler.orders import Orders

COLLECT_EVERY = 20_000
"""New objects until the collector looks for cycles: with the default of 700 it took an eighth of
this process's time. A response makes some hundred, and hardly a cycle."""


def main() -> None:
    """Run the spiders; standard input is a pipe whose other end closes with the process that
    started us."""
    # until Scrapy hears it: in the middle of its imports it would only leave a traceback
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # who started us has it held until here; what came before is forgotten with it
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    spider, *jobs = sys.argv[1:]
    orders = Orders(idle=not jobs)
    orders.listen()
    gc.disable()  # what is loaded stays
    from archive.kept_code import code_kept

    with code_kept(f"load-crawl-{spider}"):
        from crawler.process import load, run_all

        load(spider)
    gc.freeze()
    gc.set_threshold(COLLECT_EVERY)
    gc.enable()
    atexit.register(gc.freeze)  # 0.2 s less until the process is gone
    name, job = (spider, jobs[0]) if jobs else orders.first()
    sys.exit(run_all(name, job, orders))


if __name__ == "__main__":
    main()
