"""Words of error pages in the languages of Central Asia, of Africa, and in Catalan, as in
`absent`."""

from __future__ import annotations

ABSENT_SOUTH: dict[str, dict[str, str]] = {
    "ky": {
        "page": "барак* баракча*",
        "noun": "макала* документ* материал* жаңылык* дарек* url файл*",
        "gone": "өчүрүл* жылдырыл* 404 410",
        "no": "жок эмес",
        "there": "табылган табылбады табылган-жок бар",
        "nothing": "эчнерсе",
        "filler": (
            "бул сиз издеген издеп жаткан суралган суроо талап кылган мындай же жана кечиресиз "
            "тилекке каршы ката болушу мүмкүн сураган эч нерсе"
        ),
        "shown": "жеткиликсиз жеткиликтүү",
    },
    "uz": {
        "page": "sahifa* саҳифа* bet",
        "noun": "maqola* hujjat* material* yangilik* manzil* url fayl* мақола* ҳужжат*",
        "gone": "o'chirilgan o'chirildi ko'chirilgan 404 410 topilmadi ўчирилган топилмади",
        "no": "emas yo'q эмас йўқ",
        "there": "mavjud topilmadi topilgan bor мавжуд топилмади",
        "nothing": "hech",
        "filler": (
            "bu siz qidirgan qidirayotgan so'ralgan so'ragan va yoki kechirasiz uzr afsuski "
            "xato xatolik ehtimol narsa bunday бу сиз қидирган сўралган ва ёки кечирасиз афсуски "
            "бундай хато"
        ),
    },
    "tg": {
        "page": "саҳифа* саҳифаи",
        "noun": "мақола* ҳуҷҷат* мавод* хабар* суроға* url",
        "gone": "нест ҳазф* 404 410",
        "no": "нашуд надорад нест ёфт",
        "there": "ёфт вуҷуд мавҷуд пайдо",
        "nothing": "чизе ҳеҷ",
        "filler": (
            "ин он ки шумо меҷӯед меҷустед дархостшуда дархости бубахшед мутаассифона хато ё ва "
            "шудааст аст"
        ),
    },
    "tt": {
        "page": "бит* сәхифә*",
        "noun": "мәкалә* документ* материал* хәбәр* адрес* url",
        "gone": "бетерел* күчерел* табылмады 404 410",
        "no": "юк түгел",
        "there": "табылмады бар",
        "nothing": "бернәрсә",
        "filler": (
            "бу сез эзләгән эзли торган соралган яки һәм гафу итегез кызганычка каршы хата мондый"
        ),
    },
    "so": {
        "page": "bog* bogga boggan",
        "noun": "maqaal* qoraal* warka url cinwaan*",
        "gone": "tirtiray tirtir* 404 410 rartay",
        "no": "ma lama aan",
        "there": "helin jiro jirto heli heleyn",
        "nothing": "waxba",
        "filler": (
            "aad raadinayso raadineyso ka waan waxaan xunnahay raali ahow noqo khalad kan oo ee ku "
            "waa la ama uu ay codsatay"
        ),
    },
    "sw": {
        "page": "ukurasa kurasa",
        "noun": "makala habari hati anwani kiungo url",
        "gone": "umeondolewa umefutwa umehamishwa haupo 404 410 haukupatikana",
        "no": "haupo hakuna haikupatikana haukupatikana haipatikani haupatikani",
        "there": "haupo haukupatikana haipatikani haupatikani umepatikana uliopo",
        "nothing": "hakuna",
        "filler": (
            "samahani pole huu unaotafuta uliotafuta unaoutafuta uliouomba au na kosa hitilafu "
            "kwa bahati mbaya chochote"
        ),
    },
    "am": {
        "page": "ገጹ ገጽ",
        "noun": "ጽሑፉ ዜናው ሰነዱ url",
        "gone": "አልተገኘም ተወግዷል ተሰርዟል ተዛውሯል የለም 404 410",
        "no": "የለም አይገኝም",
        "there": "አልተገኘም አይገኝም የለም",
        "nothing": "ምንም",
        "filler": "ይቅርታ የፈለጉት የሚፈልጉት የጠየቁት ይህ ወይም ስህተት እባክዎ",
    },
    "ti": {
        "page": "ገጽ ገጹ",
        "noun": "ጽሑፍ ዜና ሰነድ url",
        "gone": "ኣይተረኽበን ተኣልዩ ተደምሲሱ የለን 404 410",
        "no": "የለን ኣይተረኽበን",
        "there": "ኣይተረኽበን የለን",
        "nothing": "ምንም",
        "filler": "ይቕሬታ እትደልይዎ ዝሓተትኩምዎ እዚ ወይ ጌጋ እቲ",
    },
    "mn": {
        "page": "хуудас хуудсыг",
        "noun": "нийтлэл мэдээ баримт хаяг url",
        "gone": "олдсонгүй устгагдсан устсан 404 410 шилжсэн",
        "no": "олдсонгүй байхгүй",
        "there": "олдсонгүй байхгүй",
        "nothing": "юу",
        "filler": "таны хайсан хүссэн энэ уучлаарай эсвэл алдаа байна ба харамсалтай нь ч",
    },
    "ca": {
        "page": "pàgina pàgines",
        "noun": "article document contingut adreça url fitxer enllaç notícia",
        "gone": "eliminad* esborrad* mogud* 404 410 inexistent*",
        "no": "no cap ja",
        "there": "trobad* existeix* troba trobar trobem",
        "nothing": "res",
        "filler": (
            "la el l els aquesta aquest que busqueu cerqueu busques cerques sol·licitada ha estat "
            "o ho sentim error ups s'ha hem pogut es a de en su una un i més és"
        ),
        "shown": "disponible",
    },
}
