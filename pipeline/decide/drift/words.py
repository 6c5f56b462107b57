"""Words of lines that are not the author's, and of lines that admit a change, by language, as in
`read.outcomes.words.walls`.

Of what speaks to the reader of the paper: `give`: to support; `follow`; `place`: channels;
`letter`: newsletters; `reader`: who is spoken to, and who speaks; `topic`: whom and what the paper
is there for; `also`: what else to read, at the beginning of a line; `bid`: how one is asked to take
`goods`, at the beginning of a clause; `call`: what a clause begins with that tells him what to do.
Of what admits a change:
`thing`: the text itself; `fixed`; `earlier`: a text before this; `wrong`.
"""

from __future__ import annotations

ASIDES: dict[str, dict[str, str]] = {
    "en": {
        "call": "join contact listen share tell send write email register catch hear discover tune",
        "bid": "turn enable sign add choose get buy become donate will never",
        "goods": (
            "notification alerts preferred source member gift coffee chip podcast conversation "
            "webinar event tip"
        ),
        "give": (
            "support donate donat contribut patreon fundrais funding crowdfund coffee membership"
        ),
        "follow": "follow subscribe join download install",
        "place": (
            "channel telegram whatsapp instagram facebook youtube twitter viber google signal "
            "tiktok threads bluesky app x.com social"
        ),
        "letter": "newsletter inbox email mailing briefing digest",
        "reader": "our us we your you please",
        "also": "read see related more watch listen recommended",
        "topic": "readers journalism independent reporting newsroom",
    },
    "de": {
        "call": "schreiben teilen senden hören melden diskutieren",
        "bid": "aktivier erhalten werden spenden",
        "goods": "benachrichtigung push mitglied",
        "give": "unterstütz spende spenden patreon beitrag förder",
        "follow": "folgen folge abonnier laden treten",
        "place": "kanal telegram whatsapp instagram facebook youtube twitter viber google app",
        "letter": "newsletter postfach e-mail mail rundbrief",
        "reader": "unser unsere unserem unseren uns wir ihre ihr sie bitte",
        "also": "lesen mehr weiterlesen auch siehe",
        "topic": "leser journalismus unabhängig",
    },
    "fr": {
        "call": "écoutez partagez envoyez écrivez contactez participez témoignez",
        "bid": "soutenez rejoignez recevez activez suivez devenez faites",
        "goods": "notification alertes membre don",
        "give": "soutenez soutenir don dons donnez patreon contribu abonnement",
        "follow": "suivez abonnez rejoignez téléchargez inscrivez",
        "place": (
            "chaîne telegram whatsapp instagram facebook youtube twitter viber google "
            "application appli"
        ),
        "letter": "newsletter infolettre courriel lettre mail",
        "reader": "signalez écrivez notre nos nous votre vos vous",
        "also": "lire lisez voir aussi",
        "topic": "lecteurs journalisme indépendant",
    },
    "es": {
        "call": "escucha comparte envía escríbenos cuéntanos participa regístrate",
        "bid": "apoya hazte dona únete recibe activa descarga",
        "goods": "notificaciones alertas socio",
        "give": "apoya apoye apoyo dona donación donaciones patreon contribu colabora",
        "follow": "sigue síguenos sígueno siga únete suscríb suscrib descarga",
        "place": (
            "canal telegram whatsapp instagram facebook youtube twitter viber google aplicación app"
        ),
        "letter": "boletín newsletter correo",
        "reader": "escríbenos cuéntanos nuestro nuestra nos tu",
        "also": "lea lee leer vea también",
        "topic": "lectores periodismo independiente",
    },
    "pt": {
        "call": "ouça partilhe compartilhe envie escreva participe",
        "bid": "apoie faça doe torne receba ative",
        "goods": "notificações assinante",
        "give": "apoie apoiar doe doação doações patreon contribu",
        "follow": "siga segue junte subscreva assine inscreva baixe",
        "place": (
            "canal telegram whatsapp instagram facebook youtube twitter google aplicativo app"
        ),
        "letter": "newsletter boletim e-mail email",
        "reader": "nosso nossa nós",
        "also": "leia veja também",
        "topic": "leitores jornalismo independente",
    },
    "it": {
        "call": "ascolta condividi invia scrivici raccontaci partecipa",
        "bid": "sostieni dona diventa ricevi attiva",
        "goods": "notifiche socio",
        "give": "sostieni sostenere dona donazione donazioni patreon contribui",
        "follow": "segui seguici iscriviti unisciti abbonati scarica",
        "place": "canale telegram whatsapp instagram facebook youtube twitter google app",
        "letter": "newsletter posta email",
        "reader": "scrivici segnalacelo nostro nostra nostri ci tuo tua",
        "also": "leggi vedi anche",
        "topic": "lettori giornalismo indipendente",
    },
    "nl": {
        "call": "luister deel stuur schrijf meld",
        "bid": "steun word doneer ontvang",
        "goods": "meldingen lid",
        "give": "steun doneer donatie patreon bijdrage",
        "follow": "volg abonneer download word",
        "place": "kanaal telegram whatsapp instagram facebook youtube twitter app",
        "letter": "nieuwsbrief e-mail mailbox",
        "reader": "ons onze je jouw uw",
        "also": "lees bekijk ook",
        "topic": "lezers journalistiek onafhankelijk",
    },
    "pl": {
        "call": "posłuchaj słuchaj napisz wyślij podziel prześlij",
        "bid": "wesprzyj włącz zostań otrzymuj zapisz",
        "goods": "powiadomieni patron",
        "give": "wesprzyj wspieraj wspomóż wpłać darowizn patronite patreon wsparci zbiórk",
        "follow": "obserwuj śledź subskrybuj dołącz zapisz pobierz polub",
        "place": (
            "kanał kanale telegram whatsapp instagram facebook youtube twitter google aplikacj"
        ),
        "letter": "newsletter biuletyn mail skrzynk",
        "reader": "nasz nas nam twoj",
        "also": "czytaj przeczytaj zobacz też",
        "topic": "czytelni dziennikarstw niezależn redakcję redakcja",
    },
    "cs": {
        "bid": "podpořte podporte přispějte staňte zapněte",
        "goods": "oznámení předplatitel",
        "give": "podpořte podporte darujte přispějte prispejte patreon dar",
        "follow": "sledujte odebírejte odoberajte přidejte pridajte stáhněte stiahnite",
        "place": "kanál telegram whatsapp instagram facebook youtube twitter google aplikac",
        "letter": "newsletter e-mail zpravodaj",
        "reader": "náš naše nás nám váš vaše",
        "also": "čtěte čítajte přečtěte prečítajte také",
        "topic": "čtenář čitateľ žurnalistik novinařin nezávisl",
    },
    "hu": {
        "give": "támogas támogat adomány patreon",
        "follow": "kövesse kövess iratkoz csatlakoz töltse",
        "place": "csatorn telegram whatsapp instagram facebook youtube twitter alkalmazás",
        "letter": "hírlevél hírlevel e-mail",
        "reader": "minket nekünk",
        "also": "olvassa olvass",
        "topic": "olvasó független újságírás munkánk",
    },
    "ro": {
        "bid": "susține donează devino primește",
        "goods": "notificări",
        "give": "susține sprijin donea donați patreon contribu",
        "follow": "urmărește urmăriți abonează abonați alătură descarcă",
        "place": "canal telegram whatsapp instagram facebook youtube twitter google aplicați",
        "letter": "newsletter e-mail email",
        "reader": "nostru noastră noi ne tău",
        "also": "citește citiți vezi",
        "topic": "cititori jurnalism independent",
    },
    "bg": {
        "bid": "подкрепете включете",
        "goods": "известия",
        "give": "подкрепете дарете дарение patreon помогнете",
        "follow": "последвайте абонирайте следвайте присъединете изтеглете",
        "place": (
            "канал telegram телеграм whatsapp instagram facebook фейсбук youtube viber google "
            "приложение"
        ),
        "letter": "бюлетин имейл newsletter",
        "reader": "нашия нас ни вашия",
        "also": "прочетете вижте четете",
        "topic": "читател журналистик независим",
    },
    "sr": {
        "bid": "podržite подржите uključite укључите",
        "goods": "obaveštenja обавештења",
        "give": "podržite подржите donirajte донирајте donacij донациј patreon",
        "follow": (
            "pratite пратите prijavite пријавите pridružite придружите preuzmite преузмите "
            "pretplatite претплатите"
        ),
        "place": (
            "kanal канал telegram телеграм whatsapp instagram инстаграм facebook фејсбук "
            "youtube viber google aplikacij апликациј"
        ),
        "letter": "newsletter bilten билтен mejl мејл",
        "reader": "naš наш nas нас vaš ваш",
        "also": "pročitajte прочитајте čitajte читајте pogledajte погледајте",
        "topic": "čitao читао novinarstv новинарств nezavisn независн",
    },
    "el": {
        "give": "στηρίξτε δωρεά υποστηρίξτε patreon",
        "follow": "ακολουθήστε εγγραφείτε κατεβάστε",
        "place": "κανάλι telegram whatsapp instagram facebook youtube viber google εφαρμογή",
        "letter": "newsletter ενημερωτικό email",
        "reader": "μας σας",
        "also": "διαβάστε δείτε",
        "topic": "αναγνώστες δημοσιογραφία ανεξάρτητη",
    },
    "sv": {
        "bid": "stöd bli slå få",
        "goods": "notiser medlem",
        "give": "stöd støtt støt donera doner patreon bidra bidrag",
        "follow": "följ følg prenumerera abonner ladda last",
        "place": "kanal telegram whatsapp instagram facebook youtube twitter app",
        "letter": "nyhetsbrev nyhedsbrev e-post mail",
        "reader": "oss vår våra vårt dig din deg din læsere",
        "also": "läs les læs också",
        "topic": "läsare journalistik journalistikk oberoende uavhengig",
    },
    "fi": {
        "give": "tue lahjoita lahjoitus patreon",
        "follow": "seuraa tilaa liity lataa",
        "place": "kanava telegram whatsapp instagram facebook youtube sovellus",
        "letter": "uutiskirje sähköposti",
        "reader": "meitä meidän",
        "also": "lue katso myös",
        "topic": "lukija journalismi riippumaton",
    },
    "ru": {
        "call": (
            "пишите напишите присылайте пришлите расскажите поделитесь слушайте делитесь сообщите"
        ),
        "bid": "поддержите оформите станьте включ подключ",
        "goods": "уведомлен другом патроном подкаст",
        "give": "поддержите поддержать помогите пожертв донат patreon бусти boosty краудфанд",
        "follow": "подписывайтесь подпишитесь присоединяйтесь следите читайте скачайте установите",
        "place": (
            "канал телеграм telegram whatsapp вотсап instagram инстаграм facebook фейсбук "
            "youtube ютуб вконтакте viber дзен google max приложение"
        ),
        "letter": "рассылк почт письм имейл",
        "reader": "мы наш нас нам нашу наши наша наше вы вас вам ваш ваша ваше ваши вашу",
        "also": "читайте смотрите также ещё подробнее материалы",
        "topic": "редакци читател журналистик независим",
    },
    "uk": {
        "call": (
            "пишіть напишіть надсилайте надішліть розкажіть поділіться слухайте діліться повідомте"
        ),
        "bid": "підтримайте оформіть станьте увімкн",
        "goods": "сповіщен патроном внесок подкаст",
        "give": "підтримайте підтримати допоможіть пожертв донат patreon patreon бадь",
        "follow": (
            "підписуйтесь підпишіться підписуйтеся приєднуйтесь приєднуйтеся стежте читайте "
            "завантажте долучайтеся"
        ),
        "place": (
            "канал телеграм telegram whatsapp instagram інстаграм facebook фейсбук youtube ютуб "
            "viber google застосунок"
        ),
        "letter": "розсилк пошт лист імейл",
        "reader": (
            "ми наш нас нам нашу наші наша наше нашо наши ви вас вам ваш ваша ваше вашо ваші вашу"
        ),
        "also": "читайте дивіться також ще детальніше",
        "topic": "редакці читач журналістик незалежн",
    },
    "tr": {
        "call": "yazın gönderin paylaşın dinleyin bildirin",
        "give": "destek bağış patreon katkı",
        "follow": "takip abone katıl indir",
        "place": "kanal telegram whatsapp instagram facebook youtube twitter google uygulama",
        "letter": "bülten e-posta eposta",
        "reader": (
            "kanalımız sayfamız uygulamamız katılın indirin bizi bize bizim ımız imiz umuz siz "
            "edin edebilirsiniz haberdar"
        ),
        "also": "okuyun ayrıca bakınız ilgili",
        "topic": "okur gazetecilik bağımsız",
    },
    "az": {
        "give": "dəstək ianə patreon",
        "follow": "izləyin abunə qoşulun yükləyin",
        "place": "kanal telegram whatsapp instagram facebook youtube",
        "letter": "bülleten e-poçt",
        "reader": "qoşulun izləyin bizi bizim bizə",
        "also": "oxuyun həmçinin baxın",
        "topic": "oxucu jurnalistika müstəqil",
    },
    "ar": {
        "call": (
            "شاركونا شاركنا راسلونا راسلنا أرسلوا أرسل اكتبوا أخبرونا استمعوا استمع انضموا انضم"
        ),
        "bid": "فعّل فعّلوا",
        "goods": "الإشعارات بودكاست",
        "give": "ادعم ادعموا دعم تبرع تبرعوا تبرعات",
        "follow": "تابع تابعوا تابعونا اشترك اشتركوا انضم انضموا حمل حملوا",
        "place": (
            "قناة قناتنا تلغرام تليغرام تيليجرام تلجرام واتساب انستغرام إنستغرام فيسبوك يوتيوب "
            "تويتر غوغل تطبيق صفحتنا"
        ),
        "letter": "نشرتنا النشرة بريدك بريدكم الإخبارية",
        "reader": (
            "راسلنا راسلونا شاركونا شاركنا أخبرونا آراءكم رأيكم قصتكم قصصكم إلينا قناتنا "
            "صفحتنا تطبيقنا منصاتنا تابعونا معنا لنا بريدك ادعمونا دعمكم ادعموا"
        ),
        "also": "اقرأ اقرؤوا شاهد طالع",
        "topic": "قراءنا قرائنا الصحافة المستقلة",
    },
    "fa": {
        "call": "بفرستید بنویسید بگویید بشنوید ارسال",
        "give": "حمایت کمک مالی",
        "follow": "دنبال بپیوندید مشترک عضو نصب دانلود",
        "place": "کانال تلگرام واتساپ اینستاگرام فیسبوک یوتیوب توییتر گوگل اپلیکیشن",
        "letter": "خبرنامه ایمیل",
        "reader": "ما شما کنید",
        "also": "بیشتر بخوانید ببینید همچنین",
        "topic": "خوانندگان روزنامه‌نگاری مستقل",
    },
    "he": {
        "call": "כתבו שלחו ספרו שתפו האזינו",
        "bid": "הפעילו תמכו",
        "goods": "התראות",
        "give": "תמכו תרמו תרומה תמיכה פטריאון",
        "follow": "עקבו הצטרפו הירשמו הורידו",
        "place": "ערוץ טלגרם וואטסאפ ווטסאפ אינסטגרם פייסבוק יוטיוב טוויטר גוגל אפליקציה",
        "letter": "ניוזלטר מייל דיוור",
        "reader": "שלנו אותנו אחרינו לנו שלכם",
        "also": "קראו עוד צפו",
        "topic": "עיתונות עצמאית קוראים",
    },
    "id": {
        "bid": "dukung jadilah aktifkan",
        "goods": "notifikasi",
        "give": "dukung donasi sumbangan patreon",
        "follow": "ikuti berlangganan gabung unduh",
        "place": "saluran kanal telegram whatsapp instagram facebook youtube google aplikasi",
        "letter": "buletin newsletter email surel",
        "reader": "kami anda",
        "also": "baca simak lihat",
        "topic": "pembaca jurnalisme independen",
    },
    "hi": {
        "give": "समर्थन दान सहयोग",
        "follow": "फॉलो सब्सक्राइब जुड़ें डाउनलोड",
        "place": "चैनल टेलीग्राम व्हाट्सएप व्हाट्सऐप इंस्टाग्राम फेसबुक यूट्यूब ऐप",
        "letter": "न्यूज़लेटर ईमेल",
        "reader": "हमारे हमें आप अपने",
        "also": "पढ़ें देखें",
        "topic": "पाठक पत्रकारिता",
    },
    "ka": {
        "give": "დაგვეხმარ შემოწირ",
        "follow": "გამოგვყევით გამოიწერეთ შემოგვიერთდით",
        "place": "telegram facebook youtube არხი",
        "letter": "სიახლეები",
        "reader": "ჩვენი ჩვენ გამოგვყევით თქვენ",
        "also": "წაიკითხეთ ასევე ნახეთ",
    },
    "hy": {
        "give": "աջակցեք նվիրաբեր",
        "follow": "հետևեք բաժանորդագրվեք միացեք",
        "place": "telegram facebook youtube ալիք",
        "reader": "մեզ մեր ձեր հետևեք",
        "also": "կարդացեք նաև տես",
    },
    "kk": {
        "give": "қолда демеу",
        "follow": "жазылыңыз қосылыңыз",
        "place": "telegram facebook youtube арна",
        "reader": "біздің бізге сіз жазылыңыз",
        "also": "оқыңыз тағы сондай-ақ",
    },
}

