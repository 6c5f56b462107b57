"""What is mended in datasette's own pages, which cannot be told by their templates' blocks.

Datasette 0.65 has no block around these parts; a copy of whole templates would miss its changes.
"""

from __future__ import annotations

import re

from markupsafe import Markup

_LABELS = (
    ('<select name="_filter_column', '<select aria-label="Column" name="_filter_column'),
    ('<select name="_filter_op', '<select aria-label="How to compare" name="_filter_op'),
    (
        '<input type="text" name="_filter_value',
        '<input aria-label="Value" type="text" name="_filter_value',
    ),
    ('<select name="_sort"', '<select aria-label="Sort by" name="_sort"'),
    ('class="cross">', 'class="cross" aria-label="remove">'),
    ('value="Run SQL"', 'value="Ask"'),
    ("Custom SQL query returning ", ""),
    ("Custom SQL query", "Question"),
    ('<textarea name="allow"', '<textarea aria-label="Allow block" name="allow"'),
    ('<textarea name="actor"', '<textarea aria-label="Actor" name="actor"'),
    ('<input type="text" name="message"', '<input aria-label="Message" type="text" name="message"'),
    ('<select name="message_type"', '<select aria-label="Kind" name="message_type"'),
    ("&#x270e; ", ""),
    ("Query parameters", "What to ask about"),
)

_HEADINGS = (("<h3>", '<h2 class="isw-part">'), ("</h3>", "</h2>"))
"""Their h3 follows an h1."""
_LICENSE = re.compile(r"<p>\s*Data license:.*?</p>", re.DOTALL)
_KEY = re.compile(r'(<td class="col-id type-pk"><a href="[^"]*">)\d{6,}(</a>)')
"""A key of ours, which says nothing to a reader."""
_COLUMNS = re.compile(r'<dl class="column-descriptions">.*?</dl>', re.DOTALL)
_FOLDED = Markup('<details class="isw-columns"><summary>What the columns say</summary>{}</details>')
_TEXTAREA = re.compile(r'<textarea id="sql-editor"(?![^>]*aria-label)')


def improved(page: Markup) -> Markup:
    """The inner part of a table's or a question's page, labelled and shortened."""
    text = str(page)
    for old, new in (*_LABELS, *_HEADINGS):
        text = text.replace(old, new)
    text = _TEXTAREA.sub('<textarea id="sql-editor" aria-label="SQL"', text)
    text = _COLUMNS.sub(lambda found: str(_FOLDED.format(Markup(found[0]))), text)  # noqa: S704 - datasette's own
    text = _KEY.sub(r"\1row\2", _LICENSE.sub("", text))
    return Markup(text)  # noqa: S704 - as it came
