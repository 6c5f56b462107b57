"""What stands in the place of a page, or of its rest, and what stands below articles, in our own
words, by language."""

from __future__ import annotations

TOO_OFTEN = {
    "uk": ("Забагато запитів. Спробуйте ще раз через кілька хвилин."),
    "ru": ("Слишком много запросов с вашего IP-адреса. Повторите попытку позже."),
    "ar": "لقد أرسلت عددا كبيرا جدا من الطلبات. يرجى المحاولة لاحقا.",
    "fa": "تعداد درخواست‌های شما بیش از حد مجاز است. لطفاً چند دقیقه دیگر دوباره تلاش کنید.",
    "he": "יותר מדי בקשות מכתובת ה-IP שלך. נסו שוב מאוחר יותר.",
    "tr": "Çok fazla istek gönderdiniz. Lütfen daha sonra tekrar deneyin.",
    "de": "Zu viele Anfragen von Ihrer IP-Adresse. Bitte versuchen Sie es später noch einmal.",
    "fr": "Trop de requêtes depuis votre adresse IP. Veuillez réessayer plus tard.",
    "pl": "Zbyt wiele zapytań z Twojego adresu IP. Spróbuj ponownie później.",
    "zh": "您的请求过于频繁，请稍后再试。",
    "en": (
        "You have exceeded the number of requests allowed. Please slow down and try again later."
    ),
}
"""Of sites that count requests."""

RESTS_SOLD = {
    "uk": (
        "Підтримайте незалежну журналістику: повна "
        "версія статті відкрита для читачів із "
        "передплатою. Вже маєте передплату? Увійдіть"
    ),
    "ru": (
        "Вы прочитали 20% статьи. Остальное — для "
        "платных подписчиков. Подписка от 199 рублей "
        "в месяц."
    ),
    "ar": "لقراءة المقال كاملا يرجى الاشتراك. هل أنت مشترك؟ سجل الدخول",
    "fa": (
        "متن کامل این مطلب فقط برای مشترکان قابل مشاهده است. برای ادامه مطالعه اشتراک تهیه کنید."
    ),
    "he": "כבר מנויים? התחברו. רוצים להמשיך לקרוא? רכשו מינוי ב-4.90 ש״ח לחודש הראשון.",
    "tr": "Bu haberin tamamını okumak için abone olun. Zaten abone misiniz? Giriş yapın.",
    "de": (
        "Sie möchten weiterlesen? Dieser Artikel ist Teil unseres Plus-Angebots. Jetzt "
        "Probeabo für 1 Euro testen. Bereits Abonnent? Hier anmelden"
    ),
    "fr": (
        "Vous avez lu 15 % de cet article. Pour en découvrir la suite, profitez de "
        "notre offre d'abonnement à 1 € le premier mois. Déjà abonné ? "
        "Connectez-vous"
    ),
    "pl": ("To jest fragment tekstu. Cały artykuł przeczytasz po wykupieniu prenumeraty cyfrowej."),
    "zh": "以上为试读内容，购买后可阅读剩余80%的内容。",
    "en": (
        "To read the rest of this article, choose a plan. Digital access from $4 a "
        "month. Cancel anytime."
    ),
    "es": "Para leer el artículo completo, suscríbete. Ya tienes cuenta? 1 euro al mes.",
    "pt": "O resto deste artigo é para quem assina: 2 euros por mês.",
    "it": "Il resto dell'articolo è per chi ha un abbonamento: 1 euro al mese.",
    "ja": "残り1200文字。全文は会員登録で、月額500円の有料プラン。",
    "ko": "전문을 보려면 유료 구독이 필요합니다. 첫 달 1,000원. 이미 회원이세요? 로그인",
}
"""In the place of the rest of an article."""

TO_COMMENT = {
    "uk": ("Щоб залишити коментар, увійдіть або зареєструйтеся."),
    "ru": ("Чтобы оставить комментарий, необходимо авторизоваться."),
    "ar": "يجب تسجيل الدخول لإضافة تعليق.",
    "fa": "برای ارسال نظر باید وارد حساب کاربری خود شوید.",
    "he": "יש להתחבר כדי להגיב.",
    "tr": "Yorum yapmak için giriş yapmalısınız.",
    "de": "Bitte melden Sie sich an, um zu kommentieren.",
    "fr": "Vous devez vous connecter pour laisser un commentaire.",
    "pl": "Musisz się zalogować, aby dodać komentarz.",
    "zh": "请登录后发表评论。",
    "en": "You must be logged in to post a comment.",
}
"""Above the form below an article."""
