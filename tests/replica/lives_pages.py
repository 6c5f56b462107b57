"""What stands at the addresses of `lives`: a page for each state, in the language of its site."""

from __future__ import annotations

import html as escaping
from functools import lru_cache
from typing import TYPE_CHECKING

from tests.replica.messages import (
    Reply,
    Request,
    as_json,
    html,
    not_found,
    redirect,
    with_validators,
)
from tests.replica.platforms import ACCOUNTS
from tests.replica.prose import LANGUAGES, Language, rng_for, split
from tests.replica.templating import render

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.replica.lives import Life

# What such sites say instead of a page: title, text.
NOT_FOUND = {
    "en": ("Page not found", "Sorry, the page you are looking for could not be found."),
    "ru": ("Страница не найдена",
        "К сожалению, запрашиваемая страница не найдена. Возможно, она была удалена."),
    "uk": ("Сторінку не знайдено", "На жаль, такої сторінки не існує або її було видалено."),
    "ar": ("الصفحة غير موجودة", "عذراً، الصفحة التي تبحث عنها غير موجودة."),
    "fa": ("صفحه مورد نظر یافت نشد", "صفحه مورد نظر شما یافت نشد یا حذف شده است."),
    "he": ("הדף לא נמצא", "הדף שחיפשת לא נמצא. ייתכן שהוסר מהאתר."),
    "tr": ("Sayfa bulunamadı", "Aradığınız sayfa bulunamadı veya yayından kaldırılmış olabilir."),
    "fr": ("Page introuvable", "La page que vous recherchez n'existe plus ou a été déplacée."),
}  # fmt: skip
BACK_SOON = {
    "en": ("Site under maintenance",
        "We are carrying out scheduled maintenance. We will be back soon."),
    "ru": ("Технические работы", "На сайте ведутся технические работы. Мы скоро вернёмся."),
    "uk": ("Технічні роботи", "На сайті проводяться технічні роботи. Ми скоро повернемося."),
    "ar": ("الموقع تحت الصيانة", "الموقع تحت الصيانة حالياً وسنعود قريباً."),
    "fa": ("سایت در دست تعمیر است", "سایت در حال به‌روزرسانی است و به زودی باز می‌گردیم."),
    "he": ("האתר בתחזוקה", "האתר נמצא כעת בתחזוקה. נחזור בקרוב."),
    "tr": ("Site bakımda", "Sitemizde bakım çalışması yapılmaktadır. Yakında geri döneceğiz."),
    "fr": ("Site en maintenance", "Le site est en maintenance. Nous serons bientôt de retour."),
}  # fmt: skip
SUBSCRIBE = {
    "en": "This article is for subscribers only. Subscribe to continue reading.",
    "ru": "Полный текст доступен только по подписке.",
    "uk": "Повний текст доступний лише за передплатою.",
    "ar": "هذا المقال للمشتركين فقط.",
    "fa": "متن کامل ویژه مشترکان است.",
    "he": "הכתבה המלאה למנויים בלבד.",
    "tr": "Bu haberin tamamı abonelere özel.",
    "fr": "Cet article est réservé aux abonnés.",
}
CORRECTION = {
    "en": "Correction: an earlier version of this article named another day.",
    "ru": "Исправлено: в первой версии статьи был назван другой день.",
    "uk": "Виправлено: у першій версії статті було названо інший день.",
    "ar": "تصحيح: ذكرت نسخة سابقة من المقال يوماً آخر.",
    "fa": "اصلاحیه: در نسخه پیشین این خبر روز دیگری آمده بود.",
    "he": "תיקון: בגרסה קודמת של הכתבה צוין יום אחר.",
    "tr": "Düzeltme: Haberin önceki sürümünde başka bir gün yazıyordu.",
    "fr": "Correctif : une version antérieure de cet article citait un autre jour.",
}
GAMES = Language(
    "en",
    "{when} {who} {what}, {where}; {said}.",
    split(
        "Lucky players|Beginners|Regular members|Late visitors|Card lovers|Weekend "
        "guests|Champions|Newcomers"
    ),
    split(
        "claim your welcome bonus|free spins await|deposit now|play responsibly|jackpots grow "
        "hourly|terms apply"
    ),
    split(
        "across seventy slots|around velvet roulette tables|inside our online lounge|among poker "
        "rooms|beside blackjack dealers"
    ),
    split(
        "won # golden coins|doubled # tokens|spun # wheels|collected # diamonds|unlocked # secret "
        "levels|beat # dealers"
    ),
    split("Tonight|Every evening|Since launch|After midnight|During happy hour|All season"),
)
"""What is written about other things: not a word of the news."""


