"""The walk that holds a document against tables of structure, and asks the rules about its elements.

Nearly all elements of nearly all documents are good, so the walk first proves as much with few steps, and looks closely
only at what it cannot prove good.
"""

from collections.abc import Iterable, Mapping, Sequence

from syndicate.markup.rules import RuleSet, Run, answers
from syndicate.markup.structure import (
    FOREIGN,
    NO_NAMESPACE,
    NO_VOCABULARY,
    UNKNOWN_NAMESPACE,
    Attribute,
    Element,
    Kind,
    Role,
    StructureRules,
    Test,
    Value,
    Vocabulary,
    finding,
    is_by_text_alone,
    shown,
    test_of,
)
from syndicate.markup.xml import Items, Node, namespace_of
from syndicate.model.finding import Finding, Place

_MOST_KEPT, _LONGEST_KEPT = 1000, 100


def _always(text: str) -> bool:
    return True


def _never(text: str) -> bool:
    return False


class Grammar:
    """What the documents of one dialect are held against: rules, the table's own rules, its namespace, vocabularies.

    Made once for all documents; what is known of an element is worked out when it is first met.
    """

    def __init__(
        self,
        *,
        rules: RuleSet,
        own: StructureRules,
        namespace: str,
        vocabularies: Mapping[str, Vocabulary],
        strict: bool = True,
        part: str = "element",
    ) -> None:
        self.rules = rules
        self.own = own
        self.namespace = namespace
        self.vocabularies = vocabularies
        # RDF may describe what is else a text by an element inside.
        self.strict = strict
        # What an element is called to people.
        self.part = part
        self._plans: dict[int, Plan] = {}

    def plan(self, shape: Element) -> "Plan":
        """What is known of elements of that shape."""
        found = self._plans.get(id(shape))
        if found is None:
            found = self._plans[id(shape)] = Plan(self, shape)
        return found

    def structure(self, node: Node) -> StructureRules:
        """The rules that the node's structure is judged by."""
        return self.own if node.namespace == self.namespace or node.parent is None else FOREIGN

    def vocabulary(self, name: str) -> Vocabulary | None:
        """The vocabulary of a Clark name."""
        return self.vocabularies.get(namespace_of(name))


class Plan:
    """A shape, worked out for the walk of one grammar: tests that prove a value good, children with their plans."""

    __slots__ = ("asked", "attributes", "children", "grammar", "memos", "needs", "required", "shape", "text")

    def __init__(self, grammar: Grammar, shape: Element) -> None:
        self.grammar = grammar
        self.shape = shape
        self.children: dict[str, tuple[int | None, Plan]] = {}
        self.memos: dict[str | None, set[str]] = {}
        self.attributes = {name: self.test(name, one.kind) for name, one in shape.attributes.items()}
        self.required = tuple(name for name, one in shape.attributes.items() if one.required)
        self.text = None if shape.text is None else self.test(None, shape.text)
        self.needs = tuple(child for child in shape.children if child.least)
        self.asked = grammar.rules.asked(shape.name)

    def test(self, name: str | None, kind: Kind | None) -> Test:
        """What proves a value of an attribute, or the text for None, good without asking its kind."""
        if kind is None:
            return _always
        test = test_of(kind)
        if test is not None:
            return test
        return self.memos.setdefault(name, set()).__contains__ if is_by_text_alone(kind) else _never

    def remember(self, name: str | None, text: str) -> None:
        """A value in which its kind has found no flaw; only kinds that look at the text alone have a memo for it."""
        memo = self.memos.get(name)
        if memo is not None and len(text) <= _LONGEST_KEPT:
            if len(memo) >= _MOST_KEPT:
                memo.clear()
            memo.add(text)

    def attribute(self, name: str) -> Attribute | None:
        """The attribute of that name, one of the shape or of a vocabulary for all elements."""
        known = self.shape.attributes.get(name)
        if known is None and name.startswith("{") and (vocabulary := self.grammar.vocabulary(name)):
            known = vocabulary.attributes.get(name)
            if known is not None:
                self.attributes[name] = self.test(name, known.kind)
        return known

    def child(self, name: str) -> "tuple[int | None, Plan] | None":
        """How many elements of that name there may be inside (None for any number), and their plan; None for none."""
        found = self.shape.by_name.get(name)
        if found is None and (vocabulary := self.grammar.vocabulary(name)):
            found = vocabulary.child(self.shape.role, name)
        if found is None:
            return None
        self.children[name] = known = found.most, self.grammar.plan(found.element)
        return known


