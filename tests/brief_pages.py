"""Articles and pages of few words on what stands before others, and before which nothing stands, in
our own words, by language."""

from __future__ import annotations

POLICIES = {
    "uk": (
        "Політика конфіденційності",
        (
            "Ми збираємо лише ті персональні дані, які ви "
            "надаєте у формі зворотного зв'язку: ім'я та "
            "адресу електронної пошти.\nСайт "
            "використовує файли cookie для підрахунку "
            "відвідувачів. Ви можете вимкнути їх у "
            "налаштуваннях браузера.\nДані не "
            "передаються партнерам і зберігаються не "
            "довше ніж рік."
        ),
    ),
    "ru": (
        "Политика конфиденциальности",
        (
            "Настоящая политика описывает, какие "
            "персональные данные мы обрабатываем. Мы "
            "используем файлы cookie, чтобы считать "
            "посетителей.\nПродолжая пользоваться "
            "сайтом, вы соглашаетесь с обработкой "
            "данных. Вы можете отозвать согласие, "
            "написав нам.\nДанные не передаются третьим "
            "лицам."
        ),
    ),
    "ar": (
        "سياسة الخصوصية",
        (
            "نجمع البيانات التي تقدمها لنا في نموذج الاتصال فقط، مثل الاسم والبريد "
            "الإلكتروني.\nيستخدم الموقع ملفات تعريف الارتباط لإحصاء الزوار، ويمكنك تعطيلها "
            "من إعدادات المتصفح.\nلا نشارك بياناتك مع الشركاء أو المعلنين."
        ),
    ),
    "fa": (
        "حریم خصوصی",
        (
            "ما تنها داده‌هایی را جمع می‌کنیم که شما در فرم تماس وارد می‌کنید.\nاین سایت "
            "برای شمارش بازدیدها از کوکی استفاده می‌کند و شما می‌توانید آن را در مرورگر "
            "خود غیرفعال کنید.\nداده‌های شما در اختیار شرکای تبلیغاتی قرار نمی‌گیرد."
        ),
    ),
    "he": (
        "מדיניות פרטיות",
        (
            "אנו אוספים רק מידע שאתם מוסרים לנו בטופס יצירת הקשר.\nהאתר משתמש בעוגיות כדי "
            "לספור מבקרים, וניתן לבטל אותן בהגדרות הדפדפן.\nהמידע אינו נמסר לשותפים או "
            "למפרסמים."
        ),
    ),
    "tr": (
        "Gizlilik politikası",
        (
            "Yalnızca iletişim formunda verdiğiniz kişisel verileri topluyoruz.\nSitemiz "
            "ziyaretçileri saymak için çerez kullanır; çerezleri tarayıcınızın "
            "ayarlarından kapatabilirsiniz.\nVerileriniz reklam ortaklarıyla "
            "paylaşılmaz."
        ),
    ),
    "de": (
        "Datenschutzerklärung",
        (
            "Wir erheben nur die personenbezogenen Daten, die Sie uns im Kontaktformular "
            "mitteilen.\nUnsere Website verwendet Cookies, um Besucher zu zählen. Sie "
            "können Ihre Einwilligung jederzeit widerrufen.\nDaten werden nicht an "
            "Werbepartner weitergegeben."
        ),
    ),
    "fr": (
        "Politique de confidentialité",
        (
            "Nous ne recueillons que les données personnelles que vous nous communiquez "
            "dans le formulaire de contact.\nNotre site utilise des cookies pour compter "
            "ses visiteurs ; vous pouvez retirer votre consentement à tout moment.\nVos "
            "données ne sont pas transmises à des partenaires publicitaires."
        ),
    ),
    "pl": (
        "Polityka prywatności",
        (
            "Zbieramy tylko dane osobowe, które podają Państwo w formularzu "
            "kontaktowym.\nSerwis używa plików cookie do liczenia odwiedzin. Zgodę można "
            "wycofać w dowolnym momencie.\nDane nie są przekazywane partnerom reklamowym."
        ),
    ),
    "zh": (
        "隐私政策",
        (
            "我们仅收集您在联系表格中提供的个人数据。\n本网站使用 Cookie "
            "统计访问人数，您可以在浏览器中关闭。\n我们不会将您的数据提供给广告合作伙伴。"
        ),
    ),
    "en": (
        "Privacy Policy",
        (
            "We collect only the personal data that you give us in the contact form.\nOur "
            "website uses cookies to count visitors. You can withdraw your consent at any "
            "time.\nYour data is not passed on to advertising partners."
        ),
    ),
}
"""Titles and texts of pages on data and cookies."""

