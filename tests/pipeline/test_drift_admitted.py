"""Lines that are not the author's: what a paper says to its readers is no edit, what it admits is
one, and not silent."""

from __future__ import annotations

import json

import pytest

from archive.model.past import JudgedSource
from archive.model.rot import Attempt, Reading, Verdict
from archive.model.vocabulary import DriftClass, Outcome, Status
from pipeline.decide.drift import ADMITTED_ONLY, compare
from pipeline.decide.events import source_events
from pipeline.read.corrections import is_labelled
from pipeline.read.text.article.admitted import admissions, with_admissions
from pipeline.read.text.article.names import Names
from pipeline.read.text.formats.html import parse_html
from tests.stories import STORIES

ADMITTED = {
    "ar": "تحديث: أضيف إلى الخبر رد الوزارة على أسئلة الصحيفة بعد نشره صباح اليوم.",
    "ar-sentence": "تم تصحيح هذا الخبر لأن النسخة السابقة ذكرت عددا خاطئا للعائلات.",
    "fa": "اصلاحیه: در نسخه پیشین شمار خانواده‌ها اشتباه نوشته شده بود.",
    "he": "תיקון: בגרסה הקודמת של הכתבה נכתב בטעות מספר אחר של משפחות.",
    "tr": "Düzeltme: Haberin önceki sürümünde ailelerin sayısı yanlış yazılmıştı.",
    "tr-sentence": "Bu haber, aile sayısındaki hata nedeniyle düzeltilmiştir.",
    "fr": (
        "Rectificatif : une première version de cet article donnait un nombre erroné de familles."
    ),
    "ru": "Поправка: в первой версии статьи было ошибочно указано другое число семей.",
    "uk": "Виправлено: у першій версії матеріалу була помилка в кількості родин.",
    "de": "Korrektur: In einer früheren Fassung stand eine falsche Zahl der Familien.",
    "de-hint": "Korrekturhinweis: Die Zahl der Familien war falsch angegeben.",
    "de-sentence": (
        "Dieser Artikel wurde nachträglich korrigiert, die Zahl der Familien war falsch."
    ),
    "es": "Fe de erratas: una versión anterior daba un número equivocado de familias.",
    "pl": "Sprostowanie: w poprzedniej wersji podaliśmy błędną liczbę rodzin.",
    "it": "Rettifica: una versione precedente riportava un numero errato di famiglie.",
    "pt": "Correção: a versão anterior trazia um número errado de famílias.",
    "nl": "Rectificatie: in een eerdere versie stond een onjuist aantal gezinnen.",
    "zh": "更正：本文早前版本误写了家庭的数目，特此说明。",
    "ja": "訂正：当初の記事では家族の数に誤りがありました。",
    "ko": "정정: 기사 본문의 가구 수에 오류가 있어 바로잡습니다.",
    "el": "Διόρθωση: η προηγούμενη έκδοση είχε λάθος αριθμό οικογενειών.",
    "sr": "Исправка: у претходној верзији текста био је погрешан број породица.",
    "ro": "Erată: versiunea anterioară dădea un număr greșit de familii.",
    "en": "An earlier version of this story gave a wrong number of families.",
    "en-sentence": "We have amended this article because the number of families was wrong.",
}

