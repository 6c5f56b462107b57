"""A watch: a saved question over what is new."""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive.errors import BadInputError

SENTENCES, TEXTS, EVENTS = "sentences", "texts", "events"
OVER = (SENTENCES, TEXTS, EVENTS)
"""What a watch can be over: citing sentences, texts of cited pages, what happened to either."""

LONGEST_WORDS = 1_000
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")


@dataclass(frozen=True, slots=True)
class Watch:
    """What is watched for; all that is given must hold.

    Attributes:
        name: Lower case letters, digits, hyphens; stands in the feed's address.
        words: As the search takes them; empty: any.
        platform: Of the account.
        account: Of a cited page.
        host: Of a cited page.
        series: Of the citing report.
        over: Which of `OVER`.
        alarm: Whether something new is an alarm.
        made_at: ISO 8601; what is older is no alarm.
        who: Made it.
    """

    name: str
    words: str = ""
    platform: str = ""
    account: str = ""
    host: str = ""
    series: str = ""
    over: tuple[str, ...] = OVER
    alarm: bool = True
    made_at: str = ""
    who: str = ""

    def told(self) -> str:
        """In words."""
        given = [f'"{self.words}"' if self.words else ""]
        given += [f"{self.platform} {self.account}" if self.account else "", self.host, self.series]
        return ", ".join(filter(None, given))


def checked_watch(watch: Watch) -> Watch:
    """The watch, if it can be one.

    Raises:
        BadInputError: It cannot; the message says why.
    """
    if not _NAME.fullmatch(watch.name):
        raise BadInputError(
            f"watch {watch.name[:80]!r}: a name has lower-case letters, digits and hyphens, at "
            "most 60"
        )
    if len(watch.words) > LONGEST_WORDS:
        raise BadInputError(f"watch {watch.name}: at most {LONGEST_WORDS:,} characters of words")
    if bool(watch.platform) != bool(watch.account):
        raise BadInputError(f"watch {watch.name}: --platform and --account go together")
    if not any((watch.words.strip(), watch.account, watch.host, watch.series)):
        raise BadInputError(f"watch {watch.name}: give words, an account, a host or a series")
    return watch
