"""`isw-archive export --format wacz`: a report with all it rests on, as one file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from archive.errors import BadInputError
from pipeline.cli.ending import EXIT_PROBLEMS
from pipeline.cli.output import replacing

if TYPE_CHECKING:
    from collections.abc import Callable

    from archive.config import Settings
    from archive.dossier.sign import Signing
    from pipeline.cli.context import Context

MB = 1_000_000

SIGNING = ("sign_key", "certificate", "timestamp_authority", "timestamp_certificate")
"""Names of the options that say how a dossier is signed."""

_F = TypeVar("_F", bound="Callable[..., Any]")
_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


def signing_options(command: _F) -> _F:
    """What a signature needs, as options of a command."""
    for name, kind, words in (
        ("--timestamp-certificate", _FILE, "the authority's certificates (PEM), its own first."),
        ("--timestamp-authority", str, "asked for a timestamp (RFC 3161); with --certificate."),
        ("--certificate", _FILE, "the certificate of that key and those above it (PEM)."),
        ("--sign-key", _FILE, "a secret elliptic key (PEM) that signs it."),
    ):
        command = click.option(name, type=kind, help=f"wacz: {words}")(command)
    return command


def signing(
    settings: Settings,
    *,
    sign_key: Path | None,
    certificate: Path | None,
    timestamp_authority: str | None,
    timestamp_certificate: Path | None,
    **_: Any,
) -> Signing | None:
    """What signs a dossier: the key named, else that of the settings; None: nothing does.

    Raises:
        BadInputError: The options do not go together, or their files are not what they should be.
    """
    from archive.dossier import sign
    from archive.dossier.stamps import asked_of
    from pipeline.run.jobs.sending import send_timestamp_request

    sign_key = sign_key or (Path(settings.sign_key) if settings.sign_key else None)
    if sign_key is None:
        if certificate or timestamp_authority or timestamp_certificate:
            raise BadInputError("export: --certificate and --timestamp-… go with --sign-key")
        return None
    stamped = (timestamp_authority, timestamp_certificate)
    if certificate is None or timestamp_authority is None or timestamp_certificate is None:
        if certificate or any(stamped):
            raise BadInputError(
                "export: --certificate, --timestamp-authority and --timestamp-certificate go "
                "together; a key alone signs without them"
            )
        return sign.signing(sign_key)
    asked = asked_of(
        timestamp_authority,
        timestamp_certificate,
        lambda url, query: send_timestamp_request(url, query, settings),
    )
    return sign.signing(sign_key, certificate, asked)


def export_dossier(
    obj: Context, report: str | None, output: Path | None, signing: Signing | None
) -> None:
    """Write the dossier of a report, and say what is not in it.

    Raises:
        BadInputError: The words do not go together, or the report is not held.
    """
    from archive import clock
    from archive.dossier.make import dossier
    from archive.dossier.writing import write
    from archive.model.times import format_time
    from archive.show.reports_named import resolve

    if report is None or output is None:
        raise BadInputError("export --format wacz: name one report, no version, and --output FILE")
    db = obj.opened()
    # a timestamp must follow close on what it stamps; else the same archive gives the same file
    now = format_time(clock.now()) if signing is not None and signing.chain else None
    name = resolve(db, report)
    with replacing(output, obj.folder) as file:
        made = dossier(db, obj.folder, name, created=now, signing=signing)
        write(made, file)
    for problem in made.problems:
        click.echo(f"! {problem}", err=True)
    for heading, some in made.left:
        for one in some:
            click.echo(f"{heading}: capture {one.capture} ({one.url}): {one.why}", err=True)
    click.echo(f"{output}: {made.captures} captures of {made.report}, {made.size / MB:.1f} MB")
    if made.problems:
        sys.exit(EXIT_PROBLEMS)