ASIDES_UNSPACED: dict[str, dict[str, str]] = {
    "zh": {
        "call": "欢迎 歡迎 请将 請將 告诉我们 告訴我們",
        "give": "支持我们 支持我們 捐款 捐助 赞助 贊助",
        "follow": "关注 關注 订阅 訂閱 加入 下载 下載 追踪 追蹤",
        "place": (
            "客户端 客戶端 频道 頻道 telegram 微信 公众号 公眾號 facebook 脸书 youtube "
            "twitter 推特 instagram app 应用"
        ),
        "letter": "电子报 電子報 邮件 郵件 通讯",
        "reader": "随时随地 扫码 掃碼 我们 我們 您",
        "also": (
            "延伸阅读 延伸閱讀 相关阅读 相關閱讀 推荐阅读 更多 另见 相关新闻 相關新聞 相关报道 "
            "相關報導"
        ),
        "topic": "读者 讀者 新闻自由 独立",
    },
    "ja": {
        "call": "お寄せください お聞かせください お知らせください お送りください ご登録ください",
        "give": "ご支援 寄付 応援",
        "follow": "受け取ろ 友だち追加 フォロー 登録 ダウンロード 購読 受け取る",
        "place": (
            "アカウント ツイッター インスタグラム フェイスブック チャンネル "
            "telegram line facebook youtube twitter instagram アプリ"
        ),
        "letter": "メールマガジン ニュースレター メルマガ",
        "reader": (
            "お寄せ ご意見 ご感想 お願いします 受け取ろ 私たちを 私たち 弊社 当社 "
            "ください 皆様 公式 こちら"
        ),
        "also": "関連記事 あわせて読みたい こちらも",
        "topic": "読者",
    },
    "ko": {
        "call": "제보해 보내 남겨 들려",
        "give": "후원 기부",
        "follow": "팔로우 구독 가입 다운로드 추가",
        "place": "채널 텔레그램 카카오 페이스북 유튜브 트위터 인스타그램 앱",
        "letter": "뉴스레터 이메일",
        "reader": "보세요 저희 우리 여러분 주세요 하세요",
        "also": "관련기사 관련 기사 더보기",
        "topic": "독자",
    },
}
