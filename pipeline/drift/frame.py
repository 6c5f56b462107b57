"""What stands around a page's text and changes by itself: counters, ages, links to other pages, notes on cookies."""

from __future__ import annotations

import re
import unicodedata

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
    rf"|(?:just now|today|yesterday|вчера|сегодня|вчора|сьогодні|أمس|اليوم|امروز|دیروز|אתמול|היום|dün|bugün|hier|aujourd['’]hui)"
    rf"(?:\s+(?:at|в|о|в|saat|à)?\s*\d{{1,2}}:\d\d)?(?=\s*$))",
    re.IGNORECASE | re.MULTILINE,
)
_COUNTER = re.compile(
    rf"(?<![\w.,])(?:{_NUMBER}\s*(?:{_COUNTED})\b|(?:{_COUNTED})\s*[:：(]\s*{_NUMBER}\)?)",
    re.IGNORECASE,
)
# A line that is nothing else than the page's furniture.
_FURNITURE = re.compile(
    r"\s*(?:share(?: this)?(?: (?:article|story|post|on .{1,30}))?|read (?:more|also|next)\b.{0,160}|see also\b.{0,160}|related\b.{0,60}|more on this(?: story)?|"
    r"most (?:read|popular|viewed)\b.{0,60}|advertisement|sponsored(?: content)?|sign up\b.{0,120}|subscribe\b.{0,160}|follow us\b.{0,120}|"
    r"(?:we use|this (?:web)?site uses) cookies.{0,300}|(?:accept|manage)(?: all)? cookies|all rights reserved.{0,120}|©.{0,160}|copyright\b.{0,160}|"
    r"поделиться\b.{0,60}|читайте (?:также|ещё|еще)\b.{0,200}|реклама|подпис(?:ывайтесь|аться)\b.{0,160}|(?:мы используем|сайт использует).{0,40}cookie.{0,200}|"
    r"читайте також\b.{0,200}|поділитися\b.{0,60}|підпис(?:уйтесь|атися)\b.{0,160}|"
    r"شارك\b.{0,60}|اقرأ (?:أيضا|المزيد)\b.{0,200}|إعلان|تابعنا\b.{0,120}|اشتراک.?گذاری\b.{0,60}|بیشتر بخوانید\b.{0,200}|تبلیغات|"
    r"שתפו\b.{0,60}|קראו (?:גם|עוד)\b.{0,200}|פרסומת|paylaş\b.{0,60}|ayrıca (?:oku|bak)\w*\b.{0,200}|reklam|"
    r"partager\b.{0,60}|lire aussi\b.{0,200}|à lire aussi\b.{0,200}|publicité|abonnez-vous\b.{0,160})\s*[.:!»›>]*\s*",
    re.IGNORECASE,
)
# The frame's own date and time on a line of its own: `Updated 3 March 2025, 14:20`, `12:44`.
_DATED_LABEL = re.compile(
    r"\s*(?:(?:last )?(?:updated|published|posted)(?: on| at)?|обновлено|опубликовано|оновлено|опубліковано|نشر(?: في)?|آخر تحديث|תאריך|"
    r"yayınlan\w*|publié le)\s*[:\-–]?",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[^\W\d_]+")
_DATED_WORDS = 3  # weekday, month, time zone
_DATED_CHARS = 60
_HAS_TIME = re.compile(r"\d{1,2}[:.]\d\d|\b(?:19|20)\d\d\b|[\u06f0-\u06f9\u0660-\u0669]{4}")
_CORRECTION = re.compile(
    r"\s*[\[(*]*(?:corrections?\b|corrected\b|clarification\b|editor['’]?s?[’']? note\b|update[d]?\b\s*[:\-–(]|an? (?:earlier|previous) version of th|"
    r"this (?:article|story|post|report|page) (?:has been|was) (?:updated|corrected|amended|changed)|"
    r"исправлен|обновлен|обновлён|уточнени|поправка|дополнен|виправлен|оновлен|уточнен|"
    r"تحديث|تصحيح|توضيح|تصحیح|اصلاحیه|به[\u200c ]?روزرسانی|بروزرسانی|תיקון|עדכון|עודכן|הבהרה|"
    r"düzeltme|güncelleme|güncellendi|mise [àa] jour|mis [àa] jour|rectificati[fo]|correctif|erratum)",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[.!?؟۔…:;][\"”»’)\]]*$")
_HEADLINE_WORDS = 16
"""A line of no more words that does not end like a sentence, behind the text's last sentence, is a link to another page."""
_ENOUGH_WORDS = 30
"""In a shorter text, a post say, no line can be told from a headline: all of it is text."""


def framed_off(text: str) -> str:
    """The text without what changes by itself; empty lines left out."""
    lines = [_without_counters(line) for line in text.splitlines() if not _is_frame(line)]
    lines = [line for line in lines if any(c.isalnum() for c in line)]
    return "\n".join(_without_headlines(lines))


def correction_lines(text: str) -> tuple[str, ...]:
    """Lines that say that something was corrected or brought up to date, as printed."""
    return tuple(" ".join(line.split()) for line in text.splitlines() if _CORRECTION.match(line))


def _is_frame(line: str) -> bool:
    if _FURNITURE.fullmatch(line) or _CORRECTION.match(line):
        return True
    if len(line) > _DATED_CHARS or not _HAS_TIME.search(line):
        return False
    words = _LETTERS.findall(_DATED_LABEL.sub("", line))
    return len(words) <= _DATED_WORDS


def _without_counters(line: str) -> str:
    if not any(unicodedata.category(c) == "Nd" for c in line):
        return _AGE.sub(" ", line) if len(line) <= 80 else line
    return _AGE.sub(" ", _COUNTER.sub(" ", line))


def _without_headlines(lines: list[str]) -> list[str]:
    """Without what stands behind the last sentence: the list of other articles that changes by the hour."""
    if sum(len(line.split()) for line in lines) < _ENOUGH_WORDS:
        return lines
    ends = [
        i
        for i, line in enumerate(lines)
        if _ENDS.search(line) or len(line.split()) > _HEADLINE_WORDS
    ]
    return lines[: ends[-1] + 1] if ends else lines
