"""Words of a page that counts requests and had too many, by language.

`many`: too many, too often, more than allowed; `asks`: what was counted; `wait`: to come back
later. As in `walls`.
"""

from __future__ import annotations

RATES: dict[str, dict[str, str]] = {
    "en": {
        "many": "many exceed exceeded limit often quickly fast",
        "asks": "request requests attempts queries traffic visits",
        "wait": "later again slow wait minutes moment",
    },
    "de": {
        "many": "viele häufig überschritten limit",
        "asks": "anfragen anfrage zugriffe aufrufe versuche",
        "wait": "später nochmal erneut noch warten warte minuten",
    },
    "fr": {
        "many": "trop nombreuses dépassé limite",
        "asks": "requête demandes tentatives",
        "wait": "tard réessay patient minutes nouveau",
    },
    "es": {
        "many": "demasiadas demasiados excedido superado límite",
        "asks": "solicitudes peticiones intentos consultas",
        "wait": "tarde nuevo espere espera minutos inténtelo",
    },
    "pt": {
        "many": "demasiados muitos muitas demais excedeu limite",
        "asks": "pedidos solicitações requisições tentativas",
        "wait": "tarde novamente aguarde minutos",
    },
    "it": {
        "many": "troppe troppi superato limite",
        "asks": "richieste tentativi",
        "wait": "tardi riprova attendi minuti nuovo",
    },
    "nl": {
        "many": "veel vaak overschreden limiet",
        "asks": "verzoeken aanvragen pogingen",
        "wait": "later opnieuw wacht minuten",
    },
    "pl": {
        "many": "wiele dużo często przekrocz limit",
        "asks": "zapytań żądań prób",
        "wait": "później ponownie spróbuj zaczekaj odczekaj minut",
    },
    "cs": {
        "many": "mnoho příliš často překroč limit veľa príliš prekroč",
        "asks": "požadavk požiadav pokus dotaz",
        "wait": "později znovu zkuste počkejte neskôr skúste počkajte minut",
    },
    "ro": {
        "many": "multe depășit limita",
        "asks": "cereri solicitări încercări",
        "wait": "târziu încercați așteptați minute",
    },
    "bg": {
        "many": "много надвишен лимит",
        "asks": "заявки опити",
        "wait": "късно отново опитайте изчакайте",
    },
    "sr": {
        "many": "превише previše прекорачен prekoračen",
        "asks": "захтева zahteva zahtjeva покушаја pokušaja",
        "wait": "касније kasnije поново ponovo сачекајте sačekajte pričekajte",
    },
    "ru": {
        "many": "слишком много часто превыс превыш лимит",
        "asks": "запрос обращени попыт",
        "wait": "позже позднее повтори попробуйте подождите минут снова",
    },
    "uk": {
        "many": "забагато занадто багато часто перевищ ліміт",
        "asks": "запит звернен спроб",
        "wait": "пізніше повторіть спробуйте зачекайте хвилин знову",
    },
    "be": {
        "many": "зашмат занадта шмат перавыш",
        "asks": "запыт спроб",
        "wait": "пазней паспрабуйце пачакайце",
    },
    "tr": {
        "many": "fazla sık aştınız aşıldı sınır limit",
        "asks": "istek isteğ deneme talep",
        "wait": "sonra tekrar yavaş bekleyin dakika",
    },
    "az": {
        "many": "çox həddindən limit",
        "asks": "sorğu müraciət",
        "wait": "sonra yenidən gözləyin",
    },
    "ar": {
        "many": "كثيرة كبير كبيرا تجاوز تجاوزت مفرط الحد",
        "asks": "طلبات محاولات",
        "wait": "لاحقا انتظار الانتظار دقائق مجددا",
    },
    "fa": {
        "many": "زیاد حد بیش مجاز",
        "asks": "درخواست درخواست‌ها درخواست‌های تلاش‌های",
        "wait": "بعدا دوباره دیگر صبر دقیقه مجدد",
    },
    "he": {
        "many": "מדי רבות חריגה חרגת מגבלת",
        "asks": "בקשות ניסיונות פניות",
        "wait": "מאוחר שוב המתינו המתן דקות",
    },
    "hi": {
        "many": "अधिक ज़्यादा सीमा",
        "asks": "अनुरोध",
        "wait": "बाद पुनः प्रतीक्षा",
    },
    "id": {
        "many": "banyak melebihi batas",
        "asks": "permintaan percobaan",
        "wait": "nanti lagi tunggu menit",
    },
}

RATES_UNSPACED: dict[str, dict[str, str]] = {
    "zh": {
        "many": "过于频繁 過於頻繁 太频繁 太頻繁 过多 過多 超过限制 超出限制 次数过多",
        "asks": "请求 請求 访问 訪問 操作 查询 查詢",
        "wait": "稍后 稍後 再试 再試 重试 重試 稍候",
    },
    "ja": {
        "many": "多すぎ 超えました 超過 集中",
        "asks": "リクエスト アクセス 要求",
        "wait": "しばらく 後ほど 再度 お待ち",
    },
    "ko": {
        "many": "너무많 초과 과도",
        "asks": "요청 접속 시도",
        "wait": "잠시 나중에 다시",
    },
}
