"""Words of names that are for sale, have run out or have no site yet, by language.

`domain`: what a name is called; `state`: that it is sold, bought, run out, or not linked to anything. As in `walls`.
"""

from __future__ import annotations

PARKING: dict[str, dict[str, str]] = {
    "en": {
        "domain": "domain domainname",
        "state": (
            "sale parked parking buy purchase offer expired renew registered hosting hostinger "
            "godaddy namecheap linked pointing configured acquire lease suspended"
        ),
    },
    "de": {
        "domain": "domain domainname",
        "state": (
            "verkauf kaufen erwerben geparkt abgelaufen registriert angebot hinterlegt "
            "konfiguriert gekündigt mieten"
        ),
    },
    "fr": {
        "domain": "domaine",
        "state": (
            "vente acheter achat acquérir expiré parking enregistré offre réservé renouvel vendre"
        ),
    },
    "es": {
        "domain": "dominio",
        "state": (
            "venta comprar compra caducado expirado aparcado registrado oferta adquirir estacionado"
        ),
    },
    "pt": {
        "domain": "domínio",
        "state": (
            "venda comprar compra expirado expirou estacionado registado registrado proposta "
            "adquirir"
        ),
    },
    "it": {
        "domain": "dominio",
        "state": "vendita acquista acquistare comprare scaduto parcheggiato registrato offerta",
    },
    "nl": {
        "domain": "domein domeinnaam",
        "state": "koop kopen verlopen geparkeerd geregistreerd bod",
    },
    "pl": {
        "domain": "domen",
        "state": (
            "sprzedaż kup kupić wygasł zaparkowan zarejestrowan ofert licytac podłączon utrzymyw"
        ),
    },
    "cs": {
        "domain": "domén",
        "state": (
            "prodej predaj koupit kúpiť expiroval vypršel zaparkovan registrován registrovan "
            "nabídk ponuk"
        ),
    },
    "hu": {
        "domain": "domain domén",
        "state": "eladó megvásárol megvehet lejárt parkol regisztrál ajánlat",
    },
    "ro": {
        "domain": "domeniu",
        "state": "vânzare cumpăr cumpara expirat parcat înregistrat ofert",
    },
    "bg": {
        "domain": "домейн",
        "state": "продава продажба купите изтекъл паркиран регистриран оферта",
    },
    "sr": {
        "domain": "domen домен",
        "state": (
            "prodaj продај kupite купите istekao истекао parkiran паркиран registrovan "
            "регистрован registrirana"
        ),
    },
    "sl": {
        "domain": "domen",
        "state": "naprodaj kupite potekla parkirana registrirana",
    },
    "mk": {
        "domain": "домен",
        "state": "продава продажба купете истечен паркиран регистриран",
    },
    "sq": {
        "domain": "domen",
        "state": "shitje blini skaduar parkuar regjistruar",
    },
    "el": {
        "domain": "domain όνομα-τομέα τομέα",
        "state": "πώληση πωλείται αγορά αγοράστε έληξε κατοχυρω",
    },
    "sv": {
        "domain": "domän domännamn domene domæne",
        "state": (
            "salu köp salg kjøp køb utgått utløpt udløbet parkerad parkert parkeret registrer"
        ),
    },
    "fi": {
        "domain": "verkkotunnu domain",
        "state": "myytävänä osta vanhentu pysäköi rekisteröi",
    },
    "lt": {
        "domain": "domen domēn domeen",
        "state": "parduod pirkti nebegaliojant pārdod pirkt müüa osta aegunud registr",
    },
    "ru": {
        "domain": "домен",
        "state": (
            "прода продаж купить купите истек истёк припарков прилинков зарегистрир регистрац "
            "привязан хостинг делегирован продлит аренд"
        ),
    },
    "uk": {
        "domain": "домен",
        "state": (
            "прода продаж купити купіть закінчив припарков прив'язан зареєстр хостинг делегован "
            "продовж"
        ),
    },
    "be": {
        "domain": "дамен",
        "state": "прада купіць скончыўся прыпаркав зарэгістр",
    },
    "tr": {
        "domain": "domain alan",
        "state": "satılık satın süresi-doldu park kayıtlı teklif kiralık",
    },
    "az": {
        "domain": "domen",
        "state": "satılır satışda alın müddəti qeydiyyat",
    },
    "kk": {
        "domain": "домен",
        "state": "сатылады сатып мерзімі тіркел",
    },
    "hy": {
        "domain": "դոմեն տիրույթ",
        "state": "վաճառվում գնել ժամկետ գրանցված",
    },
    "ka": {
        "domain": "დომენ",
        "state": "იყიდება შეიძინეთ ვადა რეგისტრირ",
    },
    "ar": {
        "domain": "نطاق دومين",
        "state": "للبيع بيع شراء انتهت منتهي محجوز مسجل عرض",
    },
    "fa": {
        "domain": "دامنه",
        "state": "فروش خرید منقضی پارک ثبت پیشنهاد",
    },
    "he": {
        "domain": "דומיין",
        "state": "למכירה מכירה לרכישה רכישה פג רשום הצעה",
    },
    "ur": {
        "domain": "ڈومین",
        "state": "فروخت خرید میعاد رجسٹر",
    },
    "hi": {
        "domain": "डोमेन",
        "state": "बिक्री खरीद समाप्त पंजीकृत",
    },
    "id": {
        "domain": "domain",
        "state": "dijual beli kedaluwarsa kadaluarsa diparkir terdaftar penawaran",
    },
    "vi": {
        "domain": "miền",
        "state": "bán mua hạn đăng",
    },
}

PARKING_UNSPACED: dict[str, dict[str, str]] = {
    "zh": {
        "domain": "域名 網域 网域",
        "state": "出售 购买 購買 过期 過期 停放 注册 註冊 报价 待售 转让",
    },
    "ja": {
        "domain": "ドメイン",
        "state": "販売 売りに 売却 購入 期限切れ 登録 パーキング 取得",
    },
    "ko": {
        "domain": "도메인",
        "state": "판매 매매 구매 구입 만료 등록 파킹 연결",
    },
    "th": {
        "domain": "โดเมน",
        "state": "ขาย ซื้อ หมดอายุ จดทะเบียน",
    },
}
