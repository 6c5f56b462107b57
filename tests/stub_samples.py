"""What pages of next to nothing say, in our own words, by language; and short articles on the same
things, undated, unsigned and in nobody's mouth."""

from __future__ import annotations

NO_ACCESS = {
    "en": "This record was not found, or you have no access to it.",
    "de": "Der Eintrag existiert nicht oder Sie haben keinen Zugriff.",
    "fr": "Notice introuvable ou accès non autorisé.",
    "es": "El registro no existe o no tiene permiso para verlo.",
    "pt": "Registo não encontrado ou sem permissão de acesso.",
    "it": "Documento non trovato o accesso non consentito.",
    "pl": "Rekord nie istnieje lub nie masz do niego dostępu.",
    "cs": "Záznam neexistuje nebo k němu nemáte přístup.",
    "hu": "A rekord nem található, vagy nincs hozzá jogosultsága.",
    "ro": "Înregistrarea nu există sau nu aveți acces la ea.",
    "bg": "Записът не съществува или нямате достъп до него.",
    "sr": "Запис не постоји или немате дозволу.",
    "el": "Η εγγραφή δεν υπάρχει ή δεν έχετε πρόσβαση σε αυτή.",
    "ru": "Запись не найдена или у вас нет прав доступа к ней.",
    "uk": "Запис не знайдено або у вас немає доступу до нього.",
    "be": "Запіс не знойдзены, або у вас няма доступу да яго.",
    "tr": "Kayıt bulunamadı veya erişim yetkiniz yok.",
    "ar": "السجل غير موجود أو ليس لديك صلاحية الوصول إليه",
    "fa": "رکورد پیدا نشد یا دسترسی به آن ندارید",
    "he": "הרשומה לא נמצאה או שאין לך הרשאה לצפות",
    "id": "Catatan tidak ditemukan atau Anda tidak memiliki akses.",
    "zh": "记录不存在或您没有访问权限",
    "ja": "レコードが見つからないか、アクセス権がありません",
    "ko": "레코드를 찾을 수 없거나 접근 권한이 없습니다",
}

RIGHTS = {
    "en": "You have no permission to view this page.",
    "de": "Sie sind nicht berechtigt, dieses Dokument anzusehen.",
    "fr": "Vous n'avez pas les droits pour consulter cette page.",
    "es": "No tiene permisos para ver esta página.",
    "pt": "Não tem permissão para aceder a esta página.",
    "it": "Non hai i permessi per vedere questa pagina.",
    "nl": "U heeft geen rechten om deze pagina te bekijken.",
    "pl": "Nie masz uprawnień do wyświetlenia tej strony.",
    "cs": "K zobrazení této stránky nemáte oprávnění.",
    "hu": "Önnek nincs jogosultsága az oldal megtekintéséhez.",
    "ro": "Nu aveți permisiunea de a vedea această pagină.",
    "bg": "Нямате право да разглеждате тази страница.",
    "sr": "Немате дозволу да видите ову страницу.",
    "el": "Δεν έχετε δικαίωμα πρόσβασης σε αυτή τη σελίδα.",
    "sv": "Du har inte behörighet att se den här sidan.",
    "fi": "Sinulla ei ole oikeutta nähdä tätä sivua.",
    "ru": "У вас нет прав для просмотра этой страницы.",
    "uk": "У вас недостатньо прав для перегляду цієї сторінки.",
    "tr": "Bu sayfayı görüntüleme yetkiniz bulunmuyor.",
    "ar": "ليس لديك إذن للوصول إلى هذه الصفحة",
    "fa": "شما مجوز مشاهده این صفحه را ندارید",
    "he": "אין לך הרשאה לצפות בדף זה",
    "hi": "आपको इस पृष्ठ को देखने की अनुमति नहीं है",
    "id": "Anda tidak memiliki izin untuk membuka halaman ini.",
    "zh": "您没有权限查看此页面",
    "ja": "このページを閲覧する権限がありません",
    "ko": "이 페이지를 볼 권한이 없습니다",
}

