from __future__ import annotations

import itertools
import random
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urljoin

import pytest
import sqlite_utils
from hypothesis import given, settings
from hypothesis import strategies as st

from archive import near
from archive.config import Settings
from archive.db import folding
from archive.db.database import APPLICATION_ID, open_database
from archive.db.schema.migrations import migrations
from archive.model.fetch import FetchedPage, PageText, Processed, Signature
from archive.model.rows import NearPair
from archive.model.vocabulary import Kind, Outcome
from archive.urls import normal as urls
from pipeline.read.platforms.views import fetch_url
from pipeline.read.process import Limits, process
from pipeline.run import ingest
from tests.factories import page, processed, written
from tests.replica.world import SMALL, build_world, fetch, sources

AT = datetime(2026, 3, 20, 12, tzinfo=UTC)

ENGLISH = """river depot burned before dawn while crews from the northern harbour carried water across the old bridge and
officials asked families to remain indoors until engineers had examined every pipeline near the market where traders said
that windows broke twice during the night although nobody in the quarter remembered hearing any aircraft overhead"""  # noqa: E501
ARABIC = """احترق المستودع قرب النهر قبل الفجر بينما حملت فرق الإطفاء الماء عبر الجسر القديم وطلب المسؤولون من العائلات البقاء في
البيوت حتى يفحص المهندسون كل أنبوب قرب السوق حيث قال التجار إن النوافذ تكسرت مرتين خلال الليل رغم أن أحدا في الحي لم يسمع طائرة"""  # noqa: E501
HEBREW = """המחסן ליד הנהר נשרף לפני עלות השחר בזמן שצוותי הכיבוי נשאו מים מעבר לגשר הישן והרשויות ביקשו מהמשפחות להישאר בבתים עד
שהמהנדסים יבדקו כל צינור ליד השוק שבו אמרו הסוחרים כי החלונות נשברו פעמיים במהלך הלילה אף שאיש בשכונה לא שמע מטוס"""  # noqa: E501
RUSSIAN = """склад у реки сгорел до рассвета пока бригады из северной гавани носили воду через старый мост а чиновники просили семьи
оставаться дома пока инженеры не осмотрят каждую трубу возле рынка где торговцы говорили что окна дважды разбивались ночью"""  # noqa: E501
CHINESE = "河边仓库黎明前起火北港消防队运水过桥官员请居民留在家中工程师检查市场附近管道商人说夜里窗户两次破碎附近没有听见飞机声音"  # noqa: E501
THAI = """โกดัง ริม แม่น้ำ ถูก ไฟ ไหม้ ก่อน รุ่งสาง ขณะที่ เจ้าหน้าที่ ขน น้ำ ข้าม สะพาน เก่า และ ขอ ให้ ครอบครัว อยู่ ใน บ้าน จนกว่า วิศวกร
จะ ตรวจ ท่อ ทุก เส้น ใกล้ ตลาด ซึ่ง พ่อค้า บอก ว่า หน้าต่าง แตก สอง ครั้ง ใน คืน นั้น"""  # noqa: E501
LANGUAGES = [
    pytest.param(ENGLISH, " ", id="english"),
    pytest.param(ARABIC, " ", id="arabic"),
    pytest.param(HEBREW, " ", id="hebrew"),
    pytest.param(RUSSIAN, " ", id="russian"),
    pytest.param(CHINESE, "", id="chinese"),
    pytest.param(THAI, "", id="thai"),
]
BANNER = (
    "We and our partners store and read information on your device, such as cookies, to show "
    "content that suits you, to measure how it is read and to learn about our readers. Choose "
    "accept to agree, or open the settings to refuse."
)


def words(vocabulary: str, seed: int, count: int = 300) -> list[str]:
    """Words drawn from a vocabulary; signs, where it is written without blanks."""
    return random.Random(seed).choices(
        vocabulary.split() if " " in vocabulary else vocabulary, k=count
    )


def english(seed: int, count: int = 300) -> str:
    return " ".join(words(ENGLISH, seed, count))


