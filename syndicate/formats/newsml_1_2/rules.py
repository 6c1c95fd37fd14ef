"""NewsML 1.x documents to findings: the table of structure, what no schema sees, and the schema where it is at hand."""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from syndicate.formats.newsml_1_2 import names as n
from syndicate.formats.newsml_1_2 import value_rules
from syndicate.formats.newsml_1_2.structure import TABLE
from syndicate.markup import official, schema_files, sequences
from syndicate.markup.rules import ERROR, RuleSet, Run, answers, at
from syndicate.markup.xml import Document, Node
from syndicate.model.finding import Finding, Rule

rules = RuleSet("newsml-1-2")
NAMESPACE_WRONG = rules.state(
    "newsml-1-2.namespace.wrong", severity=ERROR, spec="NewsML 1.2, namespace",
    summary="the document is in the namespace of NewsML 1.2, or in none",
    why="A receiver does not recognise elements of another one.",
)  # fmt: skip
_STATED = official.state(rules, "newsml-1-2", "NewsML 1.2 schema")
STRUCTURE = sequences.sequence_rules(rules, "newsml-1-2", "NewsML 1.2 schema")

_NAME = "newsml"
_OFFICIAL = official.Official(standard=schema_files.NEWSML_1, is_moved=True, payload=n.DATA, **_STATED)
_VERSION = re.compile(r"1\.\d\Z", re.ASCII)
_PAYLOAD = frozenset({n.DATA, "InsertBefore", "InsertAfter", "Replace"})
_ALL = RuleSet.joined((value_rules.rules,))


def dialect(document: Document) -> str | None:
    """`newsml-1.2` by the version that the document states, also where it states none."""
    root = document.root
    if root is None or root.local != n.NEWSML:
        return None
    stated = (root.get("Version") or "").strip()
    return f"{_NAME}-{stated if _VERSION.match(stated) else n.VERSION}"


def check(
    document: Document, data: bytes, dialect: str, now: datetime, schemas: Path | None = None
) -> Iterator[Finding]:
    """What is wrong with the document; `schemas` is a folder of official schemas in any layout, where there is one."""
    root = document.root
    if root is None:
        return
    if root.namespace not in ("", n.NAMESPACE):
        fault = at(root, f"{root.qname} must be in the namespace {n.NAMESPACE} or in none, not in {root.namespace}")
        yield Finding(rule=NAMESPACE_WRONG, message=fault.message, place=fault.place)
        return
    found: list[Finding] = []
    _walk(root, root.namespace, Run(now=now, dialect=dialect), found)
    yield from found
    if schemas is not None and root.closed:
        stated = dialect.partition("-")[2] if root.get("Version") else None
        yield from official.check(_OFFICIAL, document, data, schemas, stated)


def _walk(node: Node, namespace: str, run: Run, found: list[Finding]) -> None:
    """Look at the element and everything in it, but for payloads."""
    if node.namespace != namespace:
        return
    sequences.check(node, TABLE, namespace, STRUCTURE, found, is_closed=True)
    answers(_ALL.named(node.name), node, run, found)
    if node.attributes:
        answers(_ALL.everywhere, node, run, found)
    if node.local not in _PAYLOAD:
        for child in node.children:
            _walk(child, namespace, run, found)


RULES: tuple[Rule, ...] = (*rules.rules, *value_rules.rules.rules)
