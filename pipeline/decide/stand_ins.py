"""Which of a source's captures show a page that is not its own, but one that its host shows at
several addresses, or a notice.

Known walls are recognized by their words (`pipeline.read.outcomes`). These are recognized in
whatever words, by where they stand: the same few words at several addresses that used to differ, or
a few words where an article was.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from archive.model.vocabulary import RETRIEVED
from pipeline.decide.compared import compare
from pipeline.decide.verdicts import EVERYBODY, NOTICE, OTHER, is_mirror
from pipeline.read.notice import NOTICE_WORDS, STUB_WORDS, same_but_for_incidents, words_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from archive.model.past import Checked, JudgedSource, Shown
    from archive.model.rot import Reading
    from pipeline.decide.held import HeldSources

_ALIKE_ALWAYS = 2
"""At so many other addresses that never showed another text, words belong to the host; at one, the
two may be mirrors."""
_GROWN = 2
"""An article has so many times the words of a notice at the least."""
_DAY = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class StandIns:
    """Marks the captures of one source.

    Attributes:
        text: The text with this id.
        shown: What is coming in at another address of the host, which the database does not know
            yet.
    """

    held: HeldSources
    source: JudgedSource
    text: Callable[[int | None], Reading | None]
    shown: tuple[Shown, ...] = ()

    def mark(self, checked: Sequence[Checked]) -> list[Checked]:
        """The attempts, those marked whose text is not the source's own."""
        came = [
            c for c in checked if c.attempt.outcome in RETRIEVED and c.attempt.digest is not None
        ]
        notices = {c.attempt.notice: c for c in came if c.attempt.notice is not None}
        if not notices:
            return list(checked)
        at_others = self._at_others(list(notices))
        everybodys = {
            notice for notice, one in notices.items()
            if self._is_everybodys(one, at_others.get(notice, []), came)
        }  # fmt: skip
        articles = [c for c in came if self._words(c) >= STUB_WORDS]
        return [self._marked(c, everybodys, articles) for c in checked]

    def _marked(self, one: Checked, everybodys: set[str], articles: Sequence[Checked]) -> Checked:
        if one.attempt.outcome not in RETRIEVED or one.attempt.notice is None:
            return one
        why = EVERYBODY if one.attempt.notice in everybodys else None
        if why is None and self._is_stub(one, articles):
            why = NOTICE
        return one if why is None else replace(one, attempt=replace(one.attempt, stands_in=why))

    def _at_others(self, notices: list[str]) -> dict[str, list[Shown]]:
        found: dict[str, list[Shown]] = {}
        for shown in (*self.held.shown_elsewhere(self.source, notices), *self.shown):
            if shown.notice in notices and not is_mirror(shown.url, self.source.cited_url):
                found.setdefault(shown.notice, []).append(shown)
        return found

    def _is_everybodys(self, one: Checked, others: Sequence[Shown], own: Sequence[Checked]) -> bool:
        """Whether words belong to the host: shown at two addresses of which one has shown other
        words, or at three that never have."""
        if not others:
            return False
        said = self.text(one.text_id)
        if said is None:
            return False
        mine = [c.text_id for c in own if c.attempt.notice != one.attempt.notice]
        theirs = {s.source_id: self._others_texts(s, one.attempt.notice) for s in others}
        every = [text for texts in theirs.values() for text in texts]
        if self._used_to_differ(said, dict.fromkeys(mine), dict.fromkeys(every)):
            return True
        always = {s.source_id for s in others if not theirs[s.source_id]}
        alike = {s.source_id for s in others if self._is_the_same(said, s.text_id)} & always
        return not mine and len(alike) >= _ALIKE_ALWAYS and words_in(said.text) < STUB_WORDS

    def _others_texts(self, shown: Shown, but: str | None) -> list[int]:
        coming = [
            s.text_id for s in self.shown if s.source_id == shown.source_id and s.notice != but
        ]
        return [*self.held.texts_of(shown.source_id, but=but), *coming]

    def _used_to_differ(
        self, said: Reading, mine: Iterable[int | None], theirs: Iterable[int | None]
    ) -> bool:
        """Whether two addresses that say the same had texts of their own at other times.

        Where only one had, that has to be longer than what both say: else it is the notice, and
        both say an article.
        """
        own, others = self._apart(said, mine), self._apart(said, theirs)
        if own and others:
            return any(compare(a, b).drift in OTHER for a in own for b in others)
        return any(words_in(one.text) > words_in(said.text) for one in (*own, *others))

    def _apart(self, said: Reading, texts: Iterable[int | None]) -> list[Reading]:
        found = (self.text(text_id) for text_id in texts)
        return [o for o in found if o is not None and compare(said, o).drift in OTHER]

    def _is_another(self, said: Reading, text_id: int | None) -> bool:
        other = self.text(text_id)
        return other is not None and compare(said, other).drift in OTHER

    def _is_the_same(self, said: Reading, text_id: int | None) -> bool:
        other = self.text(text_id)
        if other is None or other.title != said.title:
            return False
        return same_but_for_incidents(said.text, other.text)

    def _is_stub(self, one: Checked, articles: Sequence[Checked]) -> bool:
        """Whether a few words without a date stand where at another time an article stood that says
        something else."""
        said = self.text(one.text_id)
        words = self._words(one)
        if said is None or words >= STUB_WORDS or _is_dated(said, one.attempt.url):
            return False
        return any(
            self._words(c) >= _GROWN * words and self._is_another(said, c.text_id) for c in articles
        )

    def _words(self, one: Checked) -> int:
        """The number of words of an attempt's text; where it is no notice, more than any notice
        has."""
        if one.attempt.notice is None:
            return NOTICE_WORDS + 1
        said = self.text(one.text_id)
        return words_in(said.text) if said is not None else 0


def _is_dated(said: Reading, url: str) -> bool:
    """Whether a page says by itself when it was published: a day in its address stays, whatever
    stands there."""
    if said.published is None:
        return False
    year, month, _ = said.published.split("-")
    numbers = _DAY.findall(url)
    return not any(n == year or n.startswith(year + month) for n in numbers)