def bands(text: str) -> set[int]:
    found = near.signature(text)
    assert found is not None
    return set(found.bands)


# --- what is near
# -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("vocabulary", "joint"), LANGUAGES)
def test_a_copy_with_another_ending_is_near(vocabulary: str, joint: str) -> None:
    story = words(vocabulary, 1)
    copy = [*story[:255], *words(vocabulary, 2, 45)]
    one, other = joint.join(story), joint.join(copy)
    assert 0.65 < near.resemblance(one, other) < 0.85
    assert len(bands(one) & bands(other)) >= near.SHARED_BANDS


@pytest.mark.parametrize(("vocabulary", "joint"), LANGUAGES)
def test_another_text_in_the_same_language_is_not_near(vocabulary: str, joint: str) -> None:
    one, other = (joint.join(words(vocabulary, seed)) for seed in (1, 2))
    assert near.resemblance(one, other) < 0.1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (english(1), english(1).upper()),
        (english(1), "\n\n".join(english(1).split())),
        (english(1), english(1).replace(" ", ", “")),
        (" ".join(words(ARABIC, 1)), " ".join(w[0] + "\u064e" + w[1:] for w in words(ARABIC, 1))),
        (" ".join(words(ARABIC, 1)), " ".join(w[0] + "\u0640" + w[1:] for w in words(ARABIC, 1))),
        (" ".join(words(HEBREW, 1)), "\u200f".join(f"{w} \u05b8" for w in words(HEBREW, 1))),
        ("café élysée " * 2 + english(1), "cafe\u0301 e\u0301lyse\u0301e " * 2 + english(1)),
    ],
    ids=["case", "line breaks", "punctuation", "vowel signs", "tatweel", "points", "forms"],
)
def test_how_words_are_set_does_not_count(one: str, other: str) -> None:
    assert near.resemblance(one, other) == 1.0
    assert near.signature(one) == near.signature(other)


EDITS = [
    ("one word in a hundred", 100, 1, True),
    ("one word in twenty", 20, 1, True),
    ("a quarter of the sentences, scattered", 80, 20, True),
    ("a quarter in one piece", 400, 100, True),
    ("half in one piece", 400, 200, False),
    ("one word in ten", 10, 1, False),
    ("three words in ten, scattered", 10, 3, False),
]


@pytest.mark.parametrize(("every", "changed", "is_near"), [e[1:] for e in EDITS],
    ids=[e[0] for e in EDITS])  # fmt: skip
def test_how_much_may_be_edited(every: int, changed: int, is_near: bool) -> None:
    story = words(ENGLISH, 1, 400)
    edited = [f"{w}x" if n % every < changed else w for n, w in enumerate(story)]
    one, other = " ".join(story), " ".join(edited)
    assert (near.resemblance(one, other) >= near.NEAR) is is_near
    if is_near:
        assert len(bands(one) & bands(other)) >= near.SHARED_BANDS


def test_a_banner_on_both_pages_links_nothing() -> None:
    pages = [f"{BANNER}\n\n{english(seed, 200)}\n\n{BANNER}" for seed in (1, 2)]
    assert near.resemblance(*pages) < 0.3


def test_a_banner_alone_is_too_short_to_be_near_another() -> None:
    alone = near.signature(BANNER)
    assert alone is not None
    assert alone.bands == ()


@pytest.mark.parametrize(
    "text", ["", "Air alert in the northern district, go to the shelters now!", "🔥" * 40, "🙂 ok"]
)
def test_a_short_post_says_nothing_even_when_equal(text: str) -> None:
    assert near.signature(text) is None


def test_a_word_said_over_and_over_is_a_short_text() -> None:
    assert near.signature("alert " * 5000) == Signature(5000, ())


def test_a_long_text_is_compared_by_its_beginning() -> None:
    long = english(1, near.MAX_WORDS)
    assert near.signature(long) == near.signature(f"{long} {english(2)}")


