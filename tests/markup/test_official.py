"""Schemas of any layout and version: which one judges, where it points, and what it says when it cannot."""

from pathlib import Path

import pytest

from syndicate.markup import schema_files, xsd
from syndicate.markup.schema_files import NEWSML_G2, NITF, recognise, shelf
from syndicate.model.finding import Finding
from syndicate.validate.run import check
from tests.conftest import NOW

XS = "http://www.w3.org/2001/XMLSchema"
MAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
SITEMAP = (
    f'<xs:schema xmlns:xs="{XS}" targetNamespace="{MAP}" xmlns="{MAP}" elementFormDefault="qualified">'
    '<xs:element name="urlset"><xs:complexType><xs:sequence><xs:element name="url" maxOccurs="unbounded">'
    '<xs:complexType><xs:sequence><xs:element name="loc" type="xs:anyURI"/><xs:element name="priority"'
    ' type="xs:decimal" minOccurs="0"/><xs:any namespace="##other" minOccurs="0" maxOccurs="unbounded"'
    ' processContents="strict"/></xs:sequence></xs:complexType></xs:element></xs:sequence></xs:complexType>'
    "</xs:element></xs:schema>"
)
PAGE = f'<urlset xmlns="{MAP}">\n<url><loc>https://harbour.example/a</loc>%s</url>\n</urlset>'


def by_schema(data: str, folder: Path) -> list[Finding]:
    findings = check(data.encode(), now=NOW, schemas=folder).findings
    return [one for one in findings if ".schema." in one.rule.id]


def g2(version: str) -> str:
    return (
        f'<xs:schema xmlns:xs="{XS}" targetNamespace="http://iptc.org/std/nar/2006-10-01/" version="{version}">'
        '<xs:element name="newsItem"/><xs:element name="newsMessage"/></xs:schema>'
    )


def test_the_stated_version_judges_else_the_next_newer_else_the_newest(tmp_path: Path) -> None:
    for version in ("2.9", "2.12", "2.35"):
        (tmp_path / f"{version}.xsd").write_text(g2(version))
    found = shelf(tmp_path)
    asked = ("2.4", "2.9", "2.10", "2.12", "2.36", None)
    chosen = [one.version for version in asked if (one := found.choose(NEWSML_G2, version)) is not None]
    assert chosen == ["2.9", "2.9", "2.12", "2.12", "2.35", "2.35"]
    assert found.choose(NITF, None) is None
    assert found.choose(NEWSML_G2, None, major="3.") is None


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("NewsML-G2-Core.xsd", g2("2.9"), ("NewsML-G2", "2.9", True)),
        ("x.dtd", "<!-- Document Type Definition Version 1.1 --><!ELEMENT NewsML (a)>", ("NewsML 1", "1.1", False)),
        ("nitf-3-2.dtd", "<!ELEMENT nitf (head, body)>", ("NITF", "3.2", False)),
        ("xhtml-ruby-1.mod", "<!ELEMENT ruby (rb)>", ("XHTML", "", True)),
        ("a.xsd", g2("2.9").encode("utf-16").decode("utf-16"), ("NewsML-G2", "2.9", False)),
        ("a.json", '{"id": "http://www.iptc.org/std/ninjs/ninjs-schema_1.3.json#"}', ("ninjs", "1.3", False)),
        ("a.xsd", f'<schema xmlns="{XS}" targetNamespace="urn:x"/>', None),
        ("a.rng", '<grammar xmlns="http://relaxng.org/ns/structure/1.0"/>', None),
        ("a.json", "{}", None),
    ],
)
def test_a_file_is_what_stands_in_it(name: str, data: str, expected: tuple[str, str, bool] | None) -> None:
    label = recognise(data.encode(), name)
    assert (None if label is None else (label.standard, label.version, label.is_part)) == expected


def test_findings_point_at_the_element(tmp_path: Path) -> None:
    (tmp_path / "sitemap.xsd").write_text(SITEMAP)
    (one,) = by_schema("\n" + PAGE % "\n  <priority>high</priority>", tmp_path)
    assert (one.rule.id, one.place.line) == ("sitemap.schema.invalid", 4)
    assert by_schema(PAGE % "", tmp_path) == []


def test_what_no_schema_at_hand_knows_is_told_and_not_held_against_it(tmp_path: Path) -> None:
    (tmp_path / "sitemap.xsd").write_text(SITEMAP)
    image = '<i:image xmlns:i="http://www.google.com/schemas/sitemap-image/1.1"/>'
    (one,) = by_schema(PAGE % image, tmp_path)
    assert one.rule.id == "sitemap.schema.missing"
    assert "sitemap-image" in one.message


def test_a_broken_schema_is_told(tmp_path: Path) -> None:
    (tmp_path / "sitemap.xsd").write_text(SITEMAP[:-12])
    (one,) = by_schema(PAGE % "", tmp_path)
    assert "sitemap.xsd cannot be used" in one.message


def test_many_errors_are_counted(tmp_path: Path) -> None:
    (tmp_path / "sitemap.xsd").write_text(SITEMAP)
    url = "<url><loc>https://harbour.example/a</loc><priority>high</priority></url>"
    found = by_schema(f'<urlset xmlns="{MAP}">{url * 150}</urlset>', tmp_path)
    assert (len(found), found[0].message) == (101, "the schema finds 50 more errors")


def test_schemas_find_what_they_include_by_its_name_and_fetch_nothing(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "types.xsd").write_text(f'<xs:schema xmlns:xs="{XS}" targetNamespace="{MAP}"/>')
    include = '<xs:include schemaLocation="http://www.example.com/lib/types.xsd"/><xs:import namespace="urn:gone"'
    text = SITEMAP.replace("<xs:element", include + ' schemaLocation="http://www.example.com/gone.xsd"/><xs:element', 1)
    (tmp_path / "sitemap.xsd").write_text(text)
    main = next(one for one in shelf(tmp_path).of(schema_files.SITEMAP) if one.path.name == "sitemap.xsd")
    assert xsd.compiled(shelf(tmp_path), main).reason == ""


def test_a_dtd_judges_with_its_modules_and_leaves_payloads_alone(tmp_path: Path) -> None:
    (tmp_path / "NewsMLv1.1.dtd").write_text(
        '<!ENTITY % more SYSTEM "more.mod">%more;<!ELEMENT NewsML (DataContent)><!ELEMENT DataContent ANY>'
        "<!ATTLIST NewsML Version CDATA #IMPLIED>"
    )
    (tmp_path / "more.mod").write_text("<!ELEMENT Extra EMPTY>")
    good = '<NewsML Version="1.1"><DataContent><p>The ferry stops.</p></DataContent></NewsML>'
    assert by_schema(good, tmp_path) == []
    spaced = good.replace("<NewsML", '<NewsML xmlns="http://iptc.org/std/NewsML/2003-10-10/"')
    assert by_schema(spaced, tmp_path) == []
    (one,) = by_schema(good.replace("<NewsML", '<NewsML Odd="1"'), tmp_path)
    assert one.rule.id == "newsml-1-2.schema.invalid"
