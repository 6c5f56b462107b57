"""The names of the present parsers."""

from pipeline.read import parse, parsers
from pipeline.read.plaintext import reading


def test_every_reader_of_reports_is_among_the_present_parsers() -> None:
    readers = {layout.PARSER for layout in parse.LAYOUTS} | {reading.PARSER}
    assert readers == parsers.PARSERS
