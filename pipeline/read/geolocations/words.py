"""Words of properties and labels that say what an address beside them is to a place."""

from __future__ import annotations

import re

OF_SOURCE = frozenset({
    "source", "sources", "src", "link", "links", "url", "urls", "href", "uri", "path",
    "post", "tweet", "video", "media", "footage", "origin", "original", "evidence", "proof",
    "quelle", "quellen", "fuente", "fuentes", "джерело", "джерела", "посилання",
    "источник", "источники", "ссылка", "ссылки", "مصدر", "رابط", "منبع", "מקור",
})  # fmt: skip
"""It is the footage, post or page that was placed."""

OF_GEOLOCATION = re.compile(
    r"geo_?-?loc|geo_?link|geoverif|геолок|تحديد الموقع|موقعیت|מיקום", re.IGNORECASE
)
"""It shows how that was placed."""

OF_DRESS = frozenset({
    "icon", "icons", "image", "images", "img", "thumbnail", "thumbnails", "thumb", "marker",
    "style", "styleurl", "logo", "avatar", "flag",
    "license", "licence", "copyright", "attribution",
})  # fmt: skip
"""It is about how a map looks, and whose it is."""
