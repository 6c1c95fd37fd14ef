"""What schema files are at hand, and which documents they serve."""

import hashlib
from dataclasses import asdict, dataclass
from pathlib import Path

from syndicate.markup import schema_files as s
from syndicate.schemas.known import RELEASES

_SERVES = {
    s.NEWSML_G2: "newsml-g2",
    s.NITF: "nitf, newsml-g2",
    s.NEWSML_1: "newsml-1-2",
    s.NINJS: "ninjs",
    s.GEOJSON: "ninjs",
    s.ODRL: "newsml-g2",
    s.CATALOG: "newsml-g2",
    s.ATOM: "atom",
    s.SITEMAP: "sitemap, news-sitemap, video-sitemap",
    s.SITEMAP_INDEX: "sitemap",
    s.NEWS_SITEMAP: "news-sitemap",
    s.VIDEO_SITEMAP: "video-sitemap",
    s.IMAGE_SITEMAP: "sitemap, news-sitemap, video-sitemap",
    s.XHTML: "sitemap",
    s.XML: "newsml-g2, nitf, newsml-1-2",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One schema file; `release` is `known` for one that is as it was published, else `unknown release`."""

    standard: str
    version: str
    file: str
    sha256: str
    release: str
    serves: str

    def values(self) -> dict[str, object]:
        """The row for machines."""
        return {**asdict(self), "serves": self.serves.split(", ")}


def listing(folder: Path) -> tuple[Row, ...]:
    """The schema files in the folder, by standard and version."""
    return tuple(_row(one, one.path) for one in s.shelf(folder).files)


def _row(one: s.SchemaFile, path: Path) -> Row:
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    return Row(
        standard=one.label.standard,
        version=one.version,
        file=path.name,
        sha256=sha256,
        release="known" if sha256 in RELEASES else "unknown release",
        serves=_SERVES[one.label.standard],
    )
