"""`python -m crawler SPIDER JOB`: one crawl, then those that standard input names, a line each.

It ends at once when the process that started it is gone. That process holds the lock under which we
write; this one holds it, too, for as long as it lives.
"""

from __future__ import annotations

import signal
import sys

from crawler.orders import Orders


def main() -> None:
    """Run the spiders; standard input is a pipe whose other end closes with the process that
    started us."""
    # until Scrapy hears it: in the middle of its imports it would only leave a traceback
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # who started us has it held until here; what came before is forgotten with it
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    orders = Orders()
    orders.listen()
    from crawler.process import run_all

    name, job = sys.argv[1:]
    sys.exit(run_all(name, job, orders))


if __name__ == "__main__":
    main()
