"""What a receiver may ask for: an older version, XHTML instead of NITF, what Superdesk reads, a package."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from syndicate.formats.newsml_g2 import names as n


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """How items are written; `has_media_items` gives each media an item of its own beside that of its story."""

    version: str = n.STANDARD_VERSION
    payload: Literal["nitf", "xhtml"] = "nitf"
    is_for_superdesk: bool = False
    has_media_items: bool = False


NEWEST = Dialect()
# By the name of the variant. Items of older versions hold nothing that came later: we write no element beyond 2.18.
DIALECTS: Mapping[str, Dialect] = {
    "xhtml": Dialect(payload="xhtml"),
    "superdesk": Dialect(is_for_superdesk=True),
    "package": Dialect(has_media_items=True),
    **{version: Dialect(version=version) for version in n.OLDER_VERSIONS},
}
