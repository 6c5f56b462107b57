"""What servers say in the place of a page, in our own words, by language; and ordinary articles
that none of it is."""

from __future__ import annotations

ABSENT = {
    "en": "Sorry, this page could not be found.",
    "de": "Die gewünschte Seite wurde nicht gefunden.",
    "fr": "Cette page est introuvable.", "es": "La página solicitada no existe.",
    "pt": "A página que procura não existe.",
    "it": "La pagina richiesta non è stata trovata.",
    "nl": "De opgevraagde pagina bestaat niet meer.",
    "pl": "Strona, której szukasz, nie istnieje.", "cs": "Požadovaná stránka neexistuje.",
    "sk": "Požadovaná stránka sa nenašla.",
    "hu": "A keresett oldal nem található.", "ro": "Pagina căutată nu există.",
    "bg": "Търсената страница не съществува.",
    "sr": "Тражена страница не постоји.", "hr": "Tražena stranica ne postoji.",
    "sl": "Iskana stran ne obstaja.",
    "mk": "Бараната страница не постои.", "sq": "Faqja që po kërkoni nuk ekziston.",
    "el": "Η σελίδα που ζητήσατε δεν υπάρχει.",
    "lt": "Puslapis, kurio ieškote, neegzistuoja.", "lv": "Meklētā lapa nav atrasta.",
    "et": "Otsitud lehte ei leitud.",
    "fi": "Etsimääsi sivua ei löydy.", "sv": "Sidan du söker finns inte.",
    "no": "Siden du leter etter finnes ikke.",
    "da": "Siden blev ikke fundet.", "ru": "Запрошенная вами страница не существует.",
    "uk": "Такої сторінки не існує.",
    "be": "Старонка не знойдзена.", "ka": "გვერდი ვერ მოიძებნა.", "hy": "Էջը չի գտնվել։",
    "az": "Axtardığınız səhifə mövcud deyil.",
    "kk": "Сіз іздеген бет табылмады.", "tr": "Aradığınız sayfa bulunamadı.",
    "ar": "الصفحة التي تبحث عنها غير موجودة",
    "fa": "صفحه مورد نظر شما وجود ندارد", "he": "העמוד שחיפשת לא נמצא",
    "ur": "مطلوبہ صفحہ نہیں ملا", "ps": "پاڼه ونه موندل شوه",
    "ku": "پەڕەکە نەدۆزرایەوە", "hi": "अनुरोधित पृष्ठ नहीं मिला",
    "id": "Halaman yang Anda cari tidak ditemukan.",
    "vi": "Không tìm thấy trang bạn yêu cầu.", "zh": "抱歉，您访问的页面不存在",
    "zh-tw": "很抱歉，找不到您要找的頁面",
    "ja": "お探しのページは見つかりませんでした", "ko": "요청하신 페이지를 찾을 수 없습니다",
    "th": "ไม่พบหน้าที่คุณต้องการ",
    "ky": "Тилекке каршы, мындай барак табылган жок.",
    "uz": "Afsuski, siz qidirgan sahifa topilmadi.",
    "tg": "Мутаассифона, саҳифаи дархостшуда ёфт нашуд.",
    "tt": "Гафу итегез, сез эзләгән бит табылмады.",
    "so": "Waan ka xunnahay, boggan lama helin.", "sw": "Samahani, ukurasa unaotafuta haupatikani.",
    "am": "ይቅርታ፣ የጠየቁት ገጽ አልተገኘም።",
    "ti": "ይቕሬታ፡ እትደልይዎ ገጽ ኣይተረኽበን።", "mn": "Уучлаарай, таны хайсан хуудас олдсонгүй.",
    "ca": "La pàgina que cerqueu no existeix.",
    "bn": "দুঃখিত, আপনি যে পাতা খুঁজছেন তা পাওয়া যায়নি",
    "ta": "மன்னிக்கவும், நீங்கள் தேடிய பக்கம் கிடைக்கவில்லை",
    "te": "క్షమించండి, మీరు కోరిన పేజీ కనబడలేదు",
    "mr": "क्षमस्व, हे पान सापडले नाही",
    "ne": "माफ गर्नुहोस्, तपाईंले खोज्नुभएको पृष्ठ भेटिएन फेला परेन",
    "si": "සමාවන්න, ඔබ සොයන පිටුව හමු නොවීය",
    "ms": "Maaf, laman yang anda cari tidak dijumpai.",
    "tl": "Paumanhin, hindi nahanap ang pahina.",
    "tk": "Gynansak-da, siziň gözleýän sahypaňyz tapylmady.",
    "is": "Því miður fannst síðan ekki.",
    "gl": "A páxina que buscas non existe.",
    "eu": "Bilatzen ari zaren orria ez da aurkitu.",
    "cy": "Heb ganfod y dudalen hon.",
    "ga": "Ní bhfuarthas an leathanach seo.",
    "mt": "Il-paġna li qed tfittex ma nstabitx.",
    "af": "Die bladsy wat jy soek, is nie gevind nie.",
    "ha": "Ba a samu wannan shafin ba.",
    "km": "រកមិនឃើញទំព័រនេះ",
    "lo": "ບໍ່ພົບໜ້ານີ້",
    "my": "ဤစာမျက်နှာ ရှာမတွေ့ပါ",
}  # fmt: skip
"""Each is a title by itself."""

