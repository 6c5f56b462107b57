"""What the Institute for the Study of War and the Critical Threats Project are called, as data.

A name is written in lower case, folded as `archive.folding` folds; `*` stands for up to four
letters of an ending, a blank for any white space, dash or quotation mark. Each language has its
tests, of texts that name them and of texts that name others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

NAMES: Mapping[str, tuple[str, ...]] = {
    "en": (
        "institute for the study of war",
        "institute for study of war",
        "institute of the study of war",
        "study of war institute",
        "critical threats project",
        "aei's critical threats",
    ),
    "ru": (
        "институт* изучени* войн*",
        "институт* по изучени* войн*",
        "институт* исследован* войн*",
        "институт* по исследовани* войн*",
        "проект* критическ* угроз*",
        "проект* критические угрозы",
    ),
    "uk": (
        "інститут* вивчення війн*",
        "інститут* з вивчення війн*",
        "інститут* із вивчення війн*",
        "інститут* дослідження війн*",
        "інститут* досліджень війн*",
        "інститут* з дослідження війн*",
        "про*кт* критичн* загроз*",
        "про*кт* критичні загрози",
    ),
    "be": ("інстытут* вывучэння вайн*", "інстытут* па вывучэнні вайн*"),
    "bg": ("институт* за изследване на война*", "институт* за изучаване на война*"),
    "sr": ("институт* за проучавање рата", "institut* za proučavanje rata"),
    "he": (
        "המכון לחקר המלחמה",
        "המכון לחקר מלחמה",
        "מכון לחקר המלחמה",
        "המכון ללימודי מלחמה",
        "המכון ללימודי המלחמה",
        "פרויקט האיומים הקריטיים",
        "פרויקט איומים קריטיים",
    ),
    "ar": (
        "معهد دراسه الحرب",
        "معهد دراسات الحرب",
        "معهد دراسه الحروب",
        "معهد دراسات الحروب",
        "معهد ابحاث الحرب",
        "المعهد الامریکی لدراسه الحرب",
        "المعهد الامریکی لدراسات الحرب",
        "مشروع التهدیدات الحرجه",
        "مشروع التهدیدات الخطیره",
    ),
    "fa": (
        "موسسه مطالعه جنگ",
        "موسسه مطالعات جنگ",
        "موسسه بررسی جنگ",
        "انستیتو مطالعه جنگ",
        "انستیتو مطالعات جنگ",
        "انستیتوی مطالعات جنگ",
        "اندیشکده مطالعه جنگ",
        "اندیشکده مطالعات جنگ",
        "پروژه تهدیدهای حیاتی",
        "پروژه تهدیدات حیاتی",
        "پروژه تهدیدهای بحرانی",
        "پروژه تهدیدات بحرانی",
    ),
    "zh": (
        "美国战争研究所",
        "美國戰爭研究所",
        "智库战争研究所",
        "智庫戰爭研究所",
        "战争研究所(isw",
        "戰爭研究所(isw",
        "战争研究所(institute",
        "戰爭研究所(institute",
        "关键威胁项目",
        "關鍵威脅計畫",
        "重大威胁项目",
    ),
    "ja": ("米戦争研究所", "米国の戦争研究所", "シンクタンク戦争研究所", "戦争研究所(isw"),
    "ko": ("미국 전쟁연구소", "미 전쟁연구소", "전쟁연구소(isw"),
    "de": ("institut* für kriegsstudien", "institut* für das studium des krieges"),
    "fr": (
        "institut pour l'étude de la guerre",
        "institut d'étude de la guerre",
        "institut d'études de la guerre",
        "institut américain pour l'étude de la guerre",
    ),
    "es": (
        "instituto para el estudio de la guerra",
        "instituto de estudio de la guerra",
        "instituto para los estudios de la guerra",
    ),
    "it": ("istituto per lo studio della guerra", "istituto di studio della guerra"),
    "pt": ("instituto para o estudo da guerra", "instituto de estudo da guerra"),
    "pl": ("instytut* studiów nad wojną", "instytut* badań nad wojną"),
    "cs": ("institut* pro studium války", "ústav* pro studium války"),
    "ro": ("institutul* pentru studiul războiului", "institutul* pentru studierea războiului"),
    "tr": ("savaş araştırmaları enstitüsü*", "savaş çalışmaları enstitüsü*"),
    "el": ("ινστιτούτο* για τη μελέτη του πολέμου", "ινστιτούτο* μελέτης του πολέμου"),
    "nl": ("instituut voor de studie van oorlog", "instituut voor oorlogsstudies"),
}

GOES_ON = (
    "and peace", "and society", "and conflict", "and culture", "and revolution", "& peace",
    "и мира", "и мир", "і миру", "та миру", "и революции", "и конфликтов",
    "et de la paix", "y la paz", "y de la paz", "e della pace", "e da paz", "i pokojem",
    "und frieden", "und des friedens", "והשלום", "ושלום", "و صلح", "والسلام", "و السلام",
    "ve barış",
)  # fmt: skip
"""With these words behind it, the name is another institute's."""

NAMED_WITH = (
    # what the abbreviation does, or who is of it
    "isw assess*", "isw analyst*", "isw expert*", "isw report*", "isw said", "isw says",
    "isw note*", "isw wrote", "isw map*", "isw stated", "isw believe*", "isw estimate*",
    "isw observed", "isw geolocat*", "isw think tank", "isw's assessment*", "isw's analysis",
    "isw researcher*", "isw monitor*", "according to isw", "according to the isw",
    "analysts at isw", "analysts at the isw", "analysts from the isw", "isw and ctp",
    "isw-ctp", "ctp-isw", "isw/ctp", "ctp/isw",
    "аналитик* isw", "эксперт* isw", "по данным isw", "по оценк* isw", "по информации isw",
    "отчет* isw", "доклад* isw", "специалист* isw", "в isw считают", "в isw отме*",
    "в isw заяв*", "в isw сообщ*", "isw сообщ*", "isw отме*",
    "аналітик* isw", "експерт* isw", "за даними isw", "за оцінк* isw", "звіт* isw",
    "фахівц* isw", "на думку isw", "в isw вважа*", "в isw зазнач*", "у isw вважа*",
    "у isw зазнач*", "в isw пояснил*", "в isw назвал*", "isw повідом*", "isw назв*",
    "isw поясн*", "isw зазнач*",
    "laut isw", "nach angaben des isw", "isw-experten", "isw-analyst*", "selon l'isw",
    "según el isw", "secondo l'isw", "segundo o isw", "według isw", "podle isw", "eksperci isw",
    "analitycy isw", "isw'ye göre", "isw'ya göre",
    "לפי ה isw", "מכון ה isw", "מכון isw", "معهد isw", "موسسه isw", "اندیشکده isw",
)  # fmt: skip
"""The abbreviation counts only beside such words: others have it, too."""

OTHERS = ("islamic world news", "isw news", "iswnews")
"""Where one of these stands, the abbreviation is theirs."""
