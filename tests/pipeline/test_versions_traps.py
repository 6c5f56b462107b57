"""Pages that differ in everything but their content, and pages that differ in it: from HTML to
versions."""

import html
from collections.abc import Callable

import pytest

from archive.model.reports import Content, ParsedReport
from archive.model.times import parse_time
from pipeline.decide.versions import change_between
from pipeline.read.content import content_of, digest
from pipeline.read.parse import parse_report

URL = "https://www.understandingwar.org/backgrounder/russian-offensive-campaign-assessment-april-1"
TITLE = "Russian Offensive Campaign Assessment, April 1"

PROSE = [
    (
        "The ferry crossed the invented river at dawn, and the miller's son counted forty sacks of "
        "grain on its deck.[1]"
    ),
    (
        "The ditchlines along the eastern meadow were dug by hand.[2][3] The mayor opened a second "
        "road after the harvest.[4]"
    ),
    (
        "The lamps on the pier stayed lit because the keeper had asked for oil.[5] He wrote his "
        "thanks on the door.[6]"
    ),
]
ROMAN = ("i", "ii", "iii", "iv", "v", "vi")
LONG = "https://news.example.org/2022/04/01/the-long-name-of-a-story-about-a-ferry-that-goes-on-and-on-and-on"
NOTES = [
    [LONG],
    [
        "https://www.understandingwar.org/backgrounder/russian-offensive-campaign-assessment-march-31"
    ],
    [
        "https://t.me/riverwatch/17",
        "https://t.me/riverwatch/18",
        "https://mill.example/grain?id=5#top",
    ],
    ["https://suspilne.media/2022-the-second-road/"],
    ["https://t.me/12429378@egnews.example/5"],
    ["https://paper.example/spring", LONG + "-2"],
]
IMAGES = ["https://www.understandingwar.org/sites/default/files/Map%20April%201.png"]

Writer = Callable[[int, list[str]], str]


def plain(number: int, urls: list[str]) -> str:
    return f"<p>[{number}] {html.escape(' ; '.join(urls))}</p>"


def page(
    *,
    note: Writer = plain,
    prose: list[str] = PROSE,
    notes: list[list[str]] = NOTES,
    title_line: bool = False,
    rule: str = '<hr align="left" size="1" width="33%" />',
    images: list[str] = IMAGES,
    around: str = "",
    marks: Callable[[str], str] = str,
) -> bytes:
    """A page of the older layout, written by us."""
    top = f"<p><strong>{TITLE}</strong></p>" if title_line else ""
    pictures = "".join(f'<p><img src="{image}" alt="" /></p>' for image in images)
    body = "".join(f"<p>{marks(html.escape(text, quote=False))}</p>" for text in prose)
    listed = "".join(note(number, urls) for number, urls in enumerate(notes, 1))
    return f"""<!DOCTYPE html><html><head><title>{TITLE} | Institute</title>
<meta name="Generator" content="Drupal 7 (http://drupal.org)" />
<link rel="canonical" href="/backgrounder/russian-offensive-campaign-assessment-april-1" /></head><body>
<h1 class="title" id="page-title">{TITLE}</h1>
<span class="submitted"><span property="dc:date dc:created" content="2022-04-01T19:02:14-04:00">Apr 1, 2022</span></span>
{around}<div class="field field-name-body"><div class="field-items"><div class="field-item even" property="content:encoded">
{top}<p>Ada Brook and Ben Carter</p><p>April 1, 5:00 pm ET</p>{body}{pictures}{rule}{listed}
</div></div></div></body></html>""".encode()  # noqa: E501


def content(body: bytes) -> Content:
    report = parse_report(body, URL, "text/html; charset=utf-8", parse_time("2023-01-01T00:00:00Z"))
    assert isinstance(report, ParsedReport), report
    assert report.complete
    assert len(report.notes) >= 5
    return content_of(report)


def link(href: str, text: str) -> str:
    return f'<a href="{html.escape(href)}">{html.escape(text)}</a>'


def cut(url: str) -> str:
    return url if len(url) <= 72 else url[:69] + "..."


def autolinked(number: int, urls: list[str]) -> str:
    return f"<p>[{number}] {' ; '.join(link(url, cut(url)) for url in urls)}.</p>"


def one_link(number: int, urls: list[str]) -> str:
    joined = "; ".join(urls)
    return f"<p>[{number}] {link(joined, cut(joined))}</p>"


def empty_link(number: int, urls: list[str]) -> str:
    return f"<p>[{number}] {link(' ; '.join(urls), '')}</p>"


def glued_stop(number: int, urls: list[str]) -> str:
    return f"<p>[{number}]&nbsp;{'; '.join(link(url + '.', cut(url + '.')) for url in urls)}</p>"


def no_www(number: int, urls: list[str]) -> str:
    return plain(number, [url.replace("www.understandingwar", "understandingwar") for url in urls])


def roman(number: int, urls: list[str]) -> str:
    return plain(number, urls).replace(f"[{number}]", f"[{ROMAN[number - 1]}]")


def defanged(number: int, urls: list[str]) -> str:
    return plain(number, [url.replace("suspilne.media", "suspilne dot media") for url in urls])


def defanged_in_link(number: int, urls: list[str]) -> str:
    if "suspilne" not in urls[0]:
        return autolinked(number, urls)
    host, rest = urls[0].split(".media", 1)
    return f"<p>[{number}] {link(host, host)} dot media{rest}</p>"


