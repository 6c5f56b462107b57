"""py3langid's model of languages, unpacked once for all processes of a user.

The library ships it packed as small as can be: to unpack its 68 MB takes 0.45 s of a core, half of
what a worker has to load. Packed otherwise, and kept in the user's cache, that is 0.1 s.
"""

from __future__ import annotations

import hashlib
import json
import sys
from array import array
from typing import TYPE_CHECKING, Any

from archive.cached import cache, cached
from pipeline.read.text.json_of import json_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

NAME = "languages"
"""Of the file in the cache."""
_LAYOUT = 1
"""Another number makes what was kept before count as not there."""
_INTEGERS = {array(code).itemsize: code for code in "HIQ"}
_OUTPUT = "i"


def load() -> Any:
    """The model with its own scores, as the library makes it of its file.

    Raises:
        OSError: The library's file cannot be read, or not be unpacked, for it does that through a
            temporary one.
    """
    from py3langid.langid import MODEL_DIR, MODEL_FILE, LanguageIdentifier

    mark = _mark(MODEL_DIR / MODEL_FILE)
    parts = cached(NAME, mark)
    if parts is not None:
        return _made(parts)
    model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=False)
    cache(NAME, mark, _parts(model))
    return model


def _mark(file: Path) -> bytes:
    """A digest of what the parts are made of, and how."""
    how = f"{_LAYOUT} {sys.byteorder} {array(_OUTPUT).itemsize}"
    return hashlib.sha256(how.encode() + file.read_bytes()).digest()


def _parts(model: Any) -> list[memoryview]:
    moves, rows = model.tk_nextmove, model.tk_row
    about = {"classes": model.nb_classes, "moves": moves.itemsize, "rows": rows.itemsize}
    output = array(_OUTPUT, model.tk_output)
    parts = (json.dumps(about).encode(), model.nb_ptc, model.nb_pc, moves, rows, output)
    return [memoryview(part) for part in parts]


def _made(parts: Sequence[bytes]) -> Any:
    import numpy as np
    from py3langid.langid import LanguageIdentifier

    about = json_of(parts[0])
    pc = np.frombuffer(parts[2], np.float32)
    ptc = np.frombuffer(parts[1], np.float16).reshape(-1, len(pc))
    moves, rows, output = (
        array(code, part)
        for code, part in zip(
            (_INTEGERS[about["moves"]], _INTEGERS[about["rows"]], _OUTPUT), parts[3:], strict=True
        )
    )
    return LanguageIdentifier(
        ptc, pc, about["classes"], moves, output.tolist(), norm_probs=False, tk_row=rows
    )