ON_COOKIES = {
    "de": (
        "Cookies",
        (
            "Diese Website verwendet Cookies. Ein Cookie ist eine kleine Datei, die Ihr "
            "Browser speichert. Wir verwenden Cookies für die Anmeldung und für die "
            "Statistik. Sie können Cookies in Ihrem Browser ablehnen."
        ),
    ),
    "en": (
        "Cookie Policy",
        (
            "This policy explains what cookies are and how we use them. A cookie is a "
            "small file that your browser stores. We use cookies to remember your choices "
            "and to measure traffic. You can accept or reject cookies in your browser "
            "settings."
        ),
    ),
    "ru": (
        "Использование файлов cookie",
        (
            "Файл cookie — это небольшой файл, который "
            "хранит ваш браузер. Мы используем cookie для "
            "статистики и для входа на сайт. Вы можете "
            "отключить cookie в настройках браузера."
        ),
    ),
    "fr": (
        "Gestion des cookies",
        (
            "Un cookie est un petit fichier déposé par le navigateur. Nous utilisons des "
            "cookies pour la mesure d'audience. Vous pouvez accepter ou refuser les "
            "cookies dans les réglages de votre navigateur."
        ),
    ),
    "uk": (
        "Файли cookie",
        (
            "Cookie — це невеликий файл, який зберігає "
            "браузер. Ми використовуємо cookie для "
            "статистики та входу на сайт. Ви можете "
            "відмовитися від них у налаштуваннях "
            "браузера."
        ),
    ),
}
"""Of such, with titles that a wall has, too."""

ON_PAYWALLS = {
    "uk": (
        "Видання запровадило передплату",
        (
            "Редакція міської газети повідомила, що від "
            "квітня частина статей буде доступна лише "
            "передплатникам.\nПередплата коштуватиме 60 "
            "гривень на місяць, новини залишаться "
            "безкоштовними, сказав головний редактор."
        ),
    ),
    "ru": (
        "Газета вводит платную подписку",
        (
            "Городская газета со следующего месяца "
            "откроет часть статей только подписчикам, "
            "рассказал её главный редактор.\nПодписка "
            "будет стоить 199 рублей в месяц, новости "
            "останутся бесплатными."
        ),
    ),
    "ar": (
        "صحيفة محلية تفرض رسوما على القراءة",
        (
            "أعلنت صحيفة محلية أن قراءة بعض مقالاتها ستصبح متاحة للمشتركين فقط ابتداء من "
            "الشهر المقبل.\nوقال رئيس التحرير إن الاشتراك سيكلف دولارين في الشهر وإن "
            "الأخبار ستبقى مجانية."
        ),
    ),
    "fa": (
        "روزنامه محلی اشتراک می‌فروشد",
        (
            "سردبیر روزنامه محلی گفت که از ماه آینده بخشی از مطالب فقط برای مشترکان در "
            "دسترس خواهد بود.\nبهای اشتراک ماهانه پنجاه هزار تومان است و خبرها رایگان "
            "می‌ماند."
        ),
    ),
    "he": (
        "העיתון המקומי יגבה תשלום",
        (
            "העיתון המקומי הודיע כי מהחודש הבא חלק מהכתבות יהיו פתוחות למנויים "
            "בלבד.\nהמינוי יעלה עשרה שקלים בחודש, והחדשות יישארו חינם, אמר העורך."
        ),
    ),
    "tr": (
        "Yerel gazete aboneliğe geçiyor",
        (
            "Yerel gazete gelecek aydan itibaren bazı yazıların yalnızca abonelere "
            "açık olacağını duyurdu.\nAbonelik ayda 30 lira olacak, haberler ücretsiz "
            "kalacak, dedi genel yayın yönetmeni."
        ),
    ),
    "de": (
        "Lokalzeitung führt Bezahlschranke ein",
        (
            "Die Lokalzeitung stellt vom nächsten Monat an einen Teil ihrer Artikel hinter "
            "eine Bezahlschranke, teilte der Verlag am Dienstag mit.\nEin Abo kostet dann "
            "4,99 Euro im Monat, Nachrichten bleiben frei."
        ),
    ),
    "fr": (
        "Un journal local passe au payant",
        (
            "Le journal local réservera à partir du mois prochain une partie de ses "
            "articles aux abonnés, a annoncé mardi son directeur.\nL'abonnement coûtera "
            "2 euros par mois, les brèves resteront gratuites."
        ),
    ),
    "pl": (
        "Lokalna gazeta wprowadza opłaty",
        (
            "Lokalna gazeta od przyszłego miesiąca udostępni część artykułów tylko "
            "prenumeratorom, poinformował wydawca.\nPrenumerata będzie kosztować 10 "
            "złotych miesięcznie, wiadomości pozostaną bezpłatne."
        ),
    ),
    "zh": (
        "本地报纸将实行付费阅读",
        (
            "本地一家报纸宣布，从下月起部分文章仅限付费订阅者阅读。\n总编辑说，订阅费为每月"
            "十元，新闻仍然免费。"
        ),
    ),
    "en": (
        "Local paper to charge readers",
        (
            "The local paper said on Tuesday that some of its articles will be for "
            "subscribers only from next month.\nA subscription will cost $4 a month, and "
            "news will stay free, its editor told the council."
        ),
    ),
}
"""Articles on subscriptions."""