REFUSALS = {
    "en": (
        "Your request was blocked by our security rules. Please contact the administrator and "
        "name the reference below."
    ),
    "de": (
        "Ihre Anfrage wurde blockiert. Bitte wenden Sie sich an den Administrator und nennen "
        "Sie die Vorgangsnummer."
    ),
    "fr": (
        "Votre requête a été rejetée. Veuillez contacter l'administrateur du site en indiquant "
        "ce numéro."
    ),
    "es": (
        "Su solicitud ha sido bloqueada. Póngase en contacto con el administrador e indique el "
        "código."
    ),
    "pt": "O seu pedido foi bloqueado. Por favor, contacte o administrador e indique o código.",
    "it": (
        "La tua richiesta è stata bloccata. Si prega di contattare l'amministratore indicando "
        "il codice."
    ),
    "nl": "Uw verzoek is geblokkeerd. Neem contact op met de beheerder en vermeld het nummer.",
    "pl": "Twoje żądanie zostało odrzucone. Prosimy o kontakt z administratorem i podanie numeru.",
    "cs": "Váš požadavek byl zablokován. Kontaktujte prosím správce a uveďte číslo.",
    "hu": "A kérését letiltottuk. Kérjük, forduljon a rendszergazdához, és adja meg az azonosítót.",
    "ro": "Solicitarea dumneavoastră a fost blocată. Vă rugăm să contactați administratorul.",
    "bg": "Вашата заявка беше блокирана. Моля, свържете се с администратора.",
    "sr": "Ваш захтев је одбијен. Молимо контактирајте администратора.",
    "el": "Το αίτημά σας απορρίφθηκε. Παρακαλούμε επικοινωνήστε με τον διαχειριστή.",
    "sv": "Din begäran har blockerats. Vänligen kontakta administratören och ange numret.",
    "ru": "Ваш запрос отклонён. Пожалуйста, обратитесь к администратору и назовите номер.",
    "uk": "Ваш запит відхилено. Будь ласка, зверніться до адміністратора і назвіть номер.",
    "tr": "İsteğiniz reddedildi. Lütfen site yöneticisine başvurun ve numarayı bildirin.",
    "ar": "تم رفض طلبك. يرجى الاتصال بمسؤول الموقع وذكر الرقم.",
    "fa": "درخواست شما مسدود شد. لطفا با مدیر سایت تماس بگیرید و شماره را بگویید.",
    "he": "הבקשה שלך נדחתה. אנא פנה למנהל האתר וציין את המספר.",
    "zh": "您的请求已被拦截。请联系网站管理员并提供编号。",
    "ja": "お客様のリクエストは拒否されました。管理者にお問い合わせください。",
    "ko": "귀하의 요청이 차단되었습니다. 관리자에게 문의해 주십시오.",
    "id": "Permintaan Anda diblokir. Silakan hubungi pengelola dan sebutkan nomornya.",
}

