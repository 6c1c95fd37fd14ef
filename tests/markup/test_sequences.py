"""Tables written like content models, and elements held against them."""

import pytest

from syndicate.markup.places import parse_places
from syndicate.markup.rules import RuleSet
from syndicate.markup.sequences import Slot, check, every, sequence_rules, table
from syndicate.model.finding import Finding

TABLE = table({
    "a": ("b? (c|d)+ e*", "id kind!=x|y"),
    "b": ("", ""),
    "c": ("# b*", ""),
    "e": ("# ...", ""),
})  # fmt: skip
RULES = sequence_rules(RuleSet("own"), "own", "a table")


def found(markup: str, *, is_closed: bool = False) -> list[str]:
    """The ids of the rules that the elements break."""
    root = parse_places(markup.encode()).root
    assert root is not None
    findings: list[Finding] = []
    for node in every(root):
        check(node, TABLE, root.namespace, RULES, findings, is_closed=is_closed)
    return [one.rule.id.removeprefix("own.") for one in findings]


def test_models() -> None:
    shape = TABLE["a"]
    assert shape.slots == (Slot(("b",), 0, 1), Slot(("c", "d"), 1, None), Slot(("e",), 0, None))
    assert shape.attributes == {"id": None, "kind": frozenset({"x", "y"})}
    assert (shape.required, shape.mixed, TABLE["c"].mixed, TABLE["e"].open) == (("kind",), False, True, True)


@pytest.mark.parametrize(
    ("markup", "broken"),
    [
        ('<a kind="x"><b/>\n<c>t<b/></c><d/><e>any<b>t</b></e></a>', ["text.unexpected"]),
        ('<a kind="y" xml:lang="en"><c/></a>', []),
        ('<o:a xmlns:o="urn:o" kind="y"><o:c/></o:a>', []),
        ('<a kind="y"><c/><f/></a>', ["element.unknown"]),
        ('<a kind="y"><c/><b/><b/></a>', ["element.order", "element.duplicate"]),
        ('<a kind="y"><e/><c/><b/></a>', ["element.order"]),
        ('<a kind="y"><b/></a>', ["element.missing"]),
        ('<a kind="y">t<c/></a>', ["text.unexpected"]),
        ('<a kind="y"><b> </b><c/></a>', ["text.unexpected"]),
        ("<a><c/></a>", ["attribute.missing"]),
        ('<a kind="z" more=""><c/></a>', ["attribute.value", "attribute.unknown"]),
        ("<unknown><a/></unknown>", ["attribute.missing", "element.missing"]),
        ('<o:a xmlns:o="urn:o" kind="y"><o:c/><d/></o:a>', ["element.unknown"]),
    ],
)
def test_faults(markup: str, broken: list[str]) -> None:
    assert found(markup) == broken


def test_elements_of_others_stand_in_open_vocabularies_only() -> None:
    markup = '<a kind="y"><o:x xmlns:o="urn:o"/><c/></a>'
    assert found(markup) == []
    assert found(markup, is_closed=True) == ["element.unknown"]


def test_every_element_in_order() -> None:
    root = parse_places(b"<a><b><c/></b><d/></a>").root
    assert root is not None
    assert [one.local for one in every(root)] == ["a", "b", "c", "d"]
