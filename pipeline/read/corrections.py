"""How a line begins that corrects a text or brings it up to date, in the languages met."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_LABELS = """
corrections? corrected clarifications? editor['’]?s?['’]?\\ note updated? upd correctif rectificati[fo] erratum errata
mise?\\ [àa]\\ jour note\\ de\\ la\\ rédaction précision исправлени[ея] обновлени[ея] обновлено уточнени[ея] поправк[аи]
дополнени[ея] дополнено от\\ редакции оновлення оновлено уточнення доповнення доповнено виправлення від\\ редакції
تحديث تصحيح توضيح تنويه استدراك تصحیح توضیح اصلاحیه اصلاح به[\\u200c\\ ]?روزرسانی بروزرسانی
תיקון(?:\\ טעות)? עדכון הבהרה עודכן düzeltme güncelleme güncellendi editörün\\ notu
corrigend(?:um|a) correction\\ notice
korrektur(?:hinweis|vermerk)? berichtigung richtigstellung klarstellung nachtrag aktualisier(?:t|ung) (?:anmerkung|anm\\.)\\ der\\ redaktion hinweis\\ der\\ redaktion
corrección fe\\ de\\ erratas? rectificación actualización actualizado nota\\ (?:del\\ editor|de\\ la\\ redacción) aclaración
correção retificação atualização atualizado nota\\ da\\ redação correzione rettifica aggiornamento errata\\ corrige
nota\\ della\\ redazione precisazione correctie rectificatie bijgewerkt aanvulling rechtzetting
sprostowanie korekta aktualizacja od\\ redakcji wyjaśnienie uzupełnienie oprava aktualizace aktualizováno upřesnění
aktualizácia helyesbítés frissítés pontosítás corectură rectificare actualizare erată corecție
корекция актуализация уточнение исправка ажурирање допуна ispravka ispravak ažuriranje dopuna popravek posodobitev
исправка διόρθωση ενημέρωση διευκρίνιση rättelse uppdatering rettelse oppdatering opdatering presisering korjaus oikaisu
päivitys 更正 更新 勘误 勘誤 编者按 編者按 编者注 編者註 澄清 修订 訂正 追記 お詫びと訂正 編集部注 정정 수정 바로잡습니다 업데이트
แก้ไข อัปเดต đính\\ chính cập\\ nhật ralat koreksi pembaruan klarifikasi सुधार अपडेट संशोधन düzəliş yenilənib түзету жаңарту
ուղղում թարմացում შესწორება განახლება pataisymas atnaujinta labojums parandus përditësim korrigjim
"""  # noqa: E501
"""What a line begins with that corrects a text or brings it up to date, as patterns."""

_SENTENCES = (
    r"a\ (?:earlier|previous)\ version\ of\ th",
    r"an\ (?:earlier|previous)\ version\ of\ th",
    r"une\ version\ (?:précédente|antérieure)\ de\ c",
    (
        r"this\ (?:article|story|post|report|page)\ (?:has\ been|was)\ "
        r"(?:updated|corrected|amended|changed)"
    ),
    r"(?:cet\ article|ce\ texte)\ a\ été\ (?:mis\ à\ jour|corrigé|modifié)",
    r"(?:исправлено|уточнено)\b",
    r"виправлено\b",
    r"in\ einer\ (?:früheren|vorherigen|ersten)\ (?:version|fassung)",
    r"una\ versión\ anterior\ de",
    r"uma\ versão\ anterior",
    r"una\ versione\ precedente",
    r"w\ (?:poprzedniej|pierwotnej)\ wersji",
    r"(?:本文早前|本文先前|本文此前|此前)版本",
    r"в\ (?:предыдущей|прежней|более\ ранней)\ версии",
    r"у\ попередній\ версії",
    r"في\ نسخة\ سابقة",
    r"در\ نسخه\ پیشین",
    r"בגרסה\ קודמת",
    r"önceki\ sürümde",
    r"updated?\ to\ (?:correct|reflect|clarify|include|add|remove|fix|note)",
    r"we\ have\ (?:since\ )?(?:corrected|updated|amended|changed|clarified)\ (?:this|the|our)",
    r"wir\ haben\ (?:das|dies|den\ |die)[^.]{0,60}(?:korrigiert|berichtigt|geändert|aktualisiert)",
    (
        r"dieser\ (?:artikel|text|beitrag)\ wurde\ [^.]{0,60}"
        r"(?:korrigiert|berichtigt|geändert|aktualisiert|ergänzt)"
    ),
    r"nous\ avons\ (?:corrigé|rectifié|modifié|mis\ à\ jour)\ (?:cet|ce|notre)",
    r"hemos\ (?:corregido|rectificado|actualizado|modificado)\ (?:est|el\ (?:tex|art)|la\ not)",
    r"est[ea]\ (?:artículo|texto|noticia)\ (?:ha\ sido|fue)\ (?:corregi|actuali|modific|rectific)",
    r"este\ (?:artigo|texto)\ foi\ (?:corrigid|atualizad|alterad|modificad)",
    r"questo\ articolo\ è\ stato\ (?:corretto|aggiornato|modificato|rettificato)",
    r"(?:ten\ artykuł|artykuł)\ został\ (?:poprawiony|zaktualizowany|zmieniony|uzupełniony)",
    r"мы\ (?:исправили|уточнили|обновили|изменили)\ (?:эт|текст|матер|загол|новость|стать)",
    r"(?:текст|материал|новость|статья)\ (?:был[аи]?\ )?(?:исправл|обновл|дополн|измен)[её]н",
    r"ми\ (?:виправили|уточнили|оновили|змінили)\ (?:ц|текст|матер|загол|новин|статт)",
    r"(?:текст|матеріал|новину|статтю)\ (?:було\ )?(?:виправлено|оновлено|доповнено|змінено)",
    r"haber(?:imiz)?i?\ (?:düzelttik|güncelledik|düzeltil|güncellen|düzeltildi)",
    r"bu\ haber(?:i|imiz)?\ (?:düzelttik|güncelledik|düzeltil|güncellen|düzeltildi)",
    r"記事の一部を(?:修正|訂正)",
    r"この記事は[^。]{0,40}(?:修正|訂正|更新)(?:され|し)",
    r"本文已(?:更正|更新|修订)",
    r"이\ 기사는\ [^.]{0,40}(?:수정|정정)",
)
"""Sentences that say so."""

_BEGINNINGS = re.split(r"(?<!\\)\s+", _LABELS.strip())
# A label with what belongs behind it, or a sentence that says so: `Corrections officers` and
# `The update` are neither.
_LABELLED = re.compile(
    r"""(?:
      (?:"""
    + "|".join(_BEGINNINGS)
    + r""")
      (?:\s*[:：.\])】）(（–—*]|\s+-|\s*$|\s+(?:on|at|as\ of|du|le|à|от|від|vom|am|del|de|den|af|av
      |din|dnia|z|ze\ dne|da|από)\b|[,\s]+[\d٠-٩۰-۹])
     |"""
    + "|".join(_SENTENCES)
    + ")",
    re.IGNORECASE | re.VERBOSE,
)
_BEFORE = re.compile(r"""\s*[\[(*_【（«"“▪•–-]*\s*""")


def _starts(pattern: str) -> Iterator[str]:
    """The two signs that a text begins with that a pattern finds; all patterns begin with two."""
    ways = pattern[3 : pattern.index(")")].split("|") if pattern.startswith("(?:") else [pattern]
    return (way.replace("\\", "")[:2].lower() for way in ways)


# Asked of each line of each page; to try all beginnings takes ten times as long.
_STARTS = frozenset(start for pattern in (*_BEGINNINGS, *_SENTENCES) for start in _starts(pattern))
# What patterns take for one letter beside its capital.
_ONE_LETTER = str.maketrans("İıſ", "iis")


def is_labelled(line: str) -> bool:
    """Whether a line begins like a correction or an update."""
    at = _BEFORE.match(line).end()  # type: ignore[union-attr]
    if line[at : at + 2].translate(_ONE_LETTER).lower() not in _STARTS:
        return False
    return _LABELLED.match(line, at) is not None
