"""The American Enterprise Institute, CTP's house, with copies of what both wrote."""

import re

from archive.urls.publishers.publisher import Publisher
from archive.urls.series import SERIES

# most of what stands here is by others: only what a series' name is in
_NAMES = "|".join(one.in_address for one in SERIES if one.in_address)

PUBLISHER = Publisher(
    name="aei",
    title="American Enterprise Institute",
    rank=2,
    reports={
        "aei.org": re.compile(
            rf"/(?:articles|research-products/\w[\w-]*|op-eds)/[^/]*(?:{_NAMES})[^/]*/?"
        )
    },
)
