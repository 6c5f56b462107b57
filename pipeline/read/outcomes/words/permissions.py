"""Words that say that one may not see a page, by language.

`may`: permission, rights, being entitled; `no`: that they are not there; `page`: what they are for.
As in `walls`.
"""

from __future__ import annotations

PERMISSIONS: dict[str, dict[str, str]] = {
    "en": {
        "may": "permission permitted rights privileges authori allowed access entitled",
        "no": "not no don't aren't need without insufficient lack",
        "page": "page site document content view see file resource area section",
    },
    "de": {
        "may": "berechtig berechtigung zugriff zugang befugt",
        "no": "nicht keine kein fehlt fehlende",
        "page": "seite anzusehen dokument inhalt bereich aufzurufen datei",
    },
    "fr": {
        "may": "droits autoris permission accès habilit",
        "no": "pas non n'avez n'êtes aucun",
        "page": "page document contenu consulter accéder voir fichier",
    },
    "es": {
        "may": "permiso autoriz acceso derechos",
        "no": "no sin carece",
        "page": "página documento contenido ver sitio sección",
    },
    "pt": {
        "may": "permiss autoriza acesso direitos",
        "no": "não sem",
        "page": "página documento conteúdo aceder acessar ver",
    },
    "it": {
        "may": "permess autorizz diritti accesso",
        "no": "non senza",
        "page": "pagina documento contenuto vedere visualizzare",
    },
    "nl": {
        "may": "rechten toegang toestemming bevoegd",
        "no": "geen niet",
        "page": "pagina document bekijken inhoud",
    },
    "pl": {
        "may": "uprawnie uprawnień dostęp",
        "no": "nie brak",
        "page": "stron wyświetl dokument treś",
    },
    "cs": {
        "may": "oprávněn oprávnen přístup prístup práv",
        "no": "nemáte nemá",
        "page": "stránk obsah dokument zobraz",
    },
    "hu": {
        "may": "jogosults engedély hozzáférés",
        "no": "nincs nem",
        "page": "oldal tartalom dokumentum megtekint",
    },
    "ro": {
        "may": "permisiun drept acces",
        "no": "nu fără",
        "page": "pagin document conținut vedea vizualiza",
    },
    "bg": {
        "may": "право права достъп разрешени",
        "no": "нямате няма",
        "page": "страниц документ съдържани разглежд",
    },
    "sr": {
        "may": "дозвол приступ право dozvol pristup pravo",
        "no": "немате nemate",
        "page": "страниц садржај документ stranic sadržaj dokument",
    },
    "el": {
        "may": "δικαίωμα πρόσβαση άδεια",
        "no": "δεν",
        "page": "σελίδα έγγραφο περιεχόμενο",
    },
    "sv": {
        "may": "behörighet tillgång adgang tilgang rettighet tillatelse tilladelse",
        "no": "inte ingen ikke saknar",
        "page": "sidan sida innehåll dokument siden indhold",
    },
    "fi": {
        "may": "oikeu oikeutta lupaa",
        "no": "ole ei",
        "page": "sivu sisäl nähdä katsoa",
    },
    "ru": {
        "may": "прав права доступ разрешени",
        "no": "нет недостаточно",
        "page": "страниц документ раздел просмотр материал контент",
    },
    "uk": {
        "may": "прав права доступ дозвол",
        "no": "немає недостатньо",
        "page": "сторінк документ розділ перегляд матеріал вміст",
    },
    "tr": {
        "may": "yetki izin izniniz",
        "no": "yok bulunmuyor değil",
        "page": "sayfa içerik belge görüntüle",
    },
    "ar": {
        "may": "إذن صلاحي تصريح",
        "no": "ليس لا ليست",
        "page": "صفحة محتوى مستند وصول",
    },
    "fa": {
        "may": "مجوز اجازه دسترسی",
        "no": "ندارید نیست",
        "page": "صفحه مطلب محتوا مشاهده",
    },
    "he": {
        "may": "הרשאה הרשאות",
        "no": "אין",
        "page": "דף עמוד תוכן צפות מסמך",
    },
    "hi": {
        "may": "अनुमति अधिकार",
        "no": "नहीं",
        "page": "पृष्ठ पेज सामग्री",
    },
    "id": {
        "may": "izin akses hak",
        "no": "tidak tanpa",
        "page": "halaman konten dokumen laman",
    },
}

PERMISSIONS_UNSPACED: dict[str, dict[str, str]] = {
    "zh": {
        "may": "权限 權限",
        "no": "没有 沒有 无 無",
        "page": "页面 頁面 查看 访问 内容 文档 此页",
    },
    "ja": {
        "may": "権限",
        "no": "ありません ございません",
        "page": "ページ 閲覧 コンテンツ 文書",
    },
    "ko": {
        "may": "권한",
        "no": "없습니다",
        "page": "페이지 콘텐츠 문서",
    },
}
