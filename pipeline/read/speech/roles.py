"""Who is said to say it, by the words that name them; the first role that fits counts."""

from __future__ import annotations

import re
from functools import lru_cache

from archive.model.speech import Role
from pipeline.read.speech import words

_GROUPS = r"""
    Hamas|Hezbollah|LH\b|Houthis?|Islamic\ (?:Resistance|Jihad
       |State)|PIJ|ISIS|IS\b|ISWAP|IRI\b|Kataib|Asaib|Harakat|Saraya|Badr
       | Al\ ?[Qq]aeda|al\ ?[Qq]aeda|JNIM|al\ Shabaab|Al\ Shabaab|Boko\ Haram|Taliban|PKK|SDF\b
       |HTS|Wagner|PMC|Redut|Popular\ Mobilization|PMF
       | Rusich\ Group |Freedom\ of\ Russia |Russian\ Volunteer\ Corps |Brigades\b |Badr
"""

ROLES: dict[Role, str] = {
    Role.SPOKESPERSON: r"""
        spokes(?:person|man|woman|people|men|women)s?| press\ (?:secretary|service|center|centre
       |office|officer)
       | (?-i:Press\ (?:Secretary|Service|Center|Centre|Office)) | representatives?\b(?!\ to)
        """,
    Role.MILBLOGGER: r"""
        milbloggers?\b | mibloggers? | bloggers? | telegram\ channels? | military\ channels?
       | voenkor | war\ correspondents?
        """,
    Role.AUTHORS: rf"(?-i:{words.AUTHORS})(?![\w’'])",
    Role.PUBLIC: r"""
        social\ media | residents? | (?:local |internet |telegram |twitter |x)\ users?
       | \busers\b | eye-?witness(?:es)? | locals\b | witnesses
       | protest[eo]rs? | civilians? | citizens? | (?:local |telegram)\ sources | (?:wives
       |mothers |relatives |families)\b | activists? | owners? | drivers?\b | students?
       | teachers? | doctors? | workers? | employees? | villagers | refugees | evacuees
       | passengers | patients | prisoners\b(?!\ of) | inmates | farmers | miners | traders
       | merchants | truckers | lawyers? | bystanders | demonstrators | survivors | parents
        """,
    Role.MEDIA: r"""
        (?:\w+-)?media\b | outlets? | newspapers? | news(?:wires? |\ agenc(?:y |ies))?
       | journalists? | correspondents?\b | reporters? | magazine
       | (?:tv |television |radio)\b | broadcasters? | press\b(?!\ c) | publications?
       | editor | documentary
       | (?-i:TASS|RIA\ Novosti|RIA|Interfax|Kommersant|RBK|RBC|Izvestia|Izvestiya|Vedomosti
       |Verstka|Meduza|Mediazona|Novaya\ Gazeta
       | Suspilne|Ukrainska\ Pravda|Ukrinform|Unian|Militarnyi|Astra|Baza|Sever\ Realii|Mash
       |Important\ Stories|Vazhnye|iStories
       | BBC|CNN|Reuters|AFP|AP\b|Associated\ Press|Agence|Bloomberg|Axios|Politico|Economist
       |Guardian|Telegraph|Forbes|NBC|ABC\b|CBS|Fox|MS\ Now
       | (?:The\ )?(?:New\ York|Financial|Moscow|Sunday|Washington)\ (?:Times|Post|Examiner)
       |The\ Times|FT\b|NYT|WSJ|Wall\ Street\ Journal
       | Der\ Spiegel|Bild|Die\ Welt|Welt|Le\ Monde|Sky\ News|Al\ Jazeera|Al\ Arabiya
       |Al\ Mayadeen|Al\ Akhbar|Al\ Hadath|Al\ Manar|Haaretz
       | Times\ of\ Israel|Jerusalem\ Post|Walla|Ynet|Kan\b|Channel\ \d+|IRNA|Tasnim|Fars|Mehr
       |ISNA|IranWire|Iran\ International|Amwaj|Xinhua
       | Nikkei|Kyodo|Yonhap|Focus\ Taiwan|Liberty\ Times|Kyiv\ (?:Independent|Post)
       |Radio\ (?:Free|Liberty|Svoboda)|RFE/RL|Schemes|Systema
       | Foreign\ Policy|Voice\ of\ America|VOA|Anadolu|SANA|Shafaq|Rudaw|NHK|Nexta|Belta|BelTA
       |Dagens|Yle|Delfi|ERR\b)
        """,
    Role.ANALYST: r"""
        think\ tanks? | analysts?\b | experts? | observers?\b | osint | open-source
       | geolocators? | researchers? | scholars? | monitors?\b
       | institute\b| (?-i:IISS|RUSI|CSIS|Oryx|Bellingcat|Conflict\ Intelligence\ Team|CIT\b
       |Kiel|Levada|Mashovets|DeepState|FilterLabs|economists?)
       | (?:monitoring|research|polling)\ (?:group|project|organi[sz]ation|center|centre
       |account)s?| political\ scientists?
        """,
    Role.INTELLIGENCE: r"""
        intelligence\b(?!\ committee)| (?-i:GUR|SBU|FSB|SVR|CIA|Mossad|MI6|HUR|Shin\ Bet|Aman
       |Federal\ Security\ Service
       | (?:State\ )?Security\ Service|Foreign\ Intelligence
       |Center\ for\ Countering\ Disinformation)| security\ services?
        """,
    Role.GENERAL_STAFF: r"general\ staff | (?-i:AFGS)",
    Role.OFFICIAL: r"""
        (?:vice\ |prime\ |deputy\ |foreign\ |defen[sc]e\ )*ministers?\b | presidents?\b
       | chancellor | premier | monarch | king\b | crown\ prince | emir
       | supreme\ leader | governors?\b | mayors?\b | mayoral | officials\b
       | official\b(?!\ (?:[\w’'-]+\ ){0,2}(?:readout |statement |website |account |channel |data
       |media |report |response |page |letter)) | \boffice(?:r-?holder)\b
       | information\ officer
       | (?:deputy\ |acting\ |occupation\ )?heads?\b(?!\ of\ the\ .{0,40}\b(?:wagner |pmc))
       | ambassadors? | envoys? | secretar(?:y |ies)\b | speakers?\b | senators?\b
       | (?:vice\ |deputy\ )?chair(?:man |person |woman)?\b | chairperson | deput(?:y
       |ies)\ (?:head |chair |governor |mayor |secretary)\w* | commissars?
       | lawmakers? | parliamentarians? | legislators? | (?:congress |states)(?:man |woman
       |men |women) | advis[oe]rs?\b | counselor | councillor
       | diplomats? | authorit(?:y |ies)\b | administrations?\b | ombuds\w+ | prosecutors?\b
       | judges?\b | leadership | politicians?
       | (?:occupation|government|council|cabinet|municipal)\ \w*\ ?(?:leader|member|deput(?:y
       |ies))| (?:duma|rada|knesset|parliament\w*)\ (?:deput(?:y|ies)|members?)
       | directors?\ (?:of|general)\b | commissioner | negotiators? | delegations? | deputies\b
       | attorneys?\ general | justices?\b | consuls?\b | mediators?
       | leaders?\b(?!\ of\ the\ .{0,40}\b(?:wagner |pmc))
        """,
    Role.MINISTRY: r"""
        minist(?:ry|ries)\b| (?-i:(?:Treasury|Justice|Commerce|Interior)\ Department)
       | (?-i:Department\ of\ (?:the\ )?(?:Treasury|Justice|Commerce|Interior|Homeland))
       | (?-i:MoD|MFA|MVD|Foreign\ Office|Pentagon
   |Department\ of\ (?:Defense|State|War)|State\ Department|Defense\ Department)
        """,
    Role.ARMED_GROUP: rf"""
        militi(?:a|as|amen)\b| (?-i:{_GROUPS})
       | militants? | insurgents? | rebels? | front\ group | fighters?\b | partisans?
       | (?:popular |liberation |revolutionary |salvation |resistance)\ (?:front |army |movement)\b
       | the\ groups?\s*$ | guerrillas? | jihadis?t? | mercenar(?:y |ies)
       | resistance\ (?:groups? |axis) | axis\ of\ resistance
        """,
    Role.MILITARY: r"""
        militar(?:y |ies)\b | commanders?\b | commander-in-chief | command\b | forces?\b
       | army\b | navy\b | air\ force | corps\b | brigades?\b | battalions?\b
       | regiments?\b | divisions?\b | companies\b | grouping | soldiers?\b | servicem[ae]n
       | service\ ?members?\b | servicemembers?\b | troops\b | (?:air\ )?defenders | units?\b
       | (?-i:IDF |IRGC |CENTCOM |AFRICOM |PLA\b |PLAN\b |PLAAF |IAF\b |RAF\b |USAF
       |USN\b |ROCAF |AFU\b |SAF\b |RSF\b |FARDC |LAF\b
       |UNIFIL |Artesh |JTF |SBS\b |Guard\b) | pilots?\b
       | generals?\b | colonels? | admirals? | lieutenant | captain | sergeant
       | officers?\b
       | border\ (?:guard |service)\w* | territorial\ defen[sc]e | resistance\ cent(?:er |re)
       | prisoners\ of\ war | pows?\b | conscripts? | reservists? | operators? | rosgvardia
       | chetniks?
        """,
    Role.ORGANISATION: r"""
        organi[sz]ations? | compan(?:y |ies)\b | agenc(?:y |ies)\b | (?:emergency
       |rescue)\ services? | compan(?:y |ies)\b | firms? | foundations? | associations?
       | unions?\b | charit(?:y |ies)
       | (?-i:UN\b|NATO|IAEA|United\ Nations|EU\b|European\ (?:Union|Commission|Council)|OSCE|OPEC
       |OPCW|WHO\b|ICRC|Red\ C(?:ross|rescent)|Energoatom|Ukrenergo|Rosatom
       | Gazprom|Amnesty|Human\ Rights\ Watch|HRW|NGOs?|CSTO|WHO|IMF|World\ Bank|Naftogaz
       |Netblocks|NetBlocks|SpaceX|Kpler|Greenpeace|Yale)| rights\ groups?| operators?\ of
       | manufacturers? | producers? | party\b | movement\b | church\b | patriarchate
       | universit(?:y |ies) | ceo\b
        """,
    Role.DOCUMENT: r"""
        reports?\b | documents? | letters? | agreements? | readouts? | decrees? | laws?\b
       | bills?\b | texts? | statements?\b | memo(?:randum)?s? | orders?\b | charter
       | treat(?:y |ies)
       | indictment | surveys? | polls?\b | articles?\b | data\b | websites?
       | announcements? | declarations? | communiqu[eé]s? | instructions? | notices?\b
       | investigations? | resolutions? | petitions? | complaints? | drafts? | interviews?
        """,
}  # fmt: skip
"""Patterns without regard to case; `(?-i:…)` keeps names apart from words."""

