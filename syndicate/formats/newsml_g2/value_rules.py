"""The rules that the table of attributes gives rise to."""

from collections.abc import Iterable

from syndicate.formats.newsml_g2 import names as n
from syndicate.formats.newsml_g2.values import ATTRIBUTES, ELSEWHERE, QCODE, QCODES, Kind
from syndicate.markup.rules import ERROR, Fault, RuleSet, Run, at
from syndicate.markup.structure import shown
from syndicate.markup.xml import Node

rules = RuleSet("newsml-g2")

_OURS = f"{{{n.NAMESPACE}}}"
NAMES = frozenset({*ATTRIBUTES, *(name for _, name in ELSEWHERE)})
"""The attributes that are looked at."""

_CODES = (QCODE, QCODES)


@rules.rule("newsml-g2.qcode.invalid", on=None, severity=ERROR, spec="NewsML-G2, QCodeType",
            summary="qcodes have the form alias:code, without blanks")  # fmt: skip
def qcode_invalid(node: Node, run: Run) -> Iterable[Fault]:
    """A name is not a code: where there is none, literal and name say it."""
    return _flaws(node, are_codes=True)


@rules.rule("newsml-g2.value.invalid", on=None, severity=ERROR, spec="NewsML-G2 2.35, All Power schema",
            summary="values of attributes have the form that the standard gives them")  # fmt: skip
def value_invalid(node: Node, run: Run) -> Iterable[Fault]:
    """Receivers that validate refuse the whole document, others read the value as nothing."""
    return _flaws(node, are_codes=False)


def _flaws(node: Node, *, are_codes: bool) -> Iterable[Fault]:
    if NAMES.isdisjoint(node.attributes) or not node.name.startswith(_OURS):
        return ()
    return [
        at(node, _message(name, value, kind), attribute=name)
        for name, value in node.attributes.items()
        if (kind := kind_of(node.local, name)) is not None and (kind in _CODES) is are_codes and not kind.takes(value)
    ]


def _message(name: str, value: str, kind: Kind) -> str:
    if kind not in _CODES:
        return f"{name} must be {kind.expected}, not {shown(value)}"
    cure = "; use literal and name" if name == "qcode" else ""
    return f"{name} {shown(value)} is not {kind.expected}{cure}"


def kind_of(element: str, attribute: str) -> Kind | None:
    """The type of the attribute on elements of that local name; None where any text may stand."""
    key = (element, attribute)
    return ELSEWHERE[key] if key in ELSEWHERE else ATTRIBUTES.get(attribute)
