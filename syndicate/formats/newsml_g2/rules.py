"""NewsML-G2 documents to findings: the table of structure, what no schema sees, and the schema where it is at hand."""

import re
from collections.abc import Iterator
from datetime import datetime
from itertools import count
from pathlib import Path

from syndicate.formats.newsml_g2 import item_rules, schema, structure_rules
from syndicate.formats.newsml_g2 import names as n
from syndicate.formats.newsml_g2.walk import SETS, walk
from syndicate.markup.dates import day
from syndicate.markup.rules import ERROR, RuleSet, Run, at
from syndicate.markup.xml import DECLARATION, Document
from syndicate.model.finding import Finding, Rule

rules = RuleSet("newsml-g2")
NAMESPACE_WRONG = rules.state(
    "newsml-g2.namespace.wrong", severity=ERROR, spec="NewsML-G2, namespace",
    summary="the document is in the namespace of NewsML-G2",
    why="All versions share one namespace; a receiver does not recognise elements outside of it.",
)  # fmt: skip

_ROOTS = frozenset({*n.ITEMS, n.NEWS_MESSAGE})
_VERSION = re.compile(r"\d{1,2}\.\d{1,3}\Z", re.ASCII)
_NAME = "newsml-g2"
_OUR_ITEM = DECLARATION + f'<{n.NEWS_ITEM} xmlns="{n.NAMESPACE}" standard="{n.STANDARD}"'.encode()
_WORTH_A_PROOF = 20
_asked = count()


def dialect(document: Document) -> str | None:
    """`newsml-g2-2.35` for an item or message (that of its first item); `newsml-g2` where no version is stated."""
    root = document.root
    if root is None or root.local not in _ROOTS:
        return None
    items = (node for part in root.find_all(item_rules.ns(n.ITEM_SET)) for node in part.children)
    stated = next((version for node in (root, *items) if (version := node.get("standardversion"))), "").strip()
    return f"{_NAME}-{stated}" if _VERSION.match(stated) else _NAME


def check(
    document: Document, data: bytes, dialect: str, now: datetime, schemas: Path | None = None
) -> Iterator[Finding]:
    """What is wrong with the document; `schemas` is a folder of official schemas in any layout, where there is one."""
    root = document.root
    if root is None:
        return
    if root.namespace != n.NAMESPACE:
        fault = at(root, f"{root.qname} must be in the namespace {n.NAMESPACE}, not {root.namespace or 'in none'}")
        yield Finding(rule=NAMESPACE_WRONG, message=fault.message, place=fault.place)
        return
    yield from walk(root, Run(now=now, dialect=dialect, schemas=schemas))
    if schemas is not None and document.doctype is None and root.closed:
        yield from schema.check(data, schemas, document)


def proved(data: bytes, now: datetime) -> str | None:
    """The dialect when the document is a single item of our own that certainly has no finding; None where unsure.

    The proof takes as long to make ready as some twenty documents take to be looked at, so the first ones are.
    """
    if not data.startswith(_OUR_ITEM) or next(_asked) < _WORTH_A_PROOF:
        return None
    from syndicate.formats.newsml_g2 import proof

    is_good = proof.is_good(data.removeprefix(DECLARATION), day(now))
    return f"{_NAME}-{n.STANDARD_VERSION}" if is_good else None


def agreed(data: bytes, schemas: Path) -> bool:
    """Whether the official schema certainly finds nothing in a document that was proved good."""
    return schema.is_agreed(data, schemas)


RULES: tuple[Rule, ...] = tuple(
    rule for one in (rules, structure_rules.rules, *SETS, schema.rules) for rule in one.rules
)
