"""What agencies get wrong in XML is mended, and said; what cannot be mended is refused at its line."""

import pytest
from lxml import etree

from syndicate.markup.nitf_read_xml import parsed


@pytest.mark.parametrize(
    ("data", "text", "repairs"),
    [
        (b"\n <?xml version='1.0'?><a>b</a>", "b", 0),
        (b"<a>caf&eacute; &amp; &#8211; &ouml;</a>", "café & – ö", 1),
        (b"<a>one &unknown; two</a>", "one &unknown; two", 1),
        (b"<a>Q & A &nbsp;&#1;&lt;</a>", "Q & A \xa0<", 3),
        (b"<a>caf\xe9</a>", "caf", 1),
        (b'<?xml version="1.0" encoding="utf-16"?><a>b</a>', "b", 1),
        (b"<a>b\x0bc</a>", "bc", 1),
        (b"<a>&ltri;&LT;</a>", "◃<", 1),
    ],
)
def test_what_is_mended(data: bytes, text: str, repairs: int) -> None:
    root, said = parsed(data)
    assert str(root.text).startswith(text)
    assert len(said) == repairs, said


def test_what_is_not() -> None:
    with pytest.raises(etree.XMLSyntaxError) as error:
        parsed(b"<a>\n<b>&eacute;</a>")
    assert error.value.lineno == 2
    with pytest.raises(etree.XMLSyntaxError):
        parsed(b"<a>")
