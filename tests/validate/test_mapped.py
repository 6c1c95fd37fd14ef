"""Large files are mapped into memory and read piece by piece: what is said of them is what is said of any other."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from syndicate.model.finding import Finding, Place
from syndicate.validate import checked, run
from syndicate.validate.checked import Asked, check_data, check_file
from syndicate.validate.run import Report
from tests.conftest import NOW, ROOT
from tests.validate.mutations import mutated

CASES = sorted(path for name in ("rss", "atom", "rss_1_0") for path in ROOT.glob(f"tests/formats/{name}/cases/*"))
ASKED = Asked(now=NOW, with_lines=True)


def documents() -> Iterator[bytes]:
    """The cases of feeds, and some of them made worse."""
    cases = [path.read_bytes() for path in CASES]
    yield from cases
    chance = random.Random(31)
    for _ in range(200):
        data = mutated(chance.randrange(10_000), cases)
        if 0 < len(data) < 50_000:
            yield data


def test_what_is_mapped_is_told_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checked, "_MAPPED", 0)
    monkeypatch.setattr(run, "MAX_BYTES", 0)
    file = tmp_path / "feed.xml"
    seen = 0
    for data in documents():
        file.write_bytes(data)
        found, meant = check_file(str(file), ASKED), check_data(str(file), data, ASKED)
        assert found == meant
        seen += 1
    assert seen > 300


@pytest.mark.parametrize(
    "head", ['<?xml version="1.0" encoding="UTF-8"?>', '<?xml version="1.0" encoding="iso-8859-1"?>']
)
def test_lines_end_by_any_break(head: str) -> None:
    data = f"{head}\r<rss>\r\n<a/>\n\n</rss>".encode()
    findings = tuple(Finding(rule=checked.UNREADABLE, message="", place=Place(line=line)) for line in range(1, 8))
    lines = checked.lines_of(data, Report(format=None, findings=findings))
    assert lines == {1: head, 2: "<rss>", 3: "<a/>", 4: "", 5: "</rss>"}
