"""NITF documents to findings: the table of structure, what no schema sees, and the schema where it is at hand."""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from syndicate.formats.nitf import names as n
from syndicate.formats.nitf import value_rules
from syndicate.markup import official, schema_files, sequences
from syndicate.markup.nitf_structure import TABLE
from syndicate.markup.rules import ERROR, INFO, RuleSet, Run, answers, at
from syndicate.markup.xml import Document
from syndicate.model.finding import Finding, Rule

rules = RuleSet("nitf")
NAMESPACE_WRONG = rules.state(
    "nitf.namespace.wrong", severity=ERROR, spec="NITF 3.6, namespace",
    summary="the document is in the namespace of NITF, or in none",
    why="A receiver does not recognise elements of another one.",
)  # fmt: skip
VERSION_OLD = rules.state(
    "nitf.version.old", severity=INFO, spec="NITF 3.6, version", summary="the version is the newest one",
    why="What an older version had is judged by the newest one here.",
)  # fmt: skip
_STATED = official.state(rules, "nitf", "NITF 3.6 schema")
STRUCTURE = sequences.sequence_rules(rules, "nitf", "NITF 3.6 schema")

_NAME = "nitf"
# What the schema fixes to its own version.
_FIXED = ("version", "change.date", "change.time")
_OFFICIAL = official.Official(standard=schema_files.NITF, fixed=_FIXED, is_moved=True, **_STATED)
_VERSION = re.compile(r".*NITF (\d+\.\d+)")
_ALL = RuleSet.joined((value_rules.rules,))


def dialect(document: Document) -> str | None:
    """`nitf-3.6` by the version that the document states; `nitf` where it states none."""
    root = document.root
    if root is None or root.local != n.NITF:
        return None
    stated = _VERSION.match(root.get("version") or "")
    return f"{_NAME}-{stated[1]}" if stated else _NAME


def check(
    document: Document, data: bytes, dialect: str, now: datetime, schemas: Path | None = None
) -> Iterator[Finding]:
    """What is wrong with the document; `schemas` is a folder of official schemas in any layout, where there is one."""
    root = document.root
    if root is None:
        return
    if root.namespace not in ("", *n.NAMESPACES):
        fault = at(root, f"{root.qname} must be in the namespace {n.NAMESPACE} or in none, not in {root.namespace}")
        yield Finding(rule=NAMESPACE_WRONG, message=fault.message, place=fault.place)
        return
    if (root.get("version") or n.VERSION).strip() != n.VERSION:
        fault = at(root, f"the version is not {n.VERSION}, but judged by it", attribute="version")
        yield Finding(rule=VERSION_OLD, message=fault.message, place=fault.place)
    run, found = Run(now=now, dialect=dialect), list[Finding]()
    for node in sequences.every(root):
        if node.namespace == root.namespace:
            sequences.check(node, TABLE, root.namespace, STRUCTURE, found)
            answers(_ALL.named(node.name), node, run, found)
            if node.attributes:
                answers(_ALL.everywhere, node, run, found)
    yield from found
    if schemas is not None and root.closed:
        stated = dialect.partition("-")[2] or None
        yield from official.check(_OFFICIAL, document, data, schemas, stated)


RULES: tuple[Rule, ...] = (*rules.rules, *value_rules.rules.rules)
