"""A whole site's notice that it will be back: under status 200 it stands at every address, and says nothing of any page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archive.records import Outcome

if TYPE_CHECKING:
    from archive.records import Verdict
    from pipeline.outcomes.seen import Seen

_SHORT_CHARS = 600
"""Such a notice is a few sentences; an article about maintenance is longer."""

_TITLE = re.compile(
    r"""(?:(?:this\ |our\ |the\ )?(?:web)?site\ (?:is\ )?|we(?:(?:'|’)re|\ are)\ )?(?:currently\ |temporarily\ )?
        (?:under|down\ for|undergoing|in)\ (?:scheduled\ |planned\ |routine\ )?maintenance[.!]?
    | (?:scheduled|planned|site|website)\ maintenance | maintenance(?:\ mode|\ break|\ page)?
    | (?:we(?:(?:'|’)ll|\ will)\ )?be\ (?:right\ )?back\ (?:soon|shortly)[.!]?
    | (?:(?:на\ )?сайт[еа]?\ )?(?:ведутся\ |проводятся\ |на\ )?(?:технические|профилактические)\ работ[ыах]+[.!]? | технический\ перерыв
    | сайт\ (?:временно\ недоступен|на\ (?:техническом\ )?обслуживании)[.!]?
    | (?:(?:на\ )?сайт[іу]?\ )?(?:ведуться\ |проводяться\ |на\ )?(?:технічні|профілактичні)\ робот[иах]+[.!]? | технічна\ перерва
    | сайт\ (?:тимчасово\ недоступний|на\ (?:технічному\ )?обслуговуванні)[.!]?
    | (?:ال)?موقع\ (?:تحت|قيد)\ الصيانة.{0,20} | (?:تحت|قيد)\ الصيانة | (?:أعمال\ )?صيانة
    | (?:(?:وب[\u200c ]?)?سایت\ )?در\ (?:دست|حال)\ (?:تعمیر|به[\u200c ]?روزرسانی|بروزرسانی)(?:\ است)?
    | (?:האתר\ )?(?:בתחזוקה|בשיפוצים)(?:\ זמנית)? | (?:עבודות\ )?תחזוקה
    | (?:(?:web\ )?site(?:miz)?\ )?bakım(?:da(?:dır|yız)?|\ çalışması|\ modu)[.!]?
    | (?:(?:le\ |notre\ )?site\ (?:est\ )?)?(?:actuellement\ )?en\ (?:cours\ de\ )?maintenance[.!]? | maintenance\ (?:du\ site|en\ cours)""",
    re.VERBOSE | re.IGNORECASE,
)  # fmt: skip


def maintenance(seen: Seen) -> Verdict | None:
    """A short page with a title that says nothing but that the site is being worked on: as if it had said 503."""
    if seen.words_length > _SHORT_CHARS:
        return None
    title = next((part for part in seen.title_parts if _TITLE.fullmatch(part)), None)
    return seen.verdict(Outcome.SERVER_ERROR, "maintenance-page", title) if title else None
