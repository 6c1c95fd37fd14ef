"""JSON schemas of ninjs: the family's newest where the stated version is not there, places of values, nothing lost."""

import builtins
import json
from pathlib import Path
from typing import Any

import pytest

from syndicate.markup import json_schema
from syndicate.model.finding import Finding
from syndicate.validate.run import check
from tests.conftest import NOW

SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#",
    "type": "object",
    "properties": {
        "urgency": {"type": "integer"},
        "places": {"items": {"properties": {"geoJSON": {"$ref": "https://geojson.org/schema/GeoJSON.json#"}}}},
        "headlines": {"items": {"properties": {"value": {"type": "string", "maxLength": 12}}}},
    },
}
ITEM = {"standard": {"name": "ninjs", "version": "3.1"}, "uri": "tag:harbour.example,2019:story:1", "type": "text"}


def by_schema(folder: Path, **members: Any) -> list[Finding]:
    data = json.dumps({**ITEM, **members}, indent=1).encode()
    findings = check(data, now=NOW, schemas=folder).findings
    return [one for one in findings if one.rule.id.startswith("ninjs.schema")]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a schema of ninjs."""
    (tmp_path / "ninjs.json").write_text(json.dumps(SCHEMA))
    return tmp_path


def test_findings_point_at_the_value(folder: Path) -> None:
    (one,) = by_schema(folder, headlines=[{"value": "short"}, {"value": "Ferry stops for two weeks"}])
    assert (one.rule.id, one.place.element) == ("ninjs.schema.invalid", "value")
    assert one.place.line is not None
    assert one.place.column is not None
    assert by_schema(folder, places=[{"name": "Pier", "geoJSON": {}}]) == []


def test_another_version_of_the_family_judges_and_says_so(folder: Path) -> None:
    (one,) = by_schema(folder, standard={"name": "ninjs", "version": "3.0"})
    assert "checked by the schema of 3.1, as that of 3.0 is not at hand" in one.message
    assert by_schema(folder, standard={"name": "ninjs", "version": "2.1"}) == []


def test_many_errors_are_counted(folder: Path) -> None:
    found = by_schema(folder, headlines=[{"value": "Ferry stops for two weeks"}] * 120)
    assert (len(found), found[0].message) == (101, "the schema finds 20 more errors")


def test_without_the_package_it_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def none(name: str, *args: Any, **kwargs: Any) -> Any:
        if name.startswith("jsonschema"):
            raise ImportError(name)
        return real(name, *args, **kwargs)

    json_schema.validator.cache_clear()
    monkeypatch.setattr(builtins, "__import__", none)
    (one,) = by_schema(folder)
    assert one.rule.id == "ninjs.schema.missing"
    assert "pip install jsonschema" in one.message


def test_a_broken_schema_is_told(tmp_path: Path) -> None:
    (tmp_path / "ninjs.json").write_text(json.dumps(SCHEMA)[:-1])
    (one,) = by_schema(tmp_path)
    assert "it cannot be read" in one.message