ASIDES = {
    "en": "Join our channel on WhatsApp and be the first to learn what happens in your town.",
    "en-appeal": (
        "If our reporting matters to you, please support independent journalism with a "
        "small donation."
    ),
    "de": "Folgen Sie uns auf Telegram und verpassen Sie keine Nachricht aus unserer Region.",
    "fr": "Abonnez-vous à notre chaîne Telegram pour ne rien manquer de nos informations.",
    "es": "Síganos en nuestro canal de WhatsApp; sigue nuestras noticias en Telegram cada día.",
    "pl": "Obserwuj nas na Telegramie i zapisz się na nasz newsletter, by niczego nie przegapić.",
    "ru": "Подписывайтесь на наш канал в Телеграме, чтобы не пропустить главные новости дня.",
    "ru-agent": "Данное сообщение (материал) создано и распространено иностранным средством "
    "массовой информации, выполняющим функции иностранного агента.",
    "ru-listed": "Издание внесено Минюстом РФ в реестр иностранных агентов.",
    "ru-maker": "Автор материала признан иностранным агентом.",
    "ru-also": "Читайте также: Паром через реку снова ходит",
    "uk": "Підписуйтесь на наш канал у Telegram, щоб не пропустити головне за день.",
    "uk-place": "Підтримайте редакцію: станьте нашим читачем на Patreon.",
    "uk-appeal": "Підтримайте незалежну журналістику: ваш донат допоможе нам працювати далі.",
    "tr": "Bizi Telegram kanalımızdan takip edin, günün haberlerini kaçırmayın.",
    "ar": "تابعوا قناتنا على تلغرام لمعرفة آخر الأخبار.",
    "fa": "برای دریافت تازه‌ترین خبرها به کانال ما در تلگرام بپیوندید.",
    "he": "עקבו אחרינו בערוץ הטלגרם שלנו וקבלו את החדשות ראשונים.",
    "it": "Iscriviti alla nostra newsletter e ricevi ogni mattina le notizie nella tua posta.",
    "pt": "Siga o nosso canal no WhatsApp e receba as notícias do dia.",
    "zh": "关注我们的Telegram频道，第一时间获取新闻。",
}  # fmt: skip

NEWS = {
    "en": (
        "Two sailors were arrested on Wednesday, and the channel that showed the film was "
        "closed by the court of the district."
    ),
    "ru": (
        "В среду задержали двух матросов, а канал, показавший запись, закрыли по решению "
        "районного суда и штрафовали редакцию."
    ),
    "ar": (
        "اعتقل اثنان من البحارة يوم الأربعاء، وأغلقت المحكمة القناة التي عرضت الفيلم بعد يومين "
        "من نشره."
    ),
}


def inside(story: str, line: str) -> str:
    """The story with the line between its first paragraph and the second."""
    first, *rest = story.split("\n")
    return "\n".join((first, line, *rest))


ASKED = {
    "en": ("Spotted a mistake? Let us know.", "Have a tip? Write to tips@ilma.example.org.",
        "Sign up for the weekly letter and find it in your inbox: the Harbour Brief.",
        "Become a member: your gift keeps our newsroom open.", "Turn on notifications."),
    "ru": ("Нашли опечатку? Выделите её и нажмите Ctrl+Enter.",
        "Поддержите редакцию: ваш донат оплачивает поездки.", "Включите уведомления в приложении."),
    "uk": ("Помітили помилку? Виділіть її та натисніть Ctrl+Enter.",
        "Станьте патроном: ваш внесок допомагає нам."),
    "de": ("Haben Sie einen Fehler gefunden? Schreiben Sie uns.",),
    "fr": ("Soutenez la presse libre : faites un don dès 3 €.",
        "Recevez notre lettre chaque matin.", "Une erreur ? Signalez-la : mail@ilma.example.org"),
    "es": ("Apoya el periodismo local: dona 3 € al mes.", "¿Has visto una errata? Escríbenos."),
    "it": ("Sostieni il giornalismo libero: dona ora.",),
    "pl": ("Zauważyłeś błąd? Napisz do nas.",),
    "tr": ("Haberlerden haberdar olmak için Telegram kanalımıza katılın.",),
    "he": ("מצאתם טעות? ספרו לנו.",),
    "ar": ("هل لاحظتم خطأ؟ راسلنا.",),
    "ja": ("公式アカウントを追加して速報を受け取ろう。",
        "インスタグラムで私たちをフォローしてください。"),
    "zh": ("下载客户端，随时随地看新闻。",),
    "ko": ("알림을 켜고 앱을 다운로드 하세요.",),
}  # fmt: skip
TOLD = {
    "en": ("He said that the error in the plans of the pier was ours to mend.",
        "Readers of the town's only paper will pay two crowns more a month.",
        "Two sources told us that our members would get what the commander had asked of them.",
        "“We follow this closely,” he told the briefing on the pier, and add nothing of our own."),
    "es": ("El presidente apoya a su aliado y dona su sueldo a los heridos.",),
    "uk": ("На складі знайшли наші патрони і зміни, які внесли до плану в нашому штабі.",),
    "de": ("Helfer sammelten am Sonntag Spenden für die verletzten Matrosen und ihre Kinder.",),
    "ru": ("Ошибку в расчётах признал и сам институт.",),
    "fr": ("La mairie a lancé un appel aux dons pour réparer la jetée.",),
    "ja": ("住民は負傷した船員の家族のために寄付を集めた。",),
}  # fmt: skip


