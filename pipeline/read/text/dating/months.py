"""Names of months in the languages that cited pages are written in."""

from __future__ import annotations

import functools
import unicodedata

# Twelve names each, in the form that stands in a date; several forms of one month are divided by a
# slash.
_NAMES = {
    "am": "ጃንዋሪ/ጃንዩወሪ ፌብሩዋሪ/ፌብሩወሪ ማርች ኤፕሪል ሜይ ጁን ጁላይ ኦገስት ሴፕቴምበር/ሴፕቴምብር ኦክቶበር/ኦክቶብር ኖቬምበር/ኖቬምብር"
    " ዲሴምበር/ዲሴምብር",
    "ar": "يناير/كانون الثاني فبراير/شباط مارس/آذار أبريل/إبريل/نيسان مايو/أيار/ماي "
    "يونيو/حزيران/جوان يوليو/تموز/جويلية أغسطس/آب/أوت سبتمبر/أيلول أكتوبر/تشرين الأول "
    "نوفمبر/تشرين الثاني ديسمبر/كانون الأول",
    "az": "yanvar fevral mart aprel may iyun iyul avqust sentyabr oktyabr noyabr dekabr",
    "be": (
        "студзеня лютага сакавіка красавіка мая чэрвеня ліпеня жніўня верасня кастрычніка "
        "лістапада снежня"
    ),
    "bg": "януари февруари март април май юни юли август септември октомври ноември декември",
    "bs": "januar/januara februar/februara mart/marta april/aprila maj/maja juni/juna/jun "
    "juli/jula/jul august/augusta septembar/septembra oktobar/oktobra novembar/novembra "
    "decembar/decembra",
    "ca": "gener febrer març abril maig juny juliol agost setembre octubre novembre desembre",
    "cs": "ledna/leden února/únor března/březen dubna/duben května/květen června/červen "
    "července/červenec srpna/srpen září října/říjen listopadu/listopad prosince/prosinec",
    "da": "januar februar marts april maj juni juli august september oktober november december",
    "de": (
        "januar/jänner februar/feber märz april mai juni juli august september oktober november "
        "dezember"
    ),
    "el": "ιανουαρίου φεβρουαρίου μαρτίου απριλίου μαΐου ιουνίου ιουλίου αυγούστου σεπτεμβρίου "
    "οκτωβρίου νοεμβρίου δεκεμβρίου",
    "en": "january february march april may june july august september october november december",
    "es": (
        "enero febrero marzo abril mayo junio julio agosto septiembre/setiembre octubre "
        "noviembre diciembre"
    ),
    "et": (
        "jaanuar veebruar märts aprill mai juuni juuli august september oktoober november detsember"
    ),
    "fa": "ژانویه فوریه مارس آوریل مه/می ژوئن ژوئیه/جولای اوت/آگوست سپتامبر اکتبر نوامبر دسامبر",
    "fi": "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta "
    "syyskuuta lokakuuta marraskuuta joulukuuta",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "he": "ינואר פברואר מרץ/מרס אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר",
    "hi": (
        "जनवरी फरवरी/फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर/सितम्बर अक्टूबर/अक्तूबर नवंबर/नवम्बर "
        "दिसंबर/दिसम्बर"
    ),
    "hr": (
        "siječnja veljače ožujka travnja svibnja lipnja srpnja kolovoza rujna listopada "
        "studenoga/studenog prosinca"
    ),
    "hu": (
        "január február március április május június július augusztus szeptember október "
        "november december"
    ),
    "hy": "հունվարի/հունվար փետրվարի/փետրվար մարտի/մարտ ապրիլի/ապրիլ մայիսի/մայիս հունիսի/հունիս "
    "հուլիսի/հուլիս օգոստոսի/օգոստոս սեպտեմբերի/սեպտեմբեր հոկտեմբերի/հոկտեմբեր նոյեմբերի/նոյեմբեր "
    "դեկտեմբերի/դեկտեմբեր",
    "id": "januari februari maret april mei juni juli agustus september oktober november desember",
    "it": (
        "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre "
        "dicembre"
    ),
    "ka": (
        "იანვარი თებერვალი მარტი აპრილი მაისი ივნისი ივლისი აგვისტო სექტემბერი ოქტომბერი "
        "ნოემბერი დეკემბერი"
    ),
    "kk": "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан",
    "ku": "çile sibat/شوبات/شوباتی adar/ئازار/ئازاری nîsan/نیسان/نیسانی gulan/ئایار/ئایاری "
    "hezîran/حوزەیران tîrmeh/تەمموز/تەممووز tebax/ئاب/ئابی îlon/ئەیلوول/ئەیلوولی cotmeh mijdar "
    "kanûn",
    "lt": (
        "sausio vasario kovo balandžio gegužės birželio liepos rugpjūčio rugsėjo spalio "
        "lapkričio gruodžio"
    ),
    "lv": "janvāris/janvārī februāris/februārī marts/martā aprīlis/aprīlī maijs/maijā "
    "jūnijs/jūnijā jūlijs/jūlijā augusts/augustā septembris/septembrī oktobris/oktobrī "
    "novembris/novembrī decembris/decembrī",
    "mk": "јануари февруари март април мај јуни јули август септември октомври ноември декември",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "no": "januar februar mars april mai juni juli august september oktober november desember",
    "pl": "stycznia/styczeń lutego/luty marca/marzec kwietnia/kwiecień maja/maj czerwca/czerwiec "
    "lipca/lipiec sierpnia/sierpień września/wrzesień października/październik listopada/listopad "
    "grudnia/grudzień",
    "pt": (
        "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro"
    ),
    "ro": (
        "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie "
        "noiembrie decembrie"
    ),
    "ru": "января/январь февраля/февраль марта/март апреля/апрель мая/май июня/июнь июля/июль "
    "августа/август сентября/сентябрь октября/октябрь ноября/ноябрь декабря/декабрь",
    "sk": (
        "januára február/februára marca apríla mája júna júla augusta septembra októbra "
        "novembra decembra"
    ),
    "sl": "januar/januarja februar/februarja marec/marca april/aprila maj/maja junij/junija "
    "julij/julija avgust/avgusta september/septembra oktober/oktobra november/novembra "
    "december/decembra",
    "so": "janaayo febraayo maarso abriil maajo juun/juunyo luulyo agoosto sebteembar/sebtembar "
    "oktoobar nofeembar/nofembar diseembar/disembar",
    "sq": "janar shkurt mars prill maj qershor korrik gusht shtator tetor nëntor dhjetor",
    "sr": "јануар/јануара/januar фебруар/фебруара/februar март/марта/mart април/априла/april "
    "мај/маја/maj јун/јуна/јуни/jun јул/јула/јули/jul август/августа/avgust "
    "септембар/септембра/septembar октобар/октобра/oktobar новембар/новембра/novembar "
    "децембар/децембра/decembar",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
    "sw": "januari februari machi aprili mei juni julai agosti septemba oktoba novemba desemba",
    "tg": "январи феврали марти апрели майи июни июли августи сентябри октябри ноябри декабри",
    "th": (
        "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม"
    ),
    "tr": "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
    "uk": "січня/січень лютого/лютий березня/березень квітня/квітень травня/травень "
    "червня/червень липня/липень серпня/серпень вересня/вересень жовтня/жовтень "
    "листопада/листопад грудня/грудень",
    "ur": "جنوری فروری مارچ اپریل مئی جون جولائی اگست ستمبر اکتوبر نومبر دسمبر",
    "uz": "yanvar fevral mart aprel may iyun iyul avgust sentabr oktabr noyabr dekabr",
}
# Two words, for which a date has no room; they are joined in the text before it is searched.
_TWO_WORDS = (
    ("كانون الثاني", 1), ("تشرين الأول", 10), ("تشرين الثاني", 11), ("كانون الأول", 12),
)  # fmt: skip
# The months of the Iranian calendar; its year 1404 began in March 2025.
_JALALI = "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند"
# Shorter forms would be ordinary words ("mar", "may" stay, three letters).
_MIN_SHORT = 3


