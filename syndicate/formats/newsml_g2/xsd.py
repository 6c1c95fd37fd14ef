"""The official XML Schema of NewsML-G2, by lxml: compiled once for a folder of its files."""

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from lxml import etree

from syndicate.formats.newsml_g2 import names as n
from syndicate.markup import nitf_names
from syndicate.markup.xml import parse

_ODRL = "http://www.w3.org/ns/odrl/2/"
_VERSION = re.compile(r"NewsML-G2_(\d+)\.(\d+)-spec-All-Power\.xsd\Z")


def errors(data: bytes, schemas: Path) -> list[tuple[str, int]]:
    """What the newest schema in that folder finds, as messages with their lines (0 for none); nothing without a schema.

    A document that is not well-formed gives none.
    """
    schema = _compiled(schemas)
    if schema is None:
        return []
    try:
        root = parse(data)
    except etree.XMLSyntaxError:
        return []
    # The schema object keeps the errors of its last document, so they are taken before the next one comes.
    schema.validate(root)
    return [(entry.message, entry.line) for entry in schema.error_log]


@lru_cache(maxsize=4)
def _compiled(folder: Path) -> etree.XMLSchema | None:
    """One schema that imports all that is there, so that payloads are checked too; None without NewsML-G2's own."""
    folder = folder.resolve()
    found = {path.name: path for path in sorted(folder.rglob("*.xsd"))}
    newest = max((name for name in found if _VERSION.match(name)), key=_version, default=None)
    if newest is None:
        return None
    files = {n.NAMESPACE: newest, nitf_names.NAMESPACE: "nitf-3-6.xsd", _ODRL: "ODRL22.xsd"}
    imports = "".join(
        f'<xs:import namespace="{namespace}" schemaLocation="{found[name].as_uri()}"/>'
        for namespace, name in files.items()
        if name in found
    )
    parser = etree.XMLParser(no_network=True, resolve_entities=False)
    parser.resolvers.add(_Offline(folder))
    frame = f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:all">{imports}</xs:schema>'
    return etree.XMLSchema(etree.fromstring(frame, parser))


def _version(name: str) -> tuple[int, int]:
    found = _VERSION.match(name)
    return (int(found[1]), int(found[2])) if found else (0, 0)


class _Offline(etree.Resolver):
    """Answers addresses outside the folder with an empty schema."""

    def __init__(self, folder: Path) -> None:
        self.inside = (folder.as_uri(), str(folder))

    def resolve(self, system_url: str | None, public_id: str | None, context: Any) -> Any:
        if system_url is None or system_url.startswith(self.inside):
            return None
        empty = '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"/>'
        return self.resolve_string(empty, context)
