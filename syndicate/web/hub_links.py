"""What a document says of its hubs and its own address in the header `Link` (WebSub §4; RFC 8288, 3)."""

from collections.abc import Callable, Collection, Sequence
from urllib.parse import quote

from syndicate.markup import uris

_URI = "%!#$&'()*+,/:;=?@[]~"


def link_header(hubs: Sequence[str], own: str) -> bytes:
    """The value of the header, as the document itself names them; nothing without hubs."""
    if not hubs:
        return b""
    links = [*((hub, "hub") for hub in hubs), (own, "self")]
    return ", ".join(f'<{in_ascii(address)}>; rel="{relation}"' for address, relation in links).encode("ascii")


def in_ascii(address: str) -> str:
    """The address as a header can carry it; one that is a URI already stays as it is (RFC 3987, 3.1)."""
    return quote(address, safe=_URI)


def links_of(base_url: str, hubs: Sequence[str], names: Collection[str]) -> Callable[[str], bytes]:
    """What gives that value for a file of the tree below `base_url`; nothing for one that is none of those `names`."""

    def links(file: str) -> bytes:
        return link_header(hubs, uris.join(base_url, file)) if file.rpartition("/")[2] in names else b""

    return links
