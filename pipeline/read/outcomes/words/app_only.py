"""Words of a player or post that is shown in the platform's app and nowhere else, by language.

`app`: the program; `watch`: to look at what was asked for; `only`: nowhere else; `get`: how one is
asked to install or open it. As in `walls`.
"""

from __future__ import annotations

APP_ONLY: dict[str, dict[str, str]] = {
    "en": {
        "app": "app application apps",
        "watch": "watch view viewed watched see seen video clip content post play",
        "only": "only exclusively",
        "get": "open download install get",
    },
    "de": {
        "app": "app anwendung",
        "watch": "ansehen anschauen angesehen video videos beitrag inhalt sehen",
        "only": "nur ausschließlich",
        "get": "öffne lade installier hol herunterladen",
    },
    "fr": {
        "app": "application appli l'application l'appli",
        "watch": "regarder voir visible visionner vidéo contenu",
        "only": "que uniquement seulement",
        "get": "télécharg install ouvr",
    },
    "es": {
        "app": "aplicación app",
        "watch": "ver verse reproducir video vídeo contenido",
        "only": "solo sólo únicamente",
        "get": "descarg instal abre abra",
    },
    "pt": {
        "app": "aplicativo aplicação app",
        "watch": "assistir ver visto vídeo conteúdo",
        "only": "só apenas somente",
        "get": "baix descarreg instal abra",
    },
    "it": {
        "app": "app applicazione",
        "watch": "guardare vedere visibile video contenuto",
        "only": "solo soltanto",
        "get": "scarica installa apri",
    },
    "pl": {
        "app": "aplikacj aplikacja",
        "watch": "obejrz zobacz film wideo odtworz",
        "only": "tylko wyłącznie",
        "get": "pobierz zainstaluj otwórz",
    },
    "ru": {
        "app": "приложени",
        "watch": "посмотр смотр видео просмотр ролик",
        "only": "только лишь",
        "get": "скачайте установите откройте скачать установить открыть",
    },
    "uk": {
        "app": "застосун додат",
        "watch": "перегля подив відео дивит",
        "only": "лише тільки",
        "get": "завантажте встановіть відкрийте",
    },
    "tr": {
        "app": "uygulama",
        "watch": "izle görüntüle video içerik",
        "only": "yalnızca sadece",
        "get": "indirin yükleyin açın indir yükle",
    },
    "id": {
        "app": "aplikasi",
        "watch": "ditonton tonton dilihat video konten",
        "only": "hanya",
        "get": "unduh pasang buka",
    },
    "ar": {
        "app": "تطبيق",
        "watch": "مشاهدة فيديو عرض محتوى",
        "only": "فقط حصريا",
        "get": "حمل حمّل تحميل تنزيل نزل افتح ثبت",
    },
    "fa": {
        "app": "اپلیکیشن اپ برنامه",
        "watch": "تماشا ویدیو ویدئو مشاهده دیدن",
        "only": "فقط تنها",
        "get": "نصب دانلود باز",
    },
    "he": {
        "app": "אפליקציה יישומון",
        "watch": "צפות צפייה סרטון וידאו לראות",
        "only": "רק בלבד",
        "get": "הורידו הורד התקינו פתחו",
    },
}

APP_ONLY_UNSPACED: dict[str, dict[str, str]] = {
    "zh": {
        "app": "app 客户端 客戶端 应用内 應用程式",
        "watch": "观看 觀看 查看 视频 影片",
        "only": "仅支持 僅支援 只能 仅限 请在 請在",
        "get": "下载 下載 打开 打開 安装 安裝",
    },
    "ja": {
        "app": "アプリ",
        "watch": "視聴 動画 ご覧 閲覧",
        "only": "でのみ だけ 限定",
        "get": "ダウンロード インストール 開く",
    },
    "ko": {
        "app": "앱에서 앱을 어플",
        "watch": "시청 동영상 볼수",
        "only": "에서만 전용",
        "get": "설치 다운로드 열기",
    },
    "th": {
        "app": "แอป",
        "watch": "ดู วิดีโอ",
        "only": "เท่านั้น",
        "get": "ดาวน์โหลด ติดตั้ง เปิด",
    },
}
