"""For tests of the network side: small servers on loopback, and Scrapy's real engine in a process
of its own."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scrapy import Request, Spider

    from archive.config import Settings

ROOT = Path(__file__).parent.parent


@dataclass
class Asked:
    """One request as a server saw it."""

    method: str
    target: str
    headers: dict[str, str]

    @property
    def path(self) -> str:
        rest = self.target.partition("://")[2]
        return "/" + rest.partition("/")[2] if rest else self.target


Answer = Callable[[socket.socket, Asked], None]


@dataclass
class Server:
    """Answers on one loopback port; `asked` is what it saw, `touched` how often somebody
    connected."""

    answer: Answer
    host: str = "127.0.0.1"
    tls: ssl.SSLContext | None = None
    family: socket.AddressFamily = socket.AF_INET
    asked: list[Asked] = field(default_factory=list)
    touched: int = 0
    port: int = 0

    def paths(self) -> list[str]:
        return [asked.path for asked in self.asked]

    @contextlib.contextmanager
    def running(self) -> Iterator[Server]:
        listener = socket.create_server((self.host, self.port), family=self.family)
        self.port = listener.getsockname()[1]
        thread = threading.Thread(target=self._accept, args=(listener,), daemon=True)
        thread.start()
        try:
            yield self
        finally:
            with contextlib.suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            listener.close()
            thread.join(5)

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            self.touched += 1
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError, ValueError), connection:
            talk: socket.socket = connection
            if self.tls is not None:
                talk = self.tls.wrap_socket(connection, server_side=True)
            with talk:
                asked = read_request(talk)
                if asked is not None:
                    self.asked.append(asked)
                    self.answer(talk, asked)


def read_request(connection: socket.socket) -> Asked | None:
    head = b""
    while b"\r\n\r\n" not in head:
        data = connection.recv(65536)
        if not data:
            return None
        head += data
    first, *lines = head.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    method, target, _ = first.split(" ", 2)
    headers = {k.lower(): v.strip() for k, _, v in (line.partition(":") for line in lines)}
    return Asked(method, target, headers)


def reply(
    connection: socket.socket, status: int = 200, body: bytes = b"ok", **headers: str
) -> None:
    """One whole answer, after which the connection is closed."""
    lines = [f"HTTP/1.1 {status} X", f"Content-Length: {len(body)}", "Connection: close"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    connection.sendall("\r\n".join(lines).encode() + b"\r\n\r\n" + body)


def pages(table: dict[str, Any]) -> Answer:
    """Answers by path: bytes, `(status, body, headers)`, or a function. Other paths, robots.txt
    too, get 404."""

    def answer(connection: socket.socket, asked: Asked) -> None:
        found = table.get(asked.path)
        if callable(found):
            found(connection, asked)
        elif isinstance(found, tuple):
            reply(connection, found[0], found[1], **(found[2] if len(found) > 2 else {}))
        else:
            reply(connection, 404 if found is None else 200, found or b"")

    return answer


def crawl(
    urls: list[str | dict[str, Any]],
    *,
    isw: dict[str, Any] | None = None,
    scrapy: dict[str, Any] | None = None,
    names: dict[str, list[str]] | None = None,
    environ: dict[str, str] | None = None,
) -> dict[str, dict[str, Any]]:
    """Fetch URLs with the real engine and our middlewares; what became of each.

    Args:
        urls: Each a URL, or `{"url", "meta"}`.
        isw: Our settings; `allow_networks` is 127.0.0.1 unless given.
        scrapy: Scrapy's settings over the usual ones.
        names: Name to addresses, of which each look-up takes the next and the last stays; several
            at once have commas between them. Nothing else resolves.
        environ: Variables over an environment without proxies.
    """
    job = {"urls": urls, "isw": isw or {}, "scrapy": scrapy or {}, "names": names or {}}
    env = {k: v for k, v in os.environ.items() if not k.lower().endswith("_proxy")}
    done = subprocess.run(
        [sys.executable, "-m", "tests.fetching"],
        input=json.dumps(job),
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**env, **(environ or {})},
        timeout=600,
        check=False,
    )
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    ended = {line.pop("asked"): line for line in lines}
    if done.returncode or not ended:
        raise AssertionError(f"the crawl failed: {done.returncode}\n{done.stdout}\n{done.stderr}")
    ended["log"] = {"text": done.stderr}
    return ended


def _as_json(value: Any) -> Any:
    """What JSON has no word for."""
    return asdict(value) if is_dataclass(value) else str(value)


def _child() -> None:
    job = json.load(sys.stdin)
    _resolve_only(job["names"])
    from scrapy.crawler import AsyncCrawlerProcess

    from archive.config import Settings

    settings = Settings(**{"allow_networks": ("127.0.0.1",), "host_delay_s": 0.0, **job["isw"]})
    process = AsyncCrawlerProcess(_engine(settings) | job["scrapy"])
    process.crawl(_probe(job["urls"]))
    process.start()
    sys.exit(process.bootstrap_failed)


def _engine(settings: Settings) -> dict[str, Any]:
    """Scrapy's settings: our handlers and middlewares, and nothing of its own that interferes."""
    from crawler.settings import TWISTED_DNS_RESOLVER

    ours = "crawler.middlewares."
    handlers = dict.fromkeys(("http", "https"), "crawler.download.handler.DownloadHandler")
    return {
        "ISW_SETTINGS": settings,
        "DOWNLOAD_HANDLERS": {**dict.fromkeys(("file", "ftp", "s3", "data")), **handlers},
        "DOWNLOADER_MIDDLEWARES": {
            ours + "guard.GuardMiddleware": 50,
            ours + "robots.RobotsMiddleware": 100,
            ours + "politeness.PolitenessMiddleware": 800,
        },
        "TWISTED_DNS_RESOLVER": TWISTED_DNS_RESOLVER,
        "DOWNLOAD_TIMEOUT": settings.timeout_s,
        "REDIRECT_MAX_TIMES": settings.max_redirects,
        "HTTPERROR_ALLOW_ALL": True,
        "RETRY_ENABLED": False,
        "COMPRESSION_ENABLED": False,
        "DUPEFILTER_CLASS": "scrapy.dupefilters.BaseDupeFilter",
        "DOWNLOAD_MAXSIZE": 0,
        "DOWNLOAD_WARNSIZE": 0,
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        "LOG_LEVEL": "INFO",
    }


