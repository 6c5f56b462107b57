"""Titles and sentences of pages that are not there, as patterns: in the languages and the order in
which programs of servers have them."""

from __future__ import annotations

import re

from pipeline.read.outcomes.words.matching import is_error_number

_NOT_FOUND_TITLE = re.compile(
    r"""(?:error|erreur|ошибка|помилка|خطأ|خطای|שגיאה|hata)?\s*[-:#]?\s*\(?404\)?\s*[-:.,!]?\s*
        (?:error|erreur|page|file|not\ found!?|ошибка|не\ найдено|помилка|hatası)?[!.]?
    | (?:oops[!.,]*\s*)?(?:404\s*[-:.,!]?\s*)?(?:sorry,?\s+)?(?:the\s+|this\s+
    |that\s+)?(?:requested\s+)?
        (?:page|article|story|document|content|post|file|url|resource)
        \s+(?:you\s+(?:requested|are\ looking\ for)\s+)?
        (?:was\s+|is\s+|isn(?:'|’)t\s+|wasn(?:'|’)t\s+|could\s+|can\s*|cannot\s+|has\s+|have\s+
        |does\s+|be\s+|been\s+|no\s+|not\s+|longer\s+)*
        (?:not\s+found|not\s+be\s+found|found|exist|removed|deleted|available|unavailable
        |missing)[!.]?
    | not\s+found[!.]?
    | (?:404\s*[-:.,!]?\s*)?(?:запрашиваемая\ |эта\ |такая\ )?(?:страница|статья|новость|публикация
    |запись|материал)\ (?:была\ |был\ )?
        (?:не\ (?:найден[ао]?|существует)|удал[её]н[ао]?|недоступн[ао]?)[!.]?
    | (?:404\s*[-:.,!]?\s*)?(?:сторінк[ау]|матеріал|статт[яю]|новин[ау])\ (?:не\ (?:знайден[ао]?
    |існує)|видален[ао]?|недоступн[ао]?)[!.]?
    | (?:عذرا[ً,،]*\s*)?(?:هذه\ )?(?:لم\ يتم\ العثور\ على\ )?(?:ال)?صفحة(?:\ المطلوبة)?(?:\ غير\ (?:موجودة|متوفرة|متاحة))?(?:\ لا\ يمكن\ العثور\ عليها)?
    | (?:متأسفانه\ )?(?:صفحه|خبر|مطلب)(?:\ مورد\ نظر)?(?:\ شما)?\ (?:یافت\ نشد|پیدا\ نشد|وجود\ ندارد
    |موجود\ نیست|حذف\ شده\ است)[.!]?
    | (?:ה?(?:דף|עמוד|כתבה)(?:\ המבוקש[ת]?)?)\ (?:לא\ נמצא[ה]?|אינ[וה]\ קיי?[םמ][ת]?|הוסר[ה]?)
    | (?:aradığınız\ )?(?:sayfa|haber|içerik)(?:ya)?\ (?:bulunamadı|bulunamamıştır|mevcut\ değil
    |kaldırıl(?:dı|mıştır)|yayından\ kaldırıldı)[.!]?
    | (?:la\ |cette\ )?(?:page|article)(?:\ demandée)?\ (?:est\ )?(?:introuvable|non\ trouvée?
    |n['’]existe\ (?:pas|plus)|supprimée?)[.!]?""",  # noqa: E501
    re.VERBOSE | re.IGNORECASE,
)  # fmt: skip
_ARABIC_NOT_FOUND = re.compile(r"غير|لم يتم|لا يمكن")

# Sentences of error pages; their subject is the page itself, never a thing that an article speaks
# of.
NOT_FOUND_WORDS = re.compile(
    r"""(?:the|this)\ (?:page|article|story|document|url|content|resource)\ (?:that\ )?you(?:(?:'
        |’)re|\ are|\ were|\ have)?\ (?:requested|looking\ for|trying\ to\ (?:reach|view|access)
        |tried\ to\ \w+)
        .{0,40}?(?:not\ (?:be\ )?found|not\ exist|no\ longer|been\ (?:re)?moved|been\ deleted
        |unavailable|not\ available)
    | (?:we\ )?(?:can(?:'|’)?t|cannot|could\ ?n(?:'|’|o)t|can\ ?not)\ (?:seem\ to\ )?find\ (?:the
    |that|this)\ page
    | there(?:\ is|['’]s)\ no\ (?:such\ )?(?:page|article|story|document)
        \ (?:here|at\ this\ (?:address|url))
    | this\ (?:page|article|story|post|content)\ (?:has\ been\ (?:removed|deleted)
    |is\ no\ longer\ available|does(?:n(?:'|’)t|\ not)\ exist|isn(?:'|’)t\ available)
    | (?:запрашиваем\w+|данн\w+|эта|указанн\w+)\ (?:вами\ )?(?:страниц\w|стать\w|материал
    |новость)\ .{0,30}?(?:не\ найден|не\ существует|удал[её]н|недоступ)
    | (?:такой\ )?страницы\ (?:не\ существует|нет) | к\ сожалению,?\ .{0,40}страниц\w\ не\ найден
    | (?:запитуван\w+|так\w+|ц\w|дан\w+)\ сторінк\w\ .{0,30}?(?:не\ (?:знайден|існує)|видален)
    | сторінки\ не\ існує | сторінку\ не\ знайдено
    | (?:عذرا|عفوا).{0,20}?(?:الصفحة|المقال|الخبر).{0,40}?(?:غير\ (?:موجود|متوفر|متاح)
    |لم\ يتم\ العثور|محذوف)
    | الصفحة\ التي\ (?:تبحث|طلبت).{0,40}?(?:غير|لم|لا)
    | (?:صفحه|خبر|مطلب)(?:‌?ی|‌ای)?\ (?:مورد\ نظر|درخواستی|که\ به\ دنبال).{0,40}?(?:یافت\ نشد
    |پیدا\ نشد|وجود\ ندارد|موجود\ (?:نیست|نمی)|حذف\ شده)
    | (?:הדף|העמוד|הכתבה)\ (?:ש(?:חיפשת|ביקשת)\w*|המבוקש\w?).{0,30}?(?:לא\ (?:נמצא|קיים)
    |אינ[וה]\ (?:קיי|זמי)|הוסר)
    | aradığınız\ (?:sayfa|haber|içerik).{0,40}?(?:bulunamad|bulunamam|mevcut\ değil|kaldırıl|silin)
    | (?:la|cette)\ page\ (?:que\ vous\ (?:recherchez|cherchez|avez\ demandée)
    |demandée).{0,30}?(?:introuvable|n(?:'|’)existe|a\ été\ (?:supprimée|déplacée)|n(?:'
    |’)est\ (?:pas|plus))""",
    re.VERBOSE | re.IGNORECASE,
)  # fmt: skip


def is_not_found(title: str) -> bool:
    """Whether a title, or a whole part of one, says nothing but that there is no such page."""
    if is_error_number(title):
        return True
    if not _NOT_FOUND_TITLE.fullmatch(title):
        return False
    # The Arabic alternative consists of optional parts: `the page` alone says nothing.
    return "صفحة" not in title or _ARABIC_NOT_FOUND.search(title) is not None