DATABASES = {
    "en": "Error: could not connect to the database server.",
    "de": "Es konnte keine Verbindung zur Datenbank hergestellt werden.",
    "fr": "Connexion à la base de données impossible.",
    "es": "No se pudo conectar con la base de datos.",
    "it": "Impossibile stabilire una connessione al database.",
    "pt": "Falha na ligação à base de dados.",
    "nl": "Er kan geen verbinding met de database worden gemaakt.",
    "pl": "Nie udało się połączyć z bazą danych.",
    "cs": "Nepodařilo se navázat spojení s databází.",
    "hu": "Nem sikerült csatlakozni: adatbázis.",
    "ro": "Conectarea la baza de date a eșuat.",
    "bg": "Неуспешна връзка с базата данни.",
    "sr": "Грешка у вези са базом података.",
    "el": "Αποτυχία σύνδεσης με τη βάση δεδομένων.",
    "sv": "Anslutningen till vår databas misslyckades.",
    "fi": "Virhe: tietokantayhteys ei toimi.",
    "ru": "Не удалось подключиться к базе данных.",
    "uk": "Не вдалося під'єднатися: збій бази даних.",
    "tr": "Veritabanına bağlantı kurulamadı.",
    "id": "Gagal terhubung ke basis data.",
    "ar": "تعذر الاتصال بقاعدة البيانات",
    "fa": "اتصال به پایگاه داده ناموفق بود",
    "he": "החיבור למסד הנתונים נכשל",
    "zh": "无法连接数据库",
    "ja": "データベースに接続できません",
    "ko": "데이터베이스 접속 실패",
}

IN_APPS = {
    "en": "This clip can only be watched in our app.",
    "de": "Dieses Video lässt sich nur in der App ansehen.",
    "fr": "Cette vidéo est visible uniquement dans l'application.",
    "es": "Este video solo puede verse en la aplicación.",
    "pt": "Este vídeo só pode ser visto no aplicativo.",
    "it": "Questo video è visibile solo nell'app: apri l'app.",
    "pl": "Ten film można obejrzeć tylko w aplikacji.",
    "ru": "Этот ролик можно посмотреть только в приложении.",
    "uk": "Це відео можна подивитися лише в застосунку.",
    "tr": "Bu video sadece uygulamada izlenebilir.",
    "id": "Video ini hanya bisa ditonton di aplikasi.",
    "ar": "يمكن مشاهدة هذا الفيديو في التطبيق فقط",
    "fa": "تماشای این ویدیو فقط در اپلیکیشن ممکن است",
    "he": "אפשר לצפות בסרטון רק באפליקציה",
    "zh": "请下载App观看完整视频",
    "ja": "この動画はアプリでのみ視聴できます",
    "ko": "이 동영상은 앱에서만 시청할 수 있습니다",
    "th": "ดูวิดีโอนี้ได้ในแอปเท่านั้น",
}

