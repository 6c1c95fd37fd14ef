"""Catalogs of NewsML-G2 that are at hand: which aliases they declare. Nothing is fetched.

A catalog is known by the last part of its address, which is the name of its file: `catalog.IPTC-G2-Standards_41.xml`.
The files are those of the schemas' folder, and those that PyPI's newsmlg2 brings where it is installed: its code is
not loaded.
"""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType
from urllib.parse import urlsplit

from syndicate.markup.places import parse_places
from syndicate.markup.schema_files import CATALOG, SchemaFile, shelf

_IPTC = re.compile(
    r"\s*https?://(?:www\.)?iptc\.org/std/catalog/(catalog\.IPTC-G2-Standards_\d{1,4}\.xml)\s*\Z", re.IGNORECASE
)
_NAMES = re.compile(r"[\w.-]{1,100}\.xml\Z", re.ASCII)


def is_iptc(href: str) -> bool:
    """Whether that is the address of one of IPTC's own catalogs, at hand or not."""
    return _IPTC.match(href) is not None


def catalog_aliases(href: str, folder: Path | None = None) -> Mapping[str, str] | None:
    """The aliases that the catalog at that address declares, with the addresses of their schemes.

    None for a catalog that is not at hand, neither in the folder of schemas nor, for IPTC's own, otherwise.
    """
    iptc = _IPTC.match(href)
    name = iptc[1] if iptc else _file_name(href)
    if name is None:
        return None
    found = _in(folder, name) if folder is not None else None
    if found is None and iptc:
        found = _installed().get(name)
    return None if found is None else _aliases(found)


def _file_name(href: str) -> str | None:
    """The last part of the address, where it may be a file's name."""
    try:
        name = urlsplit(href.strip()).path.rpartition("/")[2]
    except ValueError:
        return None
    return name if _NAMES.match(name) else None


def _in(folder: Path, name: str) -> Path | None:
    catalogs: tuple[SchemaFile, ...] = shelf(folder).of(CATALOG)
    return next((one.path for one in catalogs if one.path.name == name), None)


@cache
def _installed() -> Mapping[str, Path]:
    """The catalogs of the package newsmlg2, by name."""
    try:
        spec = find_spec("NewsMLG2")
    except (ImportError, ValueError):
        spec = None
    places = (spec.submodule_search_locations if spec is not None else None) or ()
    return {path.name: path for place in places for path in sorted(Path(place, "catalogs").glob("*.xml"))}


@lru_cache(maxsize=64)
def _aliases(path: Path) -> Mapping[str, str] | None:
    try:
        root = parse_places(path.read_bytes()).root
    except OSError:
        return None
    if root is None:
        return None
    schemes = (node for node in root.iter() if node.local == "scheme")
    found = {node.get("alias") or "": node.get("uri") or "" for node in schemes}
    return MappingProxyType({alias: uri for alias, uri in found.items() if alias})