# Offices and states speak as officials, where nobody closer does.
_BODIES = r"""
    kremlin | white\ house | government\w* | cabinet\b | parliament\w* | duma | rada
   | knesset | congress | senate | council | court\b | police | embassy | consulate
   | prosecutor\w* | investigative\ committee | office\b | directorate
   | (?<!emergency\ )service\b | department | assembly | regime | tribunal | bundestag
   | bureau | emergency\ situations
   | roskomnadzor | rospotrebnadzor | central\ bank | federation\ council | commission\b
   | cent(?:er |re)\ (?:for |of)\b | junta\w* | committee\b
   | (?-i:EU\b|G7|DNR|LNR|People[’']s\ Republic)
"""
_STATES = r"""
    (?:The\ )?United\ (?:States |Kingdom |Arab\ Emirates) | US | U\.S\. | UK | Russia
   | Ukraine | Iran | Israel | China | Belarus | Germany | France | Poland | Turkey
   | Syria | Iraq | Lebanon | Saudi\ Arabia
   | Qatar | Bahrain | Kuwait | Oman | Jordan | Egypt | Taiwan | Japan | North\ Korea
   | South\ Korea | India | Armenia | Azerbaijan | Georgia | Moldova | Kazakhstan
   | Finland | Sweden | Norway | Estonia | Latvia
   | Lithuania | Romania | Hungary | Slovakia | Serbia | Canada | Italy | Spain | Denmark
   | (?:the\ )?Netherlands | Niger | Mali | Burkina\ Faso | Sudan | Ethiopia | Somalia
   | Chad | Pakistan | Afghanistan | Yemen | Nigeria | Kenya | Uganda | Rwanda | Burundi
   | (?:the\ )?(?:DRC | Democratic\ Republic\ of\ (?:the\ )?Congo | Central\ African\ Republic
   | CAR) | Ghana | Togo | Benin | Senegal | Guinea | Mauritania | Cameroon | Mozambique | Tanzania
   | Djibouti | Eritrea | South\ Sudan | South\ Africa | Libya | Tunisia | Algeria | Morocco
   | (?:the\ )?(?:UAE | PRC | ROC | Philippines | Vatican | Czech\ Republic) | Vietnam | Malaysia
   | Indonesia | Singapore | Thailand | Australia | New\ Zealand | Palau | Tuvalu | Paraguay
   | Kyrgyzstan | Tajikistan | Turkmenistan | Uzbekistan | Mongolia | Cuba | Venezuela | Brazil
   | Mexico | Argentina | Austria | Belgium | Bulgaria | Croatia | Cyprus | Greece | Ireland
   | Montenegro | North\ Macedonia | Albania | Portugal | Slovenia | Switzerland | Iceland
   | Luxembourg | Malta
   | Tehran | Moscow | Kyiv | Washington | Beijing | Jerusalem | Minsk | Taipei | Pyongyang | Seoul
   | Ankara | Baghdad | Damascus | Beirut | Riyadh | Doha | Berlin | Paris | London | Warsaw
   | Chisinau | Tbilisi | Yerevan | Baku | Astana | Brussels
"""


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.VERBOSE | re.IGNORECASE)


