"""What is written by hand is what lxml would write."""

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from syndicate.markup.escape import attribute, escape, sound, xml_attribute, xml_data
from syndicate.markup.xml import clean

TEXT = st.text() | st.text("<>&\"'\r\n\t\x0b\ud800 a;{}")


@given(TEXT)
def test_xml_is_as_lxml_writes_it(text: str) -> None:
    element = etree.Element("x", a=clean(text))
    element.text = clean(text) or None
    body = xml_data(sound(text))
    expected = f'<x a="{xml_attribute(text)}">{body}</x>' if body else f'<x a="{xml_attribute(text)}"/>'
    assert etree.tostring(element, encoding="unicode") == expected


@given(TEXT)
def test_sound_text_is_cleaned_text(text: str) -> None:
    assert sound(text) == clean(text)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")))
def test_escaped_text_parses_back(text: str) -> None:
    read = etree.fromstring(f'<x a="{attribute(text)}">{escape(text)}</x>')
    assert (read.text or "", read.get("a")) == (text, text)
