"""Charsets: what bytes say goes before labels, and what nobody says is told by the letters."""

from datetime import UTC, datetime

import pytest

from pipeline.read.page_text import page_text
from pipeline.read.text.charset import likelier, without_unshown
from pipeline.read.text.decode import decode, decode_text

AT = datetime(2026, 3, 18, 4, 0, tzinfo=UTC)
# Two sentences each, as pages of one short notice have them.
TEXTS = {
    "ru": "Паром снова ходит через реку. Глава района сказал, что мост откроют к осени.",
    "uk": "Пором знову ходить через річку. Голова району сказав, що міст відкриють до осені.",
    "bg": "Фериботът отново тръгна през реката. Кметът каза, че мостът ще бъде отворен.",
    "zh": "渡轮恢复过河，码头上有一百多人等候。市长对记者说，大桥将于秋天通车。",
    "zh-Hant": "渡輪恢復過河，碼頭上有一百多人等候。市長對記者說，大橋將於秋天通車。",
    "ja": "フェリーは再び川を渡っている。市長は記者団に対し、橋は秋に開通すると述べた。",
    "ko": "페리가 다시 강을 건너고 있다. 시장은 기자들에게 다리가 가을에 열린다고 말했다.",
    "ar": "عادت العبارة إلى العمل عبر النهر. قال رئيس البلدية إن الجسر سيفتح في الخريف.",
    "ur": "کشتی دوبارہ دریا پار کر رہی ہے۔ میئر نے صحافیوں کو بتایا کہ پل کھل جائے گا۔",
    "he": "המעבורת חזרה לחצות את הנהר. ראש העיר אמר לעיתונאים שהגשר ייפתח בסתיו.",
    "tr": "Feribot yeniden nehri geçiyor. Belediye başkanı köprünün açılacağını söyledi.",
    "el": "Το πορθμείο περνά ξανά τον ποταμό. Ο δήμαρχος είπε ότι η γέφυρα θα ανοίξει.",
    "pl": "Prom znów kursuje przez rzekę. Burmistrz powiedział, że most będzie otwarty wcześniej.",
    "lt": "Keltas vėl plaukia per upę. Meras žurnalistams sakė, kad tiltas bus atidarytas rudenį.",
    "th": "เรือข้ามฟากกลับมาข้ามแม่น้ำอีกครั้ง นายกเทศมนตรีบอกนักข่าวว่าสะพานจะเปิด",
    "fr": "Le bac traverse de nouveau le fleuve. Le maire a déclaré que le pont rouvrira à l’été.",
}
PAIRS = [
    ("ru", "windows-1251"), ("ru", "koi8-r"), ("ru", "cp866"), ("ru", "iso8859-5"),
    ("uk", "windows-1251"), ("uk", "koi8-u"), ("bg", "windows-1251"), ("zh", "gbk"),
    ("zh", "gb18030"), ("zh-Hant", "big5"), ("ja", "shift_jis"), ("ja", "euc-jp"),
    ("ja", "iso2022_jp"), ("ko", "euc-kr"), ("ar", "windows-1256"), ("ar", "iso8859-6"),
    ("ur", "windows-1256"), ("he", "windows-1255"), ("tr", "windows-1254"), ("el", "windows-1253"),
    ("pl", "windows-1250"), ("lt", "windows-1257"), ("th", "cp874"), ("fr", "windows-1252"),
]  # fmt: skip


def page(text, head=""):
    return (
        f"<html><head>{head}<title>News</title><script>var a = 'b';</script></head>"
        f"<body><a href='/'>Home</a><p>{text}</p></body></html>"
    )


def encoded(language, encoding, head=""):
    """A page, and its text as far as the encoding has its letters."""
    text = TEXTS[language].encode(encoding, "ignore").decode(encoding)
    return page(text, head).encode(encoding), text


@pytest.mark.parametrize(("language", "encoding"), PAIRS)
def test_an_undeclared_charset_is_told_by_its_letters_and_flagged(language, encoding):
    body, text = encoded(language, encoding)
    found = decode(body, "text/html")
    assert text in found.text
    assert found.guessed


@pytest.mark.parametrize(("language", "encoding"), PAIRS)
def test_a_true_label_is_believed_and_nothing_is_flagged(language, encoding):
    body, text = encoded(language, encoding)
    found = decode(body, f"text/html; charset={encoding.replace('iso2022_jp', 'iso-2022-jp')}")
    assert text in found.text
    assert not found.guessed


@pytest.mark.parametrize(
    "label", ["windows-1251", "iso-8859-1", "gbk", "euc-kr", "utf-16", "nonsense"]
)
@pytest.mark.parametrize("language", ["ru", "zh", "ko", "ar", "fr"])
def test_valid_utf_8_is_utf_8_whatever_the_label(language, label):
    body, text = encoded(language, "utf-8", f'<meta charset="{label}">')
    found = decode(body, f"text/html; charset={label}")
    assert text in found.text
    assert (found.encoding, found.guessed) == ("utf-8", False)


