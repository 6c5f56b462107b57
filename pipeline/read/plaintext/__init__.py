"""Reports as plain text: reposts and pasted copies, with their lists of notes."""

from pipeline.read.plaintext.cut import complete_cut, complete_notes
from pipeline.read.plaintext.incoming import decode
from pipeline.read.plaintext.reading import TextReport, read_text

__all__ = ["TextReport", "complete_cut", "complete_notes", "decode", "read_text"]