def test_a_signature_is_the_same_everywhere_and_for_good() -> None:
    """Stored numbers must go on finding each other; a new rule needs a migration and a rebuild."""
    count = " ".join(f"word{n}" for n in range(200))
    assert near.signature(count) == Signature(
        200,
        (
            108867407922057, 273937097832953, 58422352488828, 27130063714254, 66089567329693,
            6111101361181,
            239031134401433, 54137938852167, 30490025766438, 154895898544620, 136788907804160,
            8068054765696,
            95490375517337, 197988589168211, 203741465511124, 189297413980114,
        ),
    )  # fmt: skip


@given(st.text(max_size=400), st.text(max_size=400))
@settings(deadline=None, max_examples=60)
def test_any_two_texts_can_be_compared_either_way(one: str, other: str) -> None:
    assert near.resemblance(one, other) == near.resemblance(other, one)
    assert near.resemblance(one, one) in {0.0, 1.0}
    near.signature(one)


# --- whatever the order
# -----------------------------------------------------------------------------


class Shelf:
    """Texts held in memory, in the way the database holds them."""

    def __init__(self) -> None:
        self.texts: dict[int, str] = {}
        self.bands: dict[int, set[int]] = {}
        self.pairs: dict[tuple[int, int], float] = {}

    def holders(self, asked: Iterable[int]) -> dict[int, frozenset[int]]:
        limit = near.CROWD + 1
        return {b: frozenset(itertools.islice(self.bands.get(b, ()), limit)) for b in asked}

    def among(self, texts: Iterable[int]) -> Iterator[tuple[int, int]]:
        members = set(texts)
        return iter([pair for pair in self.pairs if members.issuperset(pair)])

    def add(self, number: int, text: str) -> None:
        found = near.signature(text)
        assert found is not None
        known = near.NearCandidates(self.texts.__getitem__, self.holders, self.among)
        changed = near.links(number, text, found.bands, known)
        for pair in changed.apart:
            del self.pairs[pair]
        self.pairs |= {(p.text_id, p.other_id): p.resemblance for p in changed.together}
        self.texts[number] = text
        for band in found.bands:
            self.bands.setdefault(band, set()).add(number)


def family(seed: int, members: int) -> list[str]:
    """A story and others made from it, each a little further away."""
    rng = random.Random(seed)
    story = words(ENGLISH, seed, 120)
    made = []
    for _ in range(members):
        start = rng.randrange(90)
        story = [*story[:start], *rng.choices(ENGLISH.split(), k=12), *story[start + 12 :]]
        made.append(" ".join(story))
    return made


TEXTS = [text for seed in range(3) for text in family(seed, 6)]


def shelf(order: Iterable[int], texts: list[str] = TEXTS) -> Shelf:
    made = Shelf()
    for number in order:
        made.add(number, texts[number])
    return made