CONSENTS = {
    "en": (
        "You choose how you read us. With your consent we and our partners process data with "
        "cookies for advertising."
    ),
    "de": (
        "Sie entscheiden. Mit Ihrer Einwilligung verarbeiten wir und unsere Partner Daten, etwa "
        "für Werbung. Stimmen Sie zu?"
    ),
    "fr": (
        "Votre choix. Avec votre consentement, nos partenaires et nous utilisons des cookies et "
        "des données pour la publicité."
    ),
    "es": (
        "Su elección. Con su consentimiento, nosotros y nuestros socios usamos cookies y datos "
        "para publicidad. ¿Acepta?"
    ),
    "pt": (
        "A sua escolha. Com o seu consentimento, nós e os nossos parceiros usamos cookies e "
        "dados para publicidade."
    ),
    "it": (
        "La tua scelta. Con il tuo consenso noi e i nostri partner usiamo cookie e dati per la "
        "pubblicità."
    ),
    "nl": (
        "Uw keuze. Met uw toestemming gebruiken wij en onze partners cookies en gegevens voor "
        "advertenties."
    ),
    "pl": (
        "Twój wybór. Za Twoją zgodą my i nasi partnerzy używamy plików cookie i danych do reklam."
    ),
    "cs": "Vaše volba. S vaším souhlasem my a naši partneři používáme cookies a údaje pro reklamu.",
    "ru": "Ваш выбор. С вашего согласия мы и наши партнёры используем cookie и данные для рекламы.",
    "uk": "Ваш вибір. За вашої згоди ми та наші партнери використовуємо cookie і дані для реклами.",
    "tr": (
        "Lütfen tercih yapın. Onayınız ile biz ve ortaklarımız reklam için çerez ve veri "
        "kullanıyoruz. Siz kabul edin."
    ),
    "hu": (
        "Az Ön választása. Hozzájárulásával mi és partnereink sütiket és adatokat használunk "
        "hirdetésekhez."
    ),
    "zh": "请选择。经您同意，我们和合作伙伴使用 cookie 处理数据用于广告。",
    "ja": (
        "選択してください。お客様の同意により、当社とパートナーは広告のため cookie "
        "とデータを使用します。"
    ),
}

COOKIES_OFF = {
    "en": "Cookies are switched off in your browser. Please enable them and load the page anew.",
    "de": (
        "Cookies sind in Ihrem Browser deaktiviert. Bitte aktivieren Sie Cookies und laden Sie neu."
    ),
    "fr": "Les cookies sont désactivés dans votre navigateur. Veuillez les activer pour continuer.",
    "es": "Las cookies están deshabilitadas en su navegador. Por favor, habilite las cookies.",
    "pl": "Pliki cookie są wyłączone w Twojej przeglądarce. Prosimy je włączyć.",
    "ru": "В вашем браузере отключены cookie. Пожалуйста, включите их и обновите страницу.",
    "uk": "У вашому браузері вимкнено cookie. Будь ласка, увімкніть їх.",
    "ar": "ملفات الكوكيز معطلة في متصفحك. يرجى تفعيل الكوكيز للمتابعة.",
    "ja": "クッキーが無効になっています。ブラウザでクッキーを有効にしてください。",
}

REGIONS = {
    "en": "We are sorry, this video is unavailable in your country. Please try another one.",
    "de": "Dieses Angebot ist in Ihrem Land leider nicht verfügbar. Bitte haben Sie Verständnis.",
    "fr": "Ce contenu est indisponible dans votre pays. Veuillez nous excuser.",
    "es": "Este contenido no está disponible en su país. Disculpe las molestias.",
    "ru": "Этот материал недоступен в вашей стране. Приносим вам извинения.",
    "uk": "Цей матеріал недоступний у вашій країні. Просимо вас вибачити.",
    "tr": "Bu içerik bulunduğunuz ülkede mevcut değil. Lütfen daha sonra deneyin.",
    "ar": "هذا المحتوى غير متاح في بلدك. يرجى المحاولة لاحقا.",
    "zh": "抱歉，您所在的地区无法访问此内容。内容不可用。",
    "ko": "죄송합니다. 귀하의 국가에서는 이 콘텐츠를 볼 수 없 습니다.",
}

AGES = {
    "en": "Please confirm your age. You must be 18 years or older to enter this site.",
    "de": "Bitte bestätigen Sie Ihr Alter. Sie müssen 18 Jahre alt sein, um die Seite zu sehen.",
    "ru": "Пожалуйста, подтвердите ваш возраст. Вам должно быть 18 лет, чтобы войти на сайт.",
}

