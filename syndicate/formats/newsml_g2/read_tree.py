"""The tree of a NewsML-G2 document for reading: elements by their path, texts on one line, what was changed in them."""

import re
from collections.abc import Iterator
from html.entities import html5
from typing import TypeAlias

from lxml import etree

from syndicate.formats.newsml_g2 import names as n
from syndicate.markup.encoding import decode
from syndicate.markup.text import one_line, repair
from syndicate.markup.xml import XML_NAMESPACE, parse
from syndicate.model.draft import Repair

Element: TypeAlias = etree._Element

LANG = f"{{{XML_NAMESPACE}}}lang"
# What Reuters writes where it knows nothing.
_NOTHING = "No-Data-Available"
_REUTERS = b"reuters.com"
_OURS = ("", n.NAMESPACE)
_NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9]*);")
_XML_ENTITIES = frozenset({"amp", "lt", "gt", "quot", "apos"})
_STATED = re.compile(r"^\s*<\?xml[^>]*\?>")
_NO_UTF8 = re.compile("[\udc80-\udcff]+")
_ENTITY_DECLARED = re.compile(rb"<!ENTITY")
# Comments, processing instructions and entities that stayed unresolved.
_NOT_TEXT = (etree.Comment, etree.ProcessingInstruction, etree.Entity)


class Notes:
    """What reading an item changes (`repairs`), and what it cannot carry (`lost`)."""

    def __init__(self) -> None:
        self.repairs: list[Repair] = []
        self._lost: dict[str, None] = {}

    def repair(self, field: str, *clauses: str) -> None:
        """Note each of these changes of the field, once."""
        for what in clauses:
            made = Repair(field=field, what=what)
            if made not in self.repairs:
                self.repairs.append(made)

    def lose(self, *names: str) -> None:
        """Note these names of what cannot be carried."""
        self._lost.update(dict.fromkeys(names))

    @property
    def lost(self) -> tuple[str, ...]:
        """The names, each once, in the order in which they were met."""
        return tuple(self._lost)


def root_of(data: bytes) -> tuple[Element, str | None]:
    """The root, and a clause about what had to be changed before it could be read; `etree.XMLSyntaxError` otherwise.

    Nothing but elements and texts is left in the tree. ValueError for a document that declares entities.
    """
    if _ENTITY_DECLARED.search(data):
        raise ValueError("declares entities, which are not resolved: replace them with what they stand for")
    what = None
    try:
        root = parse(data)
    except etree.XMLSyntaxError:
        mended = _NAMED.sub(_character, _STATED.sub("", _text(data)))
        root = parse(mended.encode("utf-8", "replace"))
        what = "characters in another encoding than stated, or by names that XML lacks, were mended"
    etree.strip_elements(root, *_NOT_TEXT, with_tail=False)
    if _REUTERS in data and _NOTHING.encode() in data:
        _empty(root)
    return root, what


def _empty(root: Element) -> None:
    """Leave out words that stand for nothing."""
    for one in root.iter():
        if (one.text or "").strip() == _NOTHING:
            one.text = None
        for name in [name for name, text in one.attrib.items() if str(text).rpartition(":")[2].strip() == _NOTHING]:
            del one.attrib[name]


def _text(data: bytes) -> str:
    """The document as text; bytes that are no UTF-8, though it is said to be, are taken for Windows-1252."""
    text = decode(data).text
    if "\ufffd" not in text or data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return text
    return _NO_UTF8.sub(_of_windows, data.decode("utf-8", "surrogateescape"))


def _of_windows(found: re.Match[str]) -> str:
    return found[0].encode("utf-8", "surrogateescape").decode("cp1252", "replace")


def _character(found: re.Match[str]) -> str:
    name = found[1]
    return found[0] if name in _XML_ENTITIES else html5.get(f"{name};", found[0])


def local(element: Element) -> str:
    """The name of an element of NewsML-G2 (of no namespace too); empty for another one."""
    namespace, _, name = str(element.tag).rpartition("}")
    return name if namespace[1:] in _OURS else ""


def any_local(element: Element) -> str:
    """The name without its namespace, whatever that is."""
    return str(element.tag).rpartition("}")[2]


def children(element: Element, *names: str) -> Iterator[Element]:
    """The children of these names."""
    return (child for child in element if local(child) in names)


def child(element: Element, name: str) -> Element | None:
    """The first child of that name."""
    return next(children(element, name), None)


def raw(element: Element | None) -> str:
    """All text in the element, as it stands there."""
    return "" if element is None else "".join(map(str, element.itertext()))


def words(element: Element | None, notes: Notes | None = None, field: str = "text") -> str | None:
    """The text of the element on one line; None when there is none."""
    return sound(raw(element), notes, field)


def value(element: Element | None, name: str) -> str | None:
    """The attribute on one line; None when there is none."""
    return None if element is None else sound(element.get(name) or "")


def sound(text: str, notes: Notes | None = None, field: str = "text") -> str | None:
    """The text on one line, as every format can carry it; None when nothing is left."""
    fixed, clauses = repair(text)
    if notes is not None:
        notes.repair(field, *clauses)
    return one_line(fixed) or None


def number(element: Element, name: str, most: int = 10**12) -> int | None:
    """The attribute as a whole number above 0 (and up to `most`), or None."""
    text = (element.get(name) or "").strip()
    found = int(text) if text.isascii() and text.isdigit() and len(text) <= len(str(most)) else 0
    return found if 0 < found <= most else None
