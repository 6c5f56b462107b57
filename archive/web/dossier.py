"""The dossier of a report as a download."""

from __future__ import annotations

import asyncio
import contextlib
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from datasette.utils.asgi import AsgiFileDownload, NotFound

from archive.db.database import open_readonly
from archive.dossier.make import dossier
from archive.dossier.writing import write
from archive.errors import BadInputError, WarcError
from archive.show import report_reading
from archive.show.withheld import WithheldError, require_shown
from archive.web.answering import UnreadableError, database_of, folder_of

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request

    from archive.dossier.sign import Signing
    from archive.folder import DataFolder
    from archive.web.headers import Send

TYPE = "application/wacz"

SIGNING: WeakKeyDictionary[Datasette, Signing] = WeakKeyDictionary()
"""What signs the dossiers of a server; not in its configuration, which datasette shows."""


class _Download(AsgiFileDownload):  # type: ignore[misc]
    """A file that goes once it was sent, or the reader went away."""

    def __init__(self, folder: contextlib.ExitStack, path: Path, name: str) -> None:
        super().__init__(str(path), filename=name, content_type=TYPE)
        self._folder = folder

    async def asgi_send(self, send: Send) -> Any:
        with self._folder:
            return await super().asgi_send(send)


async def dossier_file(request: Request, datasette: Datasette) -> AsgiFileDownload:
    """The report, its figures, and every capture of what it cites, in one file."""
    database = await database_of(datasette, request)
    name = request.url_vars["report"]
    found = await database.execute_fn(lambda db: report_reading.report(db, name, None))
    if found is None:
        raise NotFound(f"No report {name} is held here")
    await database.execute_fn(lambda db: require_shown(db, found["version"]["id"]))
    stack = contextlib.ExitStack()
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="isw-archive-dossier-")))
    try:
        target = folder / "dossier.wacz"
        loop = asyncio.get_running_loop()
        signing = SIGNING.get(datasette)
        place = (Path(str(database.path)), folder_of(database))
        await loop.run_in_executor(None, _make, *place, name, target, signing)
    except BadInputError as error:
        stack.close()
        raise WithheldError(str(error)) from error
    except WarcError as error:
        stack.close()
        raise UnreadableError(str(error)) from error
    except BaseException:
        stack.close()
        raise
    return _Download(stack, target, f"{name.replace('/', '_')}.wacz")


def _make(
    database: Path, folder: DataFolder, name: str, target: Path, signing: Signing | None
) -> None:
    with contextlib.closing(open_readonly(database)) as db, target.open("wb") as file:
        write(dossier(db, folder, name, signing=signing), file)
