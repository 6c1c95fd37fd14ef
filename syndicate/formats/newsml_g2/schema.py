"""Validation with the official XML Schema, where its files are at hand. Nothing is fetched, nothing is shipped."""

import re
from collections.abc import Iterator
from pathlib import Path

from syndicate.markup.rules import ERROR, RuleSet
from syndicate.model.finding import Finding, Place

rules = RuleSet("newsml-g2")

_IN_BRACES = re.compile(r"\{[^}]*\}")
_MOST = 100

INVALID = rules.state(
    "newsml-g2.schema.invalid", severity=ERROR, spec="NewsML-G2, All Power schema; NITF 3.6 schema",
    summary="the document is valid by the official schema",
    why="Receivers that validate refuse the whole document.",
)  # fmt: skip


def check(data: bytes, schemas: Path) -> Iterator[Finding]:
    """What the newest schema in that folder finds, payload included; nothing when there is no schema in it.

    At most 100 findings. A document that is not well-formed gives none, since the parse has said so.
    """
    # Loaded where somebody has schemas: lxml takes longer to load than all rules.
    from syndicate.formats.newsml_g2 import xsd

    for message, line in xsd.errors(data, schemas)[:_MOST]:
        element = _IN_BRACES.sub("", (re.search(r"Element '([^']+)'", message) or ["", ""])[1])
        yield Finding(
            rule=INVALID,
            message=_IN_BRACES.sub("", message),
            place=Place(line=line or None, element=element or None),
        )
