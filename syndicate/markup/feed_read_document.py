"""From the bytes of a feed to its entries: what had to be mended in the document is said with the first of them."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import BinaryIO

from syndicate.markup.feed_read_xml import document_of, remarks, too_large
from syndicate.markup.places import MAX_BYTES
from syndicate.markup.xml import Node
from syndicate.model.draft import Draft, Rejected, Repair


def in_document(
    stream: BinaryIO, file: str, entries: Callable[[Node], Iterator[Draft | Rejected]]
) -> Iterator[Draft | Rejected]:
    """What `entries` finds below the root; InputError, LimitError when the document cannot be read to its end."""
    data = stream.read(MAX_BYTES + 1)
    too_large(data, file)
    document = document_of(data, file)
    assert document.root is not None
    mended = tuple(Repair(field="document", what=what) for what in remarks(document))
    for one in entries(document.root):
        if mended and isinstance(one, Draft):
            yield replace(one, repairs=(*mended, *one.repairs))
            mended = ()
        else:
            yield one
    document.dismantle()
