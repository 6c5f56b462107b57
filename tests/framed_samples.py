"""What stands below a heading in the midst of a site's menus and boxes, and articles that quote
such words, in our own words, by language."""

from __future__ import annotations

LOGINS_ASKED = {
    "en": ("Sign in required", "Registered readers may see this document. Please sign in first."),
    "de": ("Anmeldung erforderlich", "Bitte melden Sie sich an, um diese Seite zu sehen. Passwort"),
    "fr": ("Connexion requise", "Vous devez être connecté pour voir cette page. Mot de passe"),
    "es": ("Inicia sesión", "Debes iniciar sesión para leer este tema. Contraseña"),
    "ru": ("Требуется вход", "Чтобы просмотреть раздел, войдите на сайт. Пароль Регистрация"),
    "uk": ("Потрібен вхід", "Щоб переглянути розділ, увійдіть на сайт. Пароль Реєстрація"),
    "ar": ("يجب تسجيل الدخول لعرض الصفحة", "البريد كلمة المرور إنشاء حساب"),
    "fa": ("برای مشاهده صفحه وارد شوید", "لطفا وارد حساب خود شوید. گذرواژه ثبت نام"),
    "he": ("יש להתחבר כדי לצפות בדף", "אנא התחברו לחשבון. סיסמה הרשמה"),
    "tr": ("Giriş yapmanız gerekiyor", "Bu sayfayı görmek için lütfen oturum açın. Şifre"),
    "zh": ("请登录后查看", "您需要登录才能查看此页面。密码 注册"),
    "ja": ("ログインが必要です", "このページをご覧になるにはログインしてください。パスワード"),
    "ko": ("로그인이 필요합니다", "이 페이지를 보시려면 로그인해 주세요. 비밀번호"),
}

GONE_STORIES = {
    "en": ("This story has expired", "Our partners take their news away after a month."),
    "de": ("Der Beitrag ist nicht mehr verfügbar", "Er wurde vom Sender zurückgezogen."),
    "fr": ("Cette dépêche n'est plus disponible", "L'agence l'a retirée du fil."),
    "es": ("No hemos encontrado lo que buscas", "Vuelve a la portada o usa el buscador."),
    "it": ("Questo articolo non è più disponibile", "Torna alla prima pagina."),
    "nl": ("Dit artikel is niet meer beschikbaar", "Ga terug naar de voorpagina."),
    "pt": ("Este artigo já não está disponível", "Volte à primeira página."),
    "ru": ("Здесь ничего", "Страница, которую вы ищете, переехала или больше не существует."),
    "ar": ("هذا الرابط لم يعد متاحا", "عد إلى الصفحة الأولى."),
    "he": ("הכתבה אינה זמינה עוד", "חזרו לדף הראשי של האתר."),
    "zh": ("该文章已不再提供", "请返回首页继续浏览。"),
    "ja": ("記事の掲載期間を終了しました", "トップページへお戻りください。"),
    "ko": ("기사가 더 이상 제공되지 않습니다", "첫 화면으로 돌아가 주십시오."),
}

QUOTED = {
    "en": (
        "Prove that you are human: a test turns twenty",
        (
            "It began as a paper by four pupils of a school on the river. “Verify that you "
            "are human and not a robot” became the sentence that most people read each "
            "day. Its authors now grow apples, and would rather that it went."
        ),
    ),
    "de": (
        "„Bitte melden Sie sich an“: Pegel hinter einem Passwort",
        (
            "Wer die Pegel der Ilma sehen will, braucht seit Januar Geduld. „Bitte melden "
            "Sie sich an, um diese Seite zu sehen“, steht dort nun über einem leeren Feld. "
            "Ein Verein von Anglern klagt dagegen, das Gericht will im Juni entscheiden."
        ),
    ),
    "fr": (
        "« Page introuvable » : quarante arrêtés effacés",
        (
            "Quarante arrêtés ont disparu du site de la préfecture, et à leur place "
            "s'affiche « page introuvable ». Des avocats y voient une entrave, la "
            "préfecture une panne de passage. Le tribunal a été saisi par trois "
            "associations de riverains."
        ),
    ),
    "uk": (
        "«Сторінку не знайдено»: реєстр зник",
        (
            "Реєстр не працює третій день, а замість записів видно слова «Сторінку не "
            "знайдено». Нотаріуси оформлюють угоди на папері, черги стоять до річки. Копії "
            "цілі, роботу відновлять за тиждень."
        ),
    ),
    "es": (
        "«Contenido exclusivo para suscriptores», la frase que divide a los diarios",
        (
            "La frase «contenido exclusivo para suscriptores» aparece en millones de "
            "pantallas. Ocho de cada diez lectores se van al verla. Los autores del "
            "estudio piden dejar abiertas las noticias del río."
        ),
    ),
    "ko": (
        "‘페이지를 찾을 수 없습니다’ 사라진 보고서",
        (
            "부처 누리집에서 삼 년 치 보고서가 사라졌고 이제 ‘페이지를 찾을 수 없습니다’라는 "
            "문구만 남았다. 강가의 연구자들은 사본을 이미 내려받아 두었다. "
            "부처는 새 서버로 옮기는 중이라고 했다."
        ),
    ),
}

TOLD_AT_LENGTH = {
    "ru": (
        "Каждое утро я открываю нашу речную газету и вижу одно и то же: чтобы читать "
        "дальше, оформите подписку. Мне жаль того, кто узнаёт о пароме из двух абзацев."
    ),
    "en": (
        "Each morning I open the paper of our town and meet the same old line: "
        "subscribe to continue reading. I have never done so, and I pity those who did."
    ),
    "de": (
        "Jeden Morgen schlage ich die Zeitung unserer Stadt auf, und jeden Morgen "
        "heißt es: jetzt weiterlesen. Schade um den, der vom Fluss nur zwei Absätze "
        "erfährt."
    ),
}

FOLLOWED = {
    "tr": "Gelişmelerden haberdar olmak için WhatsApp kanalımızı takip edin.",
    "ko": "카카오톡 채널을 추가하세요.",
    "ja": "最新ニュースはアプリで。ダウンロードはこちら。",
}
"""Of a paper's own channels, in its article."""
