"""Words of a page's furniture, by language: a line of nothing but these is no text.

`does`: what one can do there, or what the line is for; `filler`: may stand between. Networks and
numbers may stand in a line of any language. A star ends the beginning of a word, as in
`read.outcomes.words.absent`.
"""

from __future__ import annotations

NETWORKS = (
    "facebook twitter x whatsapp telegram viber instagram linkedin pinterest reddit messenger "
    "pocket flipboard threads bluesky mastodon vk ok vkontakte line weibo wechat kakaotalk email "
    "e-mail rss pdf google"
)

BOILERPLATE: dict[str, dict[str, str]] = {
    "en": {
        "does": (
            "share print save listen comment* reply views read copy download tweet bookmark "
            "advertisement advertising sponsored donate support published updated menu"
        ),
        "filler": (
            "friends in this the story article post page link on via or and to a an for our work "
            "us with donation of any size min mins minute minutes time now more leave your my "
            "later all by full audio version here what do you think below join discussion tell"
        ),
    },
    "de": {
        "does": (
            "teilen drucken merken speichern anhören kommentar* lesezeit anzeige* werbung "
            "aufrufe vorlesen kopieren weiterlesen senden hören"
        ),
        "filler": (
            "artikel diesen dieser beitrag seite link auf über oder und per mit minute* min "
            "jetzt zum zur den die das ca alle als audio hier"
        ),
    },
    "fr": {
        "does": (
            "partager imprimer enregistrer écouter commentaire* commenter lecture publicité vues "
            "copier sauvegarder réagir annonce"
        ),
        "filler": (
            "cet article le la l' ce lien sur ou et par de temps min minutes à ajouter mes "
            "favoris un"
        ),
    },
    "es": {
        "does": (
            "compartir comparte imprimir guardar escuchar escucha comentario* comentar lectura "
            "publicidad anuncio copiar vistas visitas"
        ),
        "filler": "este esta el la artículo noticia nota en por o y de tiempo min minutos enlace",
    },
    "pt": {
        "does": (
            "compartilhar compartilhe partilhar partilhe imprimir guardar salvar ouvir ouça "
            "comentário* comentar leitura publicidade anúncio copiar visualizações"
        ),
        "filler": (
            "este esta o a artigo notícia matéria no na em por ou e de tempo min minutos link"
        ),
    },
    "it": {
        "does": (
            "condividi condividere stampa salva ascolta comment* lettura pubblicità copia "
            "visualizzazioni"
        ),
        "filler": "questo l' articolo su o e di tempo min minuti link il la",
    },
    "nl": {
        "does": (
            "deel delen print bewaar luister reactie* reageer leestijd advertentie kopieer "
            "weergaven"
        ),
        "filler": "dit artikel op via of en min minuten link naar het de",
    },
    "pl": {
        "does": (
            "udostępnij drukuj zapisz posłuchaj komentarz* skomentuj reklama kopiuj wyświetleń "
            "odsłon czytania podziel"
        ),
        "filler": "ten artykuł artykułu na lub i czas min minuty minut link się do",
    },
    "cs": {
        "does": (
            "sdílet zdieľať tisknout uložit poslechnout komentář* diskuse diskuze reklama inzerce "
            "kopírovat zobrazení čtení čítania"
        ),
        "filler": "tento článek článok na nebo a doba min minut minuty odkaz",
    },
    "hu": {
        "does": "megosztás megosztom nyomtatás mentés hallgasd hozzászólás* hirdetés másolás",
        "filler": "cikk a az ezt olvasási idő perc link és vagy on",
    },
    "ro": {
        "does": (
            "distribuie printează salvează ascultă comentari* publicitate reclamă copiază "
            "vizualizări citire"
        ),
        "filler": "acest articol articolul pe sau și timp de min minute link",
    },
    "bg": {
        "does": "сподели споделете принтирай запази чуй коментар* реклама копирай прочитания",
        "filler": "тази статия статията във в и или време за четене мин минути линк",
    },
    "sr": {
        "does": (
            "подели поделите штампај сачувај коментар* реклама огласи podeli podijeli štampaj "
            "sačuvaj komentar* reklama oglas pregleda прегледа"
        ),
        "filler": (
            "овај чланак на или и време читања мин линк ovaj članak na ili i vreme čitanja min "
            "link vijest vest вест"
        ),
    },
    "el": {
        "does": (
            "κοινοποίηση κοινοποιήστε μοιραστείτε εκτύπωση αποθήκευση ακούστε σχόλι* διαφήμιση "
            "αντιγραφή προβολές"
        ),
        "filler": "το άρθρο στο στη ή και χρόνος ανάγνωσης λεπτά λεπτό σύνδεσμος αυτό",
    },
    "sv": {
        "does": (
            "dela del skriv spara lyssna kommentar* annons annonse annonce kopiera visningar "
            "lästid utskrift"
        ),
        "filler": (
            "artikeln artikel artikkelen på via eller och og ut min minuter minutter länk den"
        ),
    },
    "fi": {
        "does": "jaa tulosta tallenna kuuntele kommentti* kommentit mainos kopioi lukuaika",
        "filler": "artikkeli juttu tämä tai ja min minuuttia linkki",
    },
    "ru": {
        "does": (
            "поделиться поделитесь распечатать печать сохранить слушать послушать комментари* "
            "комментировать реклама просмотр* чтения скопировать поддержите поддержать "
            "опубликовано обновлено"
        ),
        "filler": (
            "статью статья новость материал эту в на через или и время мин минут минуты ссылку "
            "редакцию нас перевод любой суммы вконтакте одноклассники во"
        ),
    },
    "uk": {
        "does": (
            "поділитися поділіться роздрукувати друк зберегти слухати послухати коментар* "
            "коментувати реклама перегляд* читання скопіювати підтримайте підтримати опубліковано "
            "оновлено"
        ),
        "filler": (
            "статтю стаття новину матеріал цю в у на через або і та час хв хвилин хвилини "
            "посилання редакцію нас донатом"
        ),
    },
    "tr": {
        "does": "paylaş yazdır kaydet dinle yorum* reklam kopyala görüntülenme okunma okuma",
        "filler": "bu haberi haber yazıyı ta te da de ile veya ve süresi dk dakika bağlantıyı",
    },
    "ar": {
        "does": "شارك مشاركة طباعة حفظ استمع تعليق* تعليقات إعلان مشاهد* نسخ ادعم القراءة",
        "filler": "هذا المقال الخبر على عبر أو و الرابط وقت مدة دقيقة دقائق عملنا بتبرع في",
    },
    "fa": {
        "does": "اشتراک گذاری اشتراکگذاری چاپ ذخیره بشنوید دیدگاه نظر نظرات تبلیغات بازدید کپی",
        "filler": "این خبر مطلب در با یا و لینک زمان مطالعه دقیقه را",
    },
    "he": {
        "does": "שתפו שתף שיתוף הדפסה הדפס שמור האזינו תגוב* פרסומת צפיות העתק קריאה תגובה",
        "filler": "את הכתבה כתבה זו ב או ו קישור זמן דקות דקה בפייסבוק בטוויטר בטלגרם בוואטסאפ",
    },
    "id": {
        "does": "bagikan cetak simpan dengarkan komentar iklan salin dilihat baca",
        "filler": "artikel berita ini di ke lewat atau dan waktu menit tautan",
    },
    "vi": {
        "does": "chia sẻ in lưu nghe bình luận quảng cáo lượt xem",
        "filler": "bài viết này trên qua hoặc và thời gian đọc phút liên kết",
    },
    "hi": {
        "does": "शेयर साझा टिप्पणी* टिप्पणियाँ टिप्पणियां विज्ञापन सुनें पढ़ने प्रिंट",
        "filler": "करें इस यह खबर लेख को पर समय का मिनट या और",
    },
    "ka": {
        "does": "გაზიარება გააზიარე კომენტარ* რეკლამა მოსმენა ბეჭდვა ნახვა",
        "filler": "სტატია სტატიის და ან დრო წაკითხვის წუთი",
    },
    "hy": {
        "does": "կիսվել տարածել մեկնաբանություն* գովազդ լսել տպել դիտում*",
        "filler": "հոդվածը նյութը և կամ ընթերցման ժամանակը րոպե",
    },
    "kk": {
        "does": "бөлісу пікір* жарнама тыңдау басып қаралым*",
        "filler": "мақаланы материалды және немесе оқу уақыты минут шығару",
    },
    "az": {
        "does": "paylaş şərh* reklam dinlə çap baxış*",
        "filler": "bu xəbəri məqaləni və ya oxuma müddəti dəqiqə",
    },
    "be": {
        "does": "падзяліцца каментар* рэклама слухаць друк прагляд*",
        "filler": "артыкул навіну у на праз і або час чытання хв",
    },
}

BOILERPLATE_UNSPACED: dict[str, dict[str, str]] = {
    "zh": {
        "does": (
            "分享 转发 轉發 打印 列印 收藏 收听 聆听 评论 評論 留言 广告 廣告 阅读 閱讀 点击 "
            "浏览量 阅读量 点赞 小时前 分钟前 天前"
        ),
        "filler": (
            "到 至 本文 文章 条 條 次 人 微信 微博 朋友圈 新浪 和 或 时间 分钟 约 数 量 复制 链接"
        ),
    },
    "ja": {
        "does": "シェア ツイート 印刷 保存 聞く コメント 広告 視聴 閲覧 いいね pr",
        "filler": "この 記事 を する で 件 回 する を 数 分 で読めます リンク コピー",
    },
    "ko": {
        "does": "공유 인쇄 저장 듣기 댓글 광고 조회수 조회 좋아요 스크랩",
        "filler": "하기 기사 이 으로 로 페이스북 트위터 카카오톡 개 회 url 복사",
    },
    "th": {
        "does": "แชร์ พิมพ์ บันทึก ฟัง ความคิดเห็น โฆษณา ยอดวิว",
        "filler": "ข่าว นี้ ไปยัง บทความ ครั้ง",
    },
}
