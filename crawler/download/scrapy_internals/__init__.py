"""The fence: all that we use of Scrapy and Twisted that they do not promise to keep.

Nothing else of the program names these parts, and `parts.PARTS` says of each what breaks without
it; tests hold both. Scrapy has a ceiling in `pyproject.toml` for their sake: raise it when
`tests/crawler/test_scrapy_internals.py` is green with the new version.
"""
