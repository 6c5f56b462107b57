"""The command's first lines: what Ctrl-C does until the command line listens to it."""

from __future__ import annotations

import gc
import signal

COLLECT_EVERY = 20_000
"""New objects until the collector looks for cycles: of a short command, which makes hardly any, it
takes a twentieth of the time with the default of 700."""


def main() -> None:
    """Load the command line and run it.

    Until `stoppable` listens nothing is begun that needs an end: a Ctrl-C that comes while modules
    load ends the process as it ends any other, where Python would print a traceback.
    """
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    gc.set_threshold(COLLECT_EVERY)
    from pipeline.cli.main import main as command_line

    command_line()