SALES = {
    "en": "The domain rivers.example is available. Make an offer and acquire this domain today.",
    "de": (
        "Die Domain fluss.example kann erworben werden. Geben Sie ein Angebot für diese Domain ab."
    ),
    "fr": "Le domaine fleuve.example est à vendre. Faites une offre pour ce domaine.",
    "es": "El dominio rio.example está en venta. Haga una oferta por este dominio.",
    "pt": "O domínio rio.example está à venda. Faça uma proposta por este domínio.",
    "it": "Il dominio fiume.example è in vendita. Fai un'offerta per questo dominio.",
    "nl": "Het domein rivier.example is te koop. Doe een bod op dit domein.",
    "pl": "Domena rzeka.example jest do kupienia. Złóż ofertę na tę domenę.",
    "cs": "Doména reka.example je na prodej. Podejte nabídku na tuto doménu.",
    "hu": "A folyo.example domain eladó. Tegyen ajánlatot erre a domainre.",
    "ro": "Domeniul rau.example este de vânzare. Faceți o ofertă pentru acest domeniu.",
    "bg": "Домейнът reka.example се продава. Купете този домейн сега.",
    "sr": "Домен reka.example је на продају. Купите овај домен.",
    "el": "Το domain potami.example πωλείται. Αγοράστε αυτό το domain.",
    "sv": "Domänen flod.example är till salu. Lägg ett bud och köp domänen.",
    "ru": "Домен reka.example продаётся. Купите этот домен сегодня.",
    "uk": "Домен richka.example продається. Купіть цей домен сьогодні.",
    "tr": "nehir.example alan adı satılık. Bu alan adı için teklif verin.",
    "ar": "النطاق nahr.example معروض للبيع. قدم عرض شراء لهذا النطاق.",
    "fa": "دامنه rood.example برای فروش است. برای خرید این دامنه پیشنهاد دهید.",
    "he": "הדומיין nahar.example למכירה. הגישו הצעה לדומיין הזה.",
    "zh": "域名 he.example 正在出售。请提交报价购买此域名。",
    "ja": "ドメイン kawa.example は販売中です。このドメインの購入をご検討ください。",
    "ko": "도메인 gang.example 판매 중입니다. 이 도메인을 구매하십시오.",
    "id": "Domain sungai.example dijual. Ajukan penawaran untuk domain ini.",
}

OFFERS = {
    "en": "Subscribe today to keep reading this report.",
    "de": "Dieser Text ist exklusiv für Abonnenten. Mit Abo weiterlesen.",
    "fr": "La suite est réservée à nos abonnés.", "es": "Contenido exclusivo para suscriptores.",
    "pt": "Conteúdo exclusivo para assinantes.", "it": "Contenuto riservato agli abbonati.",
    "nl": "Dit artikel is alleen voor abonnees.", "pl": "Aby czytać dalej, wykup dostęp.",
    "cs": "Článek je jen pro předplatitele.", "hu": "A cikk folytatása csak előfizetőknek.",
    "ro": "Articol disponibil doar pentru abonați.", "bg": "Само за абонати.",
    "sr": "Само за претплатнике.",
    "el": "Μόνο για συνδρομητές.", "sv": "Endast för prenumeranter.", "fi": "Vain tilaajille.",
    "lt": "Tik prenumeratoriams.",
    "ru": "Чтобы читать дальше, оформите подписку.", "uk": "Щоб читати далі, оформіть передплату.",
    "tr": "Devamını okumak için abone olun.", "az": "Davamını oxumaq üçün abunə olun.",
    "ar": "لمتابعة القراءة اشترك الآن.",
    "fa": "برای ادامه مطالعه مشترک شوید.", "he": "להמשך קריאה הצטרפו כמנויים.",
    "id": "Untuk melanjutkan membaca, berlangganan.",
    "vi": "Nội dung dành cho thành viên.", "zh": "订阅后即可继续阅读全文。",
    "ja": "この記事は会員限定です。",
    "ko": "이 기사는 유료 회원 전용입니다.", "hi": "आगे पढ़ने के लिए सदस्य बनें।",
    "hy": "Միայն բաժանորդների համար։",
    "ka": "მხოლოდ გამომწერებისთვის.", "kk": "Тек жазылушыларға.",
}  # fmt: skip

