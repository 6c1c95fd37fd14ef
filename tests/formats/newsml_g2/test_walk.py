"""What is remembered of a document changes nothing that is said of another; a quick yes is one of the careful road."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from syndicate.formats.newsml_g2 import rules, schema, walk
from syndicate.markup.places import parse_places
from syndicate.markup.xml import DECLARATION
from syndicate.model.content import Content
from syndicate.model.finding import Finding
from tests.formats.newsml_g2.test_cases import CASES, NOW
from tests.formats.story import STORY
from tests.validate.items import item_of
from tests.validate.test_proof import VALUES, slots

CHANGES = 400


def changed() -> Iterator[bytes]:
    """The cases, and each with a value of another kind somewhere."""
    chance = random.Random(20)
    cases = [path.read_bytes() for path in CASES]
    yield from cases
    for _ in range(CHANGES):
        data = chance.choice(cases)
        start, end = chance.choice(list(slots(data)))
        yield data[:start] + chance.choice(VALUES) + data[end:]


def said(data: bytes) -> list[Finding]:
    document = parse_places(data)
    return list(rules.check(document, data, "newsml-g2", NOW))


def test_what_is_remembered_changes_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    documents = list(changed())
    for data in documents:
        said(data)
    warm = [said(data) for data in documents]
    fresh = []
    for data in documents:
        monkeypatch.setattr(walk, "_outermost", type(walk._outermost)(""))
        fresh.append(said(data))
    assert warm == fresh
    assert len({finding.rule.id for found in warm for finding in found}) > 60


def test_memory_is_bounded() -> None:
    kind = walk._outermost.child("{http://iptc.org/std/nar/2006-10-01/}newsItem")
    for number in range(1100):
        name = f"x{number}"
        data = f'<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" type="a:{name}"><{name}/></newsItem>'.encode()
        said(data)
    assert len(kind.inner) <= 512
    assert all(len(good) <= 1025 for good in kind._good.values())


def test_a_quick_yes_of_the_schema_is_one_of_the_careful_road(shared: Path) -> None:
    schemas = shared / "schemas"
    item = DECLARATION + item_of("newsml-g2", STORY, Content.FULL)
    chance, agreed = random.Random(6), 0
    spans = list(slots(item))
    for _ in range(CHANGES):
        start, end = chance.choice(spans)
        data = item[:start] + chance.choice(VALUES) + item[end:]
        if rules.agreed(data, schemas):
            agreed += 1
            assert list(schema.check(data, schemas, parse_places(data))) == []
    assert 50 < agreed < CHANGES - 50
