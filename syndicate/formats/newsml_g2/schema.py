"""Validation with the official XML Schema, where its files are at hand. Nothing is fetched, nothing is shipped."""

import re
from collections.abc import Iterator
from pathlib import Path

from syndicate.formats.newsml_g2 import names as n
from syndicate.markup import official, schema_files
from syndicate.markup.rules import RuleSet
from syndicate.markup.xml import Document
from syndicate.model.finding import Finding

rules = RuleSet("newsml-g2")
_OFFICIAL = official.Official(
    standard=schema_files.NEWSML_G2,
    along=(schema_files.NITF, schema_files.ODRL),
    holder=f"{{{n.NAMESPACE}}}{n.ITEM_SET}",
    **official.state(rules, "newsml-g2", "NewsML-G2, All Power schema; NITF 3.6 schema"),
)
_VERSION = re.compile(rb"""\bstandardversion\s*=\s*["']\s*(\d{1,2}\.\d{1,3})\s*["']""")
_NITF = re.compile(rb"DTD NITF (3\.[4-9])//")


def check(data: bytes, schemas: Path, document: Document) -> Iterator[Finding]:
    """What the schema of the stated version says, payload included; nothing when there is none in the folder.

    A document that is not well-formed gives none, since the parse has said so.
    """
    found = _VERSION.search(data)
    stated = found[1].decode() if found else None
    payload = _NITF.search(data)
    beside = {schema_files.NITF: payload[1].decode()} if payload else {}
    yield from official.check(_OFFICIAL, document, data, schemas, stated, beside=beside)


def is_agreed(data: bytes, schemas: Path) -> bool:
    """Whether the schema of the stated version is at hand and certainly finds nothing."""
    found = None if _NITF.search(data) else _VERSION.search(data)
    return found is not None and official.is_agreed(_OFFICIAL, data, schemas, found[1].decode())
