"""What stands where the rest of an article would: offers of a subscription, by language, as
patterns.

Their subject is this article, or the reader who may go on; a paper that writes of its prices says
neither.
"""

from __future__ import annotations

PAYWALLS: dict[str, tuple[str, ...]] = {
    "en": (
        r"become a (?:paying |paid )?(?:member|subscriber) to (?:get|read|see|access|unlock)",
        (
            r"(?:buy|take out|get|start) (?:a|your) subscription (?:to|and) "
            r"(?:unlock|read|continue|access)|behind (?:a|our|the) paywall"
        ),
        (
            r"\d+ (?:of \d+ )?free (?:articles|stories) (?:left|remaining)|this is (?:a "
            r")?(?:premium|subscriber|paid)[- ](?:content|article|story)"
        ),
        (
            r"(?:rest|remainder) of (?:this|the) (?:article|story|post) is (?:only "
            r")?(?:for|behind|available)"
        ),
        (
            r"to (?:read|see|view|access) (?:the )?(?:full|whole|rest|entire|complete) "
            r".{0,40}(?:subscribe|become a member|start (?:a|your) )"
        ),
        (
            r"subscribe (?:now |today |to [^.!?]{1,40} )?(?:to|and) (?:continue|keep|read|unlock|get full "  # noqa: E501
            r"access)"
        ),
        r"(?:for|to) (?:paid |paying |premium )?(?:subscribers|members) only",
        (
            r"(?:subscriber|member)s?[- ](?:only|exclusive)|exclusive(?:ly)? (?:to|for) (?:our "
            r")?(?:paying |paid |digital )?(?:subscribers|members)"
        ),
        r"already a (?:subscriber|member)|to (?:continue|keep) reading(?: this)?",
        r"(?:keep|continue) reading (?:this (?:article|post|story) )?with (?:a|an|your)\b",
        r"read the (?:full|whole|rest of the) (?:story|article|post) with",
        (
            r"(?:members|subscribers) can (?:read|see) the (?:rest|whole|full)"
            r"|only (?:\w+ )?(?:members|subscribers) can (?:read|see|access)"
        ),
        r"you have (?:no|0|zero) (?:free )?(?:articles|stories) (?:left|remaining)",
        (
            r"this (?:article|content|story|post) is (?:only )?(?:for|available (?:only "
            r"|exclusively )?to|reserved for) (?:our )?(?:\w+ ){0,2}(?:subscribers|members)"
        ),
        (
            r"(?:sign up|log in|register|create (?:a|an) (?:free )?account) to "
            r"(?:read|continue|keep|unlock) "
        ),
        (
            r"you(?:'|’)?(?:ve| have) (?:reached|read|used) (?:your|all) .{0,30}(?:limit|free "
            r"articles)"
        ),
        r"unlock (?:this|the (?:full|whole|rest)) .{0,20}(?:article|story|post)",
        (
            r"(?:need|requires?|with) an? (?:\w+ )?(?:account|subscription|plan|membership) to "
            r"(?:view|see|read|access) (?:the|this)"
        ),
        r"(?:view|see|read) the (?:remaining|other|last) \d+ (?:words|paragraphs|%)",
    ),
    "de": (
        (
            r"(?:dieser|der) (?:inhalt|artikel|beitrag|text) ist "
            r".{0,25}(?:vorbehalten|kostenpflichtig)|hinter (?:einer|der|unserer) bezahlschranke"
        ),
        (
            r"um .{0,60}(?:weiterlesen|weiterzulesen|vollständig (?:zu )?lesen|ganz zu "
            r"lesen).{0,40}(?:abo|registrier|anmeld)"
        ),
        (
            r"(?:jetzt|sofort|gleich) weiterlesen|weiterlesen mit\b|abonnieren und weiterlesen|um weiterzulesen|(?:mit|im) abo "  # noqa: E501
            r"weiterlesen"
        ),
        r"(?:nur|exklusiv|ausschließlich) für (?:\w+ )?(?:abonnent|abonnierend|mitglieder)\w*",
        (
            r"(?:dieser|diesen|der ganze|den ganzen|den vollständigen|der vollständige) "
            r"(?:artikel|text|beitrag) .{0,30}(?:abonnent|abo\b|mitglied|registrier)"
        ),
        r"noch \d+ (?:%|prozent|wörter|zeichen) (?:des|dieses|übrig)",
    ),
    "fr": (
        (
            r"(?:la suite|le reste|l['’]intégralité) de (?:cet|l['’])\s?article est "
            r"(?:payant|réservé)e?"
        ),
        r"pour (?:lire|accéder|consulter|poursuivre) .{0,60}abonne[zr]",
        (
            r"réservés?e?s? (?:aux|à nos) (?:abonn|membre)\w*|pour lire la suite|la suite (?:de cet "  # noqa: E501
            r"article )?est réservée"
        ),
        (
            r"abonnez-vous (?:pour|afin de) (?:lire|continuer|accéder)|il vous reste .{1,12}% de "
            r"(?:cet |l['’])article"
        ),
        r"(?:cet article|ce contenu) est (?:réservé|accessible uniquement|exclusivement)",
    ),
    "es": (
        r"el resto (?:del|de este) artículo .{0,25}(?:suscriptor|pago)",
        r"para (?:leer|ver|acceder) .{0,60}(?:suscr[ií]b|hazte suscriptor|hágase suscriptor)",
        r"(?:solo|sólo|exclusiv[oa]|únicamente|contenido) para (?:\w+ )?suscriptor\w*",
        r"suscr[ií]b(?:ete|ase|a|e) (?:ahora )?para (?:seguir|continuar|leer|acceder)",
        r"para (?:seguir|continuar) leyendo|sigue leyendo con|exclusivo suscriptores",
    ),
    "pt": (
        r"para (?:ler|aceder|acessar) .{0,60}(?:assine|subscreva|torne-se assinante)",
        r"(?:exclusiv[oa]s?|só|apenas|somente|reservad[oa]s?) (?:para|a|aos) (?:\w+ )?assinantes",
        (
            r"assine (?:já |agora )?para (?:continuar|ler|ter acesso)|para continuar (?:a ler|lendo|a "  # noqa: E501
            r"leitura)"
        ),
        r"continue (?:a ler|lendo) com",
    ),
    "it": (
        r"il (?:resto|seguito) dell['’]articolo .{0,25}(?:abbonat|pagamento)",
        r"per leggere .{0,60}(?:abbon[aà]|accedi|registrati)",
        r"(?:riservat[oa]|esclusiv[oa]|solo) (?:per |a |agli )?(?:gli )?abbonati",
        (
            r"abbonati (?:ora |subito )?per (?:continuare|leggere)|per continuare (?:a leggere|la "
            r"lettura)"
        ),
        r"continua a leggere con",
    ),
    "nl": (
        (
            r"(?:alleen|exclusief|enkel) voor (?:abonnees|leden)|(?:om )?verder te lezen|lees verder "  # noqa: E501
            r"met"
        ),
        r"abonneer (?:je |u )?(?:nu )?(?:om|en) (?:verder|lees)",
    ),
    "pl": (
        (
            r"(?:przeczytasz|dostępn[yae]) (?:tylko|wyłącznie|jedynie) (?:z|w|dla|po) "
            r".{0,20}(?:abonament|prenumerat|subskrypcj)\w*"
        ),
        (
            r"(?:aby|by|żeby) (?:przeczytać|czytać) "
            r".{0,60}(?:wykup|kup|zaprenumeruj|subskrybuj|zaloguj)"
        ),
        r"(?:tylko|wyłącznie|jedynie) dla (?:\w+ )?(?:prenumerator|subskrybent|abonent)\w*",
        r"(?:aby|by|żeby) (?:czytać dalej|przeczytać (?:cały|całość|resztę)|kontynuować)",
        r"(?:wykup|kup|zamów) (?:\w+ )?(?:prenumerat|subskrypcj|dostęp)\w*,? (?:aby|by|i) czyta",
        r"pozostało .{1,12}% (?:treści|artykułu)|czytaj dalej z",
        (
            r"(?:dalsza część|reszta|całość|pełna treść) (?:artykułu|tekstu) .{0,30}(?:po "
            r"(?:wykupieniu|zalogowaniu)|dla (?:prenumer|abonent))"
        ),
    ),
    "cs": (
        r"(?:pro|abyste) (?:přečtení|přečetli|prečítali|prečítanie) .{0,60}(?:předpla|predpla)",
        r"(?:jen|pouze|len|iba) pro (?:\w+ )?(?:předplatitel|predplatiteľ)\w*",
        r"(?:pro|na) (?:pokračování|dočítanie|pokračovanie) .{0,20}(?:předplat|predplat)\w*",
        (
            r"(?:předplaťte|predplaťte) si .{0,30}(?:čt|čít)\w+|zbývá .{1,12}% článku|zostáva "
            r".{1,12}% článku"
        ),
    ),
    "hu": (
        r"(?:csak|kizárólag) előfizet",
        r"csak (?:előfizető|feliratkozó)\w*|előfizetőink(?:nek)? (?:olvashat|számára)",
        r"a (?:teljes cikk|folytatás)\w* .{0,30}előfizet\w*|fizess(?:en)? elő,? (?:hogy|és)",
    ),
    "ro": (
        (
            r"(?:doar|numai|exclusiv) pentru (?:\w+ )?abona[țţt]i|pentru a (?:citi|continua) "
            r".{0,30}abon\w+"
        ),
        r"abonea[zț]ă-te (?:pentru|ca să)",
    ),
    "bg": (
        (
            r"само за (?:\w+ )?абонат\w*|за да (?:продължите|прочетете) .{0,30}абон\w+|абонирайте "
            r"се,? за да"
        ),
    ),
    "sr": (
        r"(?:само|samo|isključivo|искључиво) (?:za|за) (?:\w+ )?(?:pretplatnik|претплатник)\w*",
        (
            r"(?:pretplatite|претплатите) (?:se|се),? (?:da|да|kako|како|za|за)|(?:za|за) "
            r"(?:nastavak|наставак) (?:čitanja|читања)"
        ),
    ),
    "el": (
        r"(?:διαθέσιμο|προσβάσιμο) (?:μόνο|αποκλειστικά) (?:σε|για|στους) .{0,15}συνδρομητ",
        (
            r"(?:μόνο|αποκλειστικά) για (?:\w+ )?συνδρομητ\w*|για να (?:συνεχίσετε|διαβάσετε) "
            r".{0,30}(?:συνδρομ|εγγρα)\w*"
        ),
    ),
    "sv": (
        r"(?:endast|bara|kun|exklusivt) (?:för|for) (?:\w+ )?(?:prenumerant|abonnent|medlem)\w*",
        (
            r"för att (?:fortsätta )?läsa|for å (?:fortsette å )?lese|for at (?:fortsætte med at "
            r")?læse"
        ),
        (
            r"(?:läs|les|læs) (?:vidare|videre) med|(?:denne|den här|denna) artik\w+ (?:är|er) "
            r"(?:låst|for abonnent)\w*"
        ),
    ),
    "fi": (
        r"vain (?:tilaajille|jäsenille)|tilaajille|jatka lukemista|lukeaksesi (?:koko|loput|jutun)",
    ),
    "lt": (
        (
            r"tik prenumeratoriams|norėdami (?:skaityti|tęsti)|tikai abonentiem|lai "
            r"(?:lasītu|turpinātu) .{0,20}abon\w+"
        ),
        r"(?:ainult|üksnes) tellijatele|edasi lugemiseks",
    ),
    "ru": (
        (
            r"чтобы (?:прочитать|дочитать|прочесть|читать|получить доступ|открыть) "
            r".{0,60}(?:оформите|купите|приобретите) (?:\w+ )?(?:подписк|доступ)"
            r"|чтобы (?:прочитать|дочитать|прочесть) .{0,40}(?:войдите|подпишитесь|авторизуйтесь)"
        ),
        r"оформите (?:\w+ )?подписку .{0,20}чтобы (?:чит|проч)",
        (
            r"доступ\w* (?:только )?(?:по подписке|(?:\w+ )?подписчикам)|только (?:для|по) "
            r"(?:платн\w+ )?подпис\w+"
        ),
        (
            r"оформите подписку,? (?:чтобы|и)|чтобы (?:читать дальше|прочитать полностью|продолжить "  # noqa: E501
            r"чтение)"
        ),
        (
            r"продолжение (?:доступно|материала|статьи) .{0,30}подпис\w+|осталось .{1,12}% "
            r"(?:текста|статьи|материала)"
        ),
        (
            r"(?:полный текст|полная версия|материал|статья) .{0,20}(?:по подписке|для "
            r"подписчиков|платн)"
        ),
        (
            r"читайте (?:дальше|далее|полностью|продолжение) (?:по|с) подписк\w+"
            r"|(?:ещё|еще|осталось) \d+ (?:абзац|минут|слов)\w*(?: чтения)?.{0,40}подписк"
        ),
    ),
    "uk": (
        (
            r"(?:щоб|аби) (?:прочитати|дочитати|читати|отримати доступ|відкрити) "
            r".{0,60}(?:оформіть|придбайте|купіть) (?:\w+ )?(?:передплат|підписк|доступ)"
        ),
        r"доступн\w+ (?:лише|тільки) (?:за передплатою|за підпискою|передплатникам|підписникам)",
        (
            r"(?:лише|тільки) для (?:передплатник|підписник)\w*|оформіть (?:передплату|підписку),? "
            r"(?:щоб|і|та)"
        ),
        (
            r"(?:повний текст|повна версія|матеріал|стаття) .{0,20}(?:за передплатою|для "
            r"передплатників|за підпискою)"
        ),
        r"щоб (?:читати далі|прочитати повністю|продовжити читання)",
    ),
    "tr": (
        r"(?:tamamını|devamını|tümünü|haberi|yazıyı) (?:okumak|görmek) için .{0,40}abone",
        r"(?:yazının|haberin|makalenin|içeriğin) (?:devamı|tamamı) .{0,30}abone\w*",
        (
            r"(?:sadece|yalnızca) abone\w*|abone(?:ler)?(?:e|lerimize) özel|devamını okumak "
            r"için|okumaya devam etmek için|aboneler(?:i|e)? özel"
        ),
    ),
    "az": (r"yalnız abunəçilər|davamını oxumaq üçün|oxumağa davam etmək üçün",),
    "kk": (r"тек жазылушыларға|жалғасын оқу үшін",),
    "hy": (r"միայն բաժանորդներ\w*|շարունակել(?:ու|ը)? (?:ընթերցել|կարդալ)\w* համար",),
    "ka": (r"მხოლოდ (?:გამომწერ|აბონენტ)\w*|კითხვის გასაგრძელებლად",),
    "ar": (
        r"(?:لقراءة|للاطلاع على|لمواصلة|لمتابعة) .{0,50}(?:اشترك|الاشتراك)",
        r"(?:المقال|التقرير|الخبر|النص) (?:ال)?كامل\S* للمشتركين",
        r"للمشتركين فقط|حصري(?:ا|ًا)? للمشتركين|اشترك(?:وا)? (?:الآن )?(?:لمواصلة|لمتابعة|لقراءة)",
        (
            r"(?:لمتابعة|لمواصلة|لإكمال) (?:القراءة|قراءة)|هذا (?:المقال|المحتوى) (?:متاح|مخصص) "
            r".{0,15}مشتركي?ن"
        ),
    ),
    "fa": (
        (
            r"(?:ویژه|مخصوص|فقط برای) (?:مشترکان|مشترکین|اعضا)|برای (?:ادامه|خواندن|مطالعه|دیدن) "
            r".{0,40}(?:اشتراک|مشترک|عضو)"
        ),
    ),
    "he": (
        (
            r"למנויים בלבד|(?:כתבה|תוכן) (?:זו|זה) (?:זמינה?|מיועדת?|פתוחה?) (?:רק )?למנויים|להמשך "
            r"ה?קריא[הת]|כדי להמשיך לקרוא|(?:לקרוא|לקריאת) (?:את )?הכתבה (?:המלאה|כולה) .{0,30}מנוי"
            r"|(?:המשך|שאר) הכתבה .{0,20}למנוי|ל(?:קוראי|בעלי) (?:ה)?מנוי(?:ים)? בלבד"
            r"|(?:פתוחה?|זמינה?) (?:רק )?למנויי "
        ),
    ),
    "ur": (r"صرف (?:سبسکرائبرز|صارفین) کے لی|مزید پڑھنے کے لی",),
    "hi": (r"केवल (?:सब्सक्राइबर|सदस्यों|ग्राहकों)|(?:आगे|पूरा|पूरी) .{0,15}पढ़ने के लिए",),
    "id": (
        (
            r"khusus (?:untuk )?(?:pelanggan|anggota)|(?:hanya|eksklusif) (?:untuk "
            r")?pelanggan|untuk (?:melanjutkan|terus) membaca|berlangganan (?:sekarang )?untuk "
            r"(?:membaca|melanjutkan)"
        ),
    ),
    "vi": (
        (
            r"(?:chỉ )?dành (?:riêng )?cho (?:người đăng ký|thuê bao|thành viên|hội viên)|để (?:đọc "  # noqa: E501
            r"tiếp|tiếp tục đọc)"
        ),
    ),
    "zh": (
        (
            r"(?:仅限|僅限|仅供|僅供|限)(?:付费|付費)?(?:订阅|訂閱|会员|會員|订户|訂戶)|(?:订阅|訂閱|登录|登入|注册|付费|付費)(?:后|後|以|即可|用户)?.{0,6}"
            r"(?:继续阅读|繼續閱讀|阅读全文|閱讀全文|阅读更多|查看全文)|(?:会员|會員|付费|付費)(?:专享|專享|专属|專屬|内容|文章)|剩余\d+%|还有\d+%"
            r"|解锁全文|解鎖全文|(?:开通|開通|成为|成為)(?:会员|會員).{0,8}(?:阅读|閱讀|剩余|全文)"
        ),
    ),
    "ja": (
        r"続きを(?:読む|お読み).{0,12}(?:には|ために).{0,12}(?:登録|購読|有料|会員)|有料(?:プラン|記事|コンテンツ)",
        (
            r"有料会員(?:限定|の方|になる|登録)|(?:会員|購読者|有料)限定|(?:この記事|続き)は.{0,12}(?:会員|有料|購読)"
            r"|(?:会員登録|ログイン|購読)(?:して|すると|後).{0,10}(?:続き|全文)|残り\s?\d[\d,]*\s?文字|続きを読むには"
        ),
    ),
    "ko": (
        (
            r"(?:유료|구독|정기구독)\s?(?:회원|자|독자)(?:\s?전용|만|에게만)|(?:구독|로그인|회원\s?가입)(?:하고|하면|하시면|후).{0,12}"
            r"(?:계속|전문|기사)|이\s?기사는.{0,12}(?:유료|회원|구독)"
            r"|(?:남은|나머지|전체)\s?(?:기사|내용)[를을]?.{0,12}(?:구독|유료|회원)"
        ),
    ),
    "th": (r"เฉพาะ(?:สมาชิก|ผู้สมัคร)|(?:สมัคร|เข้าสู่ระบบ).{0,15}(?:อ่านต่อ|อ่านเพิ่มเติม)|เพื่ออ่านต่อ",),
}

FREE_OFFERS = (
    r"newsletter|news "
    r"?letter|rundbrief|boletín|bulletin\b|nieuwsbrief|hírlevél|nyhetsbrev|nyhedsbrev|uutiskirje|рассылк|розсилк|бюлетин|bülten|خبرنامه|النشرة|ניוזלטר|通讯|电子报|ニュースレター|メルマガ|뉴스레터|telegram|телеграм"
    r"|تلغرام|تلگرام|טלגרם|whatsapp|youtube|channel|kanal|canal\b|канал|قناة|قناتنا|کانال|ערוץ|频道|チャンネル|채널|podcast"
)
"""What one subscribes to beside an article that is there: it costs nothing, and keeps nothing
back."""

FOR_READERS = r"already a"
"""Begins what the shop window beside a free article asks, too: it counts within the text alone."""

NARRATORS = (
    r"\bI\b|\b(?:je|yo|ben|я|Я|Je|Yo|Ben)\b|\bj['’]|\bJ['’]|\bich\b|\bIch\b|\b(?:אני|أنا)\b"
    r"|我(?!们|們|的)|私は|僕は|나는|저는"
)
"""Who tells of what he met speaks of himself; an offer speaks to its reader. As they stand."""
