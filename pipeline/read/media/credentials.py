"""Content credentials (C2PA): what a manifest within a file says of how the file was made, and what
the reader of the extra `credentials` finds of it. Nothing is asked of anybody else.

The reader asks other hosts for manifests, revocations and identities unless it is told not to, and
calls a signature invalid once its certificate has expired. Here it asks nobody, and of its findings
those are left out that depend on the day or on lists of whom to trust: a rebuild gives the same.
"""

from __future__ import annotations

import functools
import io
from typing import TYPE_CHECKING, Any

from pipeline.read.media.exif import Unreadable
from pipeline.read.text.json_of import json_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from archive.model.body import Viewed


_OFFLINE = {
    "core": {"allowed_network_hosts": []},
    "verify": {
        "remote_manifest_fetch": False,
        "ocsp_fetch": False,
        "verify_trust": False,
        "verify_timestamp_trust": False,
    },
}
_OF_THE_DAY = ("signingCredential.", "timeStamp.", "claimSignature.insideValidity",
               "claimSignature.outsideValidity", "cawg.")  # fmt: skip
"""Findings that another day, or another list, would change (C2PA 2.2, section 15.2)."""
_FORMS = {"jpeg": "image/jpeg", "png": "image/png", "webp": "image/webp", "mp4": "video/mp4"}
_MOST_CODES = 30


def credentials_of(body: Viewed, form: str) -> dict[str, str]:
    """What the manifest in a file says, and the reader's findings; empty without the extra.

    Args:
        body: The whole file.
        form: Its form, as `MediaFacts`.

    Raises:
        Unreadable: The reader refuses it.
    """
    reading = _reading()
    if reading is None or form not in _FORMS:
        return {}
    c2pa, context = reading
    try:
        stream = io.BytesIO(body) if isinstance(body, bytes) else body
        with c2pa.Reader(_FORMS[form], stream, context=context) as reader:
            found = json_of(reader.json())
    except (c2pa.C2paError, ValueError, RecursionError) as error:
        raise Unreadable from error
    return _claims(found)


@functools.cache
def _reading() -> tuple[Any, Any] | None:
    """The library, and how it is to read; None where it is not installed."""
    try:
        import c2pa
    except (ImportError, OSError):  # its native part may not fit the machine
        return None
    return c2pa, c2pa.Context(c2pa.Settings.from_dict(_OFFLINE))


def _claims(found: Mapping[str, Any]) -> dict[str, str]:
    manifests = found.get("manifests") or {}
    manifest = manifests.get(found.get("active_manifest")) or {}
    signature = manifest.get("signature_info") or {}
    results = (found.get("validation_results") or {}).get("activeManifest") or {}
    told = {
        "generator": _generator(manifest),
        "signer": signature.get("common_name"),
        "issuer": signature.get("issuer"),
        "signed": signature.get("time"),
        "actions": "; ".join(_actions(manifest)),
        "manifests": str(len(manifests)) if len(manifests) > 1 else None,
        "found true": _codes(results.get("success")),
        "found false": _codes(results.get("failure")),
    }
    return {name: str(value) for name, value in told.items() if value}


def _generator(manifest: Mapping[str, Any]) -> str:
    named = (_program(one) for one in manifest.get("claim_generator_info") or ())
    return ", ".join(filter(None, named)) or str(manifest.get("claim_generator") or "")


def _program(named: object) -> str:
    """A program, which is told as its name alone or with its version."""
    if not isinstance(named, dict):
        return str(named or "")
    return " ".join(str(named[name]) for name in ("name", "version") if named.get(name))


def _actions(manifest: Mapping[str, Any]) -> Iterator[str]:
    for assertion in manifest.get("assertions") or ():
        if not str(assertion.get("label")).startswith("c2pa.actions"):
            continue
        for action in assertion.get("data", {}).get("actions") or ():
            source = str(action.get("digitalSourceType") or "").rpartition("/")[2]
            parts = (source, _program(action.get("softwareAgent")), action.get("when"))
            beside = ", ".join(str(part) for part in parts if part)
            yield f"{action.get('action')} ({beside})" if beside else str(action.get("action"))


def _codes(results: Any) -> str:
    """The reader's words, each once, without what depends on the day."""
    codes = dict.fromkeys(str(one.get("code")) for one in results or ())
    return ", ".join([code for code in codes if not code.startswith(_OF_THE_DAY)][:_MOST_CODES])