ON_ERRORS = {
    "uk": (
        ("«Сторінку не знайдено»: міськрада видалила протоколи"),
        (
            "Замість протоколів засідань на сайті міської "
            "ради тепер напис «Сторінку не знайдено». У "
            "раді повідомили, що документи перенесли до "
            "архіву."
        ),
    ),
    "ru": (
        ("«Страница не найдена»: с сайта мэрии исчезли отчёты"),
        (
            "Вместо отчётов за три года на сайте мэрии "
            "открывается надпись «Страница не найдена». "
            "В мэрии сообщили, что документы удалены по "
            "ошибке и будут возвращены."
        ),
    ),
    "ar": (
        "الصفحة غير موجودة: البلدية تحذف محاضرها",
        (
            "تظهر عبارة الصفحة غير موجودة لمن يبحث عن محاضر المجلس البلدي منذ أمس، وأعلنت "
            "البلدية أن الوثائق نقلت إلى الأرشيف."
        ),
    ),
    "fa": (
        "«صفحه یافت نشد»؛ شهرداری گزارش‌ها را حذف کرد",
        (
            "به جای گزارش‌های سه سال گذشته در سایت شهرداری پیام «صفحه یافت نشد» دیده "
            "می‌شود. شهرداری اعلام کرد اسناد به بایگانی منتقل شده است."
        ),
    ),
    "he": (
        "הדף לא נמצא: העירייה מחקה פרוטוקולים",
        (
            "במקום הפרוטוקולים באתר העירייה מופיעה מאתמול ההודעה הדף לא נמצא. בעירייה "
            "הודיעו כי המסמכים הועברו לארכיון."
        ),
    ),
    "tr": (
        "Sayfa bulunamadı: Belediye tutanakları sildi",
        (
            "Belediye meclisi tutanaklarını arayanlar dünden beri yalnızca sayfa "
            "bulunamadı yazısını görüyor. Belediye belgelerin arşive taşındığını "
            "açıkladı."
        ),
    ),
    "de": (
        "Seite nicht gefunden: Wie ein Ministerium Berichte löscht",
        (
            "Das Ministerium hat mehrere hundert Berichte aus dem Netz genommen. Wer sie "
            "sucht, liest nur noch: Seite nicht gefunden. Eine Sprecherin erklärte, die "
            "Dokumente würden überarbeitet."
        ),
    ),
    "fr": (
        "Page introuvable : la mairie efface ses comptes rendus",
        (
            "Les comptes rendus du conseil ont disparu du site de la mairie, qui affiche "
            "désormais « page introuvable ». La mairie a indiqué qu'ils ont été "
            "versés aux archives."
        ),
    ),
    "pl": (
        "Strona nie istnieje: urząd skasował protokoły",
        (
            "Kto szuka protokołów rady, widzi od wczoraj tylko napis „strona nie "
            "istnieje”. Urząd poinformował, że dokumenty przeniesiono do archiwum."
        ),
    ),
    "zh": (
        "“页面不存在”：市政府删除会议记录",
        (
            "市民昨天发现，市政府网站上的会议记录已被删除，只显示“页面不存在”。市政府宣布"
            "文件已移至档案馆。"
        ),
    ),
    "en": (
        "Error 404: how a ministry deleted its reports",
        (
            "Several hundred reports are gone from the ministry's site. Who looks for them "
            "reads: page not found. A spokeswoman said they were being revised."
        ),
    ),
}
"""Articles on pages that are gone."""

