"""Every rule has a sample that breaks it, and one that breaks nothing: they are what its page shows."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from syndicate.condition.rulebook import every_rule
from syndicate.model.finding import Finding, Severity
from syndicate.profiles.load import load_profile
from syndicate.validate.profile import with_profile
from syndicate.validate.run import check
from syndicate.validate.samples import Sample, sample
from tests.conftest import NOW, ROOT

IDS = {rule.id for rule in every_rule()}
FILES = sorted(path for path in (ROOT / "syndicate").glob("**/samples/*.toml") if path.stem != "frames")
FOLDERS = sorted({path.parent for path in FILES})
# The longest line of a sample that fits a page.
_WIDTH = 400


def found_in(one: Sample, part: str, schemas: Path | None) -> tuple[Finding, ...]:
    data = one.document(part)
    report = check(data, now=NOW, as_format=one.as_format, schemas=schemas if one.needs_schemas else None)
    if one.profile is not None:
        report = with_profile(report, data, load_profile(one.profile), now=NOW)
    return report.findings


def grave(findings: Iterable[Finding]) -> list[str]:
    return [f"{one.rule.id}: {one.message}" for one in findings if one.severity is not Severity.INFO]


def flaws(one: Sample, schemas: Path | None) -> list[str]:
    """What is not as it should be with the sample."""
    bad, good = found_in(one, one.bad, schemas), found_in(one, one.good, schemas)
    told = [] if one.rule in {finding.rule.id for finding in bad} else [f"bad breaks {grave(bad)}, not the rule"]
    others = [finding for finding in bad if finding.rule.id not in {one.rule, *one.also}]
    told += [f"bad breaks {text}" for text in grave(others)]
    told += [f"good breaks {text}" for text in grave(good)]
    told += [f"good breaks {one.rule}" for finding in good if finding.rule.id == one.rule]
    return told


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: str(folder.relative_to(ROOT / "syndicate")))
def test_bad_samples_break_their_rule_and_good_ones_nothing(folder: Path) -> None:
    told: dict[str, list[str]] = {}
    for path in folder.glob("*.toml"):
        one = None if path.stem == "frames" else sample(path.stem)
        if one is not None and one.kind == "document" and not one.needs_schemas and (found := flaws(one, None)):
            told[one.rule] = found
    assert told == {}


def test_samples_for_schemas_break_their_rule(shared: Path) -> None:
    needing = [one for path in FILES if (one := sample(path.stem)) is not None and one.needs_schemas]
    assert {one.rule: found for one in needing if (found := flaws(one, shared / "schemas"))} == {}


def test_every_sample_is_of_a_rule() -> None:
    assert [path.name for path in FILES if path.stem not in IDS] == []
    assert len({path.name for path in FILES}) == len(FILES)


def test_samples_are_readable() -> None:
    for path in FILES:
        one = sample(path.stem)
        assert one is not None
        assert one.bad != one.good, path.name
        assert one.frame.count("@@") == 1 or one.frame.count(one.good) == 1, path.name
        assert max(map(len, (one.bad + "\n" + one.good).split("\n"))) <= _WIDTH, path.name
