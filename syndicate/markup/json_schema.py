"""Official JSON schemas of ninjs, by the package jsonschema where it is installed. Nothing is fetched."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import orjson

from syndicate.markup import schema_files
from syndicate.markup.json_nodes import JsonNode
from syndicate.markup.official import MOST, Official, about, of_another
from syndicate.markup.schema_files import SchemaFile, Shelf
from syndicate.model.finding import Finding, Place

_GEOJSON = "https://geojson.org/schema/GeoJSON.json"
_INSTALL = "pip install jsonschema"
_BOM = b"\xef\xbb\xbf"
_LONGEST = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the schema says, and the way to the value that is meant."""

    message: str
    path: tuple[str | int, ...]


def check(
    official: Official, root: JsonNode, data: bytes, schemas: Path, *, major: str, stated: str | None
) -> Iterator[Finding]:
    """What the schema of the stated version says, else that of the next newer or newest one of its family."""
    shelf = schema_files.shelf(schemas)
    main = shelf.choose(official.standard, stated, major=major)
    if main is None:
        return
    ready = validator(shelf, main)
    if isinstance(ready, str):
        yield from about(official, root, f"{main.path.name} is not used: {ready}")
        return
    yield from of_another(official, root, main, stated)
    try:
        said = judge(data, ready)
    except (RecursionError, ValueError) as error:
        yield from about(official, root, f"it cannot be checked by the schema: {error}")
        return
    for one in said[:MOST]:
        yield Finding(rule=official.invalid, message=one.message[:_LONGEST], place=_place(root, one.path))
    if len(said) > MOST:
        yield Finding(rule=official.invalid, message=f"the schema finds {len(said) - MOST} more errors")


def judge(data: bytes, ready: Any) -> list[Said]:
    """What the schema says against the document, in its order; ValueError for what is no JSON, RecursionError."""
    value = orjson.loads(data.removeprefix(_BOM))
    found = [Said(message=one.message, path=tuple(one.absolute_path)) for one in ready.iter_errors(value)]
    return sorted(found, key=lambda one: (list(map(str, one.path)), one.message))


@lru_cache(maxsize=32)
def validator(shelf: Shelf, main: SchemaFile) -> Any:
    """What judges by that schema; a text that says why there is nothing to judge by."""
    try:
        from jsonschema.validators import validator_for  # type: ignore[import-untyped]
        from referencing import Registry, Resource
        from referencing.jsonschema import DRAFT202012
    except ImportError:
        return _INSTALL
    try:
        schema = orjson.loads(main.path.read_bytes())
        geojson = next((one for one in shelf.files if one.label.standard == schema_files.GEOJSON), None)
        contents = orjson.loads(geojson.path.read_bytes()) if geojson is not None else {}
    except (OSError, ValueError) as error:
        return f"it cannot be read ({error})"
    # Positions are looked at where the schema for them is at hand; else any will do.
    resource = Resource.from_contents(contents, default_specification=DRAFT202012)
    kind = validator_for(schema)
    return kind(schema, registry=Registry().with_resources([(_GEOJSON, resource)]))


def _place(root: JsonNode, path: tuple[str | int, ...]) -> Place:
    """The place of the value at the end of the way, or of the last on it that is there."""
    node: Any = root
    for step in path:
        children = list(node.children)
        if isinstance(step, int):
            found = children[step] if step < len(children) else None
        else:
            found = next((one for one in reversed(children) if one.qname == step), None)
        if found is None:
            break
        node = found
    parent = node.parent.qname if node.parent is not None else None
    return Place(line=node.line, column=node.column, element=node.qname, parent=parent)