_LATE = (Role.ORGANISATION, Role.DOCUMENT)
_EARLY = [(role, _compiled(pattern)) for role, pattern in ROLES.items() if role not in _LATE]
_BODY = _compiled(_BODIES)
_STATE = re.compile(rf"\s*(?:{_STATES})\s*(?:$|also|has|have|had|previously|later)", re.VERBOSE)
_ORGANISATION, _DOCUMENT = (_compiled(ROLES[role]) for role in _LATE)
_SOURCES = re.compile(
    r"(?<!\w)(?:sources?|information\s+space|(?:ultra)?nationalists?|commentators?|pundits?|figures"
    r"|voices)\b",
    re.IGNORECASE,
)


# `Hezbollah-aligned source`: what it is aligned with does not speak
_ALIGNED = re.compile(
    r"[\w’'-]+-(?:aligned|affiliated|backed|linked|controlled|owned|run|sponsored|based"
    r"|appointed)\b"
)
# `the official Telegram channel of the brigade`: its owner speaks
_CHANNEL_OF = re.compile(
    r"\b(?:Telegram|Twitter|X|Facebook|WhatsApp|YouTube|social media)"
    r" (?:channels?|accounts?|pages?) of\b"
)
_OF_GROUP = re.compile(
    rf"\s*(?:(?:the|an?|senior|unspecified|unidentified|several|former|top)\s+)*(?-i:{_GROUPS})\b",
    re.IGNORECASE | re.VERBOSE,
)


@lru_cache(maxsize=4096)
def role_in(phrase: str) -> Role | None:
    """The role that a phrase names; None: none."""
    phrase = _ALIGNED.sub(" ", phrase)
    channel = _CHANNEL_OF.search(phrase)
    owner = role_in(phrase[channel.end() :]) if channel else None
    if owner is not None:
        return owner
    for role, pattern in _EARLY:
        if pattern.search(phrase):
            if role is Role.OFFICIAL and _OF_GROUP.match(phrase):
                return Role.ARMED_GROUP  # `Hezbollah Secretary General`: an office in a group
            return role
    if _SOURCES.search(phrase):
        return Role.UNNAMED
    if _BODY.search(phrase) or _STATE.match(phrase):
        return Role.OFFICIAL
    if _ORGANISATION.search(phrase):
        return Role.ORGANISATION
    return Role.DOCUMENT if _DOCUMENT.search(phrase) else None