def _probe(urls: list[str | dict[str, Any]]) -> type[Spider]:
    """A spider that asks for these in their order, and says what became of each."""
    from scrapy import Request, Spider

    from crawler.download.failures import classify

    class Probe(Spider):
        name = "probe"

        async def start(self) -> Any:
            for number, entry in enumerate(urls):
                given = entry if isinstance(entry, dict) else {"url": entry}
                meta = {**(given.get("meta") or {}), "asked": given.get("as", given["url"])}
                yield Request(
                    given["url"], self.arrived, errback=self.failed, meta=meta, priority=-number
                )

        def arrived(self, response: Any) -> None:
            slot = self.crawler.engine.downloader.slots.get(response.meta.get("download_slot"))
            _say(
                response.request,
                status=response.status,
                url=response.url,
                length=len(response.body),
                head=response.body[:60].decode("latin-1"),
                flags=response.flags,
                delay=slot and slot.delay,
            )

        def failed(self, failure: Any) -> None:
            outcome, text = classify(failure.value)
            kind = type(failure.value).__name__
            evidence = getattr(failure.value, "evidence", None)
            _say(failure.request, outcome=outcome, error=kind, text=text, evidence=evidence)

    return Probe


def _say(request: Request, **more: Any) -> None:
    meta = {k: v for k, v in request.meta.items() if k.startswith("isw_") and k != "isw_target"}
    keys = ("download_slot", "redirect_urls")
    meta |= {k: request.meta[k] for k in keys if k in request.meta}
    told = {"asked": request.meta["asked"], "meta": meta, **more}
    sys.stdout.write(json.dumps(told, default=_as_json) + "\n")


def _resolve_only(names: dict[str, list[str]]) -> None:
    """Let no name leave this process: the given ones, and literals."""
    real = socket.getaddrinfo
    left = {name: list(answers) for name, answers in names.items()}

    def getaddrinfo(host: Any, *args: Any, **kwargs: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        answers = left.get(name)
        if answers:
            name = answers.pop(0) if len(answers) > 1 else answers[0]
        elif name not in names:
            try:
                socket.inet_aton(name)
            except OSError:
                if ":" not in name:
                    raise socket.gaierror(socket.EAI_NONAME, "not in this test") from None
        return [answer for one in name.split(",") for answer in real(one, *args, **kwargs)]

    socket.getaddrinfo = getaddrinfo
    socket.gethostbyname = lambda name: getaddrinfo(name, 0)[0][4][0]


if __name__ == "__main__":
    _child()
