"""Media RSS as our renderers write it: a pattern in which the rules find nothing (see `markup/proof.py`)."""

from syndicate.markup.proof import (
    MEDIA_TYPE,
    NUMBER,
    PLAIN,
    WEB,
    attribute,
    constant,
    either,
    element,
    empty,
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
MEDIA = many(
    either(
        element(
            _name("group"), empty(_name("content"), _FILE + _FIRST) + some(empty(_name("content"), _FILE)) + _TEXTS
        ),
        element(_name("content"), _TEXTS, _FILE),
    )
)
