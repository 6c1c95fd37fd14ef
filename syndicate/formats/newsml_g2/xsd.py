"""What the newest official XML Schema of NewsML-G2 in a folder says, as it says it."""

from pathlib import Path

from lxml import etree

from syndicate.markup import schema_files, xsd
from syndicate.markup.xml import parse


def errors(data: bytes, schemas: Path) -> list[tuple[str, int]]:
    """What the newest schema in that folder finds, as messages with their lines (0 for none); nothing without a schema.

    A document that is not well-formed gives none.
    """
    shelf = schema_files.shelf(schemas)
    main = shelf.choose(schema_files.NEWSML_G2, None)
    if main is None:
        return []
    beside = (shelf.choose(name, None) for name in (schema_files.NITF, schema_files.ODRL))
    try:
        root = parse(data)
    except etree.XMLSyntaxError:
        return []
    ready = xsd.compiled(shelf, main, tuple(one for one in beside if one is not None))
    return [(one.message, one.line) for one in xsd.judge(root, ready)]
