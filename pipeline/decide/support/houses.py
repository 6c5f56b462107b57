"""Publishers and offices that speak under several names: what is one house, as data.

A member is a registered domain, or `platform/account` as `sources` has them. One house is one
newsroom or one office, with its editions in other languages and its accounts; that two newsrooms
have one owner does not make them one voice. All of it is what these sites say of themselves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_TABLE = """
ukrainian-general-staff | facebook/generalstaff.ua telegram/generalstaffzsu x/generalstaffua
ukrainian-ministry-of-defence | mod.gov.ua mil.gov.ua telegram/ministry_of_defense_ua x/defenceu
ukrainian-military-intelligence | gur.gov.ua telegram/diukraine facebook/defenceintelligenceofukraine x/di_ukraine
ukrainian-security-service | ssu.gov.ua telegram/sbukr facebook/secursergukraine x/servicessu
ukrainian-border-guard | dpsu.gov.ua telegram/dpsukr facebook/dpsukraine
ukrainian-president | president.gov.ua telegram/v_zelenskiy_official x/zelenskyyua facebook/zelenskyy.official
ukrainian-air-force | telegram/kpszsu facebook/kpszsu
armyinform | armyinform.com.ua telegram/armyinformcomua
suspilne | suspilne.media telegram/suspilnenews telegram/suspilnekharkiv telegram/suspilnekherson telegram/suspilnesumy telegram/suspilnezaporizhzhya telegram/suspilnedonbas x/suspilne_news
ukrinform | ukrinform.ua ukrinform.net x/ukrinform telegram/ukrinform_news
ukrainska-pravda | pravda.com.ua epravda.com.ua eurointegration.com.ua telegram/ukrpravda_news x/ukrpravda_news
unian | unian.net unian.ua unian.info telegram/uniannet
rbc-ukraine | rbc.ua telegram/rbc_ua_news
interfax-ukraine | interfax.com.ua telegram/interfaxua
liveuamap | liveuamap.com x/liveuamap
deepstate | deepstatemap.live telegram/deepstateua x/deepstate_ua
russian-ministry-of-defence | mil.ru telegram/mod_russia x/mod_russia
kremlin | kremlin.ru telegram/news_kremlin x/kremlinrussia_e
russian-foreign-ministry | mid.ru telegram/mid_russia x/mid_rf x/mfa_russia
russian-investigative-committee | sledcom.ru telegram/sledcom_press
russian-security-service | fsb.ru
russian-state-duma | duma.gov.ru telegram/duma_gov_ru
tass | tass.ru tass.com telegram/tass_agency x/tass_agency x/tassagency_en
rossiya-segodnya | ria.ru rian.ru sputniknews.com sputnikglobe.com sputniknews.ru inosmi.ru telegram/rian_ru x/rianru x/rianru
interfax | interfax.ru interfax.com telegram/interfaxonline
rt | rt.com telegram/rt_russian x/rt_com x/rt_russian
rbc | rbc.ru telegram/rbc_news
kommersant | kommersant.ru telegram/kommersant
izvestia | iz.ru telegram/izvestia
lenta | lenta.ru telegram/lentachold
gazeta-ru | gazeta.ru telegram/gazetaru
vedomosti | vedomosti.ru telegram/vedomosti
meduza | meduza.io telegram/meduzalive x/meduza_en
the-insider | theins.ru theins.press telegram/theinsider
readovka | readovka.news readovka.ru telegram/readovkanews
rybar | rybar.ru telegram/rybar telegram/rybar_in_english
wargonzo | wargonzo.ru telegram/wargonzo
rfe-rl | rferl.org svoboda.org radiosvoboda.org currenttime.tv severreal.org sibreal.org radiofarda.com krymr.com azattyq.org telegram/radiosvoboda telegram/currenttime x/rferl
voa | voanews.com golosameriki.com
bbc | bbc.com bbc.co.uk bbc.in x/bbcnews x/bbcworld telegram/bbcrussian x/bbcbreaking
reuters | reuters.com reut.rs x/reuters
associated-press | apnews.com ap.org apne.ws x/ap
new-york-times | nytimes.com nyti.ms x/nytimes
washington-post | washingtonpost.com wapo.st x/washingtonpost
wall-street-journal | wsj.com x/wsj
cnn | cnn.com cnn.it x/cnn
deutsche-welle | dw.com x/dwnews
france24 | france24.com x/france24 x/france24_en
afp | afp.com x/afp
al-jazeera | aljazeera.com aljazeera.net aje.io x/ajenglish x/ajarabic x/ajabreaking telegram/ajanews
al-arabiya | alarabiya.net x/alarabiya x/alarabiya_brk
al-mayadeen | almayadeen.net telegram/almayadeen x/almayadeennews
al-manar | almanar.com.lb x/almanarnews telegram/almanarnews
shafaq | shafaq.com x/shafaqnews
irna | irna.ir telegram/irna_1313 x/irnaenglish
isna | isna.ir telegram/isna94 x/isna_farsi
tasnim | tasnimnews.com tasnimnews.ir telegram/tasnimnews x/tasnimnews_en x/tasnimnews_fa
fars | farsnews.ir farsnews.com telegram/farsna x/farsnews_agency
mehr | mehrnews.com telegram/mehrnews x/mehrnewsenglish
press-tv | presstv.ir presstv.com presstv.co.uk x/presstv telegram/presstv
khamenei | khamenei.ir leader.ir x/khamenei_ir telegram/khamenei_ir
iranian-president | president.ir
iran-international | iranintl.com x/iranintl x/iranintl_en telegram/iranintltv
idf | idf.il x/idf x/idfonline telegram/idfofficial telegram/idf_telegram
israeli-prime-minister | pmo.gov.il x/israelipm
kan | kan.org.il x/kann_news
ynet | ynet.co.il ynetnews.com
haaretz | haaretz.co.il haaretz.com haaretz.co x/haaretzcom
times-of-israel | timesofisrael.com x/timesofisrael
jerusalem-post | jpost.com x/jerusalem_post
maariv | maariv.co.il
sana | sana.sy telegram/sana_gov x/sanaajel
centcom | centcom.mil x/centcom
us-department-of-defense | defense.gov war.gov x/deptofdefense x/deptofwar
us-department-of-state | state.gov x/statedept
white-house | whitehouse.gov x/whitehouse
uk-ministry-of-defence | x/defencehq x/defencehqpress
xinhua | xinhuanet.com news.cn x/xhnews
global-times | globaltimes.cn x/globaltimesnews
taiwan-ministry-of-defence | mnd.gov.tw x/mondefense
central-news-agency | cna.com.tw focustaiwan.tw x/focus_taiwan
"""  # noqa: E501 - a house is a line

HOUSES: Mapping[str, str] = {
    member: name.strip()
    for line in _TABLE.strip().splitlines()
    for name, _, members in [line.partition("|")]
    for member in members.split()
}
"""The house of each member."""

OWN = frozenset(
    """
    x/thestudyofwar x/criticalthreats facebook/instituteforthestudyofwar
    youtube/understandingwarorg youtube/thestudyofwar
    """.split()  # noqa: SIM905 - a list reads better as text
)
"""Accounts of the publishers themselves."""

OWN_MAPS = (
    "storymaps.arcgis.com/stories/36a7f6a6f5a9448496de641cf64bd375",
    "storymaps.arcgis.com/stories/733fe90805894bfc8562d90b106aa895",
    "storymaps.arcgis.com/stories/83a2f24901c941d581c0c523ecd2619b",
    "1602762dbcde419bb957dea35844958",
    "arcg.is/09O0OS",
)
"""Maps that the reports offer as their own: the whole address or the number that it ends with."""

WRITERS_BY_HOST = frozenset(
    """
    blogspot.com wordpress.com substack.com livejournal.com tumblr.com medium.com ghost.io
    github.io wixsite.com blogsky.com blog.ir mihanblog.com webflow.io hatenablog.com
    """.split()  # noqa: SIM905 - a list reads better as text
)
"""Here each writer has a host of their own."""

WRITERS_BY_PATH = frozenset(
    """
    medium.com dzen.ru patreon.com github.com gitlab.com soundcloud.com twitch.tv flickr.com
    boosty.to linktr.ee aparat.com bitchute.com odysee.com teletype.in zen.yandex.ru
    """.split()  # noqa: SIM905 - a list reads better as text
)
"""Here each writer has a first part of the path."""

ANYBODYS = frozenset(
    """
    drive.google.com docs.google.com sites.google.com photos.google.com forms.gle dropbox.com
    mega.nz mediafire.com wetransfer.com imgur.com gyazo.com prnt.sc postimg.cc ibb.co
    streamable.com streamja.com gofile.io scribd.com issuu.com slideshare.net pastebin.com
    telegra.ph graph.org archive.org disk.yandex.ru yadi.sk cloud.mail.ru arcgis.com arcg.is
    amazonaws.com cloudfront.net googleusercontent.com googleapis.com documentcloud.org
    onedrive.live.com sharepoint.com airtable.com notion.site
    """.split()  # noqa: SIM905 - a list reads better as text
)
"""Hosts and domains of files that anybody puts there: the address does not say who."""