ARTICLES = {
    "en-database": (
        "Database failure stops the ferry",
        (
            "The booking database of the river company could not be reached for six hours. "
            "Cashiers wrote tickets by hand, and the queue at the pier grew to two hundred cars."
        ),
    ),
    "de-database": (
        "Datenbankfehler legt Fähre lahm",
        (
            "Wegen eines Fehlers in der Datenbank verkaufte die Reederei sechs Stunden lang keine "
            "Karten. Die Kassierer schrieben von Hand, am Ufer standen zweihundert Autos."
        ),
    ),
    "ru-database": (
        "Сбой базы данных остановил паром",
        (
            "Из-за ошибки подключения к базе данных кассы шесть часов не продавали билеты. На "
            "восточном берегу скопилось двести машин."
        ),
    ),
    "zh-database": (
        "数据库故障致渡轮停航",
        "轮渡公司的数据库连接出错，六小时无法售票，东岸排起两百辆车的长队，售票员只好手写船票。",
    ),
    "en-app": (
        "App for watching the river",
        (
            "The port now has an app in which anybody can watch the video of the lock. Only twelve "
            "people have downloaded it so far, most of them from the harbour office."
        ),
    ),
    "ru-app": (
        "Приложение для порта",
        (
            "Видео со шлюза теперь можно посмотреть в приложении порта. Скачали его пока только "
            "двенадцать человек, почти все из управления."
        ),
    ),
    "zh-app": (
        "港口推出应用",
        "港口推出了新的应用，居民可以在应用内观看船闸的视频，目前只有十二人下载，大多是港务局职员。",
    ),
    "en-record": (
        "No record of the captain",
        (
            "The archive has no record of the captain, and nobody may see the papers of the yard: "
            "permission was refused twice, in March and in June."
        ),
    ),
    "de-record": (
        "Kein Eintrag im Register",
        (
            "Im Register steht kein Eintrag zu dem Schiff, und Zugriff auf die Akten der Werft hat "
            "niemand. Zwei Anträge der Erben lehnte das Archiv ab."
        ),
    ),
    "en-number": (
        "Error 404 at the museum",
        (
            "Hall 404 of the museum stays closed. The sign on its door reads: not found. Visitors "
            "take pictures of it, and the director wants to leave it there for good, as it is."
        ),
    ),
    "en-houses": (
        "503 houses without light",
        "In the east of the town 503 houses are without light. The cable under the bridge broke.",
    ),
    "en-blog": (
        "A blog that was deleted",
        (
            "The authors deleted their blog on the river. Its address now belongs to a shop for "
            "nets, and its texts are kept in the library."
        ),
    ),
    "en-journal": (
        "Journal suspended",
        (
            "The journal of the river institute was suspended for a year; its owner lost the "
            "lawsuit and must pay the printer. Two editors go on with a letter of four pages."
        ),
    ),
    "en-private": (
        "Private site of the mayor",
        (
            "The mayor closed his private site. Who wants to read his old letters must write to "
            "him and ask for access, and he answers each of them by hand."
        ),
    ),
    "en-blocker": (
        "Readers and their ad blockers",
        (
            "Half of the readers use an ad blocker, and the river paper lives on what is left. Its "
            "editor wants to ask them to disable it, once and in kind words."
        ),
    ),
    "ro-login": (
        "Aplicația băncii",
        (
            "Clienții băncii trebuie să se autentifice în noua aplicație ca să vadă contul. Pagina "
            "veche se închide în mai, iar ghișeele rămân deschise."
        ),
    ),
    "sv-login": (
        "Bankens nya app",
        (
            "Bankens kunder måste logga in i den nya appen för att se sina konton. Den gamla sidan "
            "stänger i maj och kontoren blir färre."
        ),
    ),
    "ko-hosting": (
        "강신문 누리집 사라져",
        "호스팅 업체가 신문의 계정을 정지하면서 누리집이 사라졌다. 편집국은 외국 서버로 옮긴다.",
    ),
    "ja-page": (
        "日誌のページ見つからず",
        "沈没船の航海日誌のうち一ページが見つかっていない。博物館は来年も捜索を続ける予定だ。",
    ),
    "bg-page": (
        "Липсва страница от дневника",
        (
            "Една страница от дневника не е намерена в архива. Може да е махната преди продажбата "
            "на корабостроителницата; музеят търси още."
        ),
    ),
    "sv-page": (
        "En sida saknas i loggboken",
        (
            "En sida i loggboken har inte hittats i arkivet. Kanske togs den bort innan varvet "
            "såldes; museet letar vidare."
        ),
    ),
    "en-rights": (
        "No rights to the song",
        (
            "The choir has no rights to the song of the ferry, and needs a permission for each "
            "evening. The singers ask for it on paper, as the heirs want it."
        ),
    ),
    "ru-rights": (
        "Без прав на песню",
        (
            "У хора нет прав на песню о пароме, и на каждый вечер нужно разрешение наследников. "
            "Певцы пишут его от руки, так хотят наследники."
        ),
    ),
    "fi-bridge": (
        "Silta on huollossa",
        (
            "Silta on tilapäisesti suljettu huollon vuoksi. Bussit kiertävät pohjoistietä, ja "
            "liikenne palaa myöhemmin keväällä."
        ),
    ),
}
