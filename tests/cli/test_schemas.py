"""Schema files are added, listed and removed; documents are checked by them."""

import json
import zipfile
from pathlib import Path

import pytest

from syndicate.cli.main import run
from syndicate.schemas.shelf import VARIABLE

SITEMAP = (
    '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.sitemaps.org/schemas/sitemap/0.9"'
    ' elementFormDefault="qualified"><xs:element name="urlset" type="xs:anyType"/></xs:schema>'
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's folder, which is not there yet."""
    monkeypatch.setenv(VARIABLE, str(tmp_path / "own"))
    return tmp_path / "own"


def test_files_are_added_once_listed_and_removed(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "own.xsd").write_text(SITEMAP)
    assert run(["schemas", "add", str(tmp_path / "own.xsd")]) == 0
    assert "added  own.xsd: sitemap 0.9, unknown release (sha256 " in capsys.readouterr().out
    assert (folder / "own.xsd").stat().st_mode & 0o777 == 0o644
    assert run(["schemas", "add", str(tmp_path / "own.xsd")]) == 0
    assert capsys.readouterr().out.startswith("already there  own.xsd")
    assert run(["schemas", "list", "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["file"], row["release"], row["serves"][0]) == ("own.xsd", "unknown release", "sitemap")
    assert run(["schemas", "list"]) == 0
    assert "own.xsd" in capsys.readouterr().out
    assert run(["schemas", "remove", "own.xsd"]) == 0
    assert run(["schemas", "remove", "own.xsd"]) == 2
    assert run(["schemas", "list"]) == 0
    assert "there is no schema in" in capsys.readouterr().err


def test_another_file_of_the_same_name_is_refused(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "own.xsd").write_text(SITEMAP)
    run(["schemas", "add", str(tmp_path / "own.xsd")])
    (tmp_path / "own.xsd").write_text(SITEMAP + "<!-- mended -->")
    assert run(["schemas", "add", str(tmp_path / "own.xsd")]) == 1
    assert "syndicate schemas remove own.xsd" in capsys.readouterr().out
    assert (folder / "own.xsd").read_text() == SITEMAP


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("", "it is empty"),
        ("<!DOCTYPE html><p>No such page", "it is a web page"),
        ("words", "it is no schema"),
        ('<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:x"/>', "it is no schema"),
        (SITEMAP[:-20], "it is not well-formed"),
        ('{"$id": "https://geojson.org/schema/GeoJSON.json"', "it is no JSON"),
    ],
)
def test_junk_is_refused_with_the_reason(
    data: str, reason: str, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "junk.xsd").write_text(data)
    assert run(["schemas", "add", str(tmp_path / "junk.xsd")]) == 1
    assert f"refused  junk.xsd: {reason}" in capsys.readouterr().out
    assert not folder.exists()


def test_an_archive_gives_what_is_a_schema_and_leads_nowhere_else(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("docs/readme.xml", "<p/>")
        archive.writestr("../deep/own.xsd", SITEMAP)
        archive.writestr("deep/two.xsd", SITEMAP)
    run(["schemas", "add", str(tmp_path / "all.zip")])
    assert {path.name for path in folder.iterdir()} <= {"own.xsd", "two.xsd"}
    assert (folder / "two.xsd").is_file()
    assert not (tmp_path / "deep").exists()
    assert "readme.xml" not in capsys.readouterr().out


def test_private_addresses_are_not_fetched(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schemas", "add", "http://127.0.0.1:9/own.xsd"]) == 2
    assert "--allow-private" in capsys.readouterr().err


def test_nothing_to_add_is_wrong_usage(folder: Path, tmp_path: Path) -> None:
    assert run(["schemas", "add", str(tmp_path)]) == 2
    assert run(["schemas", "add", str(tmp_path / "none.xsd")]) == 2


def test_official_releases_are_known(folder: Path, shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schemas", "add", str(shared / "schemas")]) == 0
    out = capsys.readouterr().out
    assert "unknown release" not in out
    assert "added  nitf-3-6.xsd: NITF 3.6" in out
    from syndicate.markup import schema_files, xsd

    shelf = schema_files.shelf(folder)
    judging = [one for one in shelf.files if one.label.kind in ("xsd", "dtd", "rng") and not one.label.is_part]
    assert {one.path.name: ready.reason for one in judging if (ready := xsd.compiled(shelf, one)).reason} == {}
