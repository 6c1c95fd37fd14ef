"""What is there to be asked for: a document of the published tree with its codings, as a value."""

import re
from dataclasses import dataclass

from syndicate.publish.manifest import etag_of

IDENTITY = "identity"
_TEXTUAL = re.compile(r"text/|[^;]*[/+](xml|json)\Z|image/svg\+xml\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """The document in one content coding: the file of the tree with these bytes, their number and their hash (hex)."""

    coding: str
    file: str
    size: int
    sha256: str

    @property
    def etag(self) -> bytes:
        """The entity tag; being that of the bytes sent, it differs between codings."""
        return etag_of(self.sha256).encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A document: its media type, the second of its last change (Unix time), for how many seconds it may be kept.

    `variants` has the document as it is, and its twins, the smallest first. `links` are its hubs and its own address,
    as the header `Link` has them.
    """

    file: str
    media_type: str
    modified: int
    max_age: int
    variants: tuple[Variant, ...]
    links: bytes = b""

    @property
    def is_page(self) -> bool:
        """Whether a browser runs it as a page."""
        return self.media_type.startswith("text/html")


def with_charset(media_type: str) -> str:
    """The media type as the header states it: all texts here are UTF-8, and say so."""
    if "charset=" in media_type or not _TEXTUAL.match(media_type):
        return media_type
    return f"{media_type}; charset=utf-8"
