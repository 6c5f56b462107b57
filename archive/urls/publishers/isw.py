"""The Institute for the Study of War, and the weblog that mirrors it."""

import re

from archive.urls.publishers.publisher import Publisher

PUBLISHER = Publisher(
    name="isw",
    title="Institute for the Study of War",
    rank=0,
    reports={
        # `/backgrounder/<slug>` and `/node/<n>` to mid 2025, `/research/<team>/<slug>` since
        "understandingwar.org": re.compile(
            r"/(?:backgrounder/[^/]+|research/[^/]+/[^/]+|node/\d+)/?"
        ),
        "iswresearch.org": re.compile(r"/20\d\d/\d\d/[^/]+\.html"),
    },
    lists=re.compile(
        r"/(?:backgrounder/(?:ukraine-conflicts?-updates?(?:-january.*)?|iran-updates"
        r"|china.{1,3}taiwan-weekly-updates)|research/(?:page/\d+|[^/]+/feed))/?"
    ),
    home="understandingwar.org",
    linked={
        "isw.pub": re.compile(r"/.+", re.DOTALL),
        "understandingwar.org": re.compile(r"/report/.*", re.DOTALL),
    },
)
