"""When two texts are near, in whatever order and language they come."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive import near_duplicates
from archive.model.understood import Signature
from tests.near_texts import ENGLISH, TEXTS, english, shelf, words

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


def bands(text: str) -> set[int]:
    found = near_duplicates.signature(text)
    assert found is not None
    return set(found.bands)


# --- what is near ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("vocabulary", "joint"), LANGUAGES)
def test_a_copy_with_another_ending_is_near(vocabulary: str, joint: str) -> None:
    story = words(vocabulary, 1)
    copy = [*story[:255], *words(vocabulary, 2, 45)]
    one, other = joint.join(story), joint.join(copy)
    assert 0.65 < near_duplicates.resemblance(one, other) < 0.85
    assert len(bands(one) & bands(other)) >= near_duplicates.SHARED_BANDS


@pytest.mark.parametrize(("vocabulary", "joint"), LANGUAGES)
def test_another_text_in_the_same_language_is_not_near(vocabulary: str, joint: str) -> None:
    one, other = (joint.join(words(vocabulary, seed)) for seed in (1, 2))
    assert near_duplicates.resemblance(one, other) < 0.1


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
    assert near_duplicates.resemblance(one, other) == 1.0
    assert near_duplicates.signature(one) == near_duplicates.signature(other)


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
    assert (near_duplicates.resemblance(one, other) >= near_duplicates.NEAR) is is_near
    if is_near:
        assert len(bands(one) & bands(other)) >= near_duplicates.SHARED_BANDS


def test_a_banner_on_both_pages_links_nothing() -> None:
    pages = [f"{BANNER}\n\n{english(seed, 200)}\n\n{BANNER}" for seed in (1, 2)]
    assert near_duplicates.resemblance(*pages) < 0.3


def test_a_banner_alone_is_too_short_to_be_near_another() -> None:
    alone = near_duplicates.signature(BANNER)
    assert alone is not None
    assert alone.bands == ()


@pytest.mark.parametrize(
    "text", ["", "Air alert in the northern district, go to the shelters now!", "🔥" * 40, "🙂 ok"]
)
def test_a_short_post_says_nothing_even_when_equal(text: str) -> None:
    assert near_duplicates.signature(text) is None


def test_a_word_said_over_and_over_is_a_short_text() -> None:
    assert near_duplicates.signature("alert " * 5000) == Signature(5000, ())


def test_a_long_text_is_compared_by_its_beginning() -> None:
    long = english(1, near_duplicates.MAX_WORDS)
    assert near_duplicates.signature(long) == near_duplicates.signature(f"{long} {english(2)}")


def test_a_signature_is_the_same_everywhere_and_for_good() -> None:
    """Stored numbers must go on finding each other; a new rule needs a migration and a rebuild."""
    count = " ".join(f"word{n}" for n in range(200))
    assert near_duplicates.signature(count) == Signature(
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
    assert near_duplicates.resemblance(one, other) == near_duplicates.resemblance(other, one)
    assert near_duplicates.resemblance(one, one) in {0.0, 1.0}
    near_duplicates.signature(one)


# --- whatever the order ---------------------------------------------------------------------------


@given(st.permutations(range(len(TEXTS))), st.integers(1, 7))
@settings(deadline=None, max_examples=60)
def test_the_same_pairs_in_whatever_order_the_texts_come(order: list[int], crowd: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(near_duplicates, "CROWD", crowd)
        assert shelf(order).pairs == shelf(range(len(TEXTS))).pairs


def test_every_pair_that_is_near_and_shares_bands_is_found() -> None:
    expected = {
        (a, b): share
        for a, b in itertools.combinations(range(len(TEXTS)), 2)
        if (share := near_duplicates.resemblance(TEXTS[a], TEXTS[b])) >= near_duplicates.NEAR
        and len(bands(TEXTS[a]) & bands(TEXTS[b])) >= near_duplicates.SHARED_BANDS
    }
    assert len(expected) > 20
    assert shelf(range(len(TEXTS))).pairs == expected


def test_a_template_on_very_many_pages_links_none_of_them() -> None:
    notice = english(1, 80)
    pages = [f"{notice} page {n}" for n in range(near_duplicates.CROWD + 20)]
    linked = shelf(range(near_duplicates.CROWD), pages)
    assert len(linked.pairs) == near_duplicates.CROWD * (near_duplicates.CROWD - 1) / 2
    for number in range(near_duplicates.CROWD, len(pages)):
        linked.add(number, pages[number])
    # what is left shares bands that are made of the page's own words
    assert len(linked.pairs) < len(pages)
