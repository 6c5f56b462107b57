"""Words of lines that admit a change of the text they stand under, by language; see `words`."""

from __future__ import annotations

ADMITTED: dict[str, dict[str, str]] = {
    "en": {
        "thing": "article story text headline version post caption piece page publication",
        "fixed": "correct updat amend clarif fixed revised edited changed modified rectif added",
        "earlier": "earlier previous original initially originally previously before",
        "wrong": (
            "error mistake wrong incorrect misstat misidentif misspell inaccura typo erroneous "
            "regret misreport"
        ),
    },
    "de": {
        "thing": "artikel text beitrag meldung version fassung überschrift bericht",
        "fixed": "korrig berichtig aktualis ergänz geändert präzisier angepasst",
        "earlier": "frühere vorherige ursprünglich zunächst vorige erste",
        "wrong": "fehler falsch irrtüm versehen bitten",
    },
    "fr": {
        "thing": "article texte version titre dépêche publication",
        "fixed": "corrig rectifi modifi précis actualis jour amend",
        "earlier": "précédente antérieure première initialement auparavant",
        "wrong": "erreur erron tort inexact coquille",
    },
    "es": {
        "thing": "artículo texto versión nota noticia titular publicación información",
        "fixed": "corregi rectific actualiz modific aclara",
        "earlier": "anterior previa original inicialmente primera",
        "wrong": "error errón equivoc incorrect errata",
    },
    "pt": {
        "thing": "artigo texto versão notícia título matéria reportagem",
        "fixed": "corrigi retific atualiz modific alterad",
        "earlier": "anterior original inicialmente primeira",
        "wrong": "erro errad incorret equivoc",
    },
    "it": {
        "thing": "articolo testo versione notizia titolo pezzo",
        "fixed": "corrett rettific aggiornat modificat precisa",
        "earlier": "precedente originale inizialmente prima",
        "wrong": "errore errat sbagliat inesatt refuso",
    },
    "nl": {
        "thing": "artikel tekst versie bericht kop stuk",
        "fixed": "gecorrigeerd aangepast bijgewerkt gewijzigd rechtgezet aangevuld",
        "earlier": "eerdere vorige oorspronkelijk aanvankelijk",
        "wrong": "fout onjuist abusievelijk vergissing",
    },
    "pl": {
        "thing": "artykuł tekst tekśc wersj materiał tytuł depesz",
        "fixed": "popraw sprostow zaktualiz aktualiz skoryg zmien uzupełn",
        "earlier": "poprzedni wcześniejsz pierwotn początkowo",
        "wrong": "błąd błęd omyłk nieprawd pomyłk mylnie",
    },
    "cs": {
        "thing": "článek článk text verz titul zpráv",
        "fixed": "oprav aktualiz uprav doplnil upřesn",
        "earlier": "předchozí predchádzajúc původní pôvodn dřívější",
        "wrong": "chyb omyl nesprávn",
    },
    "hu": {
        "thing": "cikk cikkünk szöveg változat cím",
        "fixed": "javított javítottuk helyesbít frissít módosít pontosít",
        "earlier": "korábbi eredeti előző",
        "wrong": "hiba hibás téved tévesen pontatlan",
    },
    "ro": {
        "thing": "articol text versiun știre titlu",
        "fixed": "corect actualizat modificat rectificat completat",
        "earlier": "anterioară precedentă inițial",
        "wrong": "eroare greșeal greșit eronat",
    },
    "bg": {
        "thing": "статия статията текст текстът версия новина заглави",
        "fixed": "поправен коригиран обновен актуализиран променен допълнен",
        "earlier": "предишна предходна първоначалн",
        "wrong": "грешка грешно неточност",
    },
    "sr": {
        "thing": "tekst текст članak чланак verzij верзиј vest вест vijest naslov наслов",
        "fixed": (
            "ispravljen исправљен ažuriran ажуриран dopunjen допуњен izmenjen измењен izmijenjen"
        ),
        "earlier": "prethodn претходн ranij раниј prvobitn првобитн",
        "wrong": "grešk грешк pogrešn погрешн netačn нетачн",
    },
    "el": {
        "thing": "άρθρο κείμενο έκδοση τίτλος είδηση",
        "fixed": "διορθώθηκε ενημερώθηκε τροποποιήθηκε διόρθ",
        "earlier": "προηγούμενη αρχική αρχικά",
        "wrong": "λάθος σφάλμα εσφαλμέν",
    },
    "sv": {
        "thing": "artikel artikeln text texten version versjon rubrik saken",
        "fixed": (
            "rättat rättats uppdaterad uppdaterats korrigerad rettet oppdatert opdateret "
            "korrigeret ändrad endret ændret"
        ),
        "earlier": "tidigare tidligere ursprunglig opprinnelig oprindelig",
        "wrong": "fel feil fejl felaktig",
    },
    "fi": {
        "thing": "juttu juttua artikkeli artikkelia teksti tekstiä versio otsikko uutinen",
        "fixed": "korjattu päivitetty muutettu oikaistu täydennetty",
        "earlier": "aiemmassa aiemmin alkuperäis",
        "wrong": "virhe virheellis väärin",
    },
    "ru": {
        "thing": "стать текст тексте материал новост заметк публикаци верси заголов",
        "fixed": (
            "исправлен исправили обновлен обновлён дополнен изменен изменён уточнен уточнён "
            "скорректир отредактир внесен поправ"
        ),
        "earlier": "предыдущ прежн ранн первоначальн изначальн ранее",
        "wrong": "ошибк ошибочн неверн неточност опечатк некоррект",
    },
    "uk": {
        "thing": "статт текст тексті матеріал новин замітк публікаці верс заголов",
        "fixed": "виправлен виправили оновлен доповнен змінен уточнен скориг відредаг внесен",
        "earlier": "попередн раніш первісн початков",
        "wrong": "помилк помилков невірн неточн хибн",
    },
    "tr": {
        "thing": "haber metin yazı başlık sürüm makale içerik",
        "fixed": "düzeltil güncellen değiştiril düzenlen eklen",
        "earlier": "önceki ilk daha",
        "wrong": "hata yanlış sehven",
    },
    "az": {
        "thing": "xəbər mətn məqalə başlıq",
        "fixed": "düzəldil yenilən dəyişdiril əlavə",
        "earlier": "əvvəlki ilkin",
        "wrong": "səhv yanlış",
    },
    "ar": {
        "thing": "خبر مقال تقرير نص نسخة عنوان مادة",
        "fixed": "تصحيح تعديل تحديث صحح عدل حدث توضيح إضافة",
        "earlier": "سابق سابقة أولى أصلية",
        "wrong": "خطأ خاطئ أخطاء غير-دقيق سهو",
    },
    "fa": {
        "thing": "خبر مطلب مقاله گزارش متن نسخه تیتر عنوان",
        "fixed": "تصحیح اصلاح روزرسانی بروزرسانی ویرایش تکمیل",
        "earlier": "پیشین قبلی اولیه",
        "wrong": "اشتباه خطا نادرست غلط",
    },
    "he": {
        "thing": "כתבה ידיעה טקסט גרסה כותרת פרסום",
        "fixed": "תוקן תוקנה עודכן עודכנה תיקון עדכון שונה",
        "earlier": "קודמת קודם מקורית",
        "wrong": "טעות שגיאה בטעות שגוי",
    },
    "id": {
        "thing": "artikel berita naskah versi judul tulisan",
        "fixed": "dikoreksi diperbarui diperbaiki diralat disunting",
        "earlier": "sebelumnya awal",
        "wrong": "kesalahan keliru salah",
    },
    "hi": {
        "thing": "लेख खबर रिपोर्ट संस्करण शीर्षक",
        "fixed": "सुधार संशोधित अपडेट",
        "earlier": "पहले पिछले मूल",
        "wrong": "गलती त्रुटि गलत",
    },
}

ADMITTED_UNSPACED: dict[str, dict[str, str]] = {
    "zh": {
        "thing": "本文 报道 報道 文章 版本 标题 標題 稿件 新闻",
        "fixed": "更正 修正 更新 修订 修訂 补充 補充 已改",
        "earlier": "先前 早前 此前 之前 原文 初版",
        "wrong": "错误 錯誤 有误 有誤 误写 失实",
    },
    "ja": {
        "thing": "記事 本文 見出し 本稿",
        "fixed": "訂正 修正 更新 追記",
        "earlier": "当初 以前 初出",
        "wrong": "誤り 誤って 間違",
    },
    "ko": {
        "thing": "기사 본문 제목",
        "fixed": "정정 수정 업데이트 바로잡",
        "earlier": "당초 이전 최초",
        "wrong": "오류 잘못 오기",
    },
}
