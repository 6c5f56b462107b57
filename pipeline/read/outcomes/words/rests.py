"""What an offer to read the rest of an article for money speaks of, by language, as patterns.

First what is kept back: the rest, the whole, to go on reading; then what is sold; then for how
much, for how long, or that one may have it already. An offer has all three, in whatever order.
"""

from __future__ import annotations

RESTS: dict[str, tuple[str, str, str]] = {
    "en": (
        (r"(?:the )?(?:rest|remainder|full (?:text|version|article|story)|whole (?:article|story))"
        r"|(?:continue|keep|carry on) reading|read (?:on|more|the full)|fragment|preview"
        r"|continue with (?:a|your)|get full access"),
        r"subscri|\bplan\b|membership|(?:digital|full|unlimited) access|premium",
        (
            r"[$£€]\s?\d|\d\s?(?:a|per) (?:month|week)|already (?:have|a)|cancel any ?time"
            r"|trial|choose|join (?:today|now)"
        ),
    ),
    "de": (
        r"weiter\s?(?:zu)?lesen|(?:ganzen?|vollständigen?) (?:artikel|text|beitrag)|rest des",
        r"abo\b|abonn|probeabo|digitalpass|angebots?\b|premium|\bplus\b",
        (
            r"angebot sichern|\d\s?(?:€|euro)|bereits|schon (?:ein )?(?:abo|kunde)|testen|kündbar"
            r"|monatlich"
        ),
    ),
    "fr": (
        (r"la suite|le reste|l['’]intégralité|article (?:complet|intégral|entier)|% de cet article"
        r"|poursuivre (?:la|votre) lecture|lire plus"),
        r"abonne|offre|formule|premium",
        r"\d\s?(?:€|euros?)|déjà|sans engagement|essai|profitez|découvr",
    ),
    "es": (
        r"seguir leyendo|resto del? (?:este )?artículo|artículo completo|leer más|nota completa",
        r"suscri|suscr[ií]b|premium",
        r"\d\s?(?:€|euros?|pesos)|ya (?:eres|es|tienes)|prueba|al mes",
    ),
    "pt": (
        r"continuar (?:a ler|lendo|a leitura)|resto (?:do|deste) artigo|(?:artigo|texto) completo",
        r"assin|premium|subscri",
        r"\d\s?(?:€|euros?|reais)|r\$|já (?:é|tem)|por mês|experimente",
    ),
    "it": (
        r"continuare a leggere|resto dell['’]articolo|articolo completo|leggere tutto",
        r"abbon|premium",
        r"\d\s?(?:€|euro)|già|al mese|prova",
    ),
    "pl": (
        (r"(?:cały|całość|pełn[ay]|dalsz[ay]|pozostał[aey])"
            r" (?:\w+ )?(?:artykuł|tekst|treś|częś)\w*|czytać dalej"
        r"|fragment (?:tekstu|artykułu)|dalszą część"),
        r"prenumera|subskrypcj|abonament|premium|dostęp",
        r"\d\s?(?:zł|pln)|masz już|wykup|kup|zaloguj|miesięcznie|próbn",
    ),
    "ru": (
        (r"(?:полн\w+|цел\w+) (?:верси|текст|стать)\w*|остальн\w+|дочитать|читать дальше|продолжени"
        r"|% (?:статьи|текста|материала)|прочитали \d"),
        r"подпис",
        r"\d\s?(?:₽|руб)|уже (?:есть|подпис)|платн|в месяц|пробн|оформ|войдите",
    ),
    "uk": (
        (r"(?:повн\w+|ціл\w+) (?:версі|текст|статт)\w*|решт[ауи]|дочитати|читати далі|продовженн"
        r"|% (?:статті|тексту|матеріалу)"),
        r"передплат|підписк|підписник",
        r"\d\s?(?:₴|грн|гривень)|вже (?:маєте|є|підпис)|платн|на місяць|оформ|увійдіть|відкрит",
    ),
    "tr": (
        r"(?:devamını|tamamını|kalanını) (?:oku|gör)|haberin (?:devamı|tamamı)|okumaya devam",
        r"abone|premium",
        r"\d\s?(?:tl|lira|₺)|zaten|deneme|aylık|giriş yap|hemen\b",
    ),
    "ar": (
        (r"(?:لقراءة|قراءة|متابعة|لمتابعة) (?:\S+ ){0,2}(?:كاملا|كاملة|القراءة|المقال|بقية)"
        r"|(?:بقية|باقي|تتمة) (?:ال)?(?:مقال|خبر|تقرير)"),
        r"اشترا|اشترك|مشترك",
        r"هل أنت|مجانا|شهريا|دولار|سجل",
    ),
    "fa": (
        r"متن کامل|ادامه (?:مطلب|مطالعه|خواندن)|نسخه کامل",
        r"اشتراک|مشترک",
        r"تومان|ریال|ماهانه|وارد|خرید|تهیه",
    ),
    "he": (
        r"להמשיך לקרוא|להמשך (?:ה)?קריאה|(?:ה)?כתבה (?:ה)?מלאה|המשך הכתבה|את הכתבה (?:כולה|המלאה)",
        r"מנוי|מנויים|מינוי",
        r"ש[\"״]ח|שקל|כבר|לחודש|התחבר|רכש|הצטרפ",
    ),
    "zh": (
        r"(?:剩余|剩餘|其余|全部|完整)(?:\s?\d+%)?的?(?:内容|內容|部分)|全文|试读|試讀|继续阅读|繼續閱讀",
        r"订阅|訂閱|会员|會員|付费|付費|购买|購買",
        r"元|即可|解锁|解鎖|登录|登入|已(?:是|有)|后|後",
    ),
    "ja": (
        r"続きを|残り|全文",
        r"購読|会員|有料|定期",
        r"円|登録|ログイン|無料体験|すでに",
    ),
    "ko": (
        r"나머지|남은 (?:기사|내용)|전문을|계속 (?:읽|보)|기사 전체",
        r"구독|유료|회원",
        r"원\b|로그인|이미|무료 체험|가입|첫 달",
    ),
}  # fmt: skip
