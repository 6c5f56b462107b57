"""Whether a short text is a notice or nothing: by what it says, not by how many signs it takes."""

from datetime import UTC, datetime

import pytest

from pipeline.read.page_text import page_text
from pipeline.read.text.length import letters_said

AT = datetime(2026, 3, 18, 4, 0, tzinfo=UTC)
# The same notice: The mayor told reporters that the bridge over the river would open on Monday in
# the morning, and that the ferry would go until then.
NOTICES = {
    "zh": "市长对记者说，河上的大桥将于星期一上午通车，在此之前渡轮照常运行。",
    "zh-Hant": "市長對記者說，河上的大橋將於星期一上午通車，在此之前渡輪照常運行。",
    "ja": "市長は記者団に対し、川に架かる橋は月曜日の午前に開通し、それまではフェリーが運航すると述べた。",  # noqa: E501
    "ko": (
        "시장은 기자들에게 강 위의 다리가 월요일 오전에 개통되며 그때까지 나룻배가 다닌다고 말했다."
    ),
    "he": "ראש העיר אמר לעיתונאים שהגשר מעל הנהר ייפתח ביום שני בבוקר, ושעד אז תפעל המעבורת.",
    "am": "ከንቲባው ለጋዜጠኞች በወንዙ ላይ ያለው ድልድይ ሰኞ ጠዋት እንደሚከፈትና እስከዚያ ጀልባው እንደሚሠራ ተናገሩ።",
    "th": "นายกเทศมนตรีบอกนักข่าวว่าสะพานข้ามแม่น้ำจะเปิดในเช้าวันจันทร์ และเรือข้ามฟากจะวิ่งจนถึงตอนนั้น",
    "ar": (
        "قال رئيس البلدية للصحفيين إن الجسر فوق النهر سيفتح صباح الاثنين وإن العبارة ستعمل حتى "
        "ذلك الحين."
    ),
    "en": (
        "The mayor told reporters that the bridge would open on Monday, and the ferry go until "
        "then."
    ),
}
# What a page says that has nothing to say.
NOTHING = {
    "en": "Loading… Please wait a moment.",
    "zh": "正在加载，请稍候…",
    "ja": "読み込み中です。しばらくお待ちください。",
    "ko": "불러오는 중입니다. 잠시만 기다려 주세요.",
    "ru": "Загрузка… Пожалуйста, подождите.",
    "ar": "جار التحميل، يرجى الانتظار...",
    "th": "กำลังโหลด โปรดรอสักครู่",
    "he": "טוען, נא להמתין...",
}


def read(text):
    page = f"<html><head><title>News</title></head><body><article><p>{text}</p></article></body>"
    return page_text(page.encode(), "https://example.com/a", "text/html; charset=utf-8", AT)


@pytest.mark.parametrize("code", NOTICES)
def test_a_whole_notice_is_not_thin_in_any_script(code):
    found = read(NOTICES[code])
    assert found.text == NOTICES[code]
    assert "thin" not in found.flags


@pytest.mark.parametrize("code", NOTHING)
def test_a_page_that_only_loads_is_thin_in_any_script(code):
    assert "thin" in read(NOTHING[code]).flags


def test_letters_of_an_alphabet_count_once():
    assert letters_said("The ferry goes.") == 15
    assert letters_said("Паром идёт.") == 11
    assert letters_said("渡轮开了") == 16
