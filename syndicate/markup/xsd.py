"""Official XML Schemas by lxml: compiled once for a folder of their files. Nothing is fetched, nothing is shipped."""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from lxml import etree

from syndicate.markup.xml import parse
from syndicate.model.finding import Finding, Place, Rule

_IN_BRACES = re.compile(r"\{[^}]*\}")
_ELEMENT = re.compile(r"Element '([^']+)'")
_MOST = 100


def findings(
    rule: Rule, data: bytes, schemas: Path, namespace: str, file: str, *, unless: tuple[str, ...] = ()
) -> Iterator[Finding]:
    """What the schema in a file of that name, anywhere in the folder, says against the document; nothing without one.

    Attributes of the root named in `unless` are not looked at. Elements of the root's namespace count as of the
    schema's: NITF and NewsML 1.2 come with and without one. At most 100 findings; none for what is not well-formed.
    """
    for message, line in errors(data, schemas, namespace, file, unless=unless)[:_MOST]:
        found = _ELEMENT.search(message)
        element = _IN_BRACES.sub("", found[1]) if found else None
        yield Finding(rule=rule, message=_IN_BRACES.sub("", message), place=Place(line=line or None, element=element))


def errors(
    data: bytes, schemas: Path, namespace: str, file: str, *, unless: tuple[str, ...] = ()
) -> list[tuple[str, int]]:
    """The same as messages with their lines (0 for none)."""
    schema = _compiled(schemas, namespace, file)
    if schema is None:
        return []
    try:
        root = parse(data.lstrip())
    except etree.XMLSyntaxError:
        return []
    for name in unless:
        root.attrib.pop(name, None)
    _move(root, namespace)
    # The schema object keeps the errors of its last document, so they are taken before the next one comes.
    schema.validate(root)
    return [(entry.message, entry.line) for entry in schema.error_log]


def _move(root: etree._Element, namespace: str) -> None:
    """Put the elements of the root's namespace into this one; a payload in another one stays there."""
    own = etree.QName(root).namespace
    if (own or "") == namespace:
        return
    for one in root.iter(etree.Element):
        name = etree.QName(one)
        if name.namespace == own:
            one.tag = f"{{{namespace}}}{name.localname}" if namespace else name.localname


@lru_cache(maxsize=8)
def _compiled(folder: Path, namespace: str, file: str) -> etree.XMLSchema | None:
    folder = folder.resolve()
    found = next(iter(sorted(folder.rglob(file))), None)
    if found is None:
        return None
    parser = etree.XMLParser(no_network=True, resolve_entities=False)
    parser.resolvers.add(_Offline(folder))
    stated = f' namespace="{namespace}"' if namespace else ""
    frame = (
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:all">'
        f'<xs:import{stated} schemaLocation="{found.as_uri()}"/></xs:schema>'
    )
    return etree.XMLSchema(etree.fromstring(frame, parser))


class _Offline(etree.Resolver):
    """Answers addresses outside the folder with an empty schema."""

    def __init__(self, folder: Path) -> None:
        self.inside = (folder.as_uri(), str(folder))

    def resolve(self, system_url: str | None, public_id: str | None, context: Any) -> Any:
        if system_url is None or system_url.startswith(self.inside):
            return None
        return self.resolve_string('<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"/>', context)
