"""The shared samples of ninjs: all are read, or refused with a reason, and judged as the official schemas do."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import orjson

from syndicate.errors import InputError
from syndicate.formats.ninjs import read as ninjs
from syndicate.model.draft import Draft, Rejected
from syndicate.validate.run import check
from tests.conftest import NOW
from tests.formats.ninjs.documents import READING
from tests.formats.ninjs.schemas import validators

# Schemas that look at no formats let an embargo pass that is no moment; we do not.
STRICTER = {
    "ninjs-suite/1.0-should_pass-019_embargoed_bad_datetime.json",
    "ninjs-suite/1.0-should_pass-020_embargoed_date_only.json",
}
NEWEST = {"ninjs-1.x": "1.6", "ninjs-2.x": "2.2", "ninjs-3.x": "3.1"}


def samples(shared: Path) -> Iterator[tuple[str, bytes, set[str]]]:
    """Name, bytes, and the versions against whose schema the sample is valid."""
    folder = shared / "samples" / "partners"
    with (folder / "validation-ninjs.tsv").open(encoding="utf-8") as table:
        for row in csv.DictReader(table, delimiter="\t"):
            stated = (one.partition(":") for one in row["valid"].split())
            valid = {version for version, _, result in stated if result == "valid"}
            yield row["file"], (folder / row["file"]).read_bytes(), valid


def read(data: bytes, name: str) -> list[Draft | Rejected] | None:
    """What the sample holds, None when it cannot be read at all."""
    try:
        return list(ninjs.read(io.BytesIO(data), name, READING))
    except InputError:
        return None


def test_all_are_read_or_refused_with_a_reason(shared: Path) -> None:
    drafts = 0
    for name, data, valid in samples(shared):
        found = read(data, name)
        assert found or not valid, name
        drafts += sum(isinstance(one, Draft) for one in found or ())
        assert all(one.reason for one in found or () if isinstance(one, Rejected))
    assert drafts == 90


def test_verdicts_are_those_of_the_schemas(shared: Path) -> None:
    for name, data, valid in samples(shared):
        report = check(data, now=NOW)
        assert report.valid is (NEWEST.get(report.format or "") in valid) or name in STRICTER, name
        # What is valid in some version is recognised as being in one of these.
        assert not valid & set(NEWEST.values()) or report.format is not None, name


def test_the_table_of_verdicts_is_what_the_schemas_say(shared: Path) -> None:
    looks = validators(shared)
    for name, data, valid in samples(shared):
        try:
            values = orjson.loads(data)
        except orjson.JSONDecodeError:
            continue
        assert {version for version, is_valid in looks.items() if is_valid(values)} == valid & looks.keys(), name
