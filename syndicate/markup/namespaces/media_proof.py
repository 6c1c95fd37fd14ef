"""Media RSS as our renderers write it, proved good (see `markup/proof.py`)."""

from functools import cache, lru_cache
from re import Pattern

from syndicate.markup.proof import (
    MEDIA_TYPE,
    NUMBER,
    PLAIN,
    WEB,
    attribute,
    compiled,
    constant,
    either,
    element,
    empty,
    is_sound,
    many,
    maybe,
    some,
)

PREFIX = "media"


def _name(local: str) -> str:
    return f"{PREFIX}:{local}"


_SIZE = maybe(attribute("width", NUMBER)) + maybe(attribute("height", NUMBER))
_FILE = (
    attribute("url", WEB)
    + maybe(attribute("fileSize", NUMBER))
    + maybe(attribute("type", MEDIA_TYPE))
    + attribute("medium", either("image", "video", "audio", "document"))
    + maybe(attribute("duration", "[0-9]++"))
    + _SIZE
)
_TEXTS = (
    maybe(element(_name("title"), PLAIN))
    + maybe(element(_name("description"), PLAIN))
    + maybe(element(_name("credit"), PLAIN))
    + many(empty(_name("thumbnail"), attribute("url", WEB) + _SIZE))
)
_FIRST = attribute("isDefault", constant("true"))
_MEDIA = many(
    either(
        element(
            _name("group"), empty(_name("content"), _FILE + _FIRST) + some(empty(_name("content"), _FILE)) + _TEXTS
        ),
        element(_name("content"), _TEXTS, _FILE),
    )
)


# The media of an article are the same in RSS and in Atom, which are checked one after the other.
@lru_cache(maxsize=4)
def is_sound_media(data: bytes) -> bool:
    """Whether these are sound elements of Media RSS in which the rules find nothing, or nothing at all."""
    return not data or (is_sound(data) and _pattern().fullmatch(data) is not None)


@cache
def _pattern() -> Pattern[bytes]:
    return compiled(_MEDIA)
