"""Official schema files, and which of a folder's in any layout serves a document: told by what is in them.

Nothing is fetched and nothing is shipped: the files are those that somebody has put into the folder.
"""

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Literal

Kind = Literal["xsd", "dtd", "rng", "json", "catalog"]

NEWSML_G2, NITF, NEWSML_1, NINJS = "NewsML-G2", "NITF", "NewsML 1", "ninjs"
SITEMAP, SITEMAP_INDEX, ATOM, CATALOG = "sitemap", "sitemap index", "Atom", "NewsML-G2 catalog"
NEWS_SITEMAP, VIDEO_SITEMAP, IMAGE_SITEMAP = "news sitemap", "video sitemap", "image sitemap"
GEOJSON, ODRL, XHTML, XML = "GeoJSON", "ODRL", "XHTML", "xml:"

SUFFIXES = frozenset({".xsd", ".dtd", ".mod", ".rng", ".json", ".xml"})
MOST_BYTES = 8 * 1024 * 1024
# The longest licence that stands before the root is 10 kB long.
_HEAD = 64 * 1024
_MOST_FILES = 5000
_NEWSML_G2_NS = "http://iptc.org/std/nar/2006-10-01/"
_GOOGLE = "http://www.google.com/schemas/"
_BY_NAMESPACE = {
    _NEWSML_G2_NS: NEWSML_G2,
    "http://iptc.org/std/NITF/2006-10-18/": NITF,
    "http://iptc.org/std/nitf/2006-03-01/": NITF,
    "http://iptc.org/std/NewsML/2003-10-10/": NEWSML_1,
    "http://www.w3.org/ns/odrl/2/": ODRL,
    "http://www.w3.org/1999/xhtml": XHTML,
    "http://www.w3.org/XML/1998/namespace": XML,
    "http://www.sitemaps.org/schemas/sitemap/0.9": SITEMAP,
    f"{_GOOGLE}sitemap-news/0.9": NEWS_SITEMAP,
    f"{_GOOGLE}sitemap-video/1.1": VIDEO_SITEMAP,
    f"{_GOOGLE}sitemap-image/1.1": IMAGE_SITEMAP,
}
_FIXED_VERSIONS = {NEWSML_1: "1.2", XHTML: "1.0", XML: ""}
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_XSD = re.compile(r"<(?:[\w.-]+:)?schema\b([^>]*)>")
_RNG = re.compile(r"<(?:[\w.-]+:)?grammar\b([^>]*)>")
_CATALOG = re.compile(r"<(?:[\w.-]+:)?catalog(?:Item)?\b([^>]*)>")
_ATTRIBUTE = re.compile(r"""([\w.:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_DTDS = {
    NITF: (re.compile(r"<!ELEMENT\s+nitf\b"), re.compile(r"DTD NITF(?:-XML)? (\d\.\d)")),
    NEWSML_1: (re.compile(r"<!ELEMENT\s+NewsML\b"), re.compile(r"Type Definition Version (\d\.\d)")),
}
_NAMED = re.compile(r"nitf-(\d)-(\d)|NewsML[-_]?v?(\d)\.(\d)", re.IGNORECASE)
_NINJS_ID = re.compile(r'"\$?id"\s*:\s*"[^"]*/ninjs-schema_(\d\.\d)\.json#?"')
_GEOJSON_ID = re.compile(r'"\$?id"\s*:\s*"https?://geojson\.org/schema/GeoJSON\.json#?"')
_CATALOG_NAME = re.compile(r"_(\d{1,4})\.xml\Z")
_RUBY = re.compile(r"<!ELEMENT\s+\S*ruby\b|XHTML Ruby")
_OFFICIAL_NAME = re.compile(r"(?i)(?:newsml|nitf|ninjs-schema|sitemap|odrl|atom).*\.(?:xsd|dtd|rng|json)\Z")
_NUMBER = re.compile(r"\d{1,4}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What a schema file is of. `is_part` says that it does not judge a whole document: others include it."""

    standard: str
    version: str
    kind: Kind
    namespace: str = ""
    is_part: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemaFile:
    """A schema file and what it is of."""

    path: Path
    label: Label

    @property
    def version(self) -> str:
        """The version of the standard, empty where there is but one."""
        return self.label.version


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Shelf:
    """A folder of schema files; `by_name` are all files in it, by which schemas find what they include."""

    folder: Path
    files: tuple[SchemaFile, ...]
    by_name: Mapping[str, Path]

    def of(self, standard: str) -> tuple[SchemaFile, ...]:
        """The schemas that judge a document of the standard, oldest first; an XSD stands behind a DTD."""
        return tuple(one for one in self.files if one.label.standard == standard and not one.label.is_part)

    def choose(self, standard: str, stated: str | None, *, major: str = "") -> SchemaFile | None:
        """The schema of the stated version; else that of the next newer version at hand, else the newest one.

        Standards grow: what an older version allows, newer ones mostly do. With `major`, versions that begin
        otherwise do not count. None where there is none.
        """
        return _choose(self, standard, stated, major)


@lru_cache(maxsize=256)
def _choose(shelf: Shelf, standard: str, stated: str | None, major: str) -> SchemaFile | None:
    found = [one for one in shelf.of(standard) if one.version.startswith(major)]
    if not found:
        return None
    least = ordered(stated) if stated else ordered(found[-1].version)
    wanted = next((one.version for one in found if ordered(one.version) >= least), found[-1].version)
    return [one for one in found if one.version == wanted][-1]


def shelf(folder: Path) -> Shelf:
    """What is in the folder. Read once; again when an entry of the folder itself has come or gone."""
    try:
        changed = os.stat(folder).st_mtime_ns
    except OSError:
        changed = 0
    return _shelf(str(folder), changed)


@lru_cache(maxsize=8)
def _shelf(folder: str, changed: int) -> Shelf:
    root = Path(folder).resolve()
    paths = list(islice(_paths(root), _MOST_FILES))
    files = [SchemaFile(path=path, label=label) for path in paths if (label := _label(path)) is not None]
    files.sort(key=lambda one: (one.label.standard, ordered(one.version), one.label.kind == "xsd", str(one.path)))
    # Of several with one name, the first in order.
    return Shelf(folder=root, files=tuple(files), by_name={path.name: path for path in reversed(paths)})


def _paths(root: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(root):
        folders[:] = sorted(one for one in folders if not one.startswith("."))
        for name in sorted(names):
            if os.path.splitext(name)[1].lower() in SUFFIXES and not name.startswith("."):
                yield Path(place, name)


def _label(path: Path) -> Label | None:
    try:
        with path.open("rb") as file:
            # The root may be declared anywhere in the first two; in the others it stands in front.
            return recognise(file.read(MOST_BYTES if path.suffix.lower() in (".xsd", ".dtd") else _HEAD), path.name)
    except OSError:
        return None


def recognise(data: bytes, name: str) -> Label | None:
    """What a file of that name is of, by what stands in it; None for what no document is checked by."""
    text = _text(data)
    if text.lstrip()[:1] == "{":
        return _json(text[:_HEAD])
    head = _COMMENT.sub("", text[:_HEAD])
    if found := _XSD.search(head):
        return _xsd(_attributes(found[1]), text, name)
    if (found := _RNG.search(head)) and "http://relaxng.org/ns/structure/1.0" in found[1]:
        return Label(standard=ATOM, version="1.0", kind="rng") if "http://www.w3.org/2005/Atom" in head else None
    if (found := _CATALOG.search(head)) and _NEWSML_G2_NS in found[1] and "<!ELEMENT" not in head:
        number = _CATALOG_NAME.search(name)
        return Label(standard=CATALOG, version=number[1] if number else "", kind="catalog")
    return _dtd(text, name)


def _xsd(stated: dict[str, str], text: str, name: str) -> Label | None:
    namespace = stated.get("targetNamespace", "")
    standard = _BY_NAMESPACE.get(namespace)
    if standard is None:
        return None
    version, is_part = stated.get("version", ""), False
    if standard == NEWSML_G2:
        is_part = "core" in name.lower() or any(f'name="{one}"' not in text for one in ("newsItem", "newsMessage"))
    elif standard == NITF:
        is_part = 'name="nitf"' not in text
    elif standard == SITEMAP and 'name="sitemapindex"' in text:
        standard = SITEMAP_INDEX
    number = re.search(r"/(\d+\.\d+)\Z", namespace)
    version = _FIXED_VERSIONS.get(standard, version or (number[1] if number else ""))
    return Label(standard=standard, version=version, kind="xsd", namespace=namespace, is_part=is_part)


def _json(head: str) -> Label | None:
    if found := _NINJS_ID.search(head):
        return Label(standard=NINJS, version=found[1], kind="json")
    return Label(standard=GEOJSON, version="", kind="json", is_part=True) if _GEOJSON_ID.search(head) else None


def _dtd(text: str, name: str) -> Label | None:
    for standard, (root, version) in _DTDS.items():
        if root.search(text):
            named, stated = _NAMED.search(name), version.search(text)
            number = ".".join(one for one in named.groups() if one) if named else stated[1] if stated else ""
            return Label(standard=standard, version=number, kind="dtd")
    if name.lower().endswith((".mod", ".dtd")) and _RUBY.search(text):
        return Label(standard=XHTML, version="", kind="dtd", is_part=True)
    return None


def _text(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    return data.decode("utf-8-sig", "replace")


def _attributes(text: str) -> dict[str, str]:
    return {name: one or other for name, one, other in _ATTRIBUTE.findall(text)}


def looks_official(name: str) -> bool:
    """Whether a file's name says that it is a schema of one of the standards."""
    return _OFFICIAL_NAME.match(name) is not None


def ordered(version: str) -> tuple[int, ...]:
    """The version as numbers, so that 2.9 comes before 2.10."""
    return tuple(map(int, _NUMBER.findall(version)))


def namespaces_of(files: Iterable[SchemaFile]) -> frozenset[str]:
    """The namespaces that these schemas know."""
    return frozenset(one.label.namespace for one in files)
