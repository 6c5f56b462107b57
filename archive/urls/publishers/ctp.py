"""The Critical Threats Project."""

import re

from archive.urls.publishers.publisher import Publisher

PUBLISHER = Publisher(
    name="ctp",
    title="Critical Threats Project",
    rank=1,
    reports={"criticalthreats.org": re.compile(r"/(?:analysis/[^/]+|briefs/[^/]+/[^/]+)/?")},
    lists=re.compile(r"/analysis/(?:ctp-iran-updates|ctp-iran-crisis-updates|africa-file)/?"),
    home="www.criticalthreats.org",
)
