from __future__ import annotations

from archive.durable_writes import write_all


def test_what_one_call_takes_a_part_of_is_written_whole() -> None:
    taken = bytearray()

    def three_at_once(rest: memoryview) -> int:
        taken.extend(rest[:3])
        return min(3, len(rest))

    for content in (b"", b"abc", b"abcdefgh"):
        taken.clear()
        write_all(three_at_once, content)
        assert taken == content
