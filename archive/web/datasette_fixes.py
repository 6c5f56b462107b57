"""Corrections to datasette's own pages, as far as their templates have no block for them.

Datasette 0.65 has no block around these parts; a copy of whole templates would miss its changes.
"""

from __future__ import annotations

import re

from markupsafe import Markup

from archive.web.columns import heading, narrowed

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
_OPTION = re.compile(r"<option( selected)?>(\w+)</option>")
_SORTED = re.compile(r'(<option value="\w+"[^>]*>Sort by )(\w+)')
_DESCRIBED = re.compile(r"<dt>(\w+)</dt>(?=<dd>)")
_TABLE = re.compile(r"<h1>(\w+)(?: \(view\))?(?= *</h1>)")
_CHOSEN = re.compile(r'(?<=<h2 class="isw-part">)[^<]*(?=</h2>)')
_DEFINITION = re.compile(r'<pre class="wrapped-sql">.*?</pre>', re.DOTALL)
_COLUMNS = re.compile(r'<dl class="column-descriptions">.*?</dl>', re.DOTALL)
_FOLDED = Markup('<details class="isw-columns"><summary>What the columns say</summary>{}</details>')
_MADE = Markup('<details class="isw-columns"><summary>As SQL makes it</summary>{}</details>')
_BARRED = re.compile(r'<h1 style="[^"]*">(.*?)</h1>')
"""With a bar in a colour that is drawn from the database's name: red."""
_TEXTAREA = re.compile(r'<textarea id="sql-editor"(?![^>]*aria-label)')


def improved(page: Markup, table: str = "", title: str = "") -> Markup:
    """The inner part of a table's or a question's page, labelled and shortened.

    Args:
        page: As datasette makes it.
        table: Whose rows it shows; empty of a question.
        title: Its heading; empty: as it is.
    """
    text = str(page)
    for old, new in (*_LABELS, *_HEADINGS):
        text = text.replace(old, new)
    text = _TEXTAREA.sub('<textarea id="sql-editor" aria-label="SQL"', text)
    text = _COLUMNS.sub(lambda found: str(_FOLDED.format(Markup(found[0]))), text)  # noqa: S704 - datasette's own
    text = _DEFINITION.sub(lambda found: str(_MADE.format(Markup(found[0]))), text)  # noqa: S704 - datasette's own
    text = _BARRED.sub(rf"<h1>{title}</h1>" if title else r"<h1>\1</h1>", text)
    text = _called(_LICENSE.sub("", text), table)
    return Markup(text)  # noqa: S704 - as it came


def _called(text: str, table: str) -> str:
    """A table's page whose columns are called as in its headings; forms send their names."""

    def option(found: re.Match[str]) -> str:
        said = heading(found[2], table)
        return f'<option value="{found[2]}"{found[1] or ""}>{said}</option>'

    text = _OPTION.sub(option, text)
    text = _SORTED.sub(lambda found: f"{found[1]}{heading(found[2], table)}", text)
    text = _DESCRIBED.sub(lambda found: f"<dt>{_name(found[1], table)}</dt>", text)
    text = _TABLE.sub(lambda found: f"<h1>{found[1].replace('_', ' ')}", text)
    return _CHOSEN.sub(lambda found: narrowed(found[0], table), text)


def _name(column: str, table: str) -> str:
    """A column as people say it, and as SQL and filters do."""
    said = heading(column, table)
    return said if said == column else f"{said} (<code>{column}</code>)"
