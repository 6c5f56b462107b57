"""Rules for servers that answer 200 and say on the page that they do not serve: maintenance, errors
of their own, refusals.

Like the rules of absence they are bound to titles and to short pages; none of them proves that
anything is gone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from archive.model.vocabulary import Kind, Outcome
from pipeline.read.outcomes.words.reported import is_reported

if TYPE_CHECKING:
    from archive.model.understood import CaptureVerdict
    from pipeline.read.outcomes.seen import Seen

_SHORT_CHARS = 600
_TITLED_CHARS = 1_500

_OUTAGE_TITLE = re.compile(
    r"""(?:(?:our\ |the\ |this\ )?(?:site|website|server|page)\ (?:is\ )?
        |we\ are\ |we're\ )?(?:currently\ |temporarily\ )?
        (?:under|down\ for|undergoing
        |in)\ (?:scheduled\ |planned\ |routine\ )?maintenance(?:\ mode)?[.!]?
    | (?:scheduled\ |planned\ |site\ )?maintenance(?:\ (?:mode|in\ progress|page|break))?[.!]?
    | (?:(?:the\ )?(?:service|site|website|server)\ )?(?:is\ )?temporarily\ (?:unavailable|offline
    |down|out\ of\ service)[.!]?
    | (?:our\ |the\ |this\ )?(?:services?|site|website|servers?)\ (?:is|are)(?:n(?:'|’)t|\ not)
        \ available(?:\ (?:right\ now|at\ the\ moment|at\ this\ time))?[.!]?
    | (?:we(?:'|’)ll|we\ will)\ be\ (?:right\ )?back(?:\ (?:soon|shortly))?[.!]?
    | be\ right\ back[.!]?
    | (?:error|http|ошибка|помилка|erreur|hata|خطأ|خطای|שגיאה)\s*[-:]?\s*5\d\d
    | 5\d\d\s*[-:.|]?\s*(?:error|server\ error|ошибка|помилка)
    | fastly\ error:\ unknown\ domain\b.{0,80}
    | (?:http/1\.[01]\ |5\d\d\s*[-:|]?\s*)?(?:internal\ server\ error
    |service\ (?:temporarily\ )?unavailable
    |bad\ gateway|gateway\ time-?\ ?out|not\ implemented)[.!]?
    | server\ error | unexpected\ error | an\ (?:unexpected\ )?error\ (?:has\ )?occurred[.!]?
    | database\ error
    | upstream\ (?:request\ timeout|connect\ error\b.{0,80}) | no\ healthy\ upstream
    | error\ establishing\ a\ database\ connection | application\ error
    | error\ processing\ ssi\ file | too\ many\ connections
    | (?:на\ сайте\ )?(?:ведутся\ |проводятся\ )?(?:технические|профилактические
    |регламентные)\ работы(?:\ на\ сайте)?
    | технический\ перерыв
    | сайт\ (?:временно\ )?(?:недоступен|не\ работает|на\ (?:техническом\ )?обслуживании)
    | внутренняя\ ошибка\ сервера | сервис\ временно\ недоступен
    | (?:на\ сайті\ )?(?:тривають\ |ведуться\ |проводяться\ )?(?:технічні
    |профілактичні)\ роботи(?:\ на\ сайті)?
    | технічна\ перерва
    | сайт\ (?:тимчасово\ )?(?:недоступний|не\ працює|на\ (?:технічному\ )?обслуговуванні)
    | внутрішня\ помилка\ сервера
    | (?:الموقع\ )?(?:تحت|قيد|في)\ الصيانة | (?:ال)?موقع\ غير\ متاح\ (?:مؤقتا|حاليا)
    | أعمال\ (?:ال)?صيانة | صيانة\ الموقع
    | (?:وب‌?\ ?)?سایت\ (?:در\ (?:حال|دست)\ (?:تعمیر|به‌?روز\ ?رسانی|بروزرسانی)
    |(?:موقتا\ )?در\ دسترس\ نیست)(?:\ است)? | در\ دست\ (?:تعمیر|ساخت)
    | עבודות\ תחזוקה
    | האתר\ (?:בתחזוקה|בשיפוצים|סגור\ (?:לתחזוקה|זמנית)|אינו\ (?:זמין|פעיל)(?:\ כעת|\ זמנית)?)
    | (?:web\ )?sitemiz\ bakımda(?:dır|yız)?[.!]?
    | (?:site\ )?bakım(?:\ (?:modu|çalışması|sayfası))?
    | geçici\ olarak\ (?:kapalı|hizmet\ dışı)(?:yız)?
    | (?:le\ |notre\ )?site\ (?:est\ )?(?:actuellement\ )?en\ (?:cours\ de\ )?maintenance[.!]?
    | maintenance\ en\ cours
    | (?:site\ |service\ )?(?:est\ )?(?:temporairement|momentanément)\ (?:indisponible
    |inaccessible)""",
    re.VERBOSE | re.IGNORECASE,
)  # fmt: skip

# As a whole title only: `Human | Error` is a book.
_BARE = re.compile(r"5\d\d|error|ошибка|помилка|erreur|hata|خطأ|خطا|שגיאה", re.IGNORECASE)
# Their subject is the site that speaks, never one that it writes of.
_OUTAGE_WORDS = re.compile(
    r"""(?:our
        |this)\ (?:web)?site\ is\ (?:currently\ |temporarily\ )?(?:under(?:going)?\ |down\ for\ |un)(?:scheduled\ |planned\ )?(?:maintenance|available)
    | we(?:\ are|'re|’re)\ (?:currently\ )?(?:performing|undergoing|down\ for
    |doing)\ (?:some\ )?(?:scheduled\ |planned\ )?maintenance
    | (?:на\ (?:нашем\ |этом\ )?сайте)\ (?:ведутся|проводятся|идут)\ \w+\ работы
    | (?:наш\ )?сайт\ временно\ (?:недоступен|не\ работает|закрыт)
    | (?:на\ (?:нашому\ |цьому\ )?сайті)\ (?:тривають|проводяться|ведуться)\ \w+\ роботи
    | (?:наш\ )?сайт\ тимчасово\ (?:недоступний|не\ працює)
    | (?:موقعنا|هذا\ الموقع)\ .{0,20}?(?:الصيانة|غير\ متاح)
    | (?:این\ )?(?:وب‌?\ ?)?سایت\ .{0,20}?در\ (?:دست\ تعمیر|حال\ (?:تعمیر|به‌?روز))
    | האתר\ (?:שלנו\ )?(?:נמצא\ )?(?:כעת\ )?(?:בתחזוקה|בעבודות\ תחזוקה)
    | (?:web\ )?sitemiz(?:de)?\ .{0,30}?bakım
    | notre\ site\ est\ .{0,30}?(?:maintenance|indisponible)
    | there\ (?:has\ been|was)\ a\ (?:critical|fatal)\ error\ on\ (?:this|your)\ (?:web)?site
    | es\ gab\ einen\ kritischen\ fehler\ auf\ (?:dieser|deiner|ihrer)\ (?:website|webseite)
    | il\ y\ a\ eu\ une\ erreur\ critique\ sur\ (?:ce|votre)\ site
    | ha\ habido\ un\ error\ crítico\ en\ (?:esta|este|tu)\ (?:web|sitio)
    | na\ (?:tej|twojej)\ (?:witrynie|stronie)\ (?:wystąpił|pojawił\ się)\ krytyczny\ błąd
    | на\ (?:этом\ |вашем\ )?сайте\ (?:возникла|произошла)\ критическая\ ошибка
    | на\ (?:цьому\ |вашому\ )?сайті\ (?:сталася|виникла)\ критична\ помилка
    | (?:bu\ sitede|sitenizde|web\ sitenizde)\ (?:bir\ )?(?:kritik|ciddi)\ (?:bir\ )?(?:hata|sorun)
    | حدث\ خطأ\ (?:فادح|حرج)\ (?:في|على)\ (?:هذا\ ال)?موقع
    | (?:یک\ )?خطای\ (?:مهم|جدی|بحرانی)\ در\ (?:این\ )?(?:وب‌?\ ?)?سایت
    | (?:אירעה|התרחשה)\ שגיאה\ קריטית\ באתר
    | (?:此|该|您的)(?:站点|网站)(?:遇到了|出现了|发生了)致命错误""",  # noqa: E501
    re.VERBOSE | re.IGNORECASE,
)  # fmt: skip
_REFUSAL_TITLE = re.compile(
    r"""(?:40[13]\s*[-:|]?\s*)?(?:access\ (?:is\ )?denied|forbidden|restricted\ access
        |access\ restricted|unauthorized|permission\ denied)[.!]?
    | (?:error\s*)?40[13](?:\s*error)?
    | (?:web\ )?page\ blocked[.!]? | 406\W+not\ acceptable[.!]?
    | (?:sorry,?\ )?(?:you\ have\ been|your\ ip\ (?:address\ )?(?:has\ been|is))\ blocked[.!]?
    | (?:sorry,?\ )?(?:this\ (?:content|page|site|video)\ is\ )?not\ available\ in\ your\ (?:country
    |region|location)[.!]?
    | доступ\ (?:запрещ[её]н|ограничен|заборонено|обмежено) | تم\ رفض\ الوصول | الوصول\ مرفوض
    | دسترسی\ (?:غیرمجاز|غیر\ مجاز|ممنوع)(?:\ است)?
    | (?:ה)?גישה\ (?:נדחתה|נחסמה|חסומה) | erişim\ (?:engellendi|reddedildi)
    | accès\ (?:refusé|interdit)""",
    re.VERBOSE | re.IGNORECASE,
)  # fmt: skip
# What programs print where they end.
_DUMP = re.compile(
    r"""(?:php\ )?(?:fatal\ error|parse\ error|warning|notice|deprecated)\ ?:\ .{0,300}?\ (?:in|at)
        \ \S+\.(?:php|inc)\b
    | traceback\ \(most\ recent\ call\ last\) | upstream\ connect\ error | no\ healthy\ upstream
    | (?:could\ not|failed\ to|cannot)\ connect\ to\ (?:the\ )?(?:database|mysql|server)
    | database\ connection\ (?:error|failed) | exception\ in\ thread | stack\ trace:
    | (?:an\ )?unhandled\ exception | error\ displaying\ the\ error\ page | runtime\ error\b""",
    re.VERBOSE | re.IGNORECASE,
)
# A page of no more than that; in an article such words have others around them.
_APOLOGY = re.compile(
    r"""(?:w?h?oops\W+|sorry\W+)?(?:looks\ like\ )?something\ went\ wrong
        (?:\ on\ our\ (?:side|end))?[.!,:]
    | (?:hoppla\W+)?etwas\ ist\ schief\s?gelaufen[.!,:]
    | (?:oups\W+)?(?:une\ erreur\ (?:s['’]est\ produite|est\ survenue)
        |quelque\ chose\ s['’]est\ mal\ passé)[.!,:]
    | (?:ups\W+|vaya\W+)?algo\ (?:salió|ha\ salido|fue)\ mal[.!,:]
    | (?:ups\W+)?coś\ poszło\ nie\ tak[.!,:]
    | (?:ой\W+|упс\W+)?что-то\ пошло\ не\ так[.!,:]
    | (?:ой\W+)?щось\ пішло\ не\ так[.!,:]
    | bir\ (?:şeyler\ ters\ gitti|hata\ oluştu)[.!,:]
    | حدث\ خطأ\ (?:ما|غير\ متوقع)
    | (?:متاسفانه\ )?(?:خطایی\ رخ\ داد|مشکلی\ پیش\ آمد)
    | משהו\ השתבש
    | (?:出错了|发生错误|服务器繁忙)[，。！,.!]""",
    re.VERBOSE | re.IGNORECASE,
)
_APOLOGY_CHARS = 250
# A module of Apache's speaks so.
_BY_SERVER = re.compile(
    r"generated by mod_?security|an appropriate representation of the requested resource could not"
    r"|(?:this (?:web)?site|.{1,60}) is using a security service to protect itself",
    re.IGNORECASE,
)
_GATE = re.compile(
    r"(?:unblock|captcha|challenge|validate|verify|human|botcheck|bot-?check|waf|ddos-?guard)"
)


# As a network shows it where it lets nobody through: a frame around a page of its own, at an
# address without a name or at one that says so; a name that only leads on frames another name.
_FRAME_OF_NETWORK = re.compile(
    r"""<i?frame\b[^<>]{0,300}src\s*=\s*["']?(?P<of>https?://(?:
        \d{1,3}(?:\.\d{1,3}){3}(?![\w.-])
        | [\w.:-]{3,100}/(?:[\w-]{1,40}/){0,3}
            (?:dot|block(?:ed)?(?:[-_]?page)?|access[-_]?denied|restrict(?:ed)?)(?:/|\.\w{2,5}|(?=[?"'\s>]))
        | [\w.:/-]{3,100}\?(?:[^"'<>\s]{0,200}&)?(?:dp)?ruleid=
        )[^"'<>\s]{0,100})""",
    re.IGNORECASE | re.VERBOSE,
)
_NEXT_TO_NOTHING = 80


def framed(seen: Seen) -> CaptureVerdict | None:
    """A page of nothing but a frame from the network in between."""
    if len(seen.body) > _TITLED_CHARS or len(seen.visible) > _NEXT_TO_NOTHING:
        return None
    frame = _FRAME_OF_NETWORK.search(seen.source)
    return seen.verdict(Outcome.FORBIDDEN, "framed-by-network", frame["of"]) if frame else None


def gate(seen: Seen) -> CaptureVerdict | None:
    """A redirect to a host that is there to tell people from programs, such as `unblock.` before a
    name."""
    host = urlsplit(seen.page.final_url).hostname or ""
    asked = urlsplit(seen.page.context.uri_r).hostname or ""
    first = host.partition(".")[0]
    if host == asked or asked.endswith("." + host) or not _GATE.fullmatch(first):
        return None
    return seen.verdict(Outcome.CHALLENGE, "redirected-to-gate", host)


def out_of_order(seen: Seen) -> CaptureVerdict | None:
    """The site is in maintenance, or fails, under status 200: it says nothing of the page that was
    asked for."""
    if seen.page.context.kind is Kind.DISCOVERY or seen.words_length > _TITLED_CHARS:
        return None
    title = next((part for part in seen.title_parts if _OUTAGE_TITLE.fullmatch(part)), None)
    if title:
        return seen.verdict(Outcome.SERVER_ERROR, "outage-title", title)
    if seen.text is None or seen.words_length > _SHORT_CHARS:
        return None
    words = _OUTAGE_WORDS.search(seen.text.text or seen.visible[:_SHORT_CHARS])
    return seen.verdict(Outcome.SERVER_ERROR, "outage-words", words.group(0)) if words else None


def only_error(seen: Seen) -> CaptureVerdict | None:
    """A title that says no more than that something failed, above words that say not what: asked
    when it is known that they do not speak of the page, nor of who came."""
    if seen.page.context.kind is Kind.DISCOVERY or seen.words_length > _TITLED_CHARS:
        return None
    title = next((title for title in seen.titles if _BARE.fullmatch(title)), None)
    if title:
        return seen.verdict(Outcome.SERVER_ERROR, "outage-title", title)
    dump = None
    if seen.words_length <= _SHORT_CHARS:
        dump = _DUMP.match(seen.visible) or _DUMP.match(seen.text.text if seen.text else "")
    if dump:
        return seen.verdict(Outcome.SERVER_ERROR, "program-error", dump.group(0))
    if len(seen.visible) > _APOLOGY_CHARS or seen.is_signed:
        return None
    words = next((one for one in seen.pieces if _APOLOGY.match(one)), None)
    return seen.verdict(Outcome.SERVER_ERROR, "outage-words", words) if words else None


def refused(seen: Seen) -> CaptureVerdict | None:
    """A page with nothing but a refusal under status 200."""
    if seen.page.context.kind is Kind.DISCOVERY or seen.words_length > _TITLED_CHARS:
        return None
    said = _BY_SERVER.search(seen.visible[:_SHORT_CHARS])
    if said and seen.words_length <= _SHORT_CHARS:
        return seen.verdict(Outcome.FORBIDDEN, "refusal-words", said.group(0))
    title = next((part for part in seen.title_parts if _REFUSAL_TITLE.fullmatch(part)), None)
    if title is None or (seen.text is not None and is_reported(seen.text.text)):
        return None
    return seen.verdict(Outcome.FORBIDDEN, "refusal-title", title)