@pytest.mark.parametrize("language", sorted(ASKED))
def test_who_is_asked_to_write_to_pay_or_to_follow_is_the_reader(language: str) -> None:
    for line in ASKED[language]:
        found = compare(Reading(STORIES["en"]), Reading(inside(STORIES["en"], line)))
        assert found.drift is DriftClass.SAME, line


@pytest.mark.parametrize("language", sorted(TOLD))
def test_what_is_told_of_gifts_and_errors_is_text(language: str) -> None:
    for line in TOLD[language]:
        found = compare(Reading(STORIES["en"]), Reading(inside(STORIES["en"], line)))
        assert found.drift is not DriftClass.SAME, line


def story(code: str) -> tuple[str, str]:
    language = code.partition("-")[0]
    return language, STORIES.get(language, STORIES["en"])


@pytest.mark.parametrize("told", [True, False], ids=["language known", "language unknown"])
@pytest.mark.parametrize("code", sorted(ADMITTED))
def test_a_line_that_admits_a_change_is_an_edit_of_its_own(code: str, told: bool) -> None:
    language, text = story(code)
    known = language if told else None
    found = compare(
        Reading(text, language=known), Reading(f"{text}\n{ADMITTED[code]}", language=known)
    )
    assert (found.drift, found.corrections) == (DriftClass.MINOR, (ADMITTED[code],))
    assert found.evidence.get(ADMITTED_ONLY)
    above = compare(Reading(text), Reading(f"{ADMITTED[code]}\n{text}"))
    assert (above.drift, above.corrections) == (DriftClass.MINOR, (ADMITTED[code],))


@pytest.mark.parametrize("code", sorted(ASIDES))
def test_what_a_paper_says_to_its_readers_is_no_edit(code: str) -> None:
    _, text = story(code)
    for after in (f"{text}\n{ASIDES[code]}", inside(text, ASIDES[code])):
        found = compare(Reading(text), Reading(after))
        assert (found.drift, found.corrections) == (DriftClass.SAME, ())


@pytest.mark.parametrize("code", sorted(NEWS))
def test_a_paragraph_on_such_things_is_an_edit_and_a_silent_one(code: str) -> None:
    text = STORIES[code]
    found = compare(Reading(text), Reading(inside(text, NEWS[code])))
    assert found.drift is DriftClass.SUBSTANTIAL
    assert found.corrections == ()


def test_a_correction_that_appears_is_told_once_and_is_not_silent() -> None:
    text = STORIES["tr"]
    drift = compare(Reading(text), Reading(f"{text}\n{ADMITTED['tr']}"))
    url = "https://news.example/a"
    source = JudgedSource(1, url, url, "news.example", "web")
    tries = {
        n: Attempt(
            n, f"2026-03-0{n}T00:00:00Z", Outcome.OK, url, url, drift=drift if n > 1 else None
        )
        for n in (1, 2, 3)
    }
    said = [
        Verdict(t.at, n, Status.ALIVE, "there", DriftClass.MINOR if n > 1 else DriftClass.SAME)
        for n, t in tries.items()
    ]
    [event] = source_events(source, said, tries)
    detail = json.loads(event.detail)
    assert (event.kind, detail["silent"], detail["corrections"]) == (
        "correction",
        False,
        [ADMITTED["tr"]],
    )


