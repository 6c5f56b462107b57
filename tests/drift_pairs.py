"""Pairs of texts of hard kinds with the class that a reader would give, written down before they
were compared.

Short posts, live pages that grow, lists in another order, numbers that change, notes on cookies,
headlines, types of writing; in the eight languages met most.
"""

from __future__ import annotations

from dataclasses import replace

from archive.model.rot import Reading
from archive.model.vocabulary import DriftClass
from tests.drift_words import WORDS, Words
from tests.replica.prose import LANGUAGES, rng_for

PLACES = ("Tolvar", "Velsk", "Ilma", "Karst", "Morun", "Perla", "Sarn", "Odrin")

Pair = tuple[str, Reading, Reading, DriftClass]


def pairs() -> list[Pair]:
    """Name, first reading, later reading, label."""
    made: list[Pair] = []
    for lang, words in WORDS.items():
        for name, first, now, label in (
            *_posts(words), *_articles(words), *_live(lang, words), *_lists(words), *_titles(words), *_written(lang, words),  # noqa: E501
            *_long(lang),
        ):  # fmt: skip
            made.append((f"{lang} {name}", _reading(first), _reading(now), label))
        made += [
            (f"{lang} post to {other}", Reading(words.post), Reading(WORDS[other].other_post),
                DriftClass.OFF_TOPIC)
            for other in WORDS
            if other != lang
        ]  # fmt: skip
    return made


def _reading(said: str | Reading) -> Reading:
    return said if isinstance(said, Reading) else Reading(said)


Made = list[tuple[str, str | Reading, str | Reading, DriftClass]]


def _posts(w: Words) -> Made:
    counted, old, new = w.counted
    ago, before, after = w.ago
    return [
        ("post: casualties", w.post, w.post.replace(*w.number), DriftClass.MINOR),
        ("post: place", w.post, w.post.replace(*w.place), DriftClass.MINOR),
        ("post: counter", w.post, f"{w.post}\n{w.views}", DriftClass.SAME),
        ("post: marks", w.post, f"❗️❗️ {w.post} 🔥", DriftClass.SAME),
        ("post: another", w.post, w.other_post, DriftClass.OFF_TOPIC),
        ("post: a later one", w.post, w.later_post, DriftClass.REPLACED),
        ("post: an earlier one", w.later_post, w.post, DriftClass.REPLACED),
        ("post: grown", w.post, f"{w.post}\n{w.entries[0].format(p=PLACES[0], n=4)}",
            DriftClass.SUBSTANTIAL),
        ("post: cut", f"{w.post}\n{w.entries[0].format(p=PLACES[0], n=4)}", w.post,
            DriftClass.SUBSTANTIAL),
        ("counted in a sentence", counted, counted.replace(old, new), DriftClass.MINOR),
        ("counted in an article", f"{w.article}\n{counted}",
            f"{w.article}\n{counted.replace(old, new)}", DriftClass.MINOR),
        ("ago in a sentence", ago, ago.replace(before, after), DriftClass.MINOR),
    ]  # fmt: skip


