"""Graphs of who rests on whom, as GraphML, streamed.

Source: http://graphml.graphdrawing.org/specification.html
"""

# ruff: noqa: S608 - every name and clause put into SQL here is ours

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns \
http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""
# XML 1.0, production 2: what may stand in it at all
_NO_CHARACTER = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TOKEN = re.compile(r"[A-Za-z0-9._:-]+")

# Of the publication shown of each report, the newest complete version.
_SHOWN = """
shown AS (
    SELECT reports.id AS report, versions.id AS version_id, versions.title, reports.series,
           reports.report_date, row_number() OVER (
               PARTITION BY reports.id
               ORDER BY publications.url != reports.url, complete DESC, version DESC) AS nth
    FROM reports JOIN publications ON publications.report_id = reports.id
    JOIN versions ON versions.publication_id = publications.id),
cited AS (
    SELECT report, source_id, note_id FROM shown
    JOIN citations ON citations.version_id = shown.version_id
    WHERE nth = 1 AND source_id IS NOT NULL)
"""
# A sentence is the markers of one sentence; the sources of their notes stand behind it together.
_TOGETHER = f"""
WITH {_SHOWN},
behind AS (
    SELECT DISTINCT markers.version_id, markers.sentence, source_id FROM shown
    JOIN markers ON markers.version_id = shown.version_id AND nth = 1
    JOIN citations ON citations.note_id = markers.note_id WHERE source_id IS NOT NULL)
"""
_FORWARDS = """
WITH forwards AS (
    SELECT DISTINCT sources.platform || ':' || account AS channel, sources.id,
           json_extract(facts, '$.forwarded_from') AS origin
    FROM captures JOIN sources ON sources.id = source_id
    WHERE account IS NOT NULL AND facts LIKE '%forwarded_from%'
          AND json_extract(facts, '$.forwarded_from') IS NOT NULL)
"""
_SOURCE = "'source' AS kind, sources.url AS label, platform, account, domain, status"


@dataclass(frozen=True, slots=True)
class Graph:
    """A graph: names of what is told of its nodes, and the SQL that gives nodes and edges.

    Attributes:
        name: Of its file.
        about: What its nodes, edges and weights are.
        directed: Whether an edge leads from one to the other.
        told: Of nodes, in the order of the columns behind their id.
        nodes: The SQL: id, then what is told.
        edges: The SQL: from, to, weight.
    """

    name: str
    about: str
    directed: bool
    told: tuple[str, ...]
    nodes: str
    edges: str


GRAPHS = (
    Graph(
        "report-source",
        "Reports and what they cite, by the newest complete version of each report. The weight is "
        "the number of citations.",
        True,
        ("kind", "label", "platform", "account", "domain", "status", "series", "report_date"),
        f"WITH {_SHOWN} SELECT report, 'report', title, NULL, NULL, NULL, NULL, series, "
        f"report_date FROM shown WHERE nth = 1 UNION ALL SELECT * FROM (SELECT 's' || id, "
        f"{_SOURCE}, NULL, NULL FROM sources WHERE id IN (SELECT source_id FROM cited) "
        "ORDER BY id) ORDER BY 2, 1",
        f"WITH {_SHOWN} SELECT report, 's' || source_id, count(*) FROM cited "
        "GROUP BY report, source_id ORDER BY report, source_id",
    ),
    Graph(
        "forwards",
        "Cited channels and whom the cited posts were forwarded from, as far as the posts that are "
        "held say so. The weight is the number of posts.",
        True,
        ("kind", "label"),
        f"{_FORWARDS} SELECT DISTINCT channel, 'channel', channel FROM forwards "
        "UNION SELECT DISTINCT 'name:' || origin, 'origin', origin FROM forwards ORDER BY 1",
        f"{_FORWARDS} SELECT channel, 'name:' || origin, count(DISTINCT id) FROM forwards "
        "GROUP BY channel, origin ORDER BY 1, 2",
    ),
    Graph(
        "co-citation",
        "Sources that stand behind the same sentence, by the newest complete version of each "
        "report. The weight is the number of such sentences.",
        False,
        ("kind", "label", "platform", "account", "domain", "status"),
        f"{_TOGETHER} SELECT 's' || id, {_SOURCE} FROM sources WHERE id IN ("
        "SELECT one.source_id FROM behind AS one JOIN behind AS other "
        "USING (version_id, sentence) WHERE one.source_id != other.source_id) ORDER BY id",
        f"{_TOGETHER} SELECT 's' || one.source_id, 's' || other.source_id, count(*) "
        "FROM behind AS one JOIN behind AS other USING (version_id, sentence) "
        "WHERE one.source_id < other.source_id GROUP BY one.source_id, other.source_id "
        "ORDER BY one.source_id, other.source_id",
    ),
)


def graphml(connection: sqlite3.Connection, graph: Graph) -> Iterator[str]:
    """The graph, node by node and edge by edge."""
    yield f"{_HEAD}<desc>{escape(graph.about)}</desc>\n"
    for name in graph.told:
        yield f'<key id="{name}" for="node" attr.name="{name}" attr.type="string"/>\n'
    yield '<key id="weight" for="edge" attr.name="weight" attr.type="int"/>\n'
    direction = "directed" if graph.directed else "undirected"
    yield f'<graph id="{graph.name}" edgedefault="{direction}">\n'
    for node, *told in connection.execute(graph.nodes):
        parts = zip(graph.told, told, strict=True)
        inner = "".join(f'<data key="{k}">{_text(v)}</data>' for k, v in parts if v is not None)
        yield f"<node id={quoteattr(_id(node))}>{inner}</node>\n"
    for one, other, weight in connection.execute(graph.edges):
        ends = f"source={quoteattr(_id(one))} target={quoteattr(_id(other))}"
        yield f'<edge {ends}><data key="weight">{weight}</data></edge>\n'
    yield "</graph>\n</graphml>\n"


def _id(name: str) -> str:
    """A name as GraphML takes it for an id: a token, without slashes and blanks."""
    token = name.replace("/", ":")
    if _TOKEN.fullmatch(token):
        return token
    return f"x{hashlib.sha256(name.encode('utf-8', 'replace')).hexdigest()[:16]}"


def _text(value: Any) -> str:
    return escape(_xml_text(value))


def _xml_text(value: Any) -> str:
    """Text without what XML cannot hold."""
    return _NO_CHARACTER.sub("\ufffd", str(value))
