"""Scrapy alone over a list of addresses, or with the text of each page taken in the callback.

Run by a Python that has Scrapy: `scrapy_pages.py ADDRESSES RESULT [--text | --unchanged]`. It asks
what we ask: robots.txt of each host, 16 requests at once, two of a host. With --text each page's
text and metadata become a line of RESULT.jsonl, by Scrapy's own feed export. With --unchanged it
asks for pages that it had before, as our second round does: with the tags that `tests.bench.web`
gives them, and for no robots.txt, which we hold from the first round.
"""

from __future__ import annotations

import json
import sys
from collections.abc import AsyncIterator, Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Any

import scrapy
from scrapy.crawler import CrawlerProcess


class Pages(scrapy.Spider):
    """Asks for each address once."""

    name = "pages"
    text = unchanged = False
    handle_httpstatus_list = (HTTPStatus.NOT_MODIFIED,)

    def __init__(self, addresses: list[str], result: Path) -> None:
        super().__init__()
        self.addresses, self.result = addresses, result
        self.pages = self.texts = 0

    async def start(self) -> AsyncIterator[scrapy.Request]:
        for address in self.addresses:
            tag = f'"{address.rpartition("/")[2]}"'
            yield scrapy.Request(address, headers={"If-None-Match": tag} if self.unchanged else {})

    def parse(self, response: Any) -> Iterator[dict[str, str]]:
        self.pages += self.unchanged == (response.status == HTTPStatus.NOT_MODIFIED)
        if self.text:
            import trafilatura

            text = trafilatura.extract(response.body, url=response.url, with_metadata=True)
            self.texts += bool(text)
            yield {"url": response.url, "text": text or ""}

    def closed(self, reason: str) -> None:
        self.result.write_text(json.dumps({"pages": self.pages, "texts": self.texts}))


def main() -> None:
    addresses, result = Path(sys.argv[1]), Path(sys.argv[2])
    Pages.text, Pages.unchanged = "--text" in sys.argv, "--unchanged" in sys.argv
    feeds = {f"{result}.jsonl": {"format": "jsonlines"}} if Pages.text else {}
    process = CrawlerProcess(
        {
            "CONCURRENT_REQUESTS": 16,
            "CONCURRENT_REQUESTS_PER_DOMAIN": 2,
            "DOWNLOAD_DELAY": 0,
            "FEEDS": feeds,
            "LOG_LEVEL": "ERROR",
            "METAREFRESH_ENABLED": False,  # some saved pages lead to hosts that are not there
            "ROBOTSTXT_OBEY": not Pages.unchanged,
            "TELNETCONSOLE_ENABLED": False,
        }
    )
    process.crawl(Pages, addresses=addresses.read_text().split(), result=result)
    process.start()


if __name__ == "__main__":
    main()
