"""The model of languages from the cache is the library's own."""

import numpy as np
import pytest
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from pipeline.read.text import language_model

TEXT = "Ukrainian forces repelled an attack near the village in the morning."


@pytest.fixture(scope="module")
def packed():
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=False)


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.delenv("CACHE_DIRECTORY", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "isw-archive"


def test_the_model_of_the_cache_equals_the_library_s_in_every_part(packed, folder, monkeypatch):
    language_model.load()
    assert (folder / language_model.NAME).exists()
    monkeypatch.delattr(LanguageIdentifier, "from_model_file")  # it is not unpacked again
    held = language_model.load()
    for name in LanguageIdentifier.__slots__:
        own, other = getattr(packed, name), getattr(held, name)
        if name == "_full_model":
            continue  # the same objects once more
        assert type(own) is type(other), name
        assert getattr(own, "dtype", None) == getattr(other, "dtype", None), name
        assert getattr(own, "typecode", None) == getattr(other, "typecode", None), name
        assert np.array_equal(own, other), name
    assert held.rank(TEXT) == packed.rank(TEXT)


def test_another_model_of_the_library_is_not_taken_for_the_one_that_was_kept(
    tmp_path, packed, monkeypatch
):
    file = tmp_path / "model"
    file.write_bytes(b"one")
    mark = language_model._mark(file)
    file.write_bytes(b"two")
    assert language_model._mark(file) != mark
    monkeypatch.setattr(language_model, "_LAYOUT", 2)
    file.write_bytes(b"one")
    assert language_model._mark(file) != mark
