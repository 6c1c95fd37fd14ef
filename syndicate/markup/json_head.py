"""Whether a document is JSON, by a look at how it begins: most documents that are checked are not."""

_BOM = b"\xef\xbb\xbf"


def is_json(data: bytes) -> bool:
    """Whether the document begins as an object or a list does."""
    return bytes(data[:100]).removeprefix(_BOM)[:64].lstrip()[:1] in (b"{", b"[")
