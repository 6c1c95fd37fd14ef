"""Any document to findings: parse, recognise the format by its content, let the format's rules look."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from syndicate.formats import base as formats
from syndicate.markup import xml_rules
from syndicate.markup.rules import ERROR, RuleSet
from syndicate.markup.xml import Document, parse_places
from syndicate.model.finding import Finding, Place, Rule, Severity

rules = RuleSet("any")
UNKNOWN_FORMAT = rules.state(
    "document.format.unknown", severity=ERROR, spec="none", summary="the document is of a format that is known",
    why="What nobody recognises, nobody can read.", reference="UndefinedElement",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What is wrong with one document; `format` is the dialect that was found (`rss-2.0`), None when none was."""

    format: str | None
    findings: tuple[Finding, ...]

    @property
    def valid(self) -> bool:
        """Whether there is no error."""
        return all(finding.severity is not Severity.ERROR for finding in self.findings)


def check(data: bytes, *, now: datetime, as_format: str | None = None, schemas: Path | None = None) -> Report:
    """What is wrong with the document, in the order of its lines. Never raises for what the bytes hold.

    `as_format` is a format's name and takes the place of recognising it; UnknownName when there are no rules for it.
    `schemas` is a folder of official schemas, where there is one.
    """
    document = parse_places(data)
    name, dialect = _recognise(document, as_format)
    findings = list(xml_rules.check(document))
    if name is None or dialect is None:
        findings.append(_unknown(document, as_format))
    else:
        checker = formats.checker(name)
        findings.extend(checker.check(document, data, dialect, now, schemas))
    return Report(format=dialect, findings=tuple(sorted(findings, key=_order)))


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule, sorted by id."""
    found = {*rules.rules, *xml_rules.rules.rules}
    for name in formats.having("rules"):
        found.update(formats.checker(name).RULES)
    return tuple(sorted(found, key=lambda rule: rule.id))


def _recognise(document: Document, as_format: str | None) -> tuple[str | None, str | None]:
    names = formats.having("rules") if as_format is None else (as_format,)
    for name in names:
        dialect = formats.checker(name).dialect(document)
        if dialect is not None:
            return name, dialect
    return None, None


def _unknown(document: Document, as_format: str | None) -> Finding:
    expected = as_format or ", ".join(formats.having("rules"))
    root = document.root
    if root is None:
        return Finding(rule=UNKNOWN_FORMAT, message=f"there is no readable element; expected {expected}")
    place = Place(line=root.line, column=root.column, element=root.qname)
    return Finding(
        rule=UNKNOWN_FORMAT, message=f"a document that begins with {root.qname} is not {expected}", place=place
    )


def _order(finding: Finding) -> tuple[int, int, str, str]:
    return (finding.place.line or 0, finding.place.column or 0, finding.rule.id, finding.message)
