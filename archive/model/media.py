"""Pictures, videos and files that a cited page shows, from its page to what is known of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class MediaKind(StrEnum):
    """What a page shows."""

    PICTURE = "picture"
    POSTER = "poster"
    """The still picture that stands for a video."""
    VIDEO = "video"
    AUDIO = "audio"
    DOCUMENT = "document"
    LISTING = "listing"
    """A platform's public answer that names what a post shows; it is read for that alone."""


PICTURES = frozenset({MediaKind.PICTURE, MediaKind.POSTER, MediaKind.LISTING})
"""What the setting `media = pictures` fetches."""

ALL_MEDIA = frozenset(MediaKind)
"""What the setting `media = videos` fetches."""


IN_PLAYER = "in-the-player-only"
"""Why a page gives no address of a video (`ShownMedia.missing`): only its player has it."""

STORYBOARD = "storyboard"
"""With a number the name of a sheet of small frames, which a platform makes of a video: what was
posted does not change with it."""

THE_VIDEO = "video"
"""What a video is called that is all of its page (`ShownMedia.name`), so that whoever plays the
page plays it."""


@dataclass(frozen=True, slots=True)
class ShownMedia:
    """One thing that a page shows, as the page declares it.

    Attributes:
        name: What it is called on its page, the same in each capture of it: its address, or its
            place among those of its kind where addresses are signed anew for each visitor.
        url: Where its bytes are; None where the page gives no address.
        width, height: In pixels, as declared.
        duration_s: In seconds, as declared.
        size: In bytes, as declared.
        alt: What stands for it in words: alternative text, or caption.
        missing: Why the page gives no address, as `too-big` or `not-offered`.
    """

    kind: MediaKind
    name: str
    url: str | None = None
    width: int | None = None
    height: int | None = None
    duration_s: float | None = None
    size: int | None = None
    alt: str | None = None
    missing: str | None = None


@dataclass(frozen=True, slots=True)
class MediaFacts:
    """What the bytes of a picture or video say.

    Attributes:
        form: Its format by its bytes, such as `jpeg` or `mp4`.
        phash: Its perceptual hash, as hexadecimal digits.
        sketch: The picture in so few points that two can be laid over each other, as hexadecimal
            digits.
        said: What the file says of itself, as JSON by group (`exif`, `gps`, `xmp`, `iptc`,
            `texts`, `container`, `credentials`), with `unreadable`: groups that could not be read,
            and `c2pa`: whether content credentials are in it.
    """

    form: str
    width: int | None = None
    height: int | None = None
    phash: str | None = None
    sketch: str | None = None
    said: str | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """What a picture looks like, known by its bytes.

    Attributes:
        id: Number made of `sha256`.
        phash: Perceptual hash, as hexadecimal digits.
        sketch: As in `MediaFacts`.
    """

    id: int
    sha256: str
    phash: str
    sketch: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class LooksAlike:
    """What one picture brings: its look, what finds it, and which held ones it is nearly.

    Attributes:
        bands: Numbers of which near pictures are likely to share one.
        near: Numbers of the looks that are nearly the same, each with the distance of the hashes.
    """

    look: Look
    bands: tuple[int, ...]
    near: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class VideoLook:
    """What a video looks like, known by its bytes.

    Attributes:
        id: Number made of `sha256`.
        frames: Perceptual hash of each frame that was taken, at even times; None: it is blank.
        is_drawn: Most frames are drawings, as of a map.
    """

    id: int
    sha256: str
    frames: tuple[int | None, ...]
    is_drawn: bool = False


@dataclass(frozen=True, slots=True)
class NearVideo:
    """Two videos that show nearly the same.

    Attributes:
        frames: That were laid over each other.
        shift: By how many frames the other is ahead.
    """

    look_id: int
    other_id: int
    frames: int
    shift: int


@dataclass(frozen=True, slots=True)
class MediaRow:
    """One row of `media` as a page gives it; what its file adds is written with the file."""

    id: int
    source_id: int
    name: str
    capture_id: int
    first_capture_id: int
    position: int
    kind: str
    url: str | None
    declared_width: int | None
    declared_height: int | None
    declared_bytes: int | None
    duration_s: float | None
    alt: str | None
    missing: str | None


@dataclass(frozen=True, slots=True)
class MediaFile:
    """One row of `media_files`: a capture of something shown.

    Attributes:
        media_id: What it was fetched for.
        url: Its address, as asked for.
        reason: Why it could not be had, in words; None where it could.
        sha256: Of its bytes, content-decoded.
        size: In bytes.
        said: As in `MediaFacts`.
        player: What yt-dlp says of it (`archive.model.player.PlayerNote`), as JSON; None of what
            came as an answer.
    """

    capture_id: int
    media_id: int
    url: str
    reason: str | None = None
    form: str | None = None
    width: int | None = None
    height: int | None = None
    size: int | None = None
    sha256: str | None = None
    phash: str | None = None
    said: str | None = None
    player: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """The beginning of a file whose download was cut: kept, and to be gone on with.

    Attributes:
        record_id, file, offset: Its record, and where that stands.
        size: Its bytes.
        etag, last_modified: What the server called the file by then; one of them is strong enough
            for If-Range.
    """

    record_id: str
    file: str
    offset: int
    size: int
    etag: str | None
    last_modified: str | None


@dataclass(frozen=True, slots=True)
class WantedMedia:
    """Something shown that was not fetched yet.

    Attributes:
        source_url: The source that shows it, by its canonical address.
        size: In bytes, as declared.
        part: What is there of it, where its download was cut.
    """

    id: int
    kind: str
    name: str
    url: str
    source_url: str
    cited_at: str | None
    size: int | None
    part: Part | None = None


@dataclass(frozen=True, slots=True)
class MediaSight:
    """What one look at a post showed beside its words.

    Attributes:
        at: When, as `captures.captured_at`.
        view: The address that was asked: a post's views do not all show the same.
        names: By kind, in their order, what each thing is called (`ShownMedia.name`).
    """

    capture_id: int
    source_id: int
    at: str
    view: str
    names: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Standing:
    """What a source was from a time on, as its verdicts say."""

    at: str
    status: str
    drift: str | None
