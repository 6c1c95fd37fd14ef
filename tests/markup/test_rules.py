"""Stating rules and running them."""

from collections.abc import Iterator

from syndicate.markup.places import parse_places
from syndicate.markup.rules import ERROR, INFO, Fault, RuleSet, Run, answers, at
from syndicate.markup.structure import finding
from syndicate.markup.xml import Node
from syndicate.model.finding import Finding
from tests.conftest import NOW


def run(rules: RuleSet, data: bytes) -> list[tuple[str, str | None, str | None]]:
    root = parse_places(data).root
    assert root is not None
    this = Run(now=NOW, dialect="test")
    found: list[Finding] = []
    for node in root.iter():
        answers(rules.asked(node.name), node, this, found)
    found.extend(this.settled())
    return [(one.rule.id, one.place.element, one.place.parent) for one in found]


def test_a_rule_sees_the_elements_it_names() -> None:
    rules = RuleSet("test")

    @rules.rule("test.b.missing", on=("a",), severity=ERROR, spec="none", summary="there is a b")
    def missing(node: Node, run: Run) -> Iterator[Fault]:
        """Why not."""
        if node.find("b") is None:
            yield at(node, "no b", element="b")

    assert run(rules, b"<r><a/><a><b/></a></r>") == [("test.b.missing", "b", "a")]
    assert rules.rules[0].why == "Why not."
    assert rules.rules[0].formats == ("test",)


def test_a_look_finds_breaches_of_several_rules() -> None:
    rules = RuleSet("test")
    one = rules.state("test.a.one", severity=ERROR, spec="none", summary="one")
    two = rules.state("test.a.two", severity=INFO, spec="none", summary="two")

    @rules.look(on=("a",))
    def look(node: Node, run: Run) -> Iterator[Finding]:
        yield finding(one, node, "1")
        yield finding(two, node, "2")

    assert run(rules, b"<r><a/></r>") == [("test.a.one", "a", "r"), ("test.a.two", "a", "r")]


def test_a_run_remembers_from_element_to_element() -> None:
    rules = RuleSet("test")

    @rules.rule("test.id.duplicate", on=None, severity=ERROR, spec="none", summary="ids are unique")
    def duplicate(node: Node, run: Run) -> Iterator[Fault]:
        seen = run.memory("ids", lambda: set[str]())
        if (name := node.get("id")) is not None:
            if name in seen:
                yield at(node, f"{name} again", attribute="id")
            seen.add(name)

    assert run(rules, b'<r id="1"><a id="2"/><b id="1"/></r>') == [("test.id.duplicate", "b", "r")]