@pytest.mark.parametrize(
    ("language", "encoding", "label"),
    [
        ("zh", "gbk", "euc-kr"),
        ("ko", "euc-kr", "gb2312"),
        ("ko", "euc-kr", "big5"),
        ("ja", "euc-jp", "gbk"),
        ("zh-Hant", "big5", "gb2312"),
        ("zh", "gbk", "windows-1251"),
        ("ru", "windows-1251", "iso-8859-1"),
        ("ru", "koi8-r", "windows-1251"),
        ("ar", "windows-1256", "windows-1252"),
        ("he", "windows-1255", "utf-8"),
        ("zh", "gbk", "utf-16"),
    ],
)
@pytest.mark.parametrize("place", ["header", "meta"])
def test_a_label_that_the_letters_belie_gives_way(language, encoding, label, place):
    head = f'<meta charset="{label}">' if place == "meta" else ""
    body, text = encoded(language, encoding, head)
    found = decode(body, f"text/html; charset={label}" if place == "header" else "text/html")
    assert text in found.text
    assert found.guessed


@pytest.mark.parametrize(
    ("language", "encoding"),
    [("ja", "euc-jp"), ("ja", "shift_jis"), ("zh", "gbk"), ("zh-Hant", "big5"), ("ko", "euc-kr")],
)
def test_signs_of_utf_8_by_chance_make_no_utf_8(language, encoding):
    body, text = encoded(language, encoding, '<meta charset="utf-8">')
    read = decode(body, "text/html; charset=utf-8")
    assert (text in read.text, read.guessed) == (True, True)


def test_a_few_letters_speak_against_no_label():
    price = "<p>Price: 20 ¤ a day, caf\xe9</p>".encode("latin-1")
    assert likelier(price, "cp1252") is None
    assert "café" in decode_text(price, "text/html; charset=iso-8859-1")


@pytest.mark.parametrize("label", ["utf-16", "UTF-16LE", "utf-16be"])
def test_a_page_in_ascii_that_calls_itself_utf_16_is_utf_8(label):
    body = page(TEXTS["ru"], f'<meta charset="{label}">').encode()
    assert TEXTS["ru"] in decode_text(body)
    assert TEXTS["ru"] in decode_text(body + b" ")
    assert TEXTS["ru"] in decode_text(body, f"text/html; charset={label}")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_told_by_its_zeros(encoding):
    body = page(TEXTS["ru"]).encode(encoding)
    found = page_text(body, "https://example.com/a", "text/html", AT)
    assert TEXTS["ru"] in found.text
    assert found.language == "ru"


def test_a_label_counts_wherever_it_stands_in_the_head():
    late = f"<script>var a = '{'x' * 40_000}';</script><meta charset=\"gb2312\">"
    body, text = encoded("zh", "gbk", late)
    assert text in decode_text(body)
    assert not decode(body).guessed


@pytest.mark.parametrize(
    "hidden", ['<!-- <meta charset="koi8-r"> -->', "<script>'<meta charset=\"koi8-r\">'</script>"]
)
def test_a_label_in_a_comment_or_a_script_is_none(hidden):
    body, text = encoded("ru", "windows-1251", f'{hidden}<meta charset="windows-1251">')
    assert text in decode_text(body)
    assert not decode(body).guessed


@pytest.mark.parametrize(
    ("language", "encoding"),
    [("zh", "gbk"), ("ko", "euc-kr"), ("he", "windows-1255"), ("ar", "iso8859-6")],
)
def test_a_stray_byte_changes_no_charset(language, encoding):
    body = page(" ".join([TEXTS[language]] * 3)).encode(encoding, "ignore")
    middle = body.index(b"<p>") + 3
    assert decode(body[:middle] + b"\xff" + body[middle:]).encoding == decode(body).encoding


def test_a_body_cut_within_a_sign_is_no_guess():
    body = page(TEXTS["zh"]).encode()
    cut = body[: body.index(b"</p>") - 1]
    assert (decode(cut).encoding, decode(cut).guessed) == ("utf-8", False)


def test_the_guess_is_flagged_on_the_text():
    body, _ = encoded("ko", "euc-kr")
    assert "charset-guessed" in page_text(body, "https://example.com/a", "text/html", AT).flags


def test_what_is_left_open_hides_the_rest_only():
    body = b"<p>a</p><script>b</script><p>c</p><!-- d --><p>e</p><script>f <p>g</p>"
    assert without_unshown(body).split() == [b"<p>a</p>", b"><p>c</p>", b"<p>e</p>"]


def test_a_page_is_decoded_once_for_its_reader_and_its_judge():
    body, _ = encoded("ru", "windows-1251")
    assert decode(body, "text/html") is decode(bytes(bytearray(body)), "text/html")
    assert decode(body, "text/html") is not decode(body, "text/html; charset=koi8-r")
