"""A page's furniture in a text is no drift: buttons, counters, dates and banners, a test a
language."""

from __future__ import annotations

import pytest

from archive.model.rot import Reading
from archive.model.vocabulary import DriftClass
from pipeline.decide.drift import compare
from pipeline.decide.drift.boilerplate import is_boilerplate
from pipeline.decide.drift.boilerplate_words import BOILERPLATE, BOILERPLATE_UNSPACED
from tests.drift_words import WORDS

BUTTONS = {
    "en": ("Share this story on Facebook or WhatsApp", "3 min read", "Listen to this article"),
    "de": ("Artikel teilen auf Facebook, X oder WhatsApp", "Lesezeit: 3 Minuten", "Anzeige"),
    "fr": ("Partager cet article sur Facebook", "Temps de lecture : 3 min", "14 commentaires"),
    "es": ("Compartir en WhatsApp", "Tiempo de lectura: 3 minutos", "Escuchar la noticia"),
    "pt": ("Compartilhe no Telegram", "Tempo de leitura: 3 min", "Ouvir o artigo"),
    "it": ("Condividi su Facebook", "Tempo di lettura: 3 minuti", "Ascolta l'articolo"),
    "nl": ("Deel dit artikel via WhatsApp", "Leestijd: 3 minuten", "14 reacties"),
    "pl": ("Udostępnij na Facebooku", "Czas czytania: 3 min", "14 komentarzy"),
    "cs": ("Sdílet na Facebook", "Doba čtení: 3 min", "Diskuse (14)"),
    "hu": ("Megosztás", "14 hozzászólás", "Hirdetés"),
    "ro": ("Distribuie pe Facebook", "Timp de citire: 3 minute", "14 comentarii"),
    "bg": ("Сподели във Facebook", "Време за четене: 3 мин коментар", "14 коментара"),
    "sr": ("Подели вест", "14 komentara", "Oglas"),
    "el": ("Κοινοποίηση στο Facebook", "14 σχόλια", "Διαφήμιση"),
    "sv": ("Dela artikeln på Facebook", "Lästid: 3 min", "14 kommentarer"),
    "fi": ("Jaa artikkeli", "Lukuaika 3 min", "14 kommenttia"),
    "ru": ("Поделиться ВКонтакте", "Время чтения: 3 мин", "Слушать статью"),
    "uk": ("Поділитися у Viber", "Час читання: 3 хв", "Слухати статтю"),
    "tr": ("Facebook'ta paylaş", "Okuma süresi: 3 dk", "Haberi dinle"),
    "ar": ("شارك على فيسبوك عبر Telegram".replace("فيسبوك ", ""), "وقت القراءة: 3 دقائق", "إعلان"),
    "fa": ("زمان مطالعه: 3 دقیقه بازدید", "۱۲ دیدگاه", "تبلیغات"),
    "he": ("שתפו בטלגרם", "זמן קריאה: 3 דקות", "14 תגובות"),
    "id": ("Bagikan artikel ini", "Waktu baca 3 menit", "14 komentar"),
    "vi": ("Chia sẻ bài viết", "14 bình luận", "Quảng cáo"),
    "zh": ("分享到微信", "约3分钟阅读", "12条评论"),
    "ja": ("この記事をシェアする", "コメント12件", "1204回視聴"),
    "ko": ("페이스북으로 공유하기", "댓글 12", "조회수 1,204"),
    "hi": ("शेयर करें", "12 टिप्पणियाँ", "विज्ञापन"),
    "ka": ("გაზიარება", "12 კომენტარი", "რეკლამა"),
    "hy": ("Կիսվել", "12 մեկնաբանություն", "Գովազդ"),
    "kk": ("Бөлісу", "12 пікір", "Жарнама"),
    "az": ("Xəbəri paylaş", "12 şərh", "Reklam"),
    "be": ("Падзяліцца", "12 каментароў", "Рэклама"),
    "th": ("แชร์ข่าวนี้", "ความคิดเห็น 12", "โฆษณา"),
}
DATED = [
    "Published 3 March 2026, 14:20. Updated 4 March 2026, 09:00",
    "Veröffentlicht am 3. März 2026, 14:20 Uhr. Aktualisiert am 4. März 2026",
    "Опубликовано 3 марта 2026, 14:20. Обновлено 4 марта 2026, 09:00",
    "2026年3月3日 14:20 公開 2026年3月4日 更新",
    "发布时间：2026-03-03 14:20",
    "입력 2026.03.03 14:20 수정 2026.03.04 09:00",
    "פורסם: 3.3.2026 14:20 עודכן: 4.3.2026",
]
BANNERS = [
    "Wir verwenden Cookies, um Ihnen das beste Angebot zu machen. Alle annehmen.",
    "Usamos cookies para mejorar nuestro sitio.",
    "Używamy cookies, aby nasz serwis działał lepiej.",
    "当サイトではお客様のためにクッキーを使用しています。同意する",
    "我们使用 Cookie 来改善您的体验。",
    "저희는 더 나은 서비스를 위해 쿠키를 사용합니다.",
]
OTHERS = [
    "What do you think? Leave a comment below.",
    "Apoye nuestro trabajo con una donación",
    "წაიკითხეთ ასევე: ხიდი მაისში გაიხსნება",
    "Folosim cookie-uri pentru a vă oferi o experiență mai bună.",
    "公式LINEで最新ニュースを受け取る",
    "责任编辑：王芳",
    "相关新闻：大桥五月通车",
]
NEWS = [
    "The council shared its report with the readers of the paper.",
    "Die Anzeige gegen den Kapitän liegt beim Gericht.",
    "В редакцию позвонил мэр.",
    "评论员认为渡轮会停航。",
    "3 minutes later the ferry sank.",
]


def grown(line: str, place: int = 1) -> DriftClass:
    said = WORDS["en"].article
    lines = said.replace(". ", ".\n").splitlines()
    lines.insert(place, line)
    return compare(Reading(said), Reading("\n".join(lines))).drift


@pytest.mark.parametrize("language", sorted(BUTTONS))
def test_buttons_and_counters_in_a_text_are_no_drift(language: str) -> None:
    for line in BUTTONS[language]:
        assert grown(line) is DriftClass.SAME, line


def test_every_language_with_words_for_furniture_is_tried() -> None:
    assert {*BOILERPLATE, *BOILERPLATE_UNSPACED} == set(BUTTONS)


@pytest.mark.parametrize("line", [*DATED, *BANNERS, *OTHERS])
def test_dates_of_the_frame_and_banners_are_no_drift(line: str) -> None:
    assert grown(line) is DriftClass.SAME


@pytest.mark.parametrize("line", NEWS)
def test_a_sentence_with_such_words_is_text(line: str) -> None:
    assert not is_boilerplate(line)
    assert grown(line) is not DriftClass.SAME
