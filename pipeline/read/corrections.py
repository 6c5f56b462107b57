"""How a line begins that corrects a text or brings it up to date, in the languages met."""

from __future__ import annotations

import re

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

# A label with what belongs behind it, or a sentence that says so: `Corrections officers` and
# `The update` are neither.
_LABELLED = re.compile(
    r"""\s*[\[(*_【（«"“▪•–-]*\s*(?:
      (?:"""
    + "|".join(re.split(r"(?<!\\)\s+", _LABELS.strip()))
    + r""")
      (?:\s*[:：.\])】）(（–—*]|\s+-|\s*$|\s+(?:on|at|as\ of|du|le|à|от|від|vom|am|del|de|den|af|av
      |din|dnia|z|ze\ dne|da|από)\b|[,\s]+[\d٠-٩۰-۹])
     |an?\ (?:earlier|previous)\ version\ of\ th|une\ version\ (?:précédente|antérieure)\ de\ c
     |this\ (?:article|story|post|report|page)\ (?:has\ been|was)\ (?:updated|corrected|amended
     |changed)
     |(?:cet\ article|ce\ texte)\ a\ été\ (?:mis\ à\ jour|corrigé|modifié)|исправлено\b|виправлено\b
     |уточнено\b
     |in\ einer\ (?:früheren|vorherigen|ersten)\ (?:version|fassung)|una\ versión\ anterior\ de
     |uma\ versão\ anterior
     |una\ versione\ precedente|w\ (?:poprzedniej|pierwotnej)\ wersji|本文(?:早前|先前|此前)版本
     |此前版本
     |в\ (?:предыдущей|прежней|более\ ранней)\ версии|у\ попередній\ версії|في\ نسخة\ سابقة
     |در\ نسخه\ پیشین|בגרסה\ קודמת|önceki\ sürümde)""",
    re.IGNORECASE | re.VERBOSE,
)


def is_labelled(line: str) -> bool:
    """Whether a line begins like a correction or an update."""
    return _LABELLED.match(line) is not None
