"""How a command ends: known errors in one line, with the exit code that `--help` promises."""

from __future__ import annotations

import atexit
import errno
import gc
import os
import sqlite3
import sys
from typing import Any

import click

from archive.advice import error_with_advice
from archive.errors import ArchiveError, BadInputError, LockedError
from archive.writable import writable
from pipeline.cli.later import Loaded
from pipeline.cli.overview import write_overview
from pipeline.run.interrupts import let_go, stoppable
from pipeline.run.jobs.say import printable

# at the end the interpreter looks for cycles among all that was loaded, for a tenth of a short
# command's time; the system takes back all of it
atexit.register(gc.freeze)

EXIT_PROBLEMS = 1
EXIT_WRONG_USE = 2
EXIT_LOCKED = 3


class Commands(Loaded):
    """Known errors end a command with one line and the exit code that `--help` promises."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands by what they are for."""
        write_overview(ctx, self, formatter)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        with stoppable() as stopped:
            try:
                return super().invoke(ctx)
            except BrokenPipeError:
                # whoever read the output has seen enough; the interpreter must not flush into the
                # pipe again
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
                ctx.exit(EXIT_PROBLEMS)
            except (ArchiveError, *SYSTEM, UnicodeEncodeError, KeyboardInterrupt) as error:
                if not stopped and isinstance(error, KeyboardInterrupt):
                    raise
                if stopped:
                    let_go(error)
                ctx.exit(_say(ctx, STOPPED if stopped else error))
            except (click.exceptions.Exit, click.ClickException, click.Abort):
                raise
            except Exception as error:
                # an interruption that came while a class was made is another error by now
                if not stopped:
                    raise
                let_go(error)
                ctx.exit(_say(ctx, STOPPED))


SYSTEM = (sqlite3.DatabaseError, OSError, MemoryError)
"""What the database or the operating system refuses."""
STOPPED = "stopped; what was written is kept, and the next run goes on from there"


def _say(ctx: click.Context, error: BaseException | str) -> int:
    """Say one line; returns the exit code."""
    if isinstance(error, sqlite3.DatabaseError):
        # not above: sqlite-utils loads numpy where it is installed, two thirds of `--help`'s time
        from archive.db.sqlite_errors import explained

        known = explained(error, ctx.obj.folder.database)
        if known is None:
            raise error
        error = known
    if isinstance(error, UnicodeEncodeError):
        # stand-ins for bytes of the command line; what is kept has none, no database takes them
        if writable(error.object) == error.object:
            raise error
        error = BadInputError(f"{writable(error.object)}: no text (UTF-8)")
    if isinstance(error, MemoryError):
        error = OSError(errno.ENOMEM, os.strerror(errno.ENOMEM), "memory")
    if isinstance(error, OSError):
        error = f"{error.filename or 'output'}: {error_with_advice(error)}"
    click.echo(f"isw-archive: {printable(str(error))}", err=True)
    if isinstance(error, LockedError):
        return EXIT_LOCKED
    return EXIT_WRONG_USE if isinstance(error, BadInputError) else EXIT_PROBLEMS
