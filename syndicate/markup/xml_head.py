"""The first element of an XML document by a look at its first bytes: enough to tell what a file is."""

import re

_SKIPPED = re.compile(r"\s+|<\?.*?\?>|<!--.*?-->", re.DOTALL)
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]*(?:\[[^\]]*\])?[^>]*>", re.IGNORECASE)
_ROOT = re.compile(r"<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)(?=[\s/>])([^>]*)")


def root_of(head: bytes) -> tuple[str, str]:
    """The local name of the root element and its start tag's attributes as they are written; empty for none."""
    text = _decoded(head)
    at = 0
    while found := _SKIPPED.match(text, at) or _DOCTYPE.match(text, at):
        at = found.end()
    root = _ROOT.match(text, at)
    return (root[1], root[2]) if root else ("", "")


def _decoded(head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "replace")
    # The names of elements are ASCII in every other encoding that is met.
    return head.removeprefix(b"\xef\xbb\xbf").decode("latin-1")
