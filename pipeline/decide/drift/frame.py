"""What stands around a page's text and changes by itself: counters, ages, links to other pages,
notes on cookies."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from pipeline.decide.drift.asides import admits, is_aside
from pipeline.decide.drift.boilerplate import is_boilerplate
from pipeline.read.corrections import is_labelled
from pipeline.read.notice import words_in

_NUMBER = r"\d[\d\s.,\u00a0\u202f٫٬]*\s?(?:[kmкм]\b|тыс\.?|млн|тис\.?|هزار|ألف|אלף|bin\b)?"
_COUNTED = (
    r"views?|likes?|shares?|comments?|replies|reposts?|retweets?|reactions?|subscribers?|followers?|members?|reads?|times|"
    r"просмотр\w*|комментари\w*|лайк\w*|репост\w*|подписчик\w*|перегляд\w*|коментар\w*|вподоба\w*|підписник\w*|"
    r"مشاهد\w*|مشاهدات|تعليق\w*|إعجاب\w*|بازدید|نظر|نظرات|پسند|צפיות|תגובות|לייקים|שיתופים|"
    r"görüntüleme|görüntülenme|beğeni|yorum|paylaşım|vues?|commentaires?|partages?|j['’]aime|abonnés?"
)
_UNIT = (
    r"seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?|"
    r"секунд\w*|минут\w*|час\w*|дн\w+|день|недел\w*|месяц\w*|год\w*|лет|хвилин\w*|годин\w*|тижн\w*|тиждень|місяц\w*|рок\w*|"
    r"ثانية|ثوان|دقيقة|دقائق|ساعة|ساعات|يوم|أيام|أسبوع|أسابيع|شهر|أشهر|سنة|سنوات|دقیقه|ساعت|روز|هفته|ماه|سال|"
    r"שניות|דקות|דקה|שעות|שעה|ימים|יום|שבועות|שבוע|חודשים|שנים|saniye|dakika|saat|gün|hafta|ay|yıl|"
    r"secondes?|heures?|jours?|semaines?|mois|ans?"
)
_AGE = re.compile(
    rf"\b(?:(?:\d+|an?|one|un|une|один|одну|одна)\s+(?:{_UNIT})\s+(?:ago|назад|тому|پیش|قبل|önce)"
    rf"|(?:il y a|منذ|قبل|לפני)\s+(?:\d+\s+)?(?:{_UNIT})"
    r"|(?:just "
    rf"now|today|yesterday|вчера|сегодня|вчора|сьогодні|أمس|اليوم|امروز|دیروز|אתמול|היום|dün|bugün|hier|aujourd['’]hui)(?:\s+(?:at|в|о|в|saat|à)?\s*\d{{1,2}}:\d\d)?(?=\s*$))",
    re.IGNORECASE | re.MULTILINE,
)
_COUNTER = re.compile(
    rf"(?<![\w.,])(?:{_NUMBER}\s*(?:{_COUNTED})\b|(?:{_COUNTED})\s*[:：(]\s*{_NUMBER}\)?)",
    re.IGNORECASE,
)
# A line that is nothing else than the page's furniture.
_FURNITURE = re.compile(
    r"\s*(?:share(?: this)?(?: (?:article|story|post|on .{1,30}))?|read "
    r"(?:more|also|next)\b.{0,160}|see also\b.{0,160}|related\b.{0,60}|more on this(?: "
    r"story)?|most (?:read|popular|viewed)\b.{0,60}|advertisement|sponsored(?: content)?|sign "
    r"up\b.{0,120}|subscribe\b.{0,160}|follow us\b.{0,120}|(?:we use|this (?:web)?site uses) "
    r"cookies.{0,300}|(?:accept|manage)(?: all)? cookies|all rights "
    r"reserved.{0,120}|©.{0,160}|copyright\b.{0,160}|поделиться\b.{0,60}|читайте "
    r"(?:также|ещё|еще)\b.{0,200}|реклама|подпис(?:ывайтесь|аться)\b.{0,160}|(?:мы "
    r"используем|сайт использует).{0,40}cookie.{0,200}|читайте "
    r"також\b.{0,200}|поділитися\b.{0,60}|підпис(?:уйтесь|атися)\b.{0,160}|شارك\b.{0,60}|اقرأ "
    r"(?:أيضا|المزيد)\b.{0,200}|إعلان|تابعنا\b.{0,120}|اشتراک.?گذاری\b.{0,60}|بیشتر "
    r"بخوانید\b.{0,200}|تبلیغات|שתפו\b.{0,60}|קראו "
    r"(?:גם|עוד)\b.{0,200}|פרסומת|paylaş\b.{0,60}|ayrıca "
    r"(?:oku|bak)\w*\b.{0,200}|reklam|partager\b.{0,60}|lire aussi\b.{0,200}|à lire "
    r"aussi\b.{0,200}|publicité|abonnez-vous\b.{0,160}|[(（]?(?:责任编辑|責任編輯|编辑|編輯|校对|审核)[:：].{1,20})\s*[.:!»›>]*\s*",
    re.IGNORECASE,
)
_ADVERTISEMENT = re.compile(
    r"\W*(?:advertisements?|ad|sponsored(?: content)?|paid (?:content|post)|promoted|anzeige"
    r"|werbung|publicité|annonce|publicidad|anuncio|publicidade|pubblicità|advertentie|reklama|ogłoszenie"
    r"|hirdetés|publicitate|реклама|оголошення|рэклама|reklam|ilan|διαφήμιση|annons|mainos"
    r"|إعلان|إعلانات|تبلیغات|آگهی|פרסומת|מודעה|اشتہار|विज्ञापन|iklan|quảng cáo|广告"
    r"|廣告|広告|광고)\W*",
    re.IGNORECASE,
)
# The frame's own date and time on a line of its own: `Updated 3 March 2025, 14:20`, `12:44`.
_DATED_LABEL = re.compile(
    r"\s*(?:\b(?:(?:last )?(?:updated|published|posted)(?: on| at)?"
    r"|(?:veröffentlicht|aktualisiert|erschienen)(?: am)?|stand|uhr|publicado(?: el| em)?"
    r"|actualizado(?: el)?|atualizado(?: em)?|pubblicato(?: il)?|aggiornato(?: il)?|opublikowano"
    r"|aktualizacja|mis à jour(?: le)?|publié le|обновлено|опубликовано|оновлено|опубліковано"
    r"|نشر(?: في)?|آخر تحديث|انتشار|به‌?روزرسانی|תאריך|פורסם|עודכן|yayınlan\w*|güncelle\w*"
    r"|입력|수정|등록|게시)|公開|更新|発行|发布|發布|发表|發表|时间|時間)\s*[:：\-–]?",
    re.IGNORECASE,
)
_CJK_DATE = re.compile(r"(?<=\d)\s*[年月日時时分秒년월일시분]")
_LETTERS = re.compile(r"[^\W\d_]+")
_DATED_WORDS = 3  # weekday, month, time zone
_DATED_CHARS = 60
# a line of counters is shorter; and looking for them takes time quadratic in the length of a line
_COUNTER_CHARS = 200
_BESIDE_COUNTERS = 3  # a name, `Share`, `Reply`
_HAS_TIME = re.compile(r"\d{1,2}[:.]\d\d|\b(?:19|20)\d\d\b|[\u06f0-\u06f9\u0660-\u0669]{4}")
# A banner addresses the reader; an article about cookies speaks of others. Read only where the line
# names cookies.
_COOKIES = (
    "cookie", "クッキー", "쿠키", "ciastecz", "бисквитк", "kolačić", "колачић", "eväste", "sütik",
    "куки", "ملفات تعريف الارتباط", "الكوكيز", "کوکی", "עוגיות", "çerez", "témoins de connexion",
)  # fmt: skip
_TO_READER = re.compile(
    r"\b(?:we|our|you|your|wir|unser\w*|ihre\w*|ihnen|nuestr\w+|usamos|utilizamos|nosso\w?"
    r"|nossas?|usiamo|utilizziamo|tua|wij|onze|uw|używamy|nasz\w*|twoj\w*|používáme|vám|našem"
    r"|használunk|önnek|oldalunk\w*|folosim|utilizăm|nostru|dumneavoastră|käytämme|använder vi"
    r"|vi använder|vi bruger|vi bruker|използваме|користимо|koristimo"
    r"|δεδομένα σας|χρησιμοποιούμε|nous|notre|nos|vous|votre|vos"
    r"|мы|наш\w*|вы|вам|ваш\w*|ми|ви|ما|شما|אנו|אנחנו|שלך|שלנו)\b"
    r"|当サイト|お客様|当社|我们|您|저희|당사|귀하"
    r"|نستخدم|موقعنا|تجربتك|بالنقر|باستخدامك|می‌پذیرید|kullanıyoruz|etmiş "
    r"olursunuz|\w(?:imiz|ımız|umuz|ümüz|iniz|ınız|unuz|ünüz)",
    re.IGNORECASE,
)
_BANNER_WORDS = 80
_FIRST_LINES, _LAST_LINES = 2, 3
"""Where a line without a label stands that admits a change: above a text or below it."""
ENDS = re.compile(r"[.!?؟۔…:;。！？][\"”»’)\]]*$")
"""The end of a sentence."""
_HEADLINE_WORDS = 16
"""A line of no more words that does not end like a sentence, behind the text's last sentence, is a
link to another page."""
_ENOUGH_WORDS = 30
"""In a shorter text, a post say, no line can be told from a headline: all of it is text."""


@dataclass(frozen=True, slots=True)
class Framed:
    """A text without what changes by itself.

    Attributes:
        lines: Of the text; none of them empty.
        below: Lines behind the last sentence that may be links to other pages, or rows of a list.
    """

    lines: tuple[str, ...]
    below: tuple[str, ...]


def framed(text: str, known: OtherText | None = None) -> Framed:
    """The text without what changes by itself.

    Args:
        text: It.
        known: What the text it is compared with says: only of lines that it has not the words are
            looked at.
    """
    known = known or OtherText(text)
    read = [line for line in text.splitlines() if line.strip()]
    lines = [
        _without_counters(line)
        for place, line in enumerate(read)
        if not (_is_frame(line) or known.is_not_the_texts(line, place, len(read)))
        and not (place and _is_advertised(read[place - 1], line, known))
    ]
    lines = [line for line in lines if any(c.isalnum() for c in line)]
    end = _end_of_sentences(lines)
    return Framed(tuple(lines[:end]), tuple(lines[end:]))


@dataclass(frozen=True, slots=True)
class OtherText:
    """The other text of two, and the language of both."""

    text: str
    language: str | None = None

    def is_not_the_texts(self, line: str, place: int, lines: int) -> bool:
        """Whether a line that only one text has is the paper's word to its readers, or at an end
        admits a change."""
        if line in self.text:
            return False
        at_an_end = place < _FIRST_LINES or place >= lines - _LAST_LINES
        if is_boilerplate(line) or is_aside(line, self.language):
            return True
        return at_an_end and admits(line, self.language)


def correction_lines(text: str) -> tuple[str, ...]:
    """Lines that say that something was corrected or brought up to date, as printed; a mere time of
    the last change says neither."""
    lines = (line for line in text.splitlines() if is_labelled(line) and not _is_dated(line))
    return tuple(" ".join(line.split()) for line in lines)


def fresh_corrections(before: str, after: str, language: str | None) -> tuple[str, ...]:
    """Lines of the later text that admit a change, and that the earlier had not."""
    held = set(correction_lines(before))
    lines = dict.fromkeys(line for line in after.splitlines() if line.strip())
    found = []
    for line in lines:
        if _is_dated(line) or line in before:
            continue
        said = " ".join(line.split())
        if said not in held and (is_labelled(line) or admits(line, language)):
            found.append(said)
    return tuple(found)


def _is_frame(line: str) -> bool:
    return bool(
        _FURNITURE.fullmatch(line) or is_labelled(line) or _is_dated(line) or _is_banner(line)
    )


def _is_advertised(label: str, line: str, known: OtherText) -> bool:
    """Whether a line below the word for an advertisement is what it says: of few words, no
    sentence, and in one of two texts only."""
    if not _ADVERTISEMENT.fullmatch(label) or line in known.text or ENDS.search(line):
        return False
    return words_in(line) <= _HEADLINE_WORDS


def _is_dated(line: str) -> bool:
    """Whether a line is a date or time, with a label perhaps."""
    if len(line) > 2 * _DATED_CHARS or not _HAS_TIME.search(line):
        return False
    labels = len(_DATED_LABEL.findall(line))
    times = 2 if labels > 1 else 1  # published, and brought up to date
    words = _LETTERS.findall(_DATED_LABEL.sub(" ", _CJK_DATE.sub(" ", line)))
    return len(line) <= times * _DATED_CHARS and len(words) <= times * _DATED_WORDS


def _is_banner(line: str) -> bool:
    """Whether a line asks the reader to put up with cookies."""
    said = line.lower()
    if not any(mark in said for mark in _COOKIES):
        return False
    return bool(_TO_READER.search(line)) and len(line.split()) <= _BANNER_WORDS


def _without_counters(line: str) -> str:
    """The line without counts and ages, where it has hardly anything else: a sentence may tell how
    many, and how long ago."""
    if len(line) > _COUNTER_CHARS:
        return line
    bare = line
    if any(unicodedata.category(c) == "Nd" for c in line):
        bare = _COUNTER.sub(" ", bare)
    bare = _AGE.sub(" ", bare)
    return bare if len(_LETTERS.findall(bare)) <= _BESIDE_COUNTERS else line


def _end_of_sentences(lines: list[str]) -> int:
    """How many lines there are up to the last that ends like a sentence; all of them in a short
    text."""
    if sum(map(words_in, lines)) < _ENOUGH_WORDS:
        return len(lines)
    ends = [
        i
        for i, line in enumerate(lines)
        if ENDS.search(line[-_COUNTER_CHARS:]) or len(line.split()) > _HEADLINE_WORDS
    ]
    return ends[-1] + 1 if ends else len(lines)
