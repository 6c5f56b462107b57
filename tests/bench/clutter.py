"""What pages carry beside what is read: scripts, style sheets, drawings, remarks."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def script(rng: Random, size: int) -> str:
    """What such scripts are: state as JSON, and code made small; about so many bytes."""
    parts: list[str] = []
    while size > 0:
        a, b, c = rng.sample(_LETTERS, 3)
        parts.append(
            f'window.q.push({{"slot":"ad-{rng.randrange(10**9)}","key":"{rng.random()}"}});'
            f"function {a}{b}({c}){{if(!{c}||{c}.length<{rng.randrange(99)})return null;"
            f'for(var {a}=0;{a}<{c}.length;{a}++){{if({c}[{a}].t==="{rng.getrandbits(40):x}")'
            f'return "<div class=\'{a}{b}{c}\'>"+{c}[{a}].v+"<\\/div>"}}}};\n'
        )
        size -= len(parts[-1])
    return "".join(parts)


def style(rng: Random, size: int) -> str:
    """Rules; about so many bytes."""
    rules: list[str] = []
    while size > 0:
        rules.append(
            f".c{rng.getrandbits(24):x} .i>a:hover{{margin:{rng.randrange(40)}px 0;"
            f"color:#{rng.getrandbits(24):06x};display:block}}"
        )
        size -= len(rules[-1])
    return "".join(rules)


def drawings(rng: Random, size: int) -> str:
    """Icons as SVG; about so many bytes."""
    drawn: list[str] = []
    while size > 0:
        path = "".join(
            f"l{rng.randrange(99)}.{rng.randrange(99)} {rng.randrange(99)}" for _ in range(40)
        )
        drawn.append(f'<svg class="icon" viewBox="0 0 24 24"><path d="M0 0{path}z"/></svg>')
        size -= len(drawn[-1])
    return "".join(drawn)


def remark(rng: Random) -> str:
    """A comment of the mark-up."""
    state = rng.getrandbits(4 * rng.randint(50, 1_500))
    return f"<!-- rendered by node {rng.randrange(9)}: {state:x} -->"


def attributes(rng: Random, size: int) -> str:
    """What scripts and style sheets leave in an element; about so many bytes."""
    made = f'data-id="{rng.randrange(10**9)}" data-track="'
    return made + f'rail|click|{rng.getrandbits(4 * max(1, size - len(made) - 12)):x}"'