FLASHES = {
    "uk": (
        "Вибух у порту",
        ("У порту вночі пролунав вибух, постраждалих немає."),
    ),
    "ru": (
        "Взрыв в порту",
        ("Ночью в порту прогремел взрыв, пострадавших нет."),
    ),
    "ar": (
        "انفجار في الميناء",
        "وقع انفجار في الميناء ليلا ولم تقع إصابات.",
    ),
    "fa": (
        "انفجار در بندر",
        "شب گذشته انفجاری در بندر رخ داد و کسی آسیب ندید.",
    ),
    "he": (
        "פיצוץ בנמל",
        "פיצוץ אירע הלילה בנמל, אין נפגעים.",
    ),
    "tr": (
        "Limanda patlama",
        "Gece limanda patlama meydana geldi, yaralanan olmadı.",
    ),
    "de": (
        "Explosion im Hafen",
        "Im Hafen gab es in der Nacht eine Explosion, verletzt wurde niemand.",
    ),
    "fr": (
        "Explosion dans le port",
        "Une explosion s'est produite dans le port cette nuit, sans faire de blessé.",
    ),
    "pl": (
        "Wybuch w porcie",
        "W nocy w porcie doszło do wybuchu, nikt nie ucierpiał.",
    ),
    "zh": (
        "港口爆炸",
        "港口夜间发生爆炸，无人受伤。",
    ),
    "en": (
        "Blast in the port",
        "There was a blast in the port overnight; nobody was hurt.",
    ),
}
"""News in a line."""

ON_BLOCKS = {
    "uk": (
        "Роскомнагляд заблокував сайт",
        (
            "Роскомнагляд обмежив доступ до сайту "
            "видання за рішенням суду. Редакція радить "
            "читачам користуватися VPN."
        ),
    ),
    "ru": (
        "Доступ к мессенджеру ограничен",
        (
            "Роскомнадзор ограничил доступ к "
            "мессенджеру на основании решения суда. "
            "Пользователи жалуются на сбои по всей "
            "стране."
        ),
    ),
    "ar": (
        "حجب موقع إخباري",
        "حجبت السلطات موقعا إخباريا مستقلا بقرار قضائي، ودعا الموقع قراءه إلى استخدام VPN.",
    ),
    "fa": (
        "اینترنت بندر قطع شد",
        ("دسترسی به اینترنت در بندر از شب گذشته محدود شده و دسترسی به سایت‌های خارجی ممکن نیست."),
    ),
    "he": (
        "האתר של העירייה הושבת",
        ("אתר העירייה אינו זמין מאז הבוקר בשל תקיפת סייבר. העירייה ביקשה מהתושבים לפנות בטלפון."),
    ),
    "tr": (
        "X'e erişim engeli",
        (
            "Mahkeme kararıyla sosyal medya sitesine erişim engellendi. Kullanıcılar "
            "VPN kullanmaya yöneldi."
        ),
    ),
    "de": (
        "Webseite der Bahn gestört",
        (
            "Die Website der Bahn ist seit dem Morgen nicht erreichbar, auch die App zeigt "
            "nur Fehler. Grund ist ein Angriff auf die Server."
        ),
    ),
    "fr": (
        "Le site de la mairie piraté",
        (
            "Le site de la mairie est indisponible depuis ce matin à la suite d'une "
            "attaque. Les habitants sont priés de téléphoner."
        ),
    ),
    "pl": (
        "Awaria strony urzędu",
        (
            "Strona urzędu jest niedostępna od rana z powodu ataku hakerskiego. Urząd "
            "prosi mieszkańców o kontakt telefoniczny."
        ),
    ),
    "zh": (
        "市政府网站遭攻击",
        "市政府网站自今晨起无法访问，原因是遭到网络攻击。当局请市民拨打电话。",
    ),
    "en": (
        "Channel blocked in the country",
        (
            "Access to the messenger was blocked in the country by a court order. Users "
            "turned to VPN services."
        ),
    ),
}
"""News in a line on blocks and failures of somebody's."""

