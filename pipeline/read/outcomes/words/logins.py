"""Words that ask for an account before a page is shown, by language.

`enter`: to log in; `account`: what with; `see`: to look at what was asked for; `you`: who is spoken
to; `must`: that one has to, said to nobody; `private`: for invited people. As in `walls`.
"""

from __future__ import annotations

LOGINS: dict[str, dict[str, str]] = {
    "en": {
        "enter": "log login logged sign signed signin register registered join switch",
        "account": "account member approved followers follow friends author password",
        "see": (
            "view see read access continue page topic content thread permission display area "
            "document file site"
        ),
        "you": "you your please you're you'll haven't",
        "must": "must need",
        "private": "private invited invitation protected members-only",
    },
    "de": {
        "enter": "anmeld melden einlogg eingeloggt angemeldet registrier",
        "account": "konto mitglied benutzer nutzer passwort",
        "see": (
            "sehen lesen anzusehen zugriff seite thema inhalt beitrag weiter zugang berechtig "
            "bereich"
        ),
        "you": "sie ihre bitte du dich",
        "must": "müssen",
    },
    "fr": {
        "enter": "connect connexion identifi inscri inscription",
        "account": "compte membre passe",
        "see": "voir lire accéder consulter page sujet contenu afficher continuer",
        "you": "vous votre veuillez devez merci identifiez-vous connectez-vous inscrivez-vous",
    },
    "es": {
        "enter": "sesión ingres regístr registr identifí inicia iniciar",
        "account": "cuenta miembro usuario contraseña",
        "see": "ver leer acceder página tema contenido continuar mensaje área",
        "you": "debe debes tienes usted por tu su",
        "must": "para",
        "private": "privad",
    },
    "it": {
        "enter": "acced login registra registrarsi autentic",
        "account": "account utente",
        "see": "vedere leggere visualizz pagina contenuto discussione continuare",
        "you": "devi deve prega tuo",
        "must": "è per",
    },
    "pt": {
        "enter": "login sessão entrar registar cadastr inscrev",
        "account": "conta membro",
        "see": "ver ler aceder acessar página conteúdo tópico continuar",
        "you": "você deve precisa favor faça inicie",
        "must": "para",
    },
    "nl": {
        "enter": "inloggen ingelogd aanmeld registre log",
        "account": "account",
        "see": "bekijken lezen zien toegang pagina onderwerp inhoud",
        "you": "u je moet dient gelieve",
    },
    "pl": {
        "enter": "zalog zarejestr logow",
        "account": "konto konta hasło hasła",
        "see": "zobacz obejrz przeczyt wyświetl stron temat treś dostęp przegląd",
        "you": "musisz prosimy twoj proszę",
        "must": "należy aby",
    },
    "cs": {
        "enter": "přihl prihl registr",
        "account": "účet účtu",
        "see": "zobraz stránk obsah čte téma tému přístup prístup čtení",
        "you": "musíte prosím abyste",
        "must": "pro aby",
    },
    "ru": {
        "enter": "войти войдите авториз вход зарегистр регистрац логин",
        "account": "учётн учетн аккаунт парол",
        "see": (
            "просмотр просматрив увидеть видеть посмотреть читать страниц тема темы тему "
            "раздел форум контент "
            "доступ содержим продолж материал"
        ),
        "you": "вам вы пожалуйста введите",
        "must": "нужно необходимо требуется должны чтобы для",
    },
    "uk": {
        "enter": "увійд увійти авториз вхід входу зареєструй реєстрац логін",
        "account": "обліков акаунт парол",
        "see": (
            "перегляд переглян побачити бачити читати сторінк тема теми тему розділ форум "
            "вміст доступ контент "
            "продовж матеріал"
        ),
        "you": "вам ви будь слід маєте введіть",
        "must": "потрібно необхідно щоб",
    },
    "be": {
        "enter": "увайд увайс аўтарыз зарэгістр",
        "account": "уліков",
        "see": "прагляд паглядзець чытаць старонк тэм доступ",
        "you": "вам вы калі",
        "must": "трэба неабходна каб",
    },
    "tr": {
        "enter": "giriş oturum kayıt",
        "account": "hesab üye şifre",
        "see": (
            "görüntüle görmek görebilmek okumak sayfa konu içerik içeriğ görebil erişmek "
            "erişim devam"
        ),
        "you": "lütfen yapmalısınız olmalısınız açın açmanız",
        "must": "gerek gerekmektedir için",
    },
    "ar": {
        "enter": "تسجيل سجل دخول اشتراك مسجل",
        "account": "حساب عضو مرور",
        "see": (
            "مشاهدة مشاهده لمشاهدة عرض قراءة لقراءة صفحة موضوع محتوى قسم منتدى متاح الوصول "
            "رؤية متابعة"
        ),
        "you": "عليك يرجى الرجاء فضلك لك",
        "must": "يجب يتوجب",
    },
    "fa": {
        "enter": "وارد ورود ثبت‌نام ثبت نام لاگین",
        "account": "حساب عضو اعضا اعضای گذرواژه رمز",
        "see": "دیدن مشاهده مشاهدهی خواندن صفحه مطلب محتوا موضوع ادامه دسترسی",
        "you": "لطفا لطفاً شوید کنید ابتدا خود شما",
        "must": "باید",
    },
    "he": {
        "enter": "התחבר להתחבר הירשמ להירשם רישום מחובר",
        "account": "חשבון משתמש סיסמ",
        "see": "צפות לצפות לראות לקרוא לקריאה עמוד דף תוכן נושא המשך גישה",
        "you": "אנא נא עליך עליכם",
        "must": "יש כדי צריך",
    },
    "ro": {
        "enter": "autentific conect logat înregistra",
        "account": "cont contul",
        "see": "vedea citi pagin subiect conținut acces",
        "you": "vă dumneavoastră rugăm conectați-vă autentificați-vă",
        "must": "necesar pentru trebuie",
    },
    "bg": {
        "enter": "влез влизане регистрир вход",
        "account": "профил акаунт",
        "see": "прочет видите разглеж страниц тема съдържание достъп",
        "you": "моля ви",
        "must": "необходимо за трябва",
    },
    "el": {
        "enter": "συνδεθ σύνδεσ εγγραφ εγγραφείτε",
        "account": "λογαριασμ",
        "see": "δείτε διαβάσ σελίδα θέμα περιεχόμενο πρόσβαση",
        "you": "παρακαλ σας",
        "must": "για πρέπει",
    },
    "hu": {
        "enter": "jelentkez bejelentkez regisztrál",
        "account": "fiók",
        "see": "megtekint olvas oldal téma tartalom hozzáfér",
        "you": "kérjük önnek",
        "must": "szükséges kell",
    },
    "sr": {
        "enter": "пријав улогуј региструј prijav uloguj registruj",
        "account": "налог nalog račun",
        "see": (
            "видели прочитали страниц тем садржај vidjeli videli pročitali stranic tem sadržaj "
            "pristup"
        ),
        "you": "морате молимо morate molimo",
        "must": "потребно potrebno",
    },
    "sv": {
        "enter": "logga inloggad registrera logge innlogget log logget",
        "account": "konto",
        "see": "se läsa sidan ämnet innehåll fortsätta lese siden innhold læse",
        "you": "du vänligen",
        "must": "för for måste må skal",
    },
    "fi": {
        "enter": "kirjau kirjaudu sisään rekister",
        "account": "tili tilille",
        "see": "nähdä lukea sivu aihe sisäl",
        "you": "sinun ole",
        "must": "vaatii on täytyy",
    },
    "id": {
        "enter": "masuk login log daftar",
        "account": "akun",
        "see": "melihat membaca halaman konten topik mengakses",
        "you": "anda silakan",
        "must": "perlu untuk harus",
    },
    "vi": {
        "enter": "đăng nhập",
        "account": "tài khoản",
        "see": "xem đọc trang nội",
        "you": "bạn vui",
        "must": "cần phải",
    },
    "hi": {
        "enter": "लॉग लॉगिन साइन",
        "account": "खाता खाते",
        "see": "देखने पढ़ने पृष्ठ पेज",
        "you": "आपको कृपया आप",
        "must": "होगा",
    },
    "az": {
        "enter": "daxil giriş qeydiyyat",
        "account": "hesab",
        "see": "görmək oxumaq səhifə məzmun",
        "you": "zəhmət olun sizin",
        "must": "lazımdır üçün",
    },
    "kk": {
        "enter": "кіріңіз тіркел жүйеге",
        "account": "аккаунт тіркелгі",
        "see": "көру оқу бет мазмұн",
        "you": "сіз өтінеміз",
        "must": "керек үшін",
    },
    "hy": {
        "enter": "մուտք գրանցվ",
        "account": "հաշիվ հաշվ",
        "see": "դիտել կարդալ էջ",
        "you": "խնդրում դուք",
        "must": "համար պետք",
    },
    "ka": {
        "enter": "შეხვიდეთ შესვლა ავტორიზაცი რეგისტრაცი",
        "account": "ანგარიშ",
        "see": "სანახავად წასაკითხად გვერდ",
        "you": "გთხოვთ თქვენ",
        "must": "საჭირო უნდა",
    },
}

LOGINS_UNSPACED: dict[str, dict[str, str]] = {
    "zh": {
        "enter": "登录 登入 登陆 注册 註冊",
        "account": "账号 帳號 密码 密碼",
        "see": "浏览 瀏覽 查看 访问 阅读 閱讀 观看 內容 内容 页面 本页",
        "you": "您 你 请 請",
        "must": "需要 必须 才可以",
    },
    "ja": {
        "enter": "ログイン 会員登録 サインイン",
        "account": "アカウント 会員 パスワード",
        "see": "閲覧 表示 ご覧 見る 続き アクセス ページ",
        "you": "ください 下さい お客様",
        "must": "必要",
    },
    "ko": {
        "enter": "로그인 회원가입",
        "account": "계정 회원 비밀번호",
        "see": "보시려면 보려면 열람 페이지 내용 이용 콘텐츠",
        "you": "해주세요 하십시오 주세요 이용하실 하실수",
        "must": "필요",
    },
}