def test_a_letter_for_a_letter_is_no_edit() -> None:
    one = (
        "Трајект преко широке реке поново иде од понедељка, рекао је градоначелник. Џак и њива "
        "су стари чувари."
    )
    other = (
        "Trajekt preko široke reke ponovo ide od ponedeljka, rekao je gradonačelnik. Džak i "
        "njiva su stari čuvari."
    )
    first, now = (
        Reading(one, "Трајект поново иде преко реке"),
        Reading(other, "Trajekt ponovo ide preko reke"),
    )
    assert compare(first, now).drift is compare(now, first).drift is DriftClass.SAME
    edited = Reading(other.replace("ponedeljka", "utorka"), now.title)
    assert compare(first, edited).drift is DriftClass.MINOR


@pytest.mark.parametrize("sign", ["'", "ʻ", "‘", "`"])
def test_uzbek_apostrophes_are_no_edit_whatever_their_kind(sign: str) -> None:
    one = "Дарё бўйидаги кўприк йўли тўғриланди, дейди ҳоким. Мўлжал эртароқ эди."
    other = "Daryo boʻyidagi koʻprik yoʻli toʻgʻrilandi, deydi hokim. Moʻljal ertaroq edi."
    now = Reading(other.replace("ʻ", sign))
    assert compare(Reading(one), now).drift is DriftClass.SAME
    assert compare(now, Reading(one)).drift is DriftClass.SAME


LINE = "Correction: an earlier version said that twenty cars waited; there were thirty."


@pytest.mark.parametrize(
    "place",
    [
        "<article><p>Text.</p><footer><p>{}</p></footer></article>",
        "<aside class='correction'>{}</aside><p>Text.</p>",
        "<div class='body'><p>Text.</p></div><div class='article-correction'><p>{}</p></div>",
        "<p><em>{}</em></p><p>Text.</p>",
        "<article><header><p>{}</p></header><p>Text.</p></article>",
        "<p>Text.</p><details class='correction'><summary>i</summary>{}</details>",
    ],
)  # fmt: skip
def test_a_correction_is_read_wherever_it_stands(place: str) -> None:
    tree = parse_html(f"<html><body>{place.format(LINE)}</body></html>")
    assert tree is not None
    assert admissions(Names(tree)) == [LINE]
    assert with_admissions("Text.", [LINE]) == f"Text.\n\n{LINE}"
    assert with_admissions(f"Text. {LINE}", [LINE]) == f"Text. {LINE}"


@pytest.mark.parametrize(
    "line",
    [
        "Updated to correct the number of cars.", "We have corrected this story on the ferry.",
        "Dieser Text wurde am Montag korrigiert.", "Nous avons corrigé cet article lundi.",
        "Este artículo ha sido corregido el lunes.", "Текст исправлен в понедельник.",
        "Статтю оновлено у понеділок.", "Artykuł został poprawiony w poniedziałek.",
        "Bu haber güncellendi, sayı düzeltildi.", "この記事は月曜日に修正しました。",
        "本文已更正车辆数目。", "이 기사는 월요일에 정정되었습니다.",
        "Questo articolo è stato corretto lunedì.", "Este artigo foi corrigido na segunda.",
    ],
)  # fmt: skip
def test_a_sentence_that_owns_up_to_a_change_needs_no_label(line: str) -> None:
    assert is_labelled(line)


@pytest.mark.parametrize(
    "body",
    [
        "<footer><p>Updated: 3 March 2025, 14:20</p></footer>", f"<nav><p>{LINE}</p></nav>",
        f"<div class='related'><p>{LINE}</p></div>",
        "<aside><p><a href='/x'>Update: the ferry goes again, says the mayor</a></p></aside>",
        "<footer><p>All rights reserved by the Ilma Gazette.</p></footer>",
        "<div id='comments'><p>Correction: you are wrong!</p></div>",
    ],
)  # fmt: skip
def test_what_corrects_nothing_here_is_left_out(body: str) -> None:
    tree = parse_html(f"<html><body><p>Text.</p>{body}</body></html>")
    assert tree is not None
    assert admissions(Names(tree)) == []