def plain(word: str) -> str:
    """A word as names are looked up: lower-case letters, without accents of Latin letters."""
    small = word.casefold().replace("i\u0307", "i").replace("ı", "i")
    return "".join(c for c in unicodedata.normalize("NFD", small) if not "\u0300" <= c <= "\u036f")


def month_of(word: str, language: str | None) -> int | None:
    """1 to 12 for a month's name or its short form, None for other words.

    Args:
        word: As it stands in a date.
        language: ISO 639-1; where it is None, or does not know the word, a name counts that means
            one month in all languages.
    """
    word = plain(word.rstrip("."))
    own = _known(language).get(word) if language in _NAMES else None
    if own:
        return own if own > 0 else None
    found = _known(None).get(word)
    return found if found and found > 0 else None


def jalali_month_of(word: str) -> int | None:
    """1 to 12 for a month of the Iranian calendar."""
    return {name: number for number, name in enumerate(_JALALI.split(), 1)}.get(word)


def joined(text: str) -> str:
    """`text` with months of two words as one."""
    for name, _ in _TWO_WORDS:
        if name in text:
            text = text.replace(name, name.replace(" ", ""))
    return text


@functools.cache
def _known(language: str | None) -> dict[str, int]:
    """Names and short forms with their month; 0 for what means several."""
    names = _NAMES.values() if language is None else [_NAMES[language]]
    full: dict[str, set[int]] = {}
    short: dict[str, set[int]] = {}
    for one in names:
        for number, forms in enumerate(joined(one).split(), 1):
            for form in map(plain, forms.split("/")):
                full.setdefault(form, set()).add(number)
                for length in range(_MIN_SHORT, len(form)):
                    short.setdefault(form[:length], set()).add(number)
    all_forms = {**short, **full}
    return {form: next(iter(m)) if len(m) == 1 else 0 for form, m in all_forms.items()}
