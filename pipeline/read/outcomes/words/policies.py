"""What a site calls the page on which it says what it does with data and cookies, by language, and
how such a page explains what a cookie is.

It has all the words of a consent page, and keeps nobody from reading. As in `offers`: patterns.
"""

from __future__ import annotations

POLICIES: dict[str, tuple[str, ...]] = {
    "en": (
        (r"(?:website |our |the )?(?:privacy|cookies?|data(?: protection)?)(?: (?:and|&) "
        r"(?:privacy|cookies?))? (?:policy|notice|statement|declaration)"),
        r"terms (?:of (?:use|service)|(?:and|&) conditions)|imprint",
    ),
    "de": (
        r"datenschutz(?:erklärung|hinweise?|bestimmungen|richtlinien?)|cookie-?richtlinien?",
        r"impressum(?: und datenschutz)?|hinweise? zum datenschutz",
    ),
    "fr": (
        r"politique (?:de|sur) (?:confidentialité|protection des données.{0,20}|(?:les )?cookies)",
        r"mentions légales|charte (?:des )?cookies",
    ),
    "es": (r"política de (?:privacidad|cookies|protección de datos)|aviso legal",),
    "pt": (r"política de (?:privacidade|cookies)|aviso de privacidade|termos de uso",),
    "it": (r"(?:informativa|politica) (?:sulla|sui) (?:privacy|cookie)|note legali",),
    "nl": (r"privacy(?:beleid|verklaring|statement)|cookie(?:beleid|verklaring)",),
    "pl": (
        r"polityka (?:prywatności|(?:plików )?cookies?)(?: i .{1,30})?",
        r"(?:klauzula|obowiązek) informacyjn[ay]|regulamin(?: serwisu)?",
    ),
    "cs": (r"(?:zásady )?ochran[ay] (?:osobních údajů|súkromia|soukromí)|zásady .{0,10}cookies",),
    "hu": (r"adat(?:védelmi|kezelési) (?:tájékoztató|nyilatkozat|szabályzat)",),
    "ro": (r"politica de (?:confidențialitate|cookie-?uri|cookies)",),
    "ru": (
        r"политика (?:конфиденциальности|(?:в отношении )?обработки .{0,30}данных|.{0,20}cookies?)",
        r"пользовательское соглашение",
    ),
    "uk": (
        r"політика (?:конфіденційності|приватності|.{0,20}cookies?|обробки .{0,30}даних)",
        r"угода користувача",
    ),
    "be": (r"палітыка (?:прыватнасці|канфідэнцыяльнасці)",),
    "tr": (
        r"(?:gizlilik|çerez) (?:politikası|bildirimi|sözleşmesi)|(?:kvkk )?aydınlatma metni",
        r"kişisel verilerin (?:korunması|işlenmesi).{0,30}",
    ),
    "ar": (r"(?:سياسة|بيان|إشعار) (?:ال)?(?:خصوصية|ملفات (?:تعريف )?(?:ال)?ارتباط|كوكيز)",),
    "fa": (r"(?:سیاست‌?\ ?(?:های)?|بیانیه|قوانین)? ?حریم خصوصی|سیاست کوکی‌?(?:ها)?",),
    "he": (r"(?:מדיניות|הצהרת) (?:ה)?(?:פרטיות|עוגיות|קובצי cookie)|תקנון(?: האתר)?",),
    "zh": (r"(?:隐私|隱私|cookie)\s?(?:政策|声明|聲明|条款|條款|权政策|權政策)|使用条款",),
    "ja": (r"(?:プライバシー|クッキー|cookie\s?)(?:ポリシー|について)",
           r"個人情報(?:保護方針|の取り扱い)"),
    "ko": (r"개인정보\s?(?:처리방침|보호정책|취급방침)|쿠키\s?정책|이용약관",),
    "id": (r"kebijakan (?:privasi|cookie)",),
}  # fmt: skip
"""A whole title, or a whole part of one, that no page has which asks for consent."""

COOKIES_TITLES = (
    r"(?:about |use of |our )?cookies|datenschutz|verwendung von cookies|données personnelles"
    r"|(?:gestion|utilisation) (?:des )?cookies|uso de cookies|pliki cookies?|rodo"
    r"|ochrona danych osobowych"
    r"|(?:использование|об использовании )?(?: ?файл(?:ы|ов) )?(?:cookies?|куки)"
    r"|(?:використання|про використання )?(?: ?файл(?:и|ів) )?(?:cookies?|куки)|çerezler"
    r"|обработка персональных данных|обробка персональних даних"
)
"""Titles of such pages that a page has, too, which asks for consent: with a button to agree."""

ADDRESSES = (
    r"(?:(?:website|our|the|legal)-)?(?:privacy|cookies?|data-?protection|datenschutz\w*|confidentialite"
    r"|privacidad|privacidade|prywatnosc\w*|polityka-prywatnosci|gizlilik|cerez|kvkk|konfidencialnost"
    r"|politika-konfi\w+|privatnist|rodo)(?:[-_]?(?:policy|notice|statement|politikasi|erklaerung))?"
    r"(?:\.\w{2,5})?"
)
"""The last part of the address that was asked for."""

EXPLAINED = (
    r"(?:small|tiny|little) (?:text )?(?:files?|pieces? of data)|kleine (?:text)?datei(?:en)?"
    r"|petits? fichiers?|pequeños? (?:archivos?|ficheros?)|pequenos? (?:ficheiros?|arquivos?)"
    r"|piccol[io] file|kleine (?:tekst)?bestand(?:en|je)?|niewielki[em]? plik|mał[ey] pliki?"
    r"|небольш(?:ой|ие) (?:текстов\w+ )?файл|невеликий? (?:текстов\w+ )?файл|невеликі файли"
    r"|küçük (?:metin )?dosya|ملفات? (?:نصية )?صغيرة?|ملف صغير|فایل‌?(?:های)? (?:متنی )?کوچک"
    r"|קבצי(?:ם)? (?:טקסט )?קטנים|קובץ (?:טקסט )?קטן|小型?(?:文本)?文件|小さな(?:テキスト)?ファイル"
    r"|작은 (?:텍스트 )?파일"
)
"""What a cookie is, as only a page on cookies says it."""
