"""Schemas at hand are used, whatever namespace a document has; none are fetched."""

from pathlib import Path

from tests.official import errors as said

NAMESPACE = "https://harbour.example/ns"
SCHEMA = (
    f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="{NAMESPACE}"'
    f' elementFormDefault="qualified">'
    '<xs:import namespace="urn:other" schemaLocation="https://harbour.example/other.xsd"/>'
    '<xs:element name="a"><xs:complexType><xs:sequence><xs:element name="b" type="xs:int"/></xs:sequence>'
    "</xs:complexType>"
    "</xs:element></xs:schema>"
)


def test_documents_are_judged_with_and_without_their_namespace(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "own.xsd").write_text(SCHEMA)

    def errors(data: str, *unless: str) -> list[tuple[str, int]]:
        return said(data.encode(), tmp_path, NAMESPACE, "own.xsd", unless=unless)

    assert errors("<a><b>1</b></a>") == []
    assert errors(f'<a xmlns="{NAMESPACE}"><b>1</b></a>') == []
    assert errors('<a xmlns="urn:elsewhere"><b>1</b></a>') == []
    assert errors('<a version="1"><b>1</b></a>', "version") == []
    assert errors("<a") == []
    ((message, line),) = errors("<a>\n<b>x</b></a>")
    assert line == 2
    assert "is not a valid value" in message


def test_without_a_schema_nothing_is_said(tmp_path: Path) -> None:
    assert said(b"<a/>", tmp_path, NAMESPACE, "own.xsd") == []


def test_a_schema_may_have_no_namespace(tmp_path: Path) -> None:
    (tmp_path / "bare.xsd").write_text(
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="a" type="xs:int"/></xs:schema>'
    )
    assert said(b'<a xmlns="urn:x">1</a>', tmp_path, "", "bare.xsd") == []
    assert len(said(b"<a>x</a>", tmp_path, "", "bare.xsd")) == 1