def word_anchors(number: int, urls: list[str]) -> str:
    anchor = f'<a name="_edn{number}" href="file:///C:/x/report.docx#_ednref{number}"></a>'
    return f'<p>{anchor}<span style="mso-x">[{number}]</span> {" ; ".join(urls)}</p>'


def sections(number: int, urls: list[str]) -> str:
    return f"[{number}] {' ; '.join(urls)}<br />"


def protected(address: str, key: int) -> str:
    return bytes([key, *(key ^ byte for byte in address.encode())]).hex()


def hidden(key: int, *, whole_link: bool) -> Writer:
    """Notes of a site behind Cloudflare, which hides what looks like a mail address under a random
    key."""

    def write(number: int, urls: list[str]) -> str:
        if "@" not in urls[0]:
            return plain(number, urls)
        start, _, tail = urls[0].partition("12429378@egnews.example")
        code = protected("12429378@egnews.example", key)
        inner = (
            f'<a href="/cdn-cgi/l/email-protection#{code}"><span class="__cf_email__" '
            f'data-cfemail="{code}">[email&#160;protected]</span></a>'
            if whole_link
            else f'<span class="__cf_email__" data-cfemail="{code}">[email&#160;protected]</span>'
        )
        return f"<p>[{number}] {start}{inner}{tail}</p>"

    return write


def mailto(number: int, urls: list[str]) -> str:
    if "@" not in urls[0]:
        return plain(number, urls)
    start, _, tail = urls[0].partition("12429378@egnews.example")
    return (
        f"<p>[{number}] "
        f"{start}{link('mailto:12429378@egnews.example', '12429378@egnews.example')}{tail}</p>"
    )


def roman_marks(text: str) -> str:
    for number, label in enumerate(ROMAN, 1):
        text = text.replace(f"[{number}]", f"[{label}]")
    return text


def linked_marks(text: str) -> str:
    for number in range(1, 7):
        text = text.replace(f"[{number}]", f'<a href="#_edn{number}" title="">[{number}]</a>')
    return text


SAME = {
    "autolinked": page(note=autolinked),
    "one link with all addresses": page(note=one_link),
    "links without text": page(note=empty_link),
    "full stops glued": page(note=glued_stop),
    "without www": page(note=no_www),
    "roman": page(note=roman, marks=roman_marks),
    "defanged": page(note=defanged),
    "defanged inside the link": page(note=defanged_in_link),
    "word leftovers": page(note=word_anchors, marks=linked_marks),
    "notes divided by breaks": page(note=sections).replace(b"[1] http", b"<p>[1] http"),
    "mail protection": page(note=hidden(0x42, whole_link=False)),
    "mail protection under another key": page(note=hidden(0x99, whole_link=False)),
    "mail protection as a link": page(note=hidden(0x17, whole_link=True)),
    "mail as mailto": page(note=mailto),
    "title line": page(title_line=True),
    "no rule": page(rule=""),
    "no-break spaces": page(prose=[text.replace(" the ", "\u00a0the ") for text in PROSE]),
    "picture twice": page(images=IMAGES * 2),
    "PDF box": page(around=(
        '<div class="field-name-field-pdf-report"><a '
        'href="https://www.understandingwar.org/sites/default/files/x.pdf">Download the '
        'PDF</a></div>'
    )),
    "one line of source": page().replace(b"\n", b" "),
}  # fmt: skip

CHANGED = {
    "a space in a word": (page(prose=[PROSE[0], PROSE[1].replace("ditchlines", "ditch lines"),
        PROSE[2]]), ("prose",)),
    "one letter": (page(prose=[PROSE[0].replace("forty", "fourty"), *PROSE[1:]]), ("prose",)),
    "a paragraph twice": (page(prose=[*PROSE[:2], PROSE[1], PROSE[2]]), ("prose",)),
    "an address": (page(notes=[[LONG + "-3"], *NOTES[1:]]), ("notes",)),
    "another post": (page(notes=[*NOTES[:2],
        [NOTES[2][0], "https://t.me/riverwatch/19", NOTES[2][2]], *NOTES[3:]]), ("notes",)),
    "a picture": (page(images=[*IMAGES, IMAGES[0].replace("Map", "Chart")]), ("figures",)),
    "a word in a note": (page(note=lambda n,
        urls: plain(n, urls).replace("</p>", " Archived copy.</p>" if n == 6 else "</p>")),
        ("notes",)),
}  # fmt: skip


@pytest.mark.parametrize("name", SAME)
def test_another_way_to_write_the_same_is_no_edit(name: str) -> None:
    base, other = content(page()), content(SAME[name])
    assert change_between(base, other) is None
    assert digest(base, "p/1") == digest(other, "p/1")


@pytest.mark.parametrize("name", CHANGED)
def test_the_smallest_edits_are_seen(name: str) -> None:
    body, kinds = CHANGED[name]
    change = change_between(content(page()), content(body))
    assert change is not None
    assert change.kinds == kinds


def test_words_hidden_by_a_cut_link_are_no_edit() -> None:
    def with_words(number: int, urls: list[str]) -> str:
        joined = "; ".join(urls)
        return f"<p>[{number}] {joined}; more. Also seen here.</p>"

    def swallowed(number: int, urls: list[str]) -> str:
        joined = "; ".join(urls) + "; more"
        return f"<p>[{number}] {link(joined, cut(joined))}. Also seen here.</p>"

    assert change_between(content(page(note=with_words)), content(page(note=swallowed))) is None
