"""Our tables say what the official schemas say: good documents with something changed in them are judged alike."""

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from syndicate.formats.ninjs import rules
from syndicate.formats.ninjs.value_rules import EMBARGO
from syndicate.markup.json_nodes import parse_json
from syndicate.model.finding import Severity
from tests.conftest import NOW
from tests.formats.case import cases
from tests.formats.ninjs.documents import VERSIONS, alone, document
from tests.formats.ninjs.schemas import validators
from tests.formats.story import STORY

VALUES: tuple[Any, ...] = (
    None, 1, "x", [], {}, True, 1.5, 3.0, -3, 101, "2026-03", ["x"], [1], [{}], {"value": "x"}, {"a": {"uri": "a:b"}},
    {"é": {}}, [{"value": "a", "address": {}}], "canceled", 10,
)  # fmt: skip
NAMES = (
    "uri", "guid", "name", "rel", "literal", "scheme", "code", "headline", "body_html", "headline_x", "ticker",
    "geometry_x", "contactInfo", "contactinfo", "type", "value", "role", "eventDetails", "poi", "symbols", "_x",
    "rightsInfo", "rightsinfo", "relevance", "urgency", "mimetype", "plannedCoverage", "altids", "linkedRights",
)  # fmt: skip
Steps = tuple[str | int, ...]


def paths(value: Any, path: Steps = ()) -> Iterator[Steps]:
    """Where there are values in the document."""
    yield path
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in pairs:
        yield from paths(inner, (*path, key))


def changed(values: Any, random: Random) -> Any:
    """The document with a value taken out, put in, or made another."""
    made = copy.deepcopy(values)
    *path, last = random.choice([one for one in paths(made) if one])
    owner = made
    for key in path:
        owner = owner[key]
    act = random.random()
    if act < 0.25:
        del owner[last]
    elif act < 0.7 or not isinstance(owner, dict):
        owner[last] = copy.deepcopy(random.choice(VALUES))
    else:
        owner[random.choice(NAMES)] = copy.deepcopy(random.choice(VALUES))
    return made


def good(version: str) -> Iterator[Any]:
    """Good documents of the version."""
    name = next(name for name, stated in VERSIONS.items() if stated == version)
    yield json.loads(document(name, STORY))
    yield json.loads(alone(name, STORY))
    for case in cases("ninjs"):
        if case.path.stem == f"good_{version[0]}":
            found = json.loads(case.path.read_bytes())
            del found["_expect"]
            yield found


@pytest.mark.parametrize("version", list(VERSIONS.values()))
def test_changed_documents_are_judged_as_the_schemas_judge_them(version: str, shared: Path) -> None:
    is_valid = validators(shared)[version]
    random = Random(version)
    documents = list(good(version))
    assert all(map(is_valid, documents))
    verdicts = set()
    for _ in range(100):
        values = changed(random.choice(documents), random)
        data = json.dumps(values).encode()
        found = rules.check(parse_json(data), data, f"ninjs-{version[0]}.x", NOW)
        errors = [one for one in found if one.severity is Severity.ERROR and one.rule is not EMBARGO]
        assert is_valid(values) is not bool(errors), (values, errors)
        verdicts.add(bool(errors))
    assert verdicts == {True, False}
