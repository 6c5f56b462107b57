"""Words of what a host of sites shows where a site was: its account is halted, or nobody has put
one there, by language.

`keeper`: who hosts, and with what; `site`: what is hosted; `halted`: no longer, or not now;
`first`: what stands on a server from the beginning; `owner`: whom to turn to. As in `walls`.
"""

from __future__ import annotations

HOSTING: dict[str, dict[str, str]] = {
    "en": {
        "keeper": (
            "hosting host plesk cpanel directadmin ispmanager ispconfig webmin nginx apache "
            "lighttpd litespeed installation software caddy tomcat openlitespeed wix squarespace "
            "free system panel wordpress blogger terms"
        ),
        "site": "account site website page webspace domain server index blog",
        "halted": (
            "suspend disabl deactivat terminat unavailable blocked stopped expired inactiv archived"
        ),
        "first": (
            "default placeholder test generated installed installation congratulations "
            "successfully automatically working index mapped claimed verified unclaimed"
        ),
        "owner": (
            "owner contact support administrator billing information click unpaid bill accordance"
        ),
    },
    "de": {
        "keeper": (
            "hosting hoster provider webhosting hosting-anbieter anbieter apache nginx plesk "
            "webserver"
        ),
        "site": "konto account webseite website webpräsenz internetpräsenz seite domain server",
        "halted": "gesperrt deaktiviert stillgelegt abgeschaltet suspendiert",
        "first": (
            "standardseite platzhalter testseite eingerichtet standard freigeschaltet erfolgreich"
        ),
        "owner": "wenden kontakt inhaber support betreiber bitte",
    },
    "fr": {
        "keeper": "hébergeur hébergement plesk apache nginx hébergé ovh",
        "site": "compte site page domaine serveur nom",
        "halted": "suspendu désactivé bloqué fermé",
        "first": "défaut installé provisoire automatiquement construction encore",
        "owner": "contact propriétaire veuillez",
    },
    "es": {
        "keeper": "alojamiento hosting hospedaje plesk apache nginx",
        "site": "cuenta sitio página web dominio servidor",
        "halted": "suspend desactivad bloquead deshabilitad",
        "first": "predeterminada defecto instalad prueba",
        "owner": "póngase contacto propietario comuní",
    },
    "pt": {
        "keeper": "hospedagem alojamento hosting",
        "site": "conta site página domínio servidor",
        "halted": "suspens desativad bloquead",
        "first": "padrão instalad teste",
        "owner": "contat contact fornecedor proprietário",
    },
    "it": {
        "keeper": "hosting provider ospita",
        "site": "account sito pagina dominio server",
        "halted": "sospes disattivat bloccat",
        "first": "predefinit installat prova",
        "owner": "contatta proprietario",
    },
    "nl": {
        "keeper": "hosting hostingprovider provider webhost",
        "site": "account site website pagina domein server",
        "halted": "opgeschort geblokkeerd uitgeschakeld",
        "first": "standaardpagina geïnstalleerd",
        "owner": "contact eigenaar",
    },
    "pl": {
        "keeper": "hosting hostingu hostingow",
        "site": "konto konta stron witryn serwis domen serwer",
        "halted": "zawieszon zablokowan wyłączon",
        "first": "domyśln testow zainstalowan",
        "owner": "skontaktuj właściciel dostawc",
    },
    "cs": {
        "keeper": "hosting webhosting poskytovatel",
        "site": "účet web stránk domén",
        "halted": "pozastaven zablokov deaktivov",
        "first": "výchozí predvolen testovac",
        "owner": "kontaktujte majitel provozovatel",
    },
    "ru": {
        "keeper": (
            "хостинг хостер провайдер ispmanager панел сервер хостингом система управления системой"
        ),
        "site": "сайт аккаунт домен страниц учётн учетн",
        "halted": "приостановлен заблокирован отключен отключён деактивир неуплат",
        "first": (
            "стандартн заглушк создан прилинкован установлен умолчанию привязан добавлен только "
            "автоматически сформирован"
        ),
        "owner": "владел обратит поддержк администратор свяжитесь неуплату оплат",
    },
    "uk": {
        "keeper": "хостинг хостер провайдер панел сервер",
        "site": "сайт акаунт домен сторінк обліков",
        "halted": "призупинен заблокован вимкнен деактив несплат",
        "first": "стандартн заглушк створен встановлен замовчуванням",
        "owner": "власник зверн підтримк адміністратор зв'яжіться",
    },
    "tr": {
        "keeper": "barındırma hosting sunucu",
        "site": "hesap hesab site sayfa alan web",
        "halted": "askıya kapatıl durdurul devre",
        "first": "varsayılan kurulum test",
        "owner": "sahib iletişime sağlayıcı lütfen",
    },
    "ar": {
        "keeper": "استضافة خادم سيرفر",
        "site": "حساب موقع صفحة",
        "halted": "إيقاف موقوف تعليق معلق معطل تعطيل",
        "first": "افتراضي تجريبي تثبيت",
        "owner": "الاتصال مزود مالك يرجى",
    },
    "fa": {
        "keeper": "هاست هاستینگ میزبان سرور",
        "site": "حساب سایت وبسایت وب‌سایت صفحه",
        "halted": "مسدود معلق تعلیق غیرفعال",
        "first": "پیشفرض پیش‌فرض نصب",
        "owner": "تماس پشتیبانی مالک مدیر",
    },
    "he": {
        "keeper": "אחסון שרת",
        "site": "חשבון אתר עמוד דף",
        "halted": "הושעה מושעה מושהה הושהה נחסם מושבת",
        "first": "ברירת התקנה",
        "owner": "פנו פנה ספק בעל צרו",
    },
    "ro": {
        "keeper": "găzduire hosting",
        "site": "cont contul site pagin domeniu",
        "halted": "suspendat dezactivat blocat",
        "first": "implicit",
        "owner": "contactați furnizor proprietar",
    },
    "bg": {
        "keeper": "хостинг доставчик",
        "site": "акаунт сайт страниц",
        "halted": "спрян блокиран",
        "first": "подразбиране",
        "owner": "свържете собственик вашия",
    },
    "el": {
        "keeper": "φιλοξενί πάροχο",
        "site": "λογαριασμ ιστότοπ σελίδα",
        "halted": "ανασταλ αναστολή απενεργοποι",
        "first": "προεπιλ",
        "owner": "επικοινων ιδιοκτήτ",
    },
    "hu": {
        "keeper": "tárhely tárhelyszolgáltató szolgáltató",
        "site": "fiók oldal tárhely webhely",
        "halted": "felfüggeszt letilt",
        "first": "alapértelmezett",
        "owner": "kapcsolat kérjük tulajdonos",
    },
    "sr": {
        "keeper": "хостинг провајдер hosting provajder",
        "site": "налог сајт страниц nalog sajt stranic",
        "halted": "суспендован обустављен suspendovan obustavljen",
        "first": "подразумеван podrazumevan",
        "owner": "контактирајте власник kontaktirajte vlasnik",
    },
    "sv": {
        "keeper": "webbhotell webhotell hosting",
        "site": "konto kontot webbplats sida",
        "halted": "avstängd stängts avstängt suspendert",
        "first": "standardsida",
        "owner": "kontakta ägare kontakt",
    },
    "id": {
        "keeper": "hosting penyedia",
        "site": "akun situs halaman",
        "halted": "ditangguhkan dinonaktifkan",
        "first": "bawaan",
        "owner": "hubungi pemilik silakan",
    },
    "kk": {
        "keeper": "хостинг",
        "site": "аккаунт сайт",
        "halted": "тоқтатыл бұғатталды",
        "first": "әдепкі",
        "owner": "хабарласыңыз",
    },
}

HOSTING_UNSPACED: dict[str, dict[str, str]] = {
    "zh": {
        "keeper": "主机 主機 空间商 服务商 服務商 服务器 伺服器 系统",
        "site": "网站 網站 站点 站點 账户 帳戶 页面",
        "halted": "暂停 暫停 停用 关闭 關閉 已被停",
        "first": "默认 預設 安装成功 创建成功 自动生成",
        "owner": "联系 聯繫 管理员",
    },
    "ja": {
        "keeper": "ホスティング サーバー レンタルサーバ",
        "site": "アカウント サイト ページ ドメイン",
        "halted": "停止 凍結 無効",
        "first": "初期 デフォルト 設置されて",
        "owner": "お問い合わせ 管理者",
    },
    "ko": {
        "keeper": "호스팅",
        "site": "계정 사이트 홈페이지",
        "halted": "정지되었 정지됨 중지되었 정지됐",
        "first": "기본",
        "owner": "문의 관리자",
    },
}