class Walk:
    """One walk over one document. What is wrong gathers in `found`.

    Items may be handed over one by one while the document is read (`hand_over`); `check` then looks at what is left.
    """

    def __init__(self, grammar: Grammar, run: Run) -> None:
        self.grammar = grammar
        self.run = run
        self.found: list[Finding] = []
        self.strangers: dict[str, Finding] = {}
        self.items: Items | None = None
        self.around: Plan | None = None

    def hand_over(self, *path: Element, kept: Iterable[str] = ()) -> Items:
        """What hands over the elements at the end of that path of shapes from the root; `kept` stays of each."""
        *_, outer, inner = path
        self.around, plan = self.grammar.plan(outer), self.grammar.plan(inner)
        self.items = Items(
            name=inner.name,
            parent=outer.name,
            depth=len(path) - 1,
            take=lambda node: self.element(node, plan),
            kept=frozenset(kept),
        )
        return self.items

    def check(self, root: Node, shape: Element) -> list[Finding]:
        """What is wrong with the document."""
        self.element(root, self.grammar.plan(shape))
        return self.result()

    def result(self) -> list[Finding]:
        """What is wrong with all that was looked at, when there is no more to come."""
        self.found.extend(self.strangers.values())
        self.found.extend(self.run.settled())
        self.items = None
        return self.found

    def element(self, node: Node, plan: Plan) -> None:
        """Look at the element and everything in it; what nothing is wrong with takes a short way through."""
        if node.attributes or plan.required:
            self.attributes(node, plan)
        content = node.content
        text = content if isinstance(content, str) else node.text
        if plan.text is None:
            if text and not text.isspace():
                self.unexpected_text(node, plan, text)
        elif not plan.text(text):
            self.value(node, plan, text)
        if text is not content:
            self.children(node, plan)
        if node.closed:
            if plan.needs:
                self.missing(node, plan)
            if plan.asked:
                answers(plan.asked, node, self.run, self.found)
            if self.run.is_odd or node.parent is None or node.scope is not node.parent.scope:
                self.seldom(node)

    def attributes(self, node: Node, plan: Plan) -> None:
        attributes, tests = node.attributes, plan.attributes
        for name, text in attributes.items():
            test = tests.get(name)
            if test is None or not test(text):
                self.attribute(node, plan, name, text)
        for name in plan.required:
            if name not in attributes:
                self.missing_attribute(node, plan, name)

    def attribute(self, node: Node, plan: Plan, name: str, text: str) -> None:
        """An attribute that is not known to be good."""
        known = plan.attribute(name)
        if known is None:
            if self.is_unexpected(name, plan.shape):
                message = f"{node.qname} has no attribute {name.rpartition('}')[2]!r}"
                rule = self.grammar.structure(node).unknown_attribute
                self.found.append(finding(rule, node, message, attribute=name))
        elif known.kind is not None:
            flaws = tuple(known.kind(Value(text, node, name), self.run))
            if not flaws:
                plan.remember(name, text)
            local = name.rpartition("}")[2]
            self.found.extend(finding(rule, node, message, attribute=local) for rule, message in flaws)

    def missing_attribute(self, node: Node, plan: Plan, name: str) -> None:
        rule = plan.shape.attributes[name].missing or self.grammar.structure(node).missing_attribute
        self.found.append(finding(rule, node, f"{node.qname} needs the attribute {name!r}", attribute=name))

    def is_unexpected(self, name: str, shape: Element) -> bool:
        """Whether an attribute that no table has for this element should not be there."""
        if shape.open and not shape.attributes:
            return False
        if not name.startswith("{"):
            return True
        vocabulary = self.grammar.vocabulary(name)
        return vocabulary is not None and bool(vocabulary.attributes)

    def value(self, node: Node, plan: Plan, text: str) -> None:
        """A text that is not known to be good."""
        kind = plan.shape.text
        flaws = tuple(kind(Value(text, node), self.run)) if kind is not None else ()
        if not flaws:
            plan.remember(None, text)
        self.found.extend(finding(rule, node, message) for rule, message in flaws)

    def unexpected_text(self, node: Node, plan: Plan, text: str) -> None:
        if not plan.shape.open:
            message = f"{node.qname} holds only elements, not the text {shown(text)}"
            self.found.append(finding(self.grammar.structure(node).text, node, message))

    def children(self, node: Node, plan: Plan) -> None:
        known = plan.children
        for name, nodes in node.groups.items():
            found = known.get(name) or plan.child(name)
            if found is None:
                for child in nodes:
                    self.unknown(child, plan.shape)
                continue
            most, inner = found
            if most is not None and len(nodes) > most:
                self.repeated(node, nodes, most)
            if plan is self.around and self.items is not None and name == self.items.name:
                nodes = [child for child in nodes if not child.closed]
            for child in nodes:
                self.element(child, inner)

    def repeated(self, node: Node, nodes: Sequence[Node], most: int) -> None:
        for count, child in enumerate(nodes[most:], most + 1):
            message = f"{node.qname} may have {child.qname} only {_times(most)}; this is number {count}"
            self.found.append(finding(self.grammar.structure(child).duplicate, child, message))

    def unknown(self, child: Node, shape: Element) -> None:
        """An element that no table has at this place; nothing inside it is looked at."""
        if shape.open:
            return
        own = self.grammar.own
        if self.grammar.strict and not shape.children and shape.text is not None and shape.role is Role.OTHER:
            message = f"{shape.local} holds text, not the element {child.qname!r}"
            self.found.append(finding(own.unknown, child, message))
            return
        namespace = child.namespace
        vocabulary = self.grammar.vocabularies.get(namespace)
        if namespace == self.grammar.namespace:
            self.found.append(finding(own.unknown, child, f"{shape.local} has no {self.grammar.part} {child.qname!r}"))
        elif vocabulary is not None:
            if not vocabulary.open:
                message = f"{child.qname} has no meaning in {shape.local}"
                self.found.append(finding(FOREIGN.unknown, child, message))
        elif not namespace:
            message = f"{child.qname} is in no namespace: nobody can tell whose it is"
            self.found.append(finding(NO_VOCABULARY, child, message))
        else:
            self.stranger(child)
        if child.closed:
            answers(self.grammar.rules.asked(child.name), child, self.run, self.found)
            self.seldom(child)

    def stranger(self, child: Node) -> None:
        """An element of a namespace that is not known: its first one in the document is told of."""
        namespace = child.namespace
        before = self.strangers.get(namespace)
        if before is None or child.place(child.at) < (before.place.line or 0, before.place.column or 0):
            message = f"the namespace {namespace} is not one that we know"
            self.strangers[namespace] = finding(UNKNOWN_NAMESPACE, child, message)
        if not self.grammar.namespace:
            for inner in child.iter():
                if not inner.namespace and inner is not child:
                    message = f"{inner.qname} inside {child.qname} is in no namespace"
                    self.found.append(finding(NO_NAMESPACE, inner, message))

    def missing(self, node: Node, plan: Plan) -> None:
        groups = node.groups
        for child in plan.needs:
            if child.element.name not in groups:
                rule = child.missing or self.grammar.structure(node).missing
                local = child.element.local
                message = f"{node.qname} needs the {self.grammar.part} {local!r}"
                self.found.append(Finding(rule=rule, message=message, place=_place(node, local)))

    def seldom(self, node: Node) -> None:
        """Ask those who are asked about few elements."""
        rules, parent = self.grammar.rules, node.parent
        if parent is None or node.scope is not parent.scope:
            answers(rules.declaring, node, self.run, self.found)
        if self.run.is_odd:
            answers(rules.odd, node, self.run, self.found)


def _place(node: Node, element: str) -> Place:
    return Place(line=node.line, column=node.column, element=element, parent=node.qname)


def _times(most: int) -> str:
    return {1: "once", 2: "twice"}.get(most, f"{most} times")