def title(life: Life) -> str:
    """Of the page as cited."""
    return LANGUAGES[life.language].headline(rng_for(f"{life.name} title"))


def paragraphs(seed: str, language: str, count: int = 6) -> tuple[str, ...]:
    """Text of a page."""
    return LANGUAGES[language].paragraphs(rng_for(seed), count)


@lru_cache(maxsize=1024)
def _article(language: str, heading: str, text: tuple[str, ...], head: str, foot: str) -> str:
    page = render("simple.html", title=heading, paragraphs=text, head=head)
    rtl = ' dir="rtl"' if LANGUAGES[language].rtl else ""
    page = page.replace('<html lang="en">', f'<html lang="{language}"{rtl}>')
    return page.replace("</main>", f"</main><footer>{foot}</footer>")


def article(
    life: Life, request: Request, text: tuple[str, ...] | None = None, heading: str | None = None
) -> Reply:
    """An article with validators."""
    text = paragraphs(life.name, life.language) if text is None else text
    page = _article(life.language, heading or title(life), text, "", "")
    return with_validators(html(page), request, life.published)


def _frame(life: Life, request: Request) -> Reply:
    head = f'<meta name="csrf-token" content="{request.nth}-{request.at:%d%H}">'
    foot = f"<p>{request.at:%d.%m.%Y}</p><p>{1000 + 7 * request.nth} views</p>"
    text = paragraphs(life.name, life.language)
    return html(_article(life.language, title(life), text, head, foot))


def _one_word(life: Life) -> tuple[str, ...]:
    """The text with another word in it: the day, or a number."""
    language = LANGUAGES[life.language]
    first, *rest = paragraphs(life.name, life.language)
    for day in language.when:
        if day in first:
            return (first.replace(day, next(d for d in language.when if d != day), 1), *rest)
    raise AssertionError(f"{life.name}: no day in its first paragraph")


def _corrected(life: Life, request: Request) -> Reply:
    return article(life, request, (*_one_word(life), CORRECTION[life.language]))


def _substantial(life: Life, request: Request) -> Reply:
    text = paragraphs(life.name, life.language)
    return article(life, request, (*text[:3], *paragraphs(f"{life.name} other", life.language, 3)))


def _replaced(life: Life, request: Request) -> Reply:
    heading = LANGUAGES[life.language].headline(rng_for(f"{life.name} another title"))
    return article(life, request, paragraphs(f"{life.name} another", life.language), heading)


def _off_topic(life: Life, request: Request) -> Reply:
    text = GAMES.paragraphs(rng_for(f"{life.name} games"), 6)
    return article(life, request, text, "Seventy slots, one lucky night")


def status(code: int, *headers: tuple[str, str]) -> Callable[[Life, Request], Reply]:
    """A page of that status and hardly a word."""
    page = f"<html><head><title>{code}</title></head><body><h1>{code}</h1></body></html>"
    return lambda _life, _request: html(page, code, headers=headers)


def soft_404(life: Life, request: Request) -> Reply:
    """The site's way to say that there is no such page: by `life.soft`, the same for every address
    that never was."""
    heading, words = NOT_FOUND[life.language]
    if life.soft == "soft-404-title":
        return html(_article(life.language, heading, (words,), "", ""))
    if life.soft == "soft-404-text":
        return html(_article(life.language, "The Ilma Gazette", (words,), "", ""))
    if life.soft == "soft-sibling":
        text = paragraphs(f"front of {life.host} in {request.at:%Y-%W}", life.language, 3)
        return html(_article(life.language, "The Ilma Gazette", text, "", ""))
    return not_found()


def _to(path: str) -> Callable[[Life, Request], Reply]:
    return lambda life, _request: redirect(f"https://{life.host}{path}", 302)


def new_path(life: Life) -> str:
    """Where it stands under a new slug."""
    return (
        life.url.split("/", 3)[3].replace("world/", "/news/2026-03-").replace("what-the", "how-the")
    )


def new_host(life: Life) -> str:
    """The site's new name."""
    name, _, end = life.host.rpartition(".")
    return f"{name}-today.{end}"


