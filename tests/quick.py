"""Settings under which a crawl of the replica is over soon."""

from __future__ import annotations

QUICK = {
    "ISW_ARCHIVE_CONTACT": "mailto:operator@isw-archive.example",
    "ISW_ARCHIVE_HOST_DELAY_S": "0",
    "ISW_ARCHIVE_REPORT_HOST_DELAY_S": "0",
    "ISW_ARCHIVE_TIMEOUT_S": "3",
    "ISW_ARCHIVE_RETRIES": "1",
    "ISW_ARCHIVE_ALLOW_NETWORKS": "127.0.0.1/32",
}
