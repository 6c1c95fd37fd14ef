"""What JSON values must be: types, members, words, in the terms of JSON Schema as far as ninjs uses it.

Other than the tables for feeds, these know that a name means different things at different places.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from syndicate.markup.json_nodes import JsonNode
from syndicate.markup.rules import Run
from syndicate.markup.structure import Flaw
from syndicate.markup.xml import Node
from syndicate.model.finding import Rule

Type = Literal["object", "list", "text", "number", "whole number"]
Look = Callable[[JsonNode, Run], Iterable[Flaw | tuple[Rule, str, Node]]]
"""Looks at a value of the right type; answers with what is wrong with it, or with the node inside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What a value must be. `open`: an object with members of any name.

    `keys` are patterns that the names of further members begin with, `ones` groups of members of which one is there.
    """

    type: Type
    members: Mapping[str, "Shape"] = field(default_factory=dict)
    keys: tuple[tuple[re.Pattern[str], "Shape"], ...] = ()
    element: "Shape | None" = None
    needs: tuple[str, ...] = ()
    ones: tuple[tuple[str, ...], ...] = ()
    open: bool = False
    words: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None
    looks: tuple[Look, ...] = ()

    def member(self, name: str) -> "Shape | None":
        """What the member of that name must be; None where there may be none."""
        found = self.members.get(name)
        return found or next((shape for pattern, shape in self.keys if pattern.match(name)), None)


def text(*looks: Look, words: tuple[str, ...] = ()) -> Shape:
    """A text."""
    return Shape(type="text", looks=looks, words=words)


def number(*looks: Look) -> Shape:
    """A number."""
    return Shape(type="number", looks=looks)


def whole(least: int | None = None, most: int | None = None) -> Shape:
    """A whole number, within bounds."""
    return Shape(type="whole number", least=least, most=most)


def listed(element: Shape, *looks: Look) -> Shape:
    """A list."""
    return Shape(type="list", element=element, looks=looks)


def record(members: Mapping[str, Shape], *looks: Look, needs: tuple[str, ...] = ()) -> Shape:
    """An object with members of these names."""
    return Shape(type="object", members=members, looks=looks, needs=needs)


def one_of(shape: Shape, *names: str) -> Shape:
    """The object, exactly one of these members in it."""
    return replace(shape, ones=(*shape.ones, names))
