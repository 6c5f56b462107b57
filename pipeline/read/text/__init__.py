"""Clean text of cited pages: `page_text`."""

from pipeline.read.text.limits import TextLimits
from pipeline.read.text.page import page_text

__all__ = ["TextLimits", "page_text"]
