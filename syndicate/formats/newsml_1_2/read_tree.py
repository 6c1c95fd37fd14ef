"""Elements of NewsML 1.2 by their local names, whatever their namespace, and what reading them gathers."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from syndicate.formats.newsml_1_2 import names as n
from syndicate.markup.text import one_line, repair
from syndicate.model.draft import Repair

if TYPE_CHECKING:
    from lxml import etree


@dataclass(slots=True)
class Notes:
    """What could not be carried, and what was changed."""

    lost: dict[str, None] = field(default_factory=dict)
    repairs: list[Repair] = field(default_factory=list)

    def lose(self, what: str) -> None:
        """This has no place in an article."""
        self.lost[what] = None

    def mend(self, where: str, what: str) -> None:
        """This was changed."""
        self.repairs.append(Repair(field=where, what=what))


def local(element: "etree._Element") -> str:
    """The name without its namespace; empty for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def children(element: "etree._Element | None", *names: str) -> "Iterator[etree._Element]":
    """The child elements of these names; all of them without names."""
    if element is not None:
        yield from (one for one in element if (name := local(one)) and (not names or name in names))


def has(element: "etree._Element | None", *names: str) -> bool:
    """Whether there is a child element of one of these names; of any without names."""
    return next(children(element, *names), None) is not None


def find(element: "etree._Element | None", *path: str) -> "etree._Element | None":
    """The first element at the end of that path."""
    for name in path:
        element = next(children(element, name), None)
    return element


def line(value: str | None) -> str | None:
    """The text on one line, as every format can carry it; None when nothing is left."""
    return one_line(repair(value)[0]) or None if value else None


def text_of(element: "etree._Element | None") -> str | None:
    """All text in the element, on one line."""
    return line("".join(map(str, element.itertext()))) if element is not None and local(element) else None


def formal(element: "etree._Element | None") -> str | None:
    """What its `FormalName` says."""
    return None if element is None else line(element.get(n.FORMAL_NAME))


def says(element: "etree._Element") -> bool:
    """Whether there is anything in it, be it in an attribute."""
    values = (value for one in element.iter() for value in (*one.attrib.values(), one.text or ""))
    return any(str(value).strip() for value in values)
