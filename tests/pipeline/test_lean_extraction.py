"""trafilatura without what it fetches with reads as it always does."""

import subprocess
import sys

CODE = """
import sys
from pipeline.read.text.article.lean import trafilatura
assert "urllib3" not in sys.modules
page = "<article>" + "<p>Troops crossed the river at dawn.</p>" * 9 + "</article>"
page = f"<html><body>{page}</body></html>"
print(trafilatura.extract(page).count("dawn"))
import trafilatura.utils, urllib3
assert isinstance(urllib3.__version__, str)
tree = trafilatura.utils.load_html(b"<html><body><p>Words</p></body></html>")
assert tree.findtext(".//p") == "Words"
"""
NEWER = """
import sys, types
from archive import spared_imports
class Refusing(types.ModuleType):
    def __getattr__(self, name):
        raise AttributeError(name)
real = spared_imports.imported_instead
def refusing(modules):
    return real({name: module and Refusing(name) for name, module in modules.items()})
spared_imports.imported_instead = refusing
from pipeline.read.text.article.lean import trafilatura
import trafilatura.utils, urllib3.response
assert trafilatura.utils.HTTPResponse is urllib3.response.HTTPResponse
print("whole")
"""


def said(code):
    return subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    ).stdout.strip()


def test_pages_are_read_and_urllib3_can_be_had_later():
    assert said(CODE) == "9"


def test_where_a_newer_one_makes_more_ready_all_of_it_is_loaded():
    assert said(NEWER) == "whole"
