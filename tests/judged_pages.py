"""Pages as a browser would get them, and how their capture is judged."""

from datetime import UTC, datetime

from archive.model.fetch import FetchContext
from archive.model.understood import FetchedPage
from archive.model.vocabulary import Kind
from pipeline.read.outcomes import judge_capture
from pipeline.read.page_text import page_text

AT = datetime(2026, 3, 20, 12, 0, tzinfo=UTC)

URL = "https://news.example.com/world/2026/03/ferry-goes-again-4711"

SENTENCE = "The ferry over the wide river went again on Monday after three weeks of repairs. "

ARTICLE = "".join(
    f"<p>On day {n} of the works {n * 7} people waited at gate {n}. {SENTENCE * 4}</p>"
    for n in range(8)
)


def capture(body="", *, url=URL, status=200, final=None, subject=None, kind=Kind.SOURCE, **fields):
    headers = {"content-type": "text/html; charset=utf-8", **fields.pop("headers", {})}
    context = FetchContext(7, kind, url, subject=subject)
    raw = body.encode() if isinstance(body, str) else body
    return FetchedPage(context, final or url, AT, status, headers, raw, **fields)


def verdict(body="", *, read=True, **fields):
    page = capture(body, **fields)
    text = None
    if read and page.http_status and page.http_status < 400:
        source = page.context.subject or page.final_url
        text = page_text(page.body, source, page.headers["content-type"], AT)
    return judge_capture(page, text, page.body)


def document(title, body, head=""):
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
        "<body><nav><a href='/'>Home</a> <a "
        f"href='/world'>World</a></nav><main><article>{body}</article></main></body></html>"
    )
