"""What an official schema says against a document, taken by itself: without our own rules beside it."""

from pathlib import Path

from lxml import etree

from syndicate.markup import schema_files, xsd
from syndicate.markup.schema_files import Label, SchemaFile
from syndicate.markup.xml import parse

Errors = list[tuple[str, int]]
"""Messages with their lines, 0 for none."""


def errors(data: bytes, schemas: Path, namespace: str, file: str, *, unless: tuple[str, ...] = ()) -> Errors:
    """What the schema in a file of that name, anywhere in the folder, says.

    Attributes of the root named in `unless` are not looked at. Elements of the root's namespace count as of the
    schema's: NITF and NewsML 1.2 come with and without one. Nothing without a schema, or for what is not well-formed.
    """
    shelf = schema_files.shelf(schemas)
    path = shelf.by_name.get(file)
    if path is None:
        return []
    main = SchemaFile(path=path, label=Label(standard="", version="", kind="xsd", namespace=namespace))
    return _judged(data.lstrip(), xsd.compiled(shelf, main), namespace, unless)


def newsml_g2_errors(data: bytes, schemas: Path) -> Errors:
    """What the newest schema of NewsML-G2 in the folder says, with those for its payloads."""
    shelf = schema_files.shelf(schemas)
    main = shelf.choose(schema_files.NEWSML_G2, None)
    if main is None:
        return []
    beside = (shelf.choose(name, None) for name in (schema_files.NITF, schema_files.ODRL))
    return _judged(data, xsd.compiled(shelf, main, tuple(one for one in beside if one is not None)))


def _judged(data: bytes, ready: xsd.Compiled, namespace: str | None = None, unless: tuple[str, ...] = ()) -> Errors:
    try:
        root = parse(data)
    except etree.XMLSyntaxError:
        return []
    return [(one.message, one.line) for one in xsd.judge(root, ready, namespace, unless=unless)]
