"""NITF documents to drafts: with or without a namespace, of any version, as agencies write them."""

from collections.abc import Iterator
from typing import BinaryIO

from syndicate.formats.nitf import names as n
from syndicate.markup.xml_head import root_of
from syndicate.model.draft import Draft, Reading, Rejected

MAX_BYTES = 16 * 1024 * 1024


def detect(head: bytes, name: str) -> bool:
    """Whether the root element of the file is `nitf`."""
    return root_of(head)[0] == n.NITF


def read(stream: BinaryIO, file: str, reading: Reading) -> Iterator[Draft | Rejected]:
    """The one article of the document, or the reason why there is none."""
    # Only who reads pays for loading the parsers.
    from lxml import etree

    from syndicate.formats.nitf.read_document import draft_of
    from syndicate.markup.nitf_read_xml import parsed

    data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        reason = f"is larger than {MAX_BYTES // 1024 // 1024} MiB: one document holds one article"
        yield Rejected(file=file, line=None, reason=reason)
        return
    try:
        root, mended = parsed(data)
    except etree.XMLSyntaxError as error:
        yield Rejected(file=file, line=error.lineno or None, reason=f"is not well-formed XML: {error.msg}")
        return
    yield draft_of(root, mended, file, reading)