def _articles(w: Words) -> Made:
    cut = w.article[: len(w.article) // 2].rsplit(" ", 1)[0]
    return [
        ("article: number", w.article, w.article.replace("900", "9000"), DriftClass.MINOR),
        ("article: day", w.article, w.article.replace(*w.day), DriftClass.MINOR),
        ("article: another", w.article, w.another, DriftClass.REPLACED),
        ("article: another, back", w.another, w.article, DriftClass.REPLACED),
        ("article: a post instead", w.article, w.other_post, DriftClass.OFF_TOPIC),
        ("article: teaser", w.article, f"{cut}…", DriftClass.SUBSTANTIAL),
        ("article: whole after a teaser", f"{cut}…", w.article, DriftClass.SUBSTANTIAL),
        ("article: cookies", w.article, f"{w.cookies}\n{w.article}", DriftClass.SAME),
        ("article: cookies gone", f"{w.article}\n{w.cookies}", w.article, DriftClass.SAME),
        ("article: cookies and a number", w.article,
            f"{w.cookies}\n{w.article.replace('900', '700')}", DriftClass.MINOR),
    ]  # fmt: skip


def _entries(lang: str, w: Words, count: int) -> list[str]:
    rng = rng_for(f"live {lang}")
    return [
        f"{6 + i // 4:02}:{i % 4 * 15:02} "
        + w.entries[i % 3].format(p=rng.choice(PLACES), n=rng.randint(2, 80))
        for i in range(count)
    ]


def _live(lang: str, w: Words) -> Made:
    entries = _entries(lang, w, 24)
    held = "\n".join(entries[:4])
    changed = "\n".join(
        (entries[0], entries[1].replace(entries[1][:5], entries[1][:5] + ","), *entries[2:4])
    )
    corrected = held.replace(entries[2], _other_number(entries[2]))
    return [
        ("live: three more", held, "\n".join((*reversed(entries[4:7]), held)),
            DriftClass.SUBSTANTIAL),
        ("live: six times as long", held, "\n".join((*reversed(entries[4:]), held)),
            DriftClass.SUBSTANTIAL),
        ("live: older entries gone", "\n".join(entries), held, DriftClass.SUBSTANTIAL),
        ("live: turned round", "\n".join(entries[:9]), "\n".join(reversed(entries[:9])),
            DriftClass.MINOR),
        ("live: a number", held, corrected, DriftClass.MINOR),
        ("live: a comma", held, changed, DriftClass.SAME),
    ]  # fmt: skip


def _other_number(entry: str) -> str:
    time, _, said = entry.partition(" ")
    number = next(word for word in said.replace(",", " ").split() if word.isdigit())
    return f"{time} " + said.replace(number, str(int(number) + 111), 1)


def _lists(w: Words) -> Made:
    rows = "\n".join(w.rows)
    heads = "\n".join(w.headlines)
    return [
        ("list: a number", f"{w.article}\n{rows}", f"{w.article}\n{rows.replace('11', '19')}",
            DriftClass.MINOR),
        ("list: a row gone", f"{w.article}\n{rows}", f"{w.article}\n{w.rows[0]}\n{w.rows[2]}",
            DriftClass.MINOR),
        ("list: other headlines", f"{w.article}\n{heads}", f"{w.article}\n{_old_heads(w)}",
            DriftClass.SAME),
        ("list: headlines come", w.article, f"{w.article}\n{heads}", DriftClass.SAME),
    ]  # fmt: skip


def _old_heads(w: Words) -> str:
    """The list a day before: one that is still there, and others."""
    others = [" ".join(sentence.split()[:5]) for sentence in (w.another, w.other_post)]
    return "\n".join((*others, w.headlines[0]))


def _titles(w: Words) -> Made:
    said = Reading(w.article, w.headline, "2026-03-03")
    return [
        ("headline alone", said, replace(said, title=w.new_headline), DriftClass.MINOR),
        ("headline: site before", said, replace(said, title=f"{w.site} | {w.headline}"),
            DriftClass.SAME),
        ("headline: site moved", replace(said, title=f"{w.headline} - {w.site}"),
            replace(said, title=f"{w.site}: {w.headline}"), DriftClass.SAME),
        ("headline: none now", said, replace(said, title=None), DriftClass.SAME),
        ("headline with a date moved", said, replace(said, published="2026-03-05"),
            DriftClass.SAME),
    ]  # fmt: skip


def _written(lang: str, w: Words) -> Made:
    typed = w.article.replace(" ", "\u00a0", 4).replace("'", "’").replace("-", "‐").upper()
    made: Made = [
        (
            "typed otherwise",
            w.article,
            typed if lang != "tr" else w.article.replace(" ", "\u00a0"),
            DriftClass.SAME,
        )
    ]
    if lang in {"ar", "fa", "he"}:
        marked = "\u202b" + w.article.replace(". ", ".\u200f ") + "\u202c"
        made.append(("marks of direction", w.article, marked, DriftClass.SAME))
    if lang in {"ar", "fa"}:
        drawn = w.article.replace("م", "م\u0640", 5)
        keyboard = (
            w.article.replace("ی", "ي").replace("ک", "ك")
            if lang == "fa"
            else w.article.replace("ي", "ی").replace("ك", "ک")
        )
        made += [
            ("drawn out", w.article, drawn, DriftClass.SAME),
            ("another keyboard", w.article, keyboard, DriftClass.SAME),
        ]
    if lang == "he":
        made.append(
            ("points", w.article, w.article.replace("ש", "שׁ").replace("ב", "בּ"), DriftClass.SAME)
        )
    return made


def _long(lang: str) -> Made:
    language = LANGUAGES[lang]
    parts = language.paragraphs(rng_for(f"long {lang}"), 6)
    whole, moved = "\n".join(parts), "\n".join((*parts[3:], *parts[:3]))
    others = [
        "\n".join(language.paragraphs(rng_for(f"other {number} {lang}"), 5)) for number in range(4)
    ]
    return [
        *(
            ("long: another from one set of phrases", whole, other, DriftClass.REPLACED)
            for other in others
        ),
        ("long: parts change places", whole, moved, DriftClass.MINOR),
        ("long: two paragraphs of six", whole, "\n".join(parts[:2]), DriftClass.SUBSTANTIAL),
        ("long: six paragraphs of two", "\n".join(parts[:2]), whole, DriftClass.SUBSTANTIAL),
        ("long: beneath a wall", whole, f"{parts[0][:120]}…", DriftClass.SUBSTANTIAL),
    ]
