"""Languages of short posts, and texts that are too short to tell."""

from pathlib import Path
from random import Random

import pytest

from pipeline.read.text.digest import text_digest
from pipeline.read.text.language import detect

SENTENCES = Path(__file__).parents[1] / "fixtures" / "languages.txt"
# Neighbours that a sentence does not tell apart count for each other.
SAME = (("sr", "hr", "bs"), ("id", "ms"), ("cs", "sk"), ("no", "da"))


def sentences():
    """Sentences of each language, by its code."""
    found = {}
    for line in SENTENCES.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            found[line.strip("[]")] = current = []
        elif line and not line.startswith("#"):
            current.append(line)
    return found


@pytest.mark.parametrize("code", [code for code in sentences() if code != "none"])
def test_nine_of_ten_short_posts_of_a_language_are_told(code):
    language = {"ckb": "ku"}.get(code, code.partition("-")[0])
    right = next((same for same in SAME if language in same), (language,))
    texts = sentences()[code]
    wrong = [(found, text) for text in texts if (found := detect(text)) not in right]
    assert len(wrong) * 10 <= max(10, len(texts)), wrong


def test_names_and_bytes_in_the_wrong_charset_have_no_language():
    assert {text: found for text in sentences()["none"] if (found := detect(text))} == {}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Пором пішов о шостій", "uk"),
        ("Над містом лунають вибухи", "uk"),
        ("Сили оборони знищили два склади", "uk"),
        ("Щодо ситуації в районі Красного", "uk"),
        ("Паром пошёл в шесть утра", "ru"),
        ("Силы обороны уничтожили два склада", "ru"),
        ("Мэр города сообщил подробности", "ru"),
        ("Паром зноў пайшоў праз раку ўвечары", "be"),
        ((
            "Фериботът тръгна отново в понеделник, съобщи кметът на града, според когото ремонтът "
            "е завършил"
        ), "bg"),
        ("Трајект поново иде преко реке, рекао је капетан љубазно", "sr"),
        ("عادت العبارة إلى العمل اليوم", "ar"),
        ("وزارة الدفاع تعلن عن غارات", "ar"),
        ("قایق دوباره به کار افتاد", "fa"),
        ("رئیس جمهور در جمع مردم گفت", "fa"),
        ("کشتی آج دوبارہ چل پڑی ہے", "ur"),
        ("המעבורת חזרה לפעול היום", "he"),
        ("The ferry goes again over the river", "en"),
        ("Feribot bugün yeniden çalışmaya başladı", "tr"),
        ("Le bac reprend la traversée du fleuve", "fr"),
        ("Die Fähre fährt wieder über den Fluss", "de"),
        ("渡轮星期一恢复航行", "zh"),
        ("フェリーは月曜日に再開した", "ja"),
        ("페리가 월요일에 다시 운항했다", "ko"),
        ("ბორანი ისევ დადის მდინარეზე", "ka"),
    ],
)  # fmt: skip
def test_short_posts(text, language):
    assert detect(text) == language


@pytest.mark.parametrize(
    "text",
    ["", "ok", "В Киеве", "حماس", "12345 67890 12345", "🔥🔥🔥🔥🔥🔥",
        "https://example.com/a-long-address-in-english-words", "@river_watch #ferry"],
)  # fmt: skip
def test_too_short_to_tell(text):
    assert detect(text) is None


def test_addresses_and_names_do_not_count():
    text = (
        "Паром снова ходит через реку https://example.com/the-ferry-goes-again-over-the-river "
        "@river_watch"
    )
    assert detect(text) == "ru"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The ferry goes.\n\nAgain.", "The ferry goes. Again."),
        ("The  ferry\u00a0goes", "The ferry goes"),
        ("caf\u00e9", "cafe\u0301"),
        ("\ufb01rst", "first"),
        ("fer\u00adry", "ferry"),
        ("\u200fپل\u200f باز شد", "پل باز شد"),
        (" ferry ", "ferry"),
    ],
)
def test_digests_do_not_see_how_a_text_is_set(one, other):
    assert text_digest(one) == text_digest(other)


@pytest.mark.parametrize(("one", "other"),
    [("12 boats", "13 boats"), ("Ferry", "ferry"), ("boat.", "boat"), ("a b", "ab")])  # fmt: skip
def test_digests_see_every_word_and_sign(one, other):
    assert text_digest(one) != text_digest(other)


def test_digests_name_their_version():
    assert text_digest("x").startswith("1:")
    assert text_digest("\ud800") == text_digest("")


@pytest.mark.parametrize("encoding", ["gb18030", "big5", "cp949", "koi8-r", "cp1252", "utf-16-le"])
def test_a_page_of_bytes_has_no_language(encoding):
    noise = Random(encoding)
    text = bytes(noise.randrange(161, 255) for _ in range(600)).decode(encoding, "ignore")
    assert detect(text) is None
