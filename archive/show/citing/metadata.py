"""What a page says of the work it is about, for reference managers and search engines. Pure.

The names are those of Highwire, which Zotero's "Embedded Metadata" reads, and schema.org's.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from archive.show.citing.record import Work, filled

if TYPE_CHECKING:
    from archive.show.citing.record import Citation, Name

_ITEMS = {Work.REPORT: "report", Work.PAGE: "webpage", Work.POST: "forumPost"}
_TYPES = {Work.REPORT: "Report", Work.PAGE: "NewsArticle", Work.POST: "SocialMediaPosting"}


def tags(one: Citation) -> list[tuple[str, str]]:
    """Names and contents of `<meta>`; several of one name where there are several authors.

    A `citation_title` alone is read as a journal's article, so `z:itemType` says what it is.
    """
    report = one.work is Work.REPORT
    found = [
        ("z:itemType", _ITEMS[one.work]),
        ("citation_title", one.title),
        *(("citation_author", name.sorted) for name in one.names()),
        ("citation_publication_date", (one.issued or "").replace("-", "/")),
        (
            "citation_technical_report_institution" if report else "citation_publisher",
            one.publisher or "",
        ),
        ("citation_technical_report_number", f"Version {one.version}" if one.version else ""),
        ("citation_series_title" if report else "", one.series or ""),
        ("citation_language", one.language or ""),
        ("citation_public_url", one.url),
    ]
    return [(name, content) for name, content in found if name and content]


def json_ld(one: Citation) -> dict[str, Any]:
    """The work as schema.org describes it, and where it is archived."""
    digest = {"@type": "PropertyValue", "propertyID": "SHA-256", "value": one.digest}
    return {
        "@context": "https://schema.org",
        **filled({
            "@type": _TYPES[one.work],
            "name": one.title,
            "headline": one.title,
            "author": [_person(name) for name in one.names()],
            "publisher": one.publisher and {"@type": "Organization", "name": one.publisher},
            "datePublished": one.issued,
            "isPartOf": one.series and {"@type": "CreativeWorkSeries", "name": one.series},
            "version": one.version,
            "inLanguage": one.language,
            "url": one.url,
            "archivedAt": one.archived,
            "identifier": digest if one.digest else None,
            "description": one.note(),
        }),
    }  # fmt: skip


def _person(name: Name) -> dict[str, str]:
    return {"@type": "Organization" if name.given is None else "Person", "name": name.whole}


def json_ld_text(one: Citation) -> Markup:
    """`json_ld` as text within `<script type="application/ld+json">`: nothing in it ends that."""
    text = json.dumps(json_ld(one), ensure_ascii=False)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)  # noqa: S704 - no sign of markup is left in it
