"""A small web of our own making, served as a forward proxy on one local port.

Nothing here ever connects anywhere: every answer is made on this machine. The real program runs
against it unchanged, through `http_proxy` and `https_proxy`:

    with Replica(at=parse_time("2026-03-20T12:00:00Z")) as replica:
        subprocess.run([...], env=replica.env())
        replica.set_time(...)   # reports appear and are corrected, sources die, drift, come back
        replica.requests        # what was asked, with the monotonic time

`world.py` puts the sites together; `world.expected(at)` says what is true then: reports with their
notes, and for every cited source the labelled outcome, written before anything judges it. From a
shell: `python -m tests.replica --help`; there `http://replica.invalid/time?at=…` moves the time and
`http://replica.invalid/log` shows what was asked.
"""
