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
        "gone": "umeondolewa umefutwa umehamishwa haupo 404 410 haukupatikana haujapatikana",
        "no": "haupo hakuna haikupatikana haukupatikana haipatikani haupatikani haujapatikana",
        "there": "haupo haukupatikana haipatikani haupatikani umepatikana uliopo haujapatikana",
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
    "bn": {
        "page": "পাতা* পৃষ্ঠা* পেজ*",
        "noun": "নিবন্ধ খবর সংবাদ লিংক url",
        "gone": "মুছে সরানো সরিয়ে 404 410",
        "no": "যায়নি নেই না হয়নি নয়",
        "there": "খুঁজে পাওয়া যায়নি নেই",
        "nothing": "কিছু",
        "filler": ("দুঃখিত আপনি যে যা এই খুঁজছেন অনুরোধ করা পাওয়া অথবা বা ফেলা হয়েছে ত্রুটি টি আপনার তা"),
    },
    "ta": {
        "page": "பக்கம் பக்கத்தை",
        "noun": "கட்டுரை செய்தி url",
        "gone": "நீக்கப்பட்டது 404 410",
        "no": "கிடைக்கவில்லை இல்லை காணப்படவில்லை முடியவில்லை",
        "there": "கிடைக்கவில்லை காணப்படவில்லை இல்லை கண்டுபிடிக்க",
        "nothing": "எதுவும்",
        "filler": "மன்னிக்கவும் நீங்கள் தேடும் இந்த அல்லது தேடிய கோரிய",
    },
    "te": {
        "page": "పేజీ",
        "noun": "వార్త కథనం url",
        "gone": "తొలగించబడింది 404 410",
        "no": "లేదు కనబడలేదు దొరకలేదు",
        "there": "కనబడలేదు దొరకలేదు లేదు",
        "nothing": "ఏమీ",
        "filler": "క్షమించండి మీరు వెతుకుతున్న ఈ లేదా కోరిన",
    },
    "mr": {
        "page": "पान पृष्ठ",
        "noun": "लेख बातमी url",
        "gone": "हटवले काढले 404 410",
        "no": "नाही",
        "there": "सापडले आढळले",
        "nothing": "काहीही",
        "filler": "क्षमस्व आपण शोधत असलेले हे किंवा माफ करा",
    },
    "ne": {
        "page": "पृष्ठ पेज",
        "noun": "समाचार लेख url",
        "gone": "हटाइएको 404 410",
        "no": "परेन छैन",
        "there": "फेला भेटिएन भेटिएको",
        "nothing": "केही",
        "filler": "माफ गर्नुहोस् तपाईंले खोज्नुभएको यो वा तपाईले",
    },
    "si": {
        "page": "පිටුව",
        "noun": "ලිපිය පුවත url",
        "gone": "ඉවත් 404 410",
        "no": "නොවීය නැත නොමැත",
        "there": "හමු නැත නොමැත",
        "nothing": "කිසිවක්",
        "filler": "සමාවන්න ඔබ සොයන මෙම හෝ කර ඇත",
    },
    "ms": {
        "page": "halaman laman",
        "noun": "artikel berita dokumen pautan url",
        "gone": "dipadam dibuang dialih 404 410",
        "no": "tidak tiada",
        "there": "dijumpai wujud ditemui",
        "nothing": "tiada",
        "filler": "maaf yang anda cari ini atau telah minta diminta harap ralat",
    },
    "tl": {
        "page": "pahina",
        "noun": "artikulo balita url",
        "gone": "natanggal inalis 404 410",
        "no": "hindi wala",
        "there": "nahanap matagpuan makita natagpuan wala",
        "nothing": "wala",
        "filler": "ang hinahanap mong na ito o paumanhin hinanap mo ng sa",
    },
    "tk": {
        "page": "sahypa* sahypaňyz",
        "noun": "makala habar url",
        "gone": "aýryldy 404 410 tapylmady",
        "no": "ýok",
        "there": "tapylmady bar",
        "nothing": "hiç",
        "filler": "gynansak da siziň gözleýän bu ýa bagyşlaň gynansak-da",
    },
    "is": {
        "page": "síðan síða síðuna",
        "noun": "greinin frétt fréttin url",
        "gone": "fjarlægð eytt 404 410",
        "no": "ekki",
        "there": "fannst finnst fundist til",
        "nothing": "ekkert",
        "filler": "því miður sem þú leitar að er var eða þessi fyrirgefðu",
    },
    "gl": {
        "page": "páxina",
        "noun": "artigo nova documento url",
        "gone": "eliminad* borrad* 404 410",
        "no": "non",
        "there": "atopad* existe encontr*",
        "nothing": "nada",
        "filler": "a o que busca buscas foi esta este está ou sentímolo erro solicitada",
    },
    "eu": {
        "page": "orria orri orririk",
        "noun": "artikulua albistea url",
        "gone": "ezabatu kendu 404 410",
        "no": "ez",
        "there": "aurkitu existitzen dago",
        "nothing": "ezer",
        "filler": "da bilatzen ari zaren hau edo barkatu eskatutako du",
    },
    "cy": {
        "page": "dudalen tudalen",
        "noun": "erthygl url",
        "gone": "dileu symud 404 410",
        "no": "heb nid ni",
        "there": "ganfod bodoli chanfod dod",
        "nothing": "dim",
        "filler": "y yr hon rydych chi yn chwilio amdani neu mae wedi sori ei",
    },
    "ga": {
        "page": "leathanach",
        "noun": "alt url",
        "gone": "scriosta 404 410",
        "no": "ní níl",
        "there": "bhfuarthas ann fuarthas",
        "nothing": "faic",
        "filler": "an seo atá tú ag lorg nó gabh leithscéal",
    },
    "mt": {
        "page": "paġna il-paġna",
        "noun": "artiklu url",
        "gone": "tneħħiet 404 410",
        "no": "ma mhix",
        "there": "nstabitx teżistix instabitx",
        "nothing": "xejn",
        "filler": "il li qed tfittex din jew skużana",
    },
    "af": {
        "page": "bladsy",
        "noun": "artikel berig url",
        "gone": "verwyder geskuif 404 410",
        "no": "nie geen",
        "there": "gevind bestaan",
        "nothing": "niks",
        "filler": "die wat jy u soek is hierdie of jammer ons kan",
    },
    "ha": {
        "page": "shafin shafi",
        "noun": "labari labarin url",
        "gone": "cire goge 404 410",
        "no": "ba babu",
        "there": "sami samu samo",
        "nothing": "komai",
        "filler": "a an wannan da kuke nema ko yi hakuri",
    },
}
