"""The command's first lines: what Ctrl-C does until the command line listens to it."""

from __future__ import annotations

import signal


def main() -> None:
    """Load the command line and run it.

    Until `stoppable` listens nothing is begun that needs an end: a Ctrl-C that comes while modules
    load ends the process as it ends any other, where Python would print a traceback.
    """
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from pipeline.cli.main import main as command_line

    command_line()
