"""`python -m tests.cluster.store PORT FOLDER`: the object store of tests, in a process that may be
killed: what it said it has is on disk."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, MutableMapping
from pathlib import Path
from urllib.parse import quote, unquote

from tests.object_store import Store


class Files(MutableMapping[str, bytes]):
    """Objects as files; each is there whole, or not at all."""

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir(parents=True, exist_ok=True)

    def _path(self, key: str) -> Path:
        return self.root / quote(key, safe="")

    def __getitem__(self, key: str) -> bytes:
        try:
            return self._path(key).read_bytes()
        except FileNotFoundError:
            raise KeyError(key) from None

    def __setitem__(self, key: str, content: bytes) -> None:
        # beside the folder, so that a draft is never listed
        with tempfile.NamedTemporaryFile(dir=self.root.parent, delete=False) as draft:
            draft.write(content)
        Path(draft.name).replace(self._path(key))

    def __delitem__(self, key: str) -> None:
        self._path(key).unlink()

    def __iter__(self) -> Iterator[str]:
        return (unquote(path.name) for path in self.root.iterdir())

    def __len__(self) -> int:
        return sum(1 for _ in self.root.iterdir())


def main() -> None:
    """Serve until killed."""
    port, root = sys.argv[1:]
    store = Store(int(port))
    store.objects = Files(Path(root))
    store.serve_forever()


if __name__ == "__main__":
    main()
