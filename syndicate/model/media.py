"""Pictures, videos and other media of an article."""

from dataclasses import dataclass
from enum import StrEnum


class MediaType(StrEnum):
    """What kind of media it is; the words are those of `medium` in Media RSS but for `picture`."""

    PICTURE = "picture"
    VIDEO = "video"
    AUDIO = "audio"
    GRAPHIC = "graphic"
    DOCUMENT = "document"


class MediaRole(StrEnum):
    """Where the media stands: on top of the story, inside its text, or among others in a gallery."""

    LEAD = "lead"
    INLINE = "inline"
    GALLERY = "gallery"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendition:
    """One file of a picture or video. `width` and `height` in pixels, `bytes` in bytes."""

    href: str
    type: str | None = None
    width: int | None = None
    height: int | None = None
    bytes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    """A picture or video with its texts; `id` is unique within its article, `duration` in seconds.

    Without renditions only the texts are known (a video named in a page's text, say).
    """

    id: str
    type: MediaType
    role: MediaRole = MediaRole.INLINE
    name: str | None = None
    title: str | None = None
    caption: str | None = None
    credit: str | None = None
    source: str | None = None
    duration: int | None = None
    renditions: tuple[Rendition, ...] = ()
