"""The official JSON Schemas, where they and a program that reads them are at hand."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

FILES = {"1.6": "1.x", "2.2": "2.x", "3.1": "3.x"}


def validators(shared: Path) -> dict[str, Callable[[Any], bool]]:
    """For each version what tells whether a document is valid."""
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed")
    referencing = pytest.importorskip("referencing", reason="referencing is not installed")
    folder = shared / "schemas" / "ninjs"
    geojson = referencing.Resource.from_contents(json.loads((folder / "GeoJSON-schema.json").read_bytes()))
    registry = referencing.Registry().with_resource("https://geojson.org/schema/GeoJSON.json", geojson)
    made: dict[str, Callable[[Any], bool]] = {}
    for version, major in FILES.items():
        schema = json.loads((folder / major / f"ninjs-schema_{version}.json").read_bytes())
        made[version] = jsonschema.validators.validator_for(schema)(schema, registry=registry).is_valid
    return made
