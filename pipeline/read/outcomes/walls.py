"""Rules for what stands before the content: bot walls, logins, consent."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from archive.model.vocabulary import Outcome
from pipeline.read.outcomes.seen import path_segments
from pipeline.read.outcomes.words.replies import REPLIES, REPLIES_UNSPACED
from pipeline.read.outcomes.words.spoken import Lexicon, spoken_in
from pipeline.read.platforms.declared import PUBLIC
from pipeline.read.platforms.registry import login_hosts, private_at
from pipeline.read.platforms.signs import LOGIN_CHARS, PASSWORD_FIELD

if TYPE_CHECKING:
    from archive.model.understood import CaptureVerdict
    from pipeline.read.outcomes.seen import Seen

# A wall's own page is small; the same scripts on a page with an article are only its protection.
_WALL_CHARS = 1_500
_CONSENT_CHARS = 1_000

# Mark-up that only an interstitial has. Cloudflare's `/cdn-cgi/challenge-platform/scripts/jsd/` is
# on ordinary pages too and therefore not here.
_CHALLENGE_MARKUP = tuple(
    """_cf_chl_opt cf-browser-verification cf_captcha_kind id="challenge-form"
        id="challenge-error-text" id="challenge-running"
    /.well-known/ddos-guard/ px-captcha captcha-delivery.com sucuri_cloudproxy_js
    errors.edgesuite.net /showcaptcha? smartcaptcha.yandex /sorry/index?continue
    within.website/x/cmd/anubis sec-if-cpt-container __jsl_clearance awswafcaptcha /_guard/auto.js
    /exhkqyad /.well-known/sgcaptcha/ /.well-known/vercel/security/
    slowaes.decrypt /fst-post-back/""".split()  # noqa: SIM905 - reads better as text
)
# Scripts of such services that stand on the pages they protect, too: a sign where next to nothing
# else does.
_PROTECTION_MARKUP = tuple(
    """data-ddg-origin _incapsula_resource _pxappid token.awswaf.com awswafcookiedomainlist
    gokuprops __arcsjs variti.net qrator.net/waf /__qrator/ kpsdk rbzns= window.rbzns stormwall.pro
    captcha.perfdrive.com /tspd/ kp_uidz= /_fs-ch- /149e9513-01fa-4fb0-aad4-566afd725d1b/
    /.safeline/ queue-it.net""".split()  # noqa: SIM905 - reads better as text
)
_PROTECTED_CHARS = 400
_NOTHING_CHARS = 120
"""Its title and a line below."""
_CAPTCHA_MARKUP = re.compile(
    r"h-captcha|hcaptcha\.com|g-recaptcha|recaptcha/api|turnstile|smart-captcha", re.IGNORECASE
)
_CAPTCHA_LETTERS = ("captcha", "turnstile")
_GUARDED = frozenset({403, 429, 503})
"""Status of pages that a bot wall stands before, as a rule."""
_CHALLENGE_TITLE = re.compile(
    r"""just\ a\ moment(?:\.\.\.|…)? | attention\ required! | ddos-guard | checking\ your\ browser.*
        | pardon\ our\ interruption.*
    | security\ check | verify(?:ing)?\ you\ are\ (?:a\ )?human.*
    | are\ you\ (?:a\ )?(?:human|robot)\?? | human\ verification
    | access\ to\ this\ page\ has\ been\ denied\.? | один\ момент.* | вы\ не\ робот\??
    | проверка\ браузера.* | ой!
    | transferring\ to\ the\ website.* | making\ sure\ you(?:'|’|&\#39;)re\ not\ a\ bot!?
    | bir\ dakika\ lütfen.* | .{0,8}安全验证 | client\ challenge | radware\ .{0,20}captcha\ page
    | one\ moment,?\ please(?:\.\.\.|…)?""",
    re.VERBOSE | re.IGNORECASE,
)
# Titles of other things, too: a wall's page says next to nothing else.
_MOMENT_TITLE = re.compile(
    r"""bir\ dakika[.…]*
    | (?:nur\ )?einen\ (?:kleinen\ )?moment(?:\ bitte)?[.…]* | un\ instant[.…]*
    | (?:espere\ )?un\ momento(?:\ por\ favor)?[.…]* | um\ momento[.…]* | een\ ogenblik.{0,12}
    | (?:jeszcze\ )?chwil[aęk]+[.…]* | зачекайте.{0,20} | подождите.{0,20} | хвилинку[.…]*
    | لحظة\ من\ فضلك[.…]* | لحظه‌?\ ?ای\ صبر\ کنید[.…]* | רק\ רגע[.…]*
    | 请稍[候等][.…]* | 請稍[候等][.…]*
    | しばらくお待ちください[.…]* | 잠시만\ 기다리[^\s]{1,6}[.…]* | robot\ or\ human\??
    | before\ we\ continue[.…]* | one\ more\ step[.…]*""",
    re.VERBOSE | re.IGNORECASE,
)
_HUMAN_WORDS = re.compile(
    r"(?:verify|confirm|prove)(?: that)? you(?:'re| are) (?:a )?(?:human|not a "
    r"(?:ro)?bot)|i(?:'|’)m not a robot|unusual traffic from your|enable (?:javascript and "
    r")?cookies to continue|protect the server against|"
    r"подтвердите, что .{0,20}не робот|checking your browser "
    r"before|проверка вашего браузера|підтвердьте, що ви не робот|robot olmadığınızı",
    re.IGNORECASE,
)
_CHALLENGE_HEADERS = (
    ("cf-mitigated", "challenge"),
    ("x-amzn-waf-action", "challenge"),
    ("x-amzn-waf-action", "captcha"),
    ("x-vercel-mitigated", "challenge"),
)

_LOGIN_PATH = re.compile(
    r"(?:log-?in|sign-?in|signup|authwall|accounts/login|auth/login|i/flow/login|checkpoint|uas/login|servicelogin)"
)
_LOGIN_SEGMENT = re.compile(
    r"(?:(?:wp|user|users|member|members|account|my|sso|oauth|saml)?[-_]?)(?:log-?in|sign-?in|authwall)(?:\.\w{2,5})?"
)
_LOGIN_HOSTS = frozenset(
    {
        "accounts.google.com",
        "login.microsoftonline.com",
        "passport.yandex.ru",
    }
)
_LOGIN_TITLE = re.compile(
    r"""(?:log|sign)[\s-]?(?:in|on|up)(?:\ to\ .{1,40}|\ or\ sign\ up(?:\ to\ view)?|\ required)?
        | login\ •\ instagram | authwall
    | вход(?:\ на\ сайт)? | авторизация | войти | увійти | вхід | авторизація | تسجيل\ الدخول
    | ورود(?:\ به\ .{1,40})? | כניסה | התחברות
    | giriş(?:\ yap)? | connexion | se\ connecter | identification
    | (?:bitte\ )?(?:anmeldung?|einloggen) | anmelden | logowanie | zaloguj(?:\ się)?
    | iniciar\ sesión | acceso\ de\ usuarios | iniciar\ sessão | accedi | inloggen | přihlášení
    | bejelentkezés | autentificare | пријава | prijava | вхід\ на\ сайт | авторизація
    | (?:用户|會員|会员)?(?:登录|登入|登錄) | ログイン | 로그인""",
    re.VERBOSE | re.IGNORECASE,
)
_LOGIN_WORDS = re.compile(
    r"you must (?:be logged|log) in to|(?:log|sign) in to (?:continue|view|see)|please "
    r"(?:log|sign) in|members only|войдите,? чтобы|необходимо авторизоваться|требуется "
    r"авторизация|увійдіть,? щоб|необхідно авторизуватися|يجب تسجيل الدخول|برای مشاهده "
    r".{0,30}وارد شوید|יש להתחבר|giriş yapmanız gerek|vous devez (?:être connecté|vous connecter)",
    re.IGNORECASE,
)

_REPLIES = Lexicon(REPLIES, REPLIES_UNSPACED)
_REPLY_CHARS = 40
"""Around the words that ask for a login."""
# WordPress asks so for the password of a single page.
_POST_PASSWORD = re.compile(r"action=postpass|name\s*=\s*[\"']post_password", re.IGNORECASE)

_CONSENT_HOST = re.compile(r"^(?:consent|guce|cmp|gdpr)\.|^myprivacy\.")
_CONSENT_TITLE = re.compile(
    r"before you continue(?: to .{1,40})?|(?:cookie|privacy|your) "
    r"(?:consent|settings|choices)|avant (?:de continuer|d'accéder).*|bevor sie fortfahren.*|we "
    r"value your privacy|ваш выбор .{0,30}cookie",
    re.IGNORECASE,
)
_CONSENT_WORDS = re.compile(
    r"(?:we and our|our) (?:\d+ )?partners|(?:accept|reject|agree to) all|use(?:s)? cookies "
    r"(?:and|to)|nos partenaires|accepter (?:et|tout)|çerez(?:leri)? kullan|используем (?:файлы "
    r")?cookie",
    re.IGNORECASE,
)


def challenge(seen: Seen) -> CaptureVerdict | None:
    """A bot wall: it says so in a header, or its page is one by mark-up or title."""
    for name, value in _CHALLENGE_HEADERS:
        if seen.page.headers.get(name, "").strip().lower() == value:
            return seen.verdict(Outcome.CHALLENGE, "challenge-header", f"{name}: {value}")
    if not seen.source or seen.words_length > _WALL_CHARS:
        return None
    title = _challenging(seen)
    markup = seen.first_in_source(_CHALLENGE_MARKUP) or _protecting(seen)
    if markup:
        return seen.verdict(Outcome.CHALLENGE, "challenge-markup", markup)
    guarded = seen.status in _GUARDED or _asks_for_captcha(seen)
    if not (title or guarded):
        return None
    words = _HUMAN_WORDS.search(seen.visible)
    nothing = len(seen.visible) <= _NOTHING_CHARS
    if title and (words or nothing or guarded or _is_shell(seen)):
        return seen.verdict(Outcome.CHALLENGE, "challenge-title", title)
    if words and guarded:
        return seen.verdict(Outcome.CHALLENGE, "captcha", words.group(0))
    return None


def _is_shell(seen: Seen) -> bool:
    """A page that says next to nothing but that it needs scripts."""
    return "script-shell" in seen.flags and not seen.is_signed


def _asks_for_captcha(seen: Seen) -> bool:
    # a few letters first: to look for them takes a hundredth of the time of the pattern
    if seen.first_in_source(_CAPTCHA_LETTERS) is None:
        return False
    return _CAPTCHA_MARKUP.search(seen.source) is not None


def _challenging(seen: Seen) -> str | None:
    known = (part for part in seen.title_parts if _CHALLENGE_TITLE.fullmatch(part))
    if seen.words_length > _PROTECTED_CHARS:
        return next(known, None)
    moments = (part for part in seen.title_parts if _MOMENT_TITLE.fullmatch(part))
    return next(known, None) or next(moments, None)


def _protecting(seen: Seen) -> str | None:
    """The script of a bot wall on a page that is no article."""
    if seen.words_length > _PROTECTED_CHARS:
        return None
    markup = seen.first_in_source(_PROTECTION_MARKUP)
    return None if markup is None or seen.is_signed else markup


def private_address(seen: Seen) -> CaptureVerdict | None:
    """An address that only members of a channel may open, whatever answers there."""
    cited = seen.page.context.subject or seen.page.context.uri_r
    platform = None if seen.page.error is not None else private_at(cited)
    if platform is None:
        return None
    return seen.verdict(Outcome.LOGIN_WALL, f"{platform.name}-private", urlsplit(cited).path)


def closed_platform(seen: Seen) -> CaptureVerdict | None:
    """A platform says that the post is there and not for us: protected, private, or only in its
    app."""
    platform = seen.platform
    sign = platform.closed(seen) if platform and platform.closed else None
    if platform is None or sign is None:
        return None
    return seen.verdict(sign.outcome, f"{platform.name}-{sign.by}", sign.marker)


def login_address(seen: Seen) -> CaptureVerdict | None:
    """A chain that ended at a login, or was to: whatever the login answered."""
    asked = seen.page.context.uri_r
    ends = [seen.page.final_url]
    if seen.status is not None and 300 <= seen.status < 400:
        ends.append(urljoin(seen.page.final_url, seen.page.headers.get("location", "").strip()))
    for end in ends:
        host = urlsplit(end).hostname or ""
        if _is_login(host) and host != urlsplit(asked).hostname:
            return seen.verdict(Outcome.LOGIN_WALL, "login-host", host)
        match = _login_path(end)
        if match and not _login_path(asked):
            return seen.verdict(Outcome.LOGIN_WALL, "login-address", match.group(0))
    return None


def _is_login(host: str) -> bool:
    return host in _LOGIN_HOSTS or host in login_hosts()


def _login_path(url: str) -> re.Match[str] | None:
    """The login in an address: at the beginning of its path, or as the last part of it."""
    segments = path_segments(url)
    match = _LOGIN_PATH.match("/".join(segments))
    return match or (_LOGIN_SEGMENT.fullmatch(segments[-1]) if segments else None)


def login_wall(seen: Seen) -> CaptureVerdict | None:
    """A login in the place of the content, at the address of the content."""
    host = urlsplit(seen.page.final_url).hostname or ""
    if _is_login(host):
        return seen.verdict(Outcome.LOGIN_WALL, "login-host", host)
    if seen.words_length <= LOGIN_CHARS and _POST_PASSWORD.search(seen.source):
        return seen.verdict(Outcome.LOGIN_WALL, "post-password", next(iter(seen.titles), None))
    if PUBLIC in seen.flags:  # a form stands beside each public post
        return None
    if seen.words_length > LOGIN_CHARS or not PASSWORD_FIELD.search(seen.source):
        return None
    title = next((t for t in seen.title_parts if _LOGIN_TITLE.fullmatch(t)), None)
    found = title or _asked_to_enter(seen.visible)
    return seen.verdict(Outcome.LOGIN_WALL, "login-form", found) if found else None


def _asked_to_enter(visible: str) -> str | None:
    """The words that ask for a login, unless it is wanted of who comments only."""
    for match in _LOGIN_WORDS.finditer(visible):
        around = visible[max(0, match.start() - _REPLY_CHARS) : match.end() + _REPLY_CHARS]
        if not spoken_in(around, _REPLIES).many:
            return match.group(0)
    return None


def consent_wall(seen: Seen) -> CaptureVerdict | None:
    """A choice about cookies in the place of the content."""
    host = urlsplit(seen.page.final_url).hostname or ""
    if _CONSENT_HOST.search(host) and seen.page.final_url != seen.page.context.uri_r:
        return seen.verdict(Outcome.CONSENT_WALL, "consent-host", host)
    if seen.words_length > _CONSENT_CHARS:
        return None
    title = next((t for t in seen.title_parts if _CONSENT_TITLE.fullmatch(t)), None)
    words = _CONSENT_WORDS.search(seen.visible) if title else None
    return (
        seen.verdict(Outcome.CONSENT_WALL, "consent-page", f"{title}: {words.group(0)}")
        if words
        else None
    )
