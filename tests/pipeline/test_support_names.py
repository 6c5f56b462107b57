"""What names ISW and CTP in the languages we meet, and what only looks like it."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.model.support import Naming
from pipeline.decide.support.names import NAMES
from pipeline.decide.support.naming import named_in, naming_of

SAMPLES = Path(__file__).parents[1] / "fixtures" / "languages.txt"

NAMING = {
    "en": (
        "Analysts at the Institute for the Study of War said the bridge is out of use.",
        "The Critical Threats Project counted nine strikes.",
        "The ISW assessed on Monday that the depot is empty.",
        "According to the ISW, the river is low.",
        "An ISW-CTP map shows the village.",
    ),
    "ru": (
        "В Институте изучения войны считают, что мост закрыт.",
        "По данным американского Института изучения войны (ISW), склад пуст.",
        "Аналитики ISW полагают, что река обмелела.",
        "Об этом говорится в отчёте ISW.",
        "Проект «Критические угрозы» насчитал девять ударов.",
    ),
    "uk": (
        "За даними Інституту вивчення війни, склад порожній.",
        "Аналітики ISW вважають, що міст закрито.",
        "В Інституті дослідження війни пояснили, чому річка обміліла.",
        "Проєкт критичних загроз нарахував дев'ять ударів.",
    ),
    "be": ("Пра гэта піша Інстытут вывучэння вайны.",),
    "bg": ("Според Института за изследване на войната мостът е затворен.",),
    "sr": ("Према подацима Института за проучавање рата, мост је затворен.",),
    "he": (
        "לפי המכון לחקר המלחמה, הגשר סגור.",
        "חוקרים מהמכון לחקר המלחמה בוושינגטון מסרו שהמחסן ריק.",
        "פרויקט האיומים הקריטיים ספר תשע תקיפות.",
    ),
    "ar": (
        "وقال معهد دراسة الحرب الأمريكي إن الجسر مغلق.",
        "بحسب تقرير لمعهد دراسات الحرب فإن المستودع فارغ.",
        "أحصى مشروع التهديدات الحرجة تسع ضربات.",
    ),
    "fa": (
        "به گزارش مؤسسه مطالعات جنگ، پل بسته است.",
        "اندیشکده مطالعات جنگ آمریکا نوشت که انبار خالی است.",
        "پروژه تهدیدهای حیاتی نه حمله را شمرد.",
    ),
    "zh": (
        "美国战争研究所称桥梁已关闭。",
        "據美國戰爭研究所報告，倉庫是空的。",
        "战争研究所（ISW）表示河水很浅。",
    ),
    "ja": ("米戦争研究所によると、橋は閉鎖されている。",),
    "ko": ("미국 전쟁연구소는 다리가 닫혔다고 밝혔다.",),
    "de": ("Laut dem Institut für Kriegsstudien ist die Brücke gesperrt.", "Laut ISW ist sie zu."),
    "fr": ("Selon l’Institut pour l’étude de la guerre, le pont est fermé.",),
    "es": ("Según el Instituto para el Estudio de la Guerra, el puente está cerrado.",),
    "it": ("Per l’Istituto per lo studio della guerra il ponte è chiuso.",),
    "pt": ("Segundo o Instituto para o Estudo da Guerra, a ponte está fechada.",),
    "pl": ("Instytut Studiów nad Wojną podał, że most jest zamknięty.",),
    "cs": ("Podle Institutu pro studium války je most zavřený.",),
    "ro": ("Potrivit Institutului pentru Studiul Războiului, podul este închis.",),
    "tr": ("Savaş Araştırmaları Enstitüsü’ne göre köprü kapalı.",),
    "el": ("Σύμφωνα με το Ινστιτούτο για τη Μελέτη του Πολέμου η γέφυρα είναι κλειστή.",),
    "nl": ("Volgens het Instituut voor de Studie van Oorlog is de brug dicht.",),
}

OTHERS = (
    "Islamic World News (ISW) published a map of the front.",
    "ISW News reported that a convoy left the town.",
    "The ISW plant burns industrial solid waste from the port.",
    "The ISW in Munich, an institute of economists, wrote about wages.",
    "Das ISW (Institut für Sozialforschung und Wirtschaft) laut ISW Bericht zu Löhnen.",
    "The Inland Shipping Works (ISW) met. According to the ISW, wages rise.",
    "Институт водных путей (ISW) закрыт. По данным ISW, река обмелела.",
    "CTP won the vote in the north of the island.",
    "The CTP of the printing house stopped at noon.",
    "The Department of War Studies invited the admiral.",
    "The Institute for Peace Studies opened a school.",
    "The Institute for the Study of War and Peace at the college has two rooms.",
    "He studied war at an institute in the capital.",
    "The project named critical threats to the dam: frost and rust.",
    "A study of war poetry won the prize.",
    "Институт изучения мира и конфликтов открыл выставку.",
    "Институт изучения войны и мира выпустил сборник.",
    "Институт военной истории изучает войну 1812 года.",
    "Комитет перечислил критические угрозы проекта плотины.",
    "Інститут вивчення Карпат відкрив музей війни.",
    "Музей війни та інститут історії вивчення краю.",
    "המכון לחקר השלום פתח בית ספר.",
    "המכון למחקרי ביטחון לאומי פרסם דוח על המלחמה.",
    "معهد دراسات السلام افتتح مدرسة.",
    "وزارة الحرب ودراسة المعهد حول المياه.",
    "مؤسسه مطالعات صلح مدرسه باز کرد.",
    "مرکز اسناد جنگ نمایشگاهی برپا کرد.",
    "抗日战争研究所开放了展览。",
    "中国人民抗日战争研究所出版了新书。",
    "戦争研究の本が出た。",
    "한국전쟁연구소는 전시회를 열었다.",
    "Das Institut für Kriegsgräber öffnete ein Archiv.",
    "L’institut d’étude de la mer a fermé.",
    "El Instituto para el Estudio de la Paz abrió una escuela.",
    "Instytut Studiów Wschodnich podał nowe dane.",
    "Barış Araştırmaları Enstitüsü savaş müzesini açtı.",
)
"""Sentences of our own about others, with the same letters or nearly the same words."""


@pytest.mark.parametrize("language", NAMES)
def test_each_language_has_texts_that_name_them(language: str) -> None:
    assert [one for one in NAMING[language] if named_in(one) is None] == []


@pytest.mark.parametrize("language", NAMES)
def test_each_name_is_found_within_a_text(language: str) -> None:
    for name in NAMES[language]:
        said = name.replace("*", "")
        wanted = said.upper() if language == "en" else said
        shown = wanted + (")" if "(" in said else "")
        assert named_in(f"… {shown} …"), name


@pytest.mark.parametrize("text", OTHERS)
def test_others_are_not_taken_for_them(text: str) -> None:
    assert named_in(text) is None


def test_ordinary_texts_in_all_our_languages_name_neither() -> None:
    lines = SAMPLES.read_text(encoding="utf-8").splitlines()
    assert len(lines) > 800
    assert [line for line in lines if named_in(line)] == []


def test_precision_on_the_labelled_set_is_a_hundred_percent_and_nothing_is_missed() -> None:
    wanted = [one for texts in NAMING.values() for one in texts]
    found = [one for one in (*wanted, *OTHERS) if named_in(one)]
    assert found == wanted


@pytest.mark.parametrize(
    ("url", "ours"),
    [
        ("https://understandingwar.org/backgrounder/a", True),
        ("https://www.criticalthreats.org/analysis/a", True),
        ("https://isw.pub/UkrWar030326", True),
        ("https://www.iswnews.com/map", False),
        ("https://news.example/?about=understandingwar.org", False),
        ("https://aei.org/economics/", False),
        ("not an address", False),
    ],
)
def test_links_to_their_sites_are_told_by_the_host(url: str, ours: bool) -> None:
    found = naming_of("A title", "A text.", ["https://port.example/", url])
    assert (found.links if found else None) == (url if ours else None)


def test_the_title_counts_too() -> None:
    found = naming_of("Institute for the Study of War: the bridge", "It is shut.", [])
    assert found is not None
    assert found.names == "institute for the study of war"


OWN = "https://www.understandingwar.org/research/russia-ukraine/an-update-march-1-2026/"
ESCAPED = "https%3A%2F%2Fwww.understandingwar.org%2Fresearch%2Frussia-ukraine%2Fan-update"


@pytest.mark.parametrize(
    "link",
    [
        OWN,
        OWN.upper(),
        OWN.replace("under", "u\tnder"),
        OWN.replace("understanding", "%75nderstanding"),
        f"https://www.google.com/url?q={ESCAPED}",
        f"https://www.google.com/amp/s/{OWN.removeprefix('https://')}",
        f"https://nam02.safelinks.protection.outlook.com/?url={ESCAPED}",
        "https://urldefense.proofpoint.com/v2/url?u=https-3A__www.-75nderstandingwar.org_a",
        f"https://urldefense.com/v3/__{OWN}__;!!a",
    ],
)
def test_a_link_to_the_publishers_is_one_however_it_is_wrapped(link: str) -> None:
    assert naming_of(None, "", ["https://news.example/a?b=c%20d", link]) == Naming(None, link)


def test_other_links_are_none() -> None:
    others = ["https://news.example/understandingwar", "/about", "https://a.example/%75nder"]
    assert naming_of(None, "", others) is None
