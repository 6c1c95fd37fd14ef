"""What a request's target names in the published tree; nothing outside of it, and nothing hidden, has a name."""

import re
from enum import Enum
from urllib.parse import unquote_to_bytes

from syndicate.publish.files import MANIFEST
from syndicate.publish.manifest import SUFFIXES

# RFC 9112, 3.2.2: a server must accept the absolute form, whatever the host in it.
_ABSOLUTE = re.compile(rb"https?://[^/?#]*", re.IGNORECASE)
_BROKEN_PERCENT = re.compile(rb"%(?![0-9A-Fa-f]{2})")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
# What would be a separator after decoding is never one here.
_HIDDEN_SEPARATOR = re.compile(rb"%2f|%5c|\\", re.IGNORECASE)


class Refused(Enum):
    """Why a target names nothing: it is no target at all, or nothing may lie there."""

    MALFORMED = 400
    NOTHING = 404


def path_of(target: bytes) -> str | Refused:
    """The path that the target of a request asks for, decoded once, with the slash in front; its query is left out.

    RFC 9110, 4.2.3; no normalisation: who sends dots or empty segments means something that we do not have.
    """
    raw = _ABSOLUTE.sub(b"", target, count=1).partition(b"?")[0].partition(b"#")[0] or b"/"
    if raw[:1] != b"/" or _BROKEN_PERCENT.search(raw):
        return Refused.MALFORMED
    try:
        path = unquote_to_bytes(raw).decode()
    except UnicodeDecodeError:
        return Refused.MALFORMED
    if _CONTROL.search(path):
        return Refused.MALFORMED
    return Refused.NOTHING if _HIDDEN_SEPARATOR.search(raw) else path


def file_of(path: str) -> str | None:
    """The file of the tree that the path names, relative to its root; None where no file is ever shown.

    A folder's path stands for its `index.html`. Hidden names are the export's own. The manifest lists what is hashed,
    for the machine that serves: readers have the feed itself. Compressed twins are codings of their document
    (RFC 9110, 8.4), not documents.
    """
    file = path[1:] + ("index.html" if path.endswith("/") else "")
    segments = file.split("/")
    if any(not one or one.startswith(".") for one in segments) or segments[-1] == MANIFEST:
        return None
    return None if file.endswith(tuple(SUFFIXES.values())) else file


def below(prefix: str, path: str) -> str | None:
    """The path below the prefix, with the slash in front; None when it lies elsewhere or there is no prefix."""
    if prefix and path.startswith(prefix + "/"):
        return path[len(prefix) :]
    return None