# Ordinary reports, of such words as notices have: five subjects a language, each with a few
# endings.
_ARTICLES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "en": (
        ("The court blocked access to the website of the ferry company on Monday.",
            "Police found a page of the missing log in the wreck, the mayor said.",
         "The paper will raise the price of its subscription for members in May.",
         "Officials said the domain of the old party was sold at an auction.",
         "The regulator wants sites to ask readers for consent before they set cookies."),
        ("The hearing goes on next week, and the company has ten days to answer.",
            "Forty people live on the east bank, and most of them came to the meeting.",
         "Nobody was hurt, according to the fire brigade of Velsk."),
    ),
    "de": (
        ("Das Gericht sperrte am Montag den Zugang zur Seite der Reederei.",
            "Taucher fanden im Wrack eine Seite des Logbuchs.",
         "Die Zeitung erhöht im Mai den Preis für ihre Abonnenten.",
         "Die Domain der alten Partei wurde versteigert, teilte der Verwalter mit.",
         "Die Behörde verlangt, dass Leser vor dem Setzen von Cookies gefragt werden."),
        ("Die Verhandlung wird nächste Woche fortgesetzt.",
            "Vierzig Menschen wohnen am Ostufer, fast alle kamen zur Versammlung.",
            "Verletzt wurde niemand."),
    ),
    "fr": (
        ("Le tribunal a bloqué lundi l'accès au site de la compagnie.",
            "Une page du journal de bord a été trouvée dans l'épave.",
         "Le quotidien augmente le prix pour ses abonnés en mai.",
         "Le domaine de l'ancien parti a été vendu aux enchères.",
         "Le régulateur exige que les lecteurs donnent leur accord aux cookies."),
        ("L'audience reprendra la semaine prochaine.", "Quarante personnes vivent sur la rive est.",
            "Personne n'a été blessé, selon les pompiers."),
    ),
    "es": (
        ("El tribunal bloqueó el lunes el acceso a la página de la naviera.",
            "Los buzos hallaron una página del cuaderno en el pecio.",
         "El diario subirá en mayo el precio a los suscriptores.",
         "El dominio del antiguo partido se vendió en una subasta.",
         "El regulador exige que se pregunte a los lectores por las cookies."),
        ("La vista seguirá la próxima semana.", "Cuarenta personas viven en la orilla este.",
            "Nadie resultó herido, según los bomberos."),
    ),
    "pl": (
        ("Sąd zablokował w poniedziałek dostęp do strony przewoźnika.",
            "Nurkowie znaleźli we wraku stronę dziennika.",
         "Gazeta podniesie w maju cenę prenumeraty.",
         "Domena dawnej partii została sprzedana na licytacji.",
         "Urząd chce, by czytelnicy wyrażali zgodę na pliki cookie."),
        ("Rozprawa będzie kontynuowana za tydzień.",
            "Na wschodnim brzegu mieszka czterdzieści osób.", "Nikt nie został ranny."),
    ),
    "ru": (
        ("Суд в понедельник заблокировал доступ к сайту перевозчика.",
            "Водолазы нашли в обломках страницу журнала.",
         "Газета с мая поднимет цену подписки.", "Домен бывшей партии продали на аукционе.",
         "Ведомство требует спрашивать согласие читателей на cookie."),
        ("Заседание продолжится на следующей неделе.", "На восточном берегу живут сорок человек.",
            "Никто не пострадал, сообщили пожарные."),
    ),
    "uk": (
        ("Суд у понеділок заблокував доступ до сайту перевізника.",
            "Водолази знайшли в уламках сторінку журналу.",
         "Газета з травня підніме ціну передплати.", "Домен колишньої партії продали на аукціоні.",
         "Відомство вимагає питати згоди читачів на cookie."),
        ("Засідання триватиме наступного тижня.", "На східному березі живуть сорок людей.",
            "Ніхто не постраждав, повідомили пожежники."),
    ),
    "tr": (
        ("Mahkeme pazartesi günü şirketin sitesine erişimi engelledi.",
            "Dalgıçlar enkazda defterin bir sayfasını buldu.",
         "Gazete mayısta abonelik fiyatını artıracak.",
         "Eski partinin alan adı açık artırmada satıldı.",
         "Kurum, çerezler için okurların onayının alınmasını istiyor."),
        ("Duruşma gelecek hafta sürecek.", "Doğu yakasında kırk kişi yaşıyor.",
            "İtfaiyeye göre yaralanan olmadı."),
    ),
    "ar": (
        ("حجبت المحكمة يوم الاثنين الوصول إلى موقع الشركة.",
            "عثر الغواصون على صفحة من السجل في الحطام.",
         "سترفع الصحيفة سعر الاشتراك في مايو.", "بيع نطاق الحزب القديم في مزاد.",
         "تطلب الهيئة من المواقع موافقة القراء على ملفات الارتباط."),
        ("تستمر الجلسة الأسبوع المقبل.", "يعيش أربعون شخصا على الضفة الشرقية.",
            "لم يصب أحد بأذى وفق الإطفاء."),
    ),
    "fa": (
        ("دادگاه روز دوشنبه دسترسی به سایت شرکت را مسدود کرد.",
            "غواصان یک صفحه از دفتر را در لاشه پیدا کردند.",
         "روزنامه در ماه مه قیمت اشتراک را بالا می‌برد.", "دامنه حزب قدیمی در حراج فروخته شد.",
         "نهاد ناظر می‌خواهد خوانندگان به کوکی رضایت دهند."),
        ("جلسه هفته آینده ادامه دارد.", "چهل نفر در ساحل شرقی زندگی می‌کنند.",
            "به گفته آتش‌نشانی کسی آسیب ندید."),
    ),
    "he": (
        ("בית המשפט חסם ביום שני את הגישה לאתר החברה.", "צוללנים מצאו בשרידים דף מהיומן.",
         "העיתון יעלה במאי את מחיר המנוי.", "הדומיין של המפלגה הישנה נמכר במכירה פומבית.",
         "הרשות דורשת שקוראים יסכימו לעוגיות."),
        ("הדיון יימשך בשבוע הבא.", "ארבעים איש גרים בגדה המזרחית.", "איש לא נפגע, מסרו הכבאים."),
    ),
    "zh": (
        ("法院周一封锁了轮渡公司的网站。", "潜水员在残骸中找到了一页航海日志。",
            "该报五月起将提高订阅价格。", "旧政党的域名在拍卖会上售出。",
            "监管机构要求网站征得读者同意后才能使用cookie。"),
        ("庭审将于下周继续进行，公司有十天时间答复法院的问题。",
            "东岸住着四十人，他们大多参加了周日在学校举行的会议。",
            "消防队说没有人受伤，渡轮将在春天重新开航。"),
    ),
}  # fmt: skip

