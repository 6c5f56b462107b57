"""Words of names that are for sale, have run out or have no site yet, by language.

`domain`: what a name is called; `state`: that it is sold, bought, run out, or not linked to
anything; `own`: this one, or the reader's; `who`: whose it is, and for how much. As in `walls`.
"""

from __future__ import annotations

PARKING: dict[str, dict[str, str]] = {
    "en": {
        "domain": "domain domainname",
        "state": (
            "sale parked parking buy purchase offer expired renew registered hosting hostinger "
            "godaddy namecheap linked pointing configured acquire lease suspended auction "
            "connected connect assigned assign"
        ),
        "own": "this your",
        "who": "owner interested registrar price",
    },
    "de": {
        "domain": "domain domainname",
        "state": (
            "verkauf kaufen erwerben geparkt abgelaufen registriert angebot hinterlegt "
            "konfiguriert gekündigt mieten auktion versteiger"
        ),
        "own": "diese dieser dieses ihre",
        "who": "inhaber interesse preis registrar",
    },
    "fr": {
        "domain": "domaine",
        "state": (
            "achet offr vente acheter achat acquérir expiré parking enregistré offre réservé "
            "renouvel vendre"
        ),
        "own": "ce votre",
        "who": "propriétaire prix intéressé",
    },
    "es": {
        "domain": "dominio",
        "state": (
            "compr venta comprar compra caducado expirado aparcado registrado oferta adquirir "
            "estacionado construyendo próximamente"
        ),
        "own": "este su",
        "who": "propietario precio interesa",
    },
    "pt": {
        "domain": "domínio",
        "state": (
            "compr oferta ofert venda comprar compra expirado expirou estacionado registado "
            "registrado proposta adquirir"
        ),
        "own": "este esse seu",
    },
    "it": {
        "domain": "dominio",
        "state": (
            "rinnov compra acquist offert vendita acquista acquistare comprare scaduto "
            "parcheggiato registrato offerta"
        ),
        "own": "questo tuo",
        "who": "proprietario prezzo",
    },
    "nl": {
        "domain": "domein domeinnaam",
        "state": "koop kopen verlopen geparkeerd geregistreerd bod",
        "own": "dit deze uw",
    },
    "pl": {
        "domain": "domen",
        "state": (
            "kup złóż sprzedaż kup kupić kupieni wygasł zaparkowan zarejestrowan ofert licytac "
            "podłączon utrzymyw"
        ),
        "own": "ta tę twoja ten",
        "who": "właściciel cena",
    },
    "cs": {
        "domain": "domén",
        "state": (
            "kupte koup prodej predaj koupit kúpiť expiroval vypršel zaparkovan registrován "
            "registrovan nabídk ponuk"
        ),
        "own": "tato tuto vaše táto",
    },
    "hu": {
        "domain": "domain domén",
        "state": "eladó megvásárol megvehet lejárt parkol regisztrál ajánlat",
        "own": "erre ez ezt",
    },
    "ro": {
        "domain": "domeniu",
        "state": "cumpăra vânzare cumpăr cumpara expirat parcat înregistrat ofert",
        "own": "acest",
    },
    "bg": {
        "domain": "домейн",
        "state": "продава продажба купите изтекъл паркиран регистриран оферта",
        "own": "този ваш",
    },
    "sr": {
        "domain": "domen домен",
        "state": (
            "prodaj продај kupite купите istekao истекао parkiran паркиран registrovan "
            "регистрован registrirana"
        ),
        "own": "ovaj овај vaš ваш",
    },
    "sl": {
        "domain": "domen",
        "state": "naprodaj kupite potekla parkirana registrirana",
        "own": "ta vaša",
    },
    "mk": {
        "domain": "домен",
        "state": "продава продажба купете истечен паркиран регистриран",
        "own": "овој",
    },
    "sq": {
        "domain": "domen",
        "state": "shitje blini skaduar parkuar regjistruar",
        "own": "ky kjo",
    },
    "el": {
        "domain": "domain όνομα-τομέα τομέα",
        "state": "πώληση πωλείται αγορά αγοράστε έληξε κατοχυρω",
        "own": "αυτό σας",
    },
    "sv": {
        "domain": "domän domännamn domene domæne domännamnet",
        "state": (
            "salu köp salg kjøp køb utgått utløpt udløbet parkerad parkert parkeret registrer"
        ),
        "own": "denna den dette denne",
    },
    "fi": {
        "domain": "verkkotunnu domain",
        "state": "myytävänä osta vanhentu pysäköi rekisteröi",
        "own": "tämä",
    },
    "lt": {
        "domain": "domen domēn domeen",
        "state": "parduod pirkti nebegaliojant pārdod pirkt müüa osta aegunud registr",
        "own": "šis šį šo see seda",
    },
    "ru": {
        "domain": "домен",
        "state": (
            "прода продаж купить купите истек истёк припарков прилинков зарегистрир регистрац "
            "привязан хостинг делегирован продлит аренд закончил регистратор освобод аукцион срок"
        ),
        "own": "этот этого ваш владельцу",
        "who": "владел цена цену регистратор",
    },
    "uk": {
        "domain": "домен",
        "state": (
            "прода продаж купити купіть закінчив припарков прив'язан зареєстр хостинг делегован "
            "продовж"
        ),
        "own": "цей цього ваш",
        "who": "власник ціна реєстратор",
    },
    "be": {
        "domain": "дамен",
        "state": "прада купіць скончыўся прыпаркав зарэгістр",
        "own": "гэты",
    },
    "tr": {
        "domain": "domain alan",
        "state": (
            "satılık satın süresi-doldu park kayıtlı teklif kiralık süresi doldu dolmuş yenile"
        ),
        "own": "bu",
        "who": "sahib fiyat",
    },
    "az": {
        "domain": "domen",
        "state": "satılır satışda alın müddəti qeydiyyat",
        "own": "bu",
    },
    "kk": {
        "domain": "домен",
        "state": "сатылады сатып мерзімі тіркел",
        "own": "бұл",
    },
    "hy": {
        "domain": "դոմեն տիրույթ",
        "state": "վաճառվում գնել ժամկետ գրանցված",
        "own": "այս",
    },
    "ka": {
        "domain": "დომენ",
        "state": "იყიდება შეიძინეთ ვადა რეგისტრირ",
        "own": "ეს",
    },
    "ar": {
        "domain": "نطاق دومين",
        "state": "للبيع بيع شراء انتهت منتهي محجوز مسجل عرض",
        "own": "هذا لهذا",
        "who": "مالك سعر",
    },
    "fa": {
        "domain": "دامنه",
        "state": "فروش خرید منقضی پارک ثبت پیشنهاد",
        "own": "این",
        "who": "مالک قیمت",
    },
    "he": {
        "domain": "דומיין",
        "state": "למכירה מכירה לרכישה רכישה פג רשום הצעה",
        "own": "הזה זה",
        "who": "בעל מחיר",
    },
    "ur": {
        "domain": "ڈومین",
        "state": "فروخت خرید میعاد رجسٹر",
        "own": "یہ",
    },
    "hi": {
        "domain": "डोमेन",
        "state": "बिक्री खरीद समाप्त पंजीकृत",
        "own": "यह",
    },
    "id": {
        "domain": "domain",
        "state": "dijual beli kedaluwarsa kadaluarsa diparkir terdaftar penawaran",
        "own": "ini",
    },
    "vi": {
        "domain": "miền",
        "state": "bán mua hạn đăng",
        "own": "này",
    },
}

PARKING_UNSPACED: dict[str, dict[str, str]] = {
    "zh": {
        "domain": "域名 網域 网域",
        "state": "出售 购买 購買 过期 過期 停放 注册 註冊 报价 待售 转让",
        "own": "此域名 该域名 本域名 您的域名 此網域",
    },
    "ja": {
        "domain": "ドメイン",
        "state": "販売 売りに 売却 購入 期限切れ 登録 パーキング 取得",
        "own": "このドメイン お客様のドメイン",
    },
    "ko": {
        "domain": "도메인",
        "state": "판매 매매 구매 구입 만료 등록 파킹 연결",
        "own": "이 도메인",
    },
    "th": {
        "domain": "โดเมน",
        "state": "ขาย ซื้อ หมดอายุ จดทะเบียน",
        "own": "โดเมนนี้",
    },
}
