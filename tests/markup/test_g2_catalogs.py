"""Catalogs at hand give their aliases, whatever way their address is written; others give nothing."""

from pathlib import Path

import pytest

from syndicate.markup import g2_catalogs
from syndicate.markup.g2_catalogs import catalog_aliases, is_iptc

HOUSE = (
    '<catalog xmlns="http://iptc.org/std/nar/2006-10-01/">'
    '<scheme alias="hp" uri="https://harbour.example/cv/hp/"/><scheme uri="https://harbour.example/cv/none/"/></catalog>'
)
IPTC = "http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_99.xml"


@pytest.mark.parametrize("href", [IPTC, IPTC.replace("http://www.", "https://"), f"\n {IPTC} "])
def test_any_spelling_of_the_address_is_of_iptc(href: str, tmp_path: Path) -> None:
    (tmp_path / "catalog.IPTC-G2-Standards_99.xml").write_text(HOUSE)
    assert is_iptc(href)
    assert catalog_aliases(href, tmp_path) == {"hp": "https://harbour.example/cv/hp/"}


def test_a_house_catalog_is_found_by_the_name_of_its_file(tmp_path: Path) -> None:
    (tmp_path / "house.xml").write_text(HOUSE)
    assert not is_iptc("https://harbour.example/cv/house.xml")
    assert catalog_aliases("https://harbour.example/cv/house.xml", tmp_path) == {"hp": "https://harbour.example/cv/hp/"}
    assert catalog_aliases("https://harbour.example/cv/house.xml") is None


@pytest.mark.parametrize("href", ["", "http://[", "https://harbour.example/cv/", "https://harbour.example/../x", IPTC])
def test_what_is_not_at_hand_gives_nothing(href: str, tmp_path: Path) -> None:
    assert catalog_aliases(href, tmp_path) is None


def test_the_package_gives_its_catalogs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("lxml")
    g2_catalogs._installed.cache_clear()
    found = catalog_aliases("http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_40.xml")
    assert found is not None
    assert found["medtop"] == "http://cv.iptc.org/newscodes/mediatopic/"
    monkeypatch.setattr(g2_catalogs, "find_spec", lambda name: None)
    g2_catalogs._installed.cache_clear()
    assert catalog_aliases("http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_40.xml") is None
    g2_catalogs._installed.cache_clear()