CAPTIONS = {
    "uk": (
        "Пором знову ходить",
        ("Пором біля східного берега, 16 березня. Фото: міська рада"),
    ),
    "ru": (
        "Паром снова ходит",
        ("Паром у восточного берега, 16 марта. Фото: мэрия"),
    ),
    "ar": (
        "العبارة تعود إلى العمل",
        "العبارة قرب الضفة الشرقية، 16 مارس. تصوير: البلدية",
    ),
    "fa": (
        "کشتی دوباره به راه افتاد",
        "کشتی در کنار ساحل شرقی، ۲۵ اسفند. عکس: شهرداری",
    ),
    "he": (
        "המעבורת שבה לפעול",
        "המעבורת ליד הגדה המזרחית, 16 במרץ. צילום: העירייה",
    ),
    "tr": (
        "Feribot yeniden seferde",
        "Doğu kıyısındaki feribot, 16 Mart. Fotoğraf: Belediye",
    ),
    "de": (
        "Fähre fährt wieder",
        "Die Fähre am Ostufer, 16. März. Foto: Stadt",
    ),
    "fr": (
        "Le traversier reprend du service",
        "Le traversier près de la rive est, le 16 mars. Photo : mairie",
    ),
    "pl": (
        "Prom znów kursuje",
        "Prom przy wschodnim brzegu, 16 marca. Fot. urząd",
    ),
    "zh": (
        "渡轮恢复航行",
        "3月16日，渡轮停靠东岸。摄影：市政府",
    ),
    "en": (
        "Ferry goes again",
        "The ferry at the east bank, 16 March. Photo: town hall",
    ),
}
"""All that a page with a picture says."""

ON_REQUESTS = {
    "en": (
        "Registry limits requests",
        (
            "The land registry now limits requests to one hundred a day. Lawyers sent too "
            "many requests, it found."
        ),
    ),
    "de": (
        "Grundbuchamt begrenzt Anfragen",
        (
            "Das Grundbuchamt begrenzt Anfragen auf hundert am Tag. Es habe zu viele "
            "Anfragen von Kanzleien gegeben, heißt es."
        ),
    ),
    "ru": (
        "Реестр ограничил запросы",
        (
            "Реестр недвижимости ограничил число "
            "запросов до ста в день: их стало слишком "
            "много. Юристы недовольны."
        ),
    ),
    "fa": (
        "محدودیت درخواست‌ها در ثبت اسناد",
        (
            "سازمان ثبت اسناد تعداد درخواست‌ها را به صد درخواست در روز محدود کرد، زیرا "
            "درخواست‌ها بیش از حد زیاد شده بود."
        ),
    ),
    "pl": (
        "Rejestr ogranicza zapytania",
        (
            "Rejestr nieruchomości ogranicza liczbę zapytań do stu dziennie. Kancelarie "
            "wysyłały zbyt wiele zapytań."
        ),
    ),
    "uk": (
        "Реєстр обмежив запити",
        (
            "Реєстр нерухомості обмежив кількість "
            "запитів до ста на день: їх стало забагато. "
            "Юристи незадоволені."
        ),
    ),
    "tr": (
        "Tapu sorgularına sınır",
        (
            "Tapu dairesi sorgu sayısını günde yüzle sınırladı. Bürolar çok fazla "
            "istek gönderiyordu."
        ),
    ),
    "fr": (
        "Le cadastre limite les requêtes",
        (
            "Le cadastre limite désormais les requêtes à cent par jour. Les cabinets en "
            "envoyaient trop."
        ),
    ),
    "ar": (
        "السجل العقاري يحدد عدد الطلبات",
        ("حدد السجل العقاري عدد الطلبات بمئة طلب في اليوم بعد أن تلقى عددا كبيرا جدا من الطلبات."),
    ),
    "he": (
        "מרשם המקרקעין מגביל בקשות",
        "מרשם המקרקעין הגביל את מספר הבקשות למאה ביום, לאחר שהוגשו יותר מדי בקשות.",
    ),
    "zh": (
        "登记处限制查询",
        "不动产登记处将查询限制为每天一百次，因为请求过于频繁。",
    ),
}
"""Articles on requests that somebody counts."""