@given(st.permutations(range(len(TEXTS))), st.integers(1, 7))
@settings(deadline=None, max_examples=60)
def test_the_same_pairs_in_whatever_order_the_texts_come(order: list[int], crowd: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(near, "CROWD", crowd)
        assert shelf(order).pairs == shelf(range(len(TEXTS))).pairs


def test_every_pair_that_is_near_and_shares_bands_is_found() -> None:
    expected = {
        (a, b): share
        for a, b in itertools.combinations(range(len(TEXTS)), 2)
        if (share := near.resemblance(TEXTS[a], TEXTS[b])) >= near.NEAR
        and len(bands(TEXTS[a]) & bands(TEXTS[b])) >= near.SHARED_BANDS
    }
    assert len(expected) > 20
    assert shelf(range(len(TEXTS))).pairs == expected


def test_a_template_on_very_many_pages_links_none_of_them() -> None:
    notice = english(1, 80)
    pages = [f"{notice} page {n}" for n in range(near.CROWD + 20)]
    linked = shelf(range(near.CROWD), pages)
    assert len(linked.pairs) == near.CROWD * (near.CROWD - 1) / 2
    for number in range(near.CROWD, len(pages)):
        linked.add(number, pages[number])
    # what is left shares bands that are made of the page's own words
    assert len(linked.pairs) < len(pages)


# --- in the archive
# ---------------------------------------------------------------------------------


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[ingest.Archive]:
    with ingest.Archive.open(tmp_path / "data", Settings(), run="test") as opened:
        yield opened


def keep(archive: ingest.Archive, number: int, url: str, text: str, title: str = "A title") -> None:
    fetched = page(number, kind=Kind.SOURCE, uri_r=url, final_url=url)
    archive.commit(
        processed(fetched, text=PageText(text, title=title), signature=near.signature(text)),
        written(fetched),
    )


def same_texts(archive: ingest.Archive) -> dict[frozenset[str], float]:
    rows = archive.db.execute("SELECT url, other_url, resemblance FROM same_texts").fetchall()
    found = {frozenset(row[:2]): row[2] for row in rows}
    assert len(found) == len(rows), "a pair is named twice"
    return found


def test_pairs_of_sources_are_named_once_with_the_best_resemblance(archive: ingest.Archive) -> None:
    first, second = family(1, 2)
    keep(archive, 1, "https://a.example/1", first)
    keep(archive, 2, "https://b.example/1", first, title="Another title")
    keep(archive, 3, "https://c.example/1", second)
    keep(archive, 4, "https://c.example/1", first + " end")
    keep(archive, 5, "https://d.example/1", english(77))
    near_one = near.resemblance(first, first + " end")
    assert same_texts(archive) == {
        frozenset({"https://a.example/1", "https://b.example/1"}): 1.0,
        frozenset({"https://a.example/1", "https://c.example/1"}): near_one,
        frozenset({"https://b.example/1", "https://c.example/1"}): near_one,
    }
    assert archive.db.execute("PRAGMA foreign_key_check").fetchall() == []


def test_a_source_is_no_copy_of_itself(archive: ingest.Archive) -> None:
    for number, text in enumerate(family(1, 3), 1):
        keep(archive, number, "https://a.example/1", text)
    assert same_texts(archive) == {}


def test_equal_posts_count_from_a_length_on(archive: ingest.Archive) -> None:
    post = " ".join(ENGLISH.split()[:20])
    for number, (host, text) in enumerate(
        [("a", post), ("b", post), ("c", post + " twice"), ("d", "Alert."), ("e", "Alert.")], 1
    ):
        keep(archive, number, f"https://{host}.example/1", text)
    assert same_texts(archive) == {frozenset({"https://a.example/1", "https://b.example/1"}): 1.0}


def test_words_on_over_a_hundred_sources_pair_none_of_them(archive: ingest.Archive) -> None:
    for number in range(101):
        keep(archive, number, f"https://h{number}.example/1", english(5, 60))
    assert same_texts(archive) == {}
    sizes = archive.db.execute("SELECT count(*) FROM source_texts").fetchone()
    assert sizes == (101,)


@pytest.mark.parametrize("seed", range(4))
def test_tables_are_equal_in_whatever_order_captures_come(
    tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(near, "CROWD", 4)
    captures = [(n, f"https://h{n % 7}.example/{n % 11}", text) for n, text in enumerate(TEXTS * 2)]
    tables = []
    for name in ("one", "other"):
        with ingest.Archive.open(tmp_path / name, Settings(), run="test") as opened:
            for number, url, text in captures:
                keep(opened, number, url, text)
            tables.append(
                [
                    opened.db.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()
                    for table in ("source_texts", "text_bands", "near_texts", "same_texts")
                ]
            )
        random.Random(seed).shuffle(captures)
    assert tables[0] == tables[1]
    assert all(tables[0])


def test_near_pairs_are_what_the_pure_stage_decides(archive: ingest.Archive) -> None:
    for number, text in enumerate(TEXTS):
        keep(archive, number, f"https://h{number}.example/", text)
    ids = dict(archive.db.execute("SELECT text, id FROM texts").fetchall())
    expected = {
        NearPair(*sorted((ids[TEXTS[a]], ids[TEXTS[b]])), share)
        for (a, b), share in shelf(range(len(TEXTS))).pairs.items()
    }
    held = archive.db.execute("SELECT text_id, other_id, resemblance FROM near_texts").fetchall()
    assert {NearPair(*row) for row in held} == expected


def test_an_archive_from_before_keeps_what_it_holds(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    with open_database(path) as db:
        empty = {view["name"]: view["sql"] for view in db.query(_NAMES)}
    assert len(empty) > 3
    before = sqlite_utils.Database(tmp_path / "before.db")
    before.execute(f"PRAGMA application_id={APPLICATION_ID}")
    folding.register(before.conn)
    migrations.apply(before, stop_before="m003_near_texts")
    before.execute("INSERT INTO texts (id, text, digest) VALUES (1, 'Kept.', '1:0')")
    before.close()
    with open_database(tmp_path / "before.db") as after:
        assert after.execute("SELECT text FROM texts").fetchall() == [("Kept.",)]
        assert {view["name"]: view["sql"] for view in after.query(_NAMES)} == empty


_NAMES = "SELECT name, sql FROM sqlite_master WHERE name LIKE '%_texts%' OR name = 'text_bands'"


# --- over the replica
# -------------------------------------------------------------------------------


def test_the_replicas_groups_are_found_and_nothing_else(archive: ingest.Archive) -> None:
    web = build_world(SMALL)
    facts = [fact for fact in sources(SMALL) if fact.outcome(AT) is Outcome.OK]
    groups: dict[str, set[str]] = {}
    for number, fact in enumerate(facts):
        done = captured(number, fact.url, lambda url: fetch(web, url, AT))
        archive.commit(done, written(done.page))
        # a redirect, another spelling, a memento, and a file under two names are copies that the
        # facts name otherwise
        inner = fact.url.split("/", 5)[5] if fact.platform == "wayback" else None
        same = fact.group or fact.same_as or inner or done.page.final_url
        groups.setdefault(PDF if "river-office" in same else same, set()).add(
            urls.source_key(fact.url)
        )
    expected = {
        frozenset(pair) for found in groups.values() for pair in itertools.combinations(found, 2)
    }
    found = same_texts(archive)
    stories = groups["agency story"]
    assert len(stories) == 4
    assert {pair for pair in found if pair & stories} == {
        frozenset(pair) for pair in itertools.combinations(stories, 2)
    }
    assert {pair for pair in found if pair not in expected} == set()


PDF = "the file of the river office"
WALLS = frozenset(
    {Outcome.CONSENT_WALL, Outcome.CHALLENGE, Outcome.LOGIN_WALL, Outcome.PAYWALL, Outcome.PARKED,
        Outcome.SOFT_404}
)  # fmt: skip


def test_what_a_wall_says_is_not_looked_for_elsewhere() -> None:
    web = build_world(SMALL)
    walls = [f for f in sources(SMALL) if f.platform == "web" and f.outcome(AT) in WALLS]
    found = [captured(1, fact.url, lambda url: fetch(web, url, AT)) for fact in walls]
    seen = [done for done in found if done.verdict.outcome in WALLS]
    assert len(seen) > 3
    assert [done.page.final_url for done in seen if done.signature] == []


def captured(number: int, cited: str, get: object) -> Processed:
    """A source as the crawler would bring it, redirects followed."""
    address = urls.fetchable(cited)
    first = final = fetch_url(urls.identify(address))
    assert callable(get)
    for _ in range(5):
        reply = get(final)
        if not 300 <= reply.status < 400:
            break
        final = urljoin(final, reply.header("location"))
    fetched: FetchedPage = page(
        number,
        kind=Kind.SOURCE,
        uri_r=first,
        subject=address if address != first else None,
        final_url=final,
        captured_at=AT,
        http_status=reply.status,
        headers={name.lower(): value for name, value in reply.headers},
        body=reply.body,
    )
    return process(fetched, Limits())
