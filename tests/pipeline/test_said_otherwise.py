"""What sites say in a page's place, and to their readers, in other words than most; and lines of
news that begin or speak alike."""

from __future__ import annotations

import pytest

from archive.model.rot import Reading
from archive.model.vocabulary import DriftClass, Outcome
from pipeline.decide.drift import compare
from pipeline.decide.drift.asides import is_aside
from tests.judged_pages import SENTENCE, document, verdict

BUTTONS = {
    "it": ("Usiamo cookie e dati per offrire i nostri servizi.", "Accetta tutto", "Rifiuta tutto"),
    "pl": (
        "My i nasi partnerzy przechowujemy pliki cookie na urządzeniu i przetwarzamy dane.",
        "Przejdź do serwisu",
        "Ustawienia",
    ),
    "tr": (
        "Biz ve iş ortaklarımız cihazda çerez saklar ve veri işler.",
        "Tümünü kabul et",
        "Reddet",
    ),
}
STUMPS = {
    "en": "This story is available exclusively to Ferry Club members.",
    "en-full": "Get full access for $3 a month. Already have an account? Log in.",
    "de": "Sie möchten weiterlesen? Mit F+ alles lesen. Jetzt Angebot sichern.",
    "ru": "Чтобы дочитать этот текст, войдите или подпишитесь.",
    "ru-who": "Статья доступна только зарегистрированным подписчикам.",
    "he": "כתבה זו היא לקוראי המנוי בלבד.",
    "he-of": "הכתבה פתוחה רק למנויי העיתון.",
}
NO_STUMPS = {
    "de": "Möchten Sie weiterlesen? Mehr aus Velsk steht auf unserer Startseite.",
    "ru": "Чтобы читать новости первыми, подпишитесь на наш Telegram-канал.",
    "en": "The data is available only to members of the club, the mayor said on Monday.",
}
HOSTED = {
    "unclaimed": "This domain has been mapped to our system, but it has not been verified yet. "
    "Domain not claimed.",
    "terms": "This blog has been suspended in accordance with our Terms of Service.",
}
FAILED = {
    "php": "<b>Fatal error</b>:  Uncaught Error: no such function in <b>/srv/a.php</b> on line 1",
    "laravel": document("Whoops", "<h1>Whoops, looks like something went wrong.</h1>"),
    "joomla": document("Error", "Error displaying the error page: Could not connect to MySQL."),
}
CALLS = {
    "en": "Join us on Thursday for a conversation with our editors about the ferry.",
    "en-tip": "Have a tip? Contact our reporters on Signal.",
    "en-podcast": "Listen to this week's podcast wherever you get your podcasts.",
    "de": "Schreiben Sie uns bis Freitag Ihre Meinung an die Redaktion.",
    "fr": "Écoutez notre podcast chaque jeudi et donnez-nous votre avis.",
    "ru": "Наша рассылка выходит по пятницам. Подпишитесь, чтобы её получать.",
    "ru-tip": "Есть что рассказать? Напишите нам, мы сохраним ваше имя в тайне.",
    "uk": "Маєте що розповісти? Пишіть нам у Telegram.",
    "ar": "شاركونا آراءكم أو راسلونا عبر البريد الإلكتروني.",
    "ar-day": "استمعوا إلى بودكاست منصاتنا كل يوم خميس.",
    "he": "יש לכם סיפור? כתבו לנו בווטסאפ",
    "tr": "Görüşlerinizi bizimle paylaşın: bize e-posta gönderin.",
    "fa": "نظرات خود را برای ما بفرستید و ما را در تلگرام دنبال کنید.",
    "ja": "記事へのご意見やご感想をお寄せください。",
    "ja-day": "ニュースレターは毎週金曜日に配信しています。こちらからご登録ください。",
    "ko": "여러분의 제보를 기다립니다. 이메일로 보내 주세요.",
    "zh": "欢迎向我们投稿，请将邮件发送至编辑部。",
}
NEWS = {
    "en": "Share prices of the app's maker fell on Tuesday after our correspondent's report.",
    "en-contact": "Contact with the ferry was lost on Thursday near the bank.",
    "de": "Hören konnten die Anwohner am Freitag eine Explosion im Hafen.",
    "ru": "Слушания по делу о краже назначены на пятницу, сообщил нам суд.",
    "ar": "وأرسلت الحكومة يوم الخميس فريقا للتحقيق في حادث العبارة.",
    "ja": "市は金曜日から住民の意見を聞く会を始める。参加者の登録は市役所で受け付ける。",
    "ko": "경찰은 금요일 제보를 받고 조선소를 수색했다고 밝혔다.",
}


@pytest.mark.parametrize("language", sorted(BUTTONS))
def test_a_button_asks_for_consent_where_no_word_says_you(language: str) -> None:
    said, yes, no = BUTTONS[language]
    page = document("Cookie", f"<p>{said}</p><button>{yes}</button><button>{no}</button>")
    assert verdict(page).outcome is Outcome.CONSENT_WALL


@pytest.mark.parametrize("language", sorted(STUMPS))
def test_who_may_read_the_rest_is_a_paywall(language: str) -> None:
    found = verdict(document("Ferry", f"<p>{SENTENCE}</p><p>{STUMPS[language]}</p>"))
    assert found.outcome is Outcome.PAYWALL


@pytest.mark.parametrize("language", sorted(NO_STUMPS))
def test_what_is_to_be_had_elsewhere_is_no_paywall(language: str) -> None:
    page = document("Ferry", f"<p>{SENTENCE * 2}</p><p>{NO_STUMPS[language]}</p>")
    assert verdict(page).outcome is Outcome.OK


@pytest.mark.parametrize("what", sorted(HOSTED))
def test_a_site_that_nobody_has_put_there_or_that_is_halted_is_parked(what: str) -> None:
    assert verdict(document("rivers", f"<p>{HOSTED[what]}</p>")).outcome is Outcome.PARKED


def test_the_key_of_advertisers_on_an_empty_page_is_a_parked_name() -> None:
    page = '<html data-adblockkey="MFww"><body><div id="target"></div></body></html>'
    assert verdict(page).outcome is Outcome.PARKED
    page = document("Ferry", f"<p>{SENTENCE * 20}</p>").replace(
        "<html", '<html data-adblockkey="M"'
    )
    assert verdict(page).outcome is Outcome.OK


@pytest.mark.parametrize("what", sorted(FAILED))
def test_what_a_program_prints_where_it_ends_is_the_servers_error(what: str) -> None:
    assert verdict(FAILED[what]).outcome is Outcome.SERVER_ERROR


def test_an_article_in_boxes_within_boxes_is_read() -> None:
    page = document("Ferry", f"<p>{SENTENCE * 3}</p>")
    for box in ("<div>", "<table><tr><td>"):
        assert verdict(box * 2_000 + page).outcome is Outcome.OK


@pytest.mark.parametrize("name", sorted(CALLS))
def test_a_call_upon_the_reader_is_an_aside_on_whichever_day(name: str) -> None:
    assert is_aside(CALLS[name], name.partition("-")[0])
    before = "\n\n".join([SENTENCE, SENTENCE.replace("Monday", "Friday")])
    assert compare(Reading(before), Reading(f"{before}\n\n{CALLS[name]}")).drift is DriftClass.SAME


@pytest.mark.parametrize("name", sorted(NEWS))
def test_a_line_of_news_is_no_aside(name: str) -> None:
    assert not is_aside(NEWS[name], name.partition("-")[0])
