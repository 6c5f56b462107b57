"""What the database's library is loaded without."""

from __future__ import annotations

import subprocess
import sys


def test_opening_a_database_loads_no_numpy_and_leaves_it_to_be_had() -> None:
    code = (
        "import sys, archive.db.database; assert 'numpy' not in sys.modules, 'loaded'; import numpy"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