def _new_host(life: Life, _request: Request) -> Reply:
    return redirect(f"https://{new_host(life)}/{life.url.split('/', 3)[3]}", 301)


def _paywall(life: Life, _request: Request) -> Reply:
    first = paragraphs(life.name, life.language)[0]
    words = SUBSCRIBE[life.language]
    ld = '<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","isAccessibleForFree":false}</script>'
    return html(_article(life.language, title(life), (first, words), ld, ""))


def back_soon(life: Life) -> Reply:
    """A whole site's notice."""
    heading, words = BACK_SOON[life.language]
    return html(_article(life.language, heading, (words,), "", ""))


def casino() -> Reply:
    """What a name registered anew shows at every address."""
    text = GAMES.paragraphs(rng_for("new owner"), 5)
    return html(_article("en", "Golden River Casino", text, "", ""))


def parked(life: Life) -> Reply:
    """A registrar's page."""
    return html(render("trouble/parked.html").replace("parked-replica.net", life.host))


def _https(life: Life, request: Request) -> Reply:
    if request.scheme == "http":
        return redirect("https" + life.url.removeprefix("http"), 301)
    return article(life, request)


def _template(name: str, code: int = 200) -> Callable[[Life, Request], Reply]:
    return lambda _life, _request: html(render(name), code)


def _login(_life: Life, _request: Request) -> Reply:
    return html(render("login_wall.html", name="Facebook"))


ARTICLE: dict[str, Callable[[Life, Request], Reply]] = {
    "same": article,
    "expired-certificate": article,
    "frame": _frame,
    "minor": lambda life, request: article(life, request, _one_word(life)),
    "corrected": _corrected,
    "substantial": _substantial,
    "replaced": _replaced,
    "off-topic": _off_topic,
    "https": _https,
    "404": status(404),
    "410": status(410),
    "403": status(403),
    # a host that does not say how long it is busy is left alone for half a minute, and the test
    # waits with it
    "429": status(429, ("Retry-After", "1")),
    "500": status(500),
    "soft-404": soft_404,
    "soft-sibling": soft_404,
    "to-home": _to("/"),
    "to-section": _to("/world/"),
    "to-other": _to("/world/9999-quite-another-story"),
    "new-host": _new_host,
    "challenge": _template("trouble/challenge.html", 403),
    "login": _login,
    "to-login": _to("/login?next=/world"),
    "paywall": _paywall,
    "consent": _template("trouble/consent.html"),
    **{
        name: lambda life, _request: redirect(f"https://{life.host}{new_path(life)}", 301)
        for name in ("new-slug", "new-slug-minor", "new-slug-404")
    },
}
"""What the address as cited answers."""


def moved_page(life: Life, key: str, request: Request) -> Reply:
    """What stands under the new slug."""
    if key == "new-slug":
        return article(life, request)
    return article(life, request, _one_word(life)) if key == "new-slug-minor" else not_found()


def tweet(life: Life, key: str) -> Reply:
    """oEmbed's answer for a post on X."""
    if key != "same":
        return as_json({"error": "Not available"}, 404 if key == "removed" else 403)
    rng = rng_for(life.name)
    text = " ".join(LANGUAGES[life.language].sentence(rng) for _ in range(2))
    account = life.url.split("/")[3]
    name, _ = ACCOUNTS.get(account, ("River", ""))
    day = f"{life.published:%B} {life.published.day}, {life.published.year}"
    quoted = (
        f'<blockquote class="twitter-tweet"><p lang="{life.language}" '
        f'dir="ltr">{escaping.escape(text)}</p>&mdash; {name} (@{account}) <a '
        f'href="{life.url}?ref_src=twsrc%5Etfw">{day}</a></blockquote>\n'
    )
    return as_json(
        {
            "url": life.url, "author_name": name, "author_url": f"https://twitter.com/{account}",
            "html": quoted,
            "type": "rich", "provider_name": "Twitter", "version": "1.0",
        }
    )  # fmt: skip


def video(life: Life, key: str) -> Reply:
    """oEmbed's answer for a video."""
    if key != "same":
        return html("Not Found", 404) if key == "removed" else html("Forbidden", 403)
    return as_json(
        {
            "title": title(life), "author_name": "Ilma Television",
            "author_url": "https://www.youtube.com/@ilma",
            "type": "video", "version": "1.0", "provider_name": "YouTube",
            "html": "<iframe></iframe>",
        }
    )  # fmt: skip
