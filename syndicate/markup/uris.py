"""Names for articles: minting guids, turning guids into file names, joining addresses."""

import hashlib
import re
import unicodedata
from urllib.parse import urljoin

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_LONGEST = 80


def slug(text: str) -> str:
    """The text in ASCII letters, digits, `.`, `_` and `-`; may be empty."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return _UNSAFE.sub("-", plain).strip("-.")


def mint(tag_authority: str, identity: str) -> str:
    """A tag: URI (RFC 4151) for a source of that identity; the same identity always gives the same guid.

    A short hash is added where the readable part alone could be shared by two identities.
    """
    readable = slug(identity)[:_LONGEST]
    if readable != identity:
        readable = f"{readable}-{_digest(identity)}".lstrip("-")
    return f"tag:{tag_authority}:page:{readable}"


def file_name(guid: str) -> str:
    """A file name for the guid: safe on every file system, different for different guids, at most 93 characters."""
    return f"{slug(guid)[:_LONGEST].lower()}-{_digest(guid)}".lstrip("-")


def join(base: str, *parts: str) -> str:
    """The address of `parts` below `base`, whether or not that ends with a slash."""
    return urljoin(base.rstrip("/") + "/", "/".join(part.strip("/") for part in parts))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]