ORDERS = 4


def articles() -> list[tuple[str, str, str]]:
    """Two hundred and more short pages: language, title, body as HTML; each begins with one subject
    and goes on."""
    made = []
    for language, (subjects, endings) in _ARTICLES.items():
        for number, subject in enumerate(subjects):
            for order in range(ORDERS):
                rest = [
                    endings[(order + i) % len(endings)] for i in range(1 + order % len(endings))
                ]
                other = subjects[(number + order + 1) % len(subjects)] if order > 1 else ""
                lines = (subject, *rest, other)
                body = "".join(f"<p>{line}</p>" for line in lines if line)
                made.append((language, subject.rstrip(".。"), body))
    return made


REPORTED = {
    "en": ("Access to the harbour is restricted",
        ("Access to the harbour was restricted on Monday. Please use your own car, the mayor said "
        "to visitors.")),
    "de": ("Rat berät über Cookies",
        ("Der Rat bat Ihre Zeitung am Dienstag, bei Cookies und Daten um Zustimmung zu bitten; "
        "Partner lehnten die Wahl ab, sagte ein Sprecher.")),
    "fr": ("L'accès au pont est interdit",
        ("L'accès au pont est interdit depuis jeudi. « Merci de prendre votre vélo », a déclaré le "
        "maire.")),
    "es": ("Acceso restringido al puerto",
        ("El acceso al puerto quedó restringido el viernes por orden del tribunal; «usted no "
        "pasará», dijo el alcalde a su vecino.")),
    "pl": ("Robot wygrał mecz",
        ("Robot wygrał w sobotę mecz. „Proszę o rewanż”, powiedział burmistrz, który potwierdził "
        "termin.")),
    "ru": ("Доступ на мост ограничен",
        "Доступ на мост ограничен со среды. Пожалуйста, пользуйтесь паромом, сказал мэр."),
    "uk": ("Доступ на міст обмежено",
        "Доступ на міст обмежено з п'ятниці. Будь ласка, користуйтеся поромом, сказав мер."),
    "tr": ("Limana erişim kısıtlandı",
        "Limana erişim çarşamba günü kısıtlandı. Başkan lütfen bekleyin dedi."),
    "ar": ("منع الوصول إلى الجسر",
        "منع الوصول إلى الجسر يوم الخميس، وقال رئيس البلدية: يرجى الانتظار."),
    "he": ("הגישה לגשר נחסמה", "הגישה לגשר נחסמה. אנא המתינו, אמר ראש העיר לתושבים."),
    "zh": ("大桥限制通行", "周四起大桥访问受限。请绕行，市长说。"),
}  # fmt: skip
"""Headlines and first lines that have a wall's words, and say when, or who says so."""
