"""Every rule has a case: a document whose first lines name what must be found, and where, and nothing else."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from syndicate.formats.newsml_g2 import rules
from syndicate.markup.places import parse_places
from syndicate.validate.run import check

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
CASES = sorted((Path(__file__).parent / "cases").glob("*.xml"))
_EXPECT = re.compile(r"<!-- expect: (\S+) line=(\d+) -->")
# Its case needs the official schema: see test_schema.py.
_ELSEWHERE = {"newsml-g2.schema.invalid", "newsml-g2.schema.missing"}


def expected(path: Path) -> list[tuple[int, str]]:
    """Line and rule of every finding that the case names."""
    return sorted((int(line), rule) for rule, line in _EXPECT.findall(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_the_case_is_found_and_nothing_else(path: Path) -> None:
    data = path.read_bytes()
    document = parse_places(data)
    dialect = rules.dialect(document)
    assert dialect is not None
    found = [(finding.place.line, finding.rule.id) for finding in rules.check(document, data, dialect, NOW)]
    assert sorted(found, key=str) == sorted(expected(path), key=str)


def test_every_rule_has_a_case() -> None:
    named = {rule for path in CASES for _, rule in expected(path)}
    assert {rule.id for rule in rules.RULES} == named | _ELSEWHERE


def test_rules_are_named_once_and_explained() -> None:
    ids = [rule.id for rule in rules.RULES]
    assert len(ids) == len(set(ids))
    assert all(rule.why and rule.summary and rule.formats == ("newsml-g2",) for rule in rules.RULES)


@pytest.mark.parametrize(
    ("document", "dialect"),
    [
        (b'<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" standardversion="2.35"/>', "newsml-g2-2.35"),
        (b'<newsItem standardversion="two"/>', "newsml-g2"),
        (b'<newsMessage><itemSet><newsItem standardversion="2.9"/></itemSet></newsMessage>', "newsml-g2"),
        (b"<NewsML/>", None),
        (b"<rss/>", None),
        (b"", None),
    ],
)
def test_dialects(document: bytes, dialect: str | None) -> None:
    assert rules.dialect(parse_places(document)) == dialect


def test_a_message_takes_the_version_of_its_first_item() -> None:
    path = Path(__file__).parent / "cases" / "valid_message.xml"
    assert rules.dialect(parse_places(path.read_bytes())) == "newsml-g2-2.35"


@pytest.mark.parametrize("path", CASES[:12], ids=lambda path: path.stem)
def test_a_document_cut_anywhere_is_checked_without_a_crash(path: Path) -> None:
    data = path.read_bytes()
    for end in range(0, len(data), 97):
        document = parse_places(data[:end])
        assert isinstance(list(rules.check(document, data[:end], "newsml-g2", NOW)), list)


@pytest.mark.parametrize(
    ("parts", "circle"),
    [
        ({"a": ["b", "c"], "b": ["c"], "c": []}, None),
        ({"a": ["a"]}, "a"),
        ({"a": ["b"], "b": ["c", "d"], "c": [], "d": ["b"]}, "b"),
        ({"a": ["nowhere"], "b": ["c"], "c": ["b"]}, "b"),
        ({str(number): [str(number + 1)] for number in range(4_000)}, None),
        ({str(number): [str((number + 1) % 4_000)] for number in range(4_000)}, "0"),
    ],
    ids=["tree", "itself", "inner", "nowhere", "chain", "ring"],
)
def test_groups_in_a_circle_are_found_in_one_walk(parts: dict[str, list[str]], circle: str | None) -> None:
    groups = "".join(
        f'<group id="{name}" role="group:main">{"".join(f"<groupRef idref={one!r}/>" for one in inner)}</group>'
        for name, inner in parts.items()
    )
    root = next(iter(parts))
    data = (
        '<packageItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="tag:a.example,2026:1" version="1"'
        f' standard="NewsML-G2" standardversion="2.29"><groupSet root="{root}">{groups}</groupSet></packageItem>'
    )
    messages = [
        one.message for one in check(data.encode(), now=NOW).findings if one.rule.id == "newsml-g2.group.circle"
    ]
    assert messages == ([] if circle is None else [f"the group {circle!r} is part of itself"])


HOUSE = (
    '<catalog xmlns="http://iptc.org/std/nar/2006-10-01/"><scheme alias="hp" uri="https://harbour.example/cv/hp/"/>'
    "</catalog>"
)


@pytest.mark.parametrize(("brought", "unknown"), [(False, []), (True, ["port:1"])])
def test_a_catalog_that_was_brought_tells_its_aliases(tmp_path: Path, brought: bool, unknown: list[str]) -> None:
    item = (Path(__file__).parent / "cases" / "valid_item.xml").read_text(encoding="utf-8")
    house = '<catalogRef href="https://harbour.example/cv/house.xml"/>'
    codes = '<subject qcode="hp:1"/><subject qcode="port:1"/><subject qcode="medtop:1"/>'
    data = item.replace("<itemMeta>", f"{house}<itemMeta>").replace("<headline>", f"{codes}<headline>").encode()
    if brought:
        (tmp_path / "house.xml").write_text(HOUSE, encoding="utf-8")
    document = parse_places(data)
    found = list(rules.check(document, data, "newsml-g2-2.35", NOW, tmp_path))
    assert [one.rule.id for one in found] == ["newsml-g2.qcode.alias-unknown"] * len(unknown)
    assert all("'port'" in one.message for one in found)
