"""Videos that are nearly the same, told from those that only look alike: over pairs made by ffmpeg,
all of them with `make alike`, a few where it is installed."""

from __future__ import annotations

import os
import random
from collections import Counter
from pathlib import Path

import pytest

from archive.model.media import VideoLook
from pipeline.decide.near_videos import INDEX_EVERY, bands, compare_videos
from pipeline.run.frames import found_program
from tests.video_pairs import Studio, VideoPair, pairs

WHOLE = os.environ.get("ISW_ARCHIVE_TEST_ALIKE") == "whole"
PROGRAM = found_program()
COPIED = 12
"""Videos of which seven copies each are made; ten minutes of ffmpeg."""


@pytest.mark.skipif(not (WHOLE and PROGRAM), reason="made by `make alike`, with ffmpeg")
def test_precision_and_recall_over_all_pairs(tmp_path: Path) -> None:
    made = pairs(Studio(tmp_path, str(PROGRAM)), COPIED)
    judged = [(pair, compare_videos(pair.one, pair.other)) for pair in made]
    wrong = Counter(pair.how for pair, found in judged if found and not pair.same)
    missed = Counter(pair.how for pair, found in judged if pair.same and not found)
    right = [pair for pair, found in judged if found and pair.same]
    copies = sum(pair.same for pair, _ in judged)
    print(f"\n{len(judged)} pairs, {copies} copies; found {len(right)}, missed {dict(missed)}, "
        f"wrong {dict(wrong)}")  # fmt: skip
    indexed = [pair for pair in right if _share_a_band(pair)]
    print(f"of {len(right)} found {len(indexed)} share a band")
    assert wrong.total() <= 0.01 * (len(right) + wrong.total())
    assert len(right) >= 0.9 * copies
    assert len(indexed) >= 0.95 * len(right)


def _share_a_band(pair: VideoPair) -> bool:
    return bool(bands(pair.one, INDEX_EVERY) & bands(pair.other))


def frames(seed: str, count: int) -> tuple[int, ...]:
    return tuple(random.Random(f"{seed} {n}").getrandbits(256) for n in range(count))


def changed(taken: tuple[int, ...], bits: int) -> tuple[int, ...]:
    """Frames of a copy: so many bits of each turned."""
    rng = random.Random(5)
    return tuple(one ^ sum(1 << n for n in rng.sample(range(256), bits)) for one in taken)


def video(number: int, taken: tuple[int | None, ...], *, is_drawn: bool = False) -> VideoLook:
    return VideoLook(number, f"{number:064}", taken, is_drawn)


FILM = frames("film", 20)


def test_a_copy_is_found_with_its_shift() -> None:
    found = compare_videos(video(1, FILM), video(2, changed(FILM[4:16], 40)))
    assert found is not None
    assert (found.frames, found.shift) == (12, -4)
    assert compare_videos(video(1, FILM), video(2, frames("other", 20))) is None


def test_blank_frames_and_an_overlap_that_is_too_short_say_nothing() -> None:
    assert compare_videos(video(1, (None,) * 20), video(2, (None,) * 20)) is None
    assert compare_videos(video(1, FILM), video(2, FILM[:3])) is None
    assert compare_videos(video(1, FILM), video(2, FILM[12:] + frames("more", 12))) is None
    assert compare_videos(video(1, ()), video(2, FILM)) is None


def test_one_place_on_two_days_is_not_one_video() -> None:
    place = changed((FILM[0],) * 20, 12)
    other = tuple(one ^ 1 << 3 * n for n, one in enumerate(changed((FILM[0],) * 20, 11)[::-1]))
    assert compare_videos(video(1, place), video(2, other)) is None
    assert compare_videos(video(1, place), video(2, place)) is not None


def test_a_film_of_a_map_is_near_only_where_it_hardly_differs() -> None:
    maps = video(1, FILM, is_drawn=True)
    assert compare_videos(maps, video(2, changed(FILM, 16), is_drawn=True)) is None
    assert compare_videos(maps, video(2, changed(FILM, 4), is_drawn=True)) is not None


def test_a_still_picture_with_sound_is_near_its_copy_alone() -> None:
    still = video(1, (FILM[0],) * 10)
    assert compare_videos(still, video(2, changed((FILM[0],) * 10, 2))) is not None
    assert compare_videos(still, video(2, (FILM[1],) * 10)) is None


def test_copies_share_bands_and_strangers_hardly_any() -> None:
    own = bands(video(1, FILM), INDEX_EVERY)
    assert own & bands(video(2, changed(FILM, 30)))
    assert len(own & bands(video(3, frames("other", 20)))) <= 1
