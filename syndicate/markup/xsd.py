"""Official schemas by lxml: XSD, RELAX NG and DTD, compiled once. Nothing is fetched, nothing is shipped."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from lxml import etree

from syndicate.markup.schema_files import SchemaFile, Shelf, namespaces_of

_NO_DECLARATION = re.compile(r"Element '\{([^}]*)\}[^']*': No matching global element declaration available, but dem")
_CASCADE = re.compile(r".* failed to validate content\Z")
# From so many parts on they are judged apart.
_MANY = 200
_EMPTY = '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"/>'


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a schema says against a document: the line (0 where it names none), and the way to the element."""

    message: str
    line: int
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Compiled:
    """A schema made ready; without one, `reason` says why it cannot be used."""

    schema: Any = None
    reason: str = ""
    namespaces: frozenset[str] = frozenset()
    elements: frozenset[str] = frozenset()


def judge(root: Any, ready: Compiled, namespace: str | None = None, *, unless: Iterable[str] = ()) -> list[Said]:
    """What the schema says against the document; with a namespace, the elements of the root's are put into it first."""
    for name in unless:
        root.attrib.pop(name, None)
    if namespace is not None:
        move(root, namespace)
    if ready.schema is None:
        return []
    # The schema object keeps the errors of its last document, so they are taken before the next one comes.
    ready.schema.validate(root)
    said = _said(ready)
    if isinstance(ready.schema, etree.RelaxNG):
        return [one for one in said if not _CASCADE.match(one.message)] or said
    return said


def _said(ready: Compiled) -> list[Said]:
    """What the schema has said last."""
    return [Said(message=one.message, line=one.line, path=one.path or "") for one in ready.schema.error_log]


def judge_apart(root: Any, ready: Compiled, holder: str) -> list[Said]:
    """The same where many parts stand in one element of that Clark name: each is judged by itself, then the rest.

    For each error libxml2 counts all parts before the faulty one: many of them would cost more than their number.
    """
    held: Any = next(root.iter(holder), None)
    parts = [] if held is None else [one for one in held if isinstance(one.tag, str)]
    if len(parts) < _MANY:
        return judge(root, ready)
    way, said = _way(held), list[Said]()
    for number, part in enumerate(parts[1:], 2):
        if not ready.schema.validate(part):
            for one in _said(ready):
                _, _, inner = one.path.removeprefix("/").partition("/")
                path = f"{way}/*[{number}]/{inner}".removesuffix("/")
                said.append(Said(message=one.message, line=one.line, path=path))
    # The first of them stays, as there must be one.
    for part in parts[1:]:
        held.remove(part)
    return judge(root, ready) + said


def _way(element: Any) -> str:
    """The way to the element, by numbers alone."""
    parent = element.getparent()
    if parent is None:
        return "/*"
    among = [one for one in parent if isinstance(one.tag, str)]
    return f"{_way(parent)}/*[{among.index(element) + 1}]"


def unjudged(said: Said, ready: Compiled) -> str | None:
    """The namespace because of which the schema says so although no schema for it is at hand; else None."""
    found = _NO_DECLARATION.match(said.message)
    return found[1] if found is not None and found[1] not in ready.namespaces else None


def move(root: Any, namespace: str) -> None:
    """Put the elements of the root's namespace into this one; a payload in another one stays there."""
    own = etree.QName(root).namespace or ""
    if own == namespace:
        return
    for one in root.iter(etree.Element):
        name = etree.QName(one)
        if (name.namespace or "") == own:
            one.tag = f"{{{namespace}}}{name.localname}" if namespace else name.localname
    if not namespace:
        # A DTD takes a declaration for an attribute that it does not know.
        etree.cleanup_namespaces(root)


@lru_cache(maxsize=32)
def compiled(shelf: Shelf, main: SchemaFile, along: tuple[SchemaFile, ...] = ()) -> Compiled:
    """The schema, with those beside it that judge what else is in its documents; never raises for what they hold."""
    try:
        if main.label.kind == "xsd":
            schema = etree.XMLSchema(etree.fromstring(_frame((main, *along)), _parser(shelf)))
            return Compiled(schema=schema, namespaces=namespaces_of((main, *along)))
        if main.label.kind == "rng":
            return Compiled(schema=etree.RelaxNG(etree.fromstring(main.path.read_bytes(), _parser(shelf))))
        dtd = _dtd(shelf, main)
        return Compiled(schema=dtd, elements=frozenset(str(one.name) for one in dtd.iterelements()))
    except (etree.LxmlError, OSError, ValueError) as error:
        return Compiled(reason=str(error).partition("\n")[0] or type(error).__name__)


def _frame(files: tuple[SchemaFile, ...]) -> str:
    """One schema that imports all of them, so that what is of the others is judged too."""
    imports = "".join(
        f'<xs:import{_stated(one.label.namespace)} schemaLocation="{one.path.as_uri()}"/>' for one in files
    )
    return f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:all">{imports}</xs:schema>'


def _stated(namespace: str) -> str:
    return f' namespace="{namespace}"' if namespace else ""


def _dtd(shelf: Shelf, main: SchemaFile) -> Any:
    """The DTD with the modules that it names, by way of a document that it is declared for."""
    parser = _parser(shelf, load_dtd=True)
    frame = f'<!DOCTYPE none SYSTEM "{main.path.as_uri()}"><none/>'
    dtd = etree.fromstring(frame, parser).getroottree().docinfo.externalDTD
    if dtd is None:
        raise ValueError("it is no DTD")
    return dtd


def _parser(shelf: Shelf, *, load_dtd: bool = False) -> etree.XMLParser[Any]:
    parser = etree.XMLParser(no_network=True, resolve_entities=False, load_dtd=load_dtd)
    parser.resolvers.add(_Offline(shelf, "" if load_dtd else _EMPTY))
    return parser


class _Offline(etree.Resolver):
    """Answers with the file of the folder that is named, wherever it lies there; with nothing for any other."""

    def __init__(self, shelf: Shelf, nothing: str) -> None:
        self.shelf, self.nothing = shelf, nothing
        self.inside = {one.path.as_uri(): one.path for one in shelf.files}

    def resolve(self, system_url: str | None, public_id: str | None, context: Any) -> Any:
        address = system_url or ""
        path = self.inside.get(address) or self.shelf.by_name.get(address.rpartition("/")[2])
        if path is None:
            return self.resolve_string(self.nothing, context)
        return self.resolve_string(path.read_bytes(), context, base_url=path.as_uri())
