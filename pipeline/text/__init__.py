"""Clean text of cited pages: `page_text`."""

from pipeline.text.limits import TextLimits
from pipeline.text.page import page_text

__all__ = ["TextLimits", "page_text"]
