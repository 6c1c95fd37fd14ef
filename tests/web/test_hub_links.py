"""Hubs in settings, documents and headers."""

import dataclasses
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from syndicate.formats import base as formats
from syndicate.markup import envelope
from syndicate.markup.entry import Channel
from syndicate.web.hub_links import in_ascii, link_header
from tests.markup.test_envelope import CHANNEL
from tests.newsroom import Newsroom, story
from tests.web.hub_house import house
from tests.web.wire import Client

HUBS = ("https://harbour.example/hub", "https://hub.example/?a=1&b='2'")
ATOM = "{http://www.w3.org/2005/Atom}link"
FRAMES = {"rss": envelope.rss_frame, "atom": envelope.atom_frame}
Frame = Callable[[Channel], tuple[bytes, bytes]]


def found(document: bytes) -> list[str | None]:
    return [one.get("href") for one in etree.fromstring(document).iter(ATOM) if one.get("rel") == "hub"]


@pytest.mark.parametrize("frame", FRAMES.values(), ids=FRAMES)
def test_documents_name_hubs_beside_their_own_address(frame: Frame) -> None:
    plain, named = b"".join(frame(CHANNEL)), b"".join(frame(dataclasses.replace(CHANNEL, hubs=HUBS)))
    assert found(named) == list(HUBS)
    assert found(plain) == []
    without = re.sub(rb'<(?:atom:)?link href="[^"]*" rel="hub"/>', b"", named)
    assert without == plain
    own = named.index(b'rel="self"')
    assert named.index(b'rel="hub"') - own < 150


@pytest.mark.parametrize("frame", FRAMES.values(), ids=FRAMES)
@given(hubs=st.lists(st.text(min_size=1), min_size=1, max_size=4).map(tuple))
def test_whatever_a_hub_is_called_the_document_is_well_formed(frame: Frame, hubs: tuple[str, ...]) -> None:
    assert len(found(b"".join(frame(dataclasses.replace(CHANNEL, hubs=hubs))))) == len(hubs)


def test_the_header_names_the_same() -> None:
    wanted = b'<https://harbour.example/hub>; rel="hub", <https://harbour.example/a>; rel="self"'
    assert link_header(HUBS[:1], "https://harbour.example/a") == wanted
    assert link_header((), "https://harbour.example/a") == b""


@given(st.text())
def test_no_address_breaks_out_of_the_header(address: str) -> None:
    try:
        written = in_ascii(address)
    except UnicodeEncodeError:
        return
    assert not re.search(r'[\s<>"\x00-\x20\x7f-\uffff]', written)


def test_which_documents_can_be_subscribed_to() -> None:
    assert formats.topics() >= {"rss.xml", "atom.xml", "newsml-g2.xml"}
    assert "index.html" not in formats.topics()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('hubs = ["hub.example"]', "'hub.example' is no address such as 'https://hub.example/'"),
        ('hubs = ["ftp://hub.example/"]', "is no address such as"),
        ('hubs = ["https://hub.example/<a>"]', "is no address such as"),
        ('own = "https://feeds.example/"', "must have a plain path that does not end with a slash"),
        ('own = "https://feeds.example"', "must have a plain path"),
        ('own = "https://feeds.example/hub/"', "must have a plain path"),
        ('own = "https://feeds.example/hub?a=1"', "must have a plain path"),
        ('own = "/hub"', "is no address such as"),
        ('allow = ["inside"]', "'inside' is no address or network such as '10.0.0.0/8'"),
        ("longest_pause = 0", "greater than or equal to 0.1"),
        ('hub = "https://hub.example/"', "did you mean 'hubs'"),
    ],
)
def test_wrong_settings_are_named(newsroom: Newsroom, line: str, said: str) -> None:
    newsroom.config.write_text(newsroom.config.read_text(encoding="utf-8") + f"\n[websub]\n{line}\n", encoding="utf-8")
    code, _, err = newsroom.call("config", "check")
    assert code == 2
    assert said in err
    assert "[websub]" in err


def test_hubs_come_and_go_with_the_settings_and_nothing_else_changes(newsroom: Newsroom) -> None:
    newsroom.call("import", str(newsroom.story("a.jsonl", story("ferry"))))
    newsroom.call("export")
    before, plain = newsroom.tree(), newsroom.config.read_text(encoding="utf-8")
    newsroom.config.write_text(f'{plain}\n[websub]\nown = "{HUBS[0]}"\n', encoding="utf-8")
    assert newsroom.call("export")[0] == 0
    changed = {path for path, data in newsroom.tree().items() if data != before.get(path)}
    assert {path for path in changed if path.endswith(".xml")} == {
        f"{feed}/{name}.xml" for feed in ("all", "town") for name in ("rss", "atom")
    }
    for path in ("all/rss.xml", "town/atom.xml"):
        assert found(newsroom.tree()[path]) == [HUBS[0]]
    newsroom.config.write_text(plain, encoding="utf-8")
    newsroom.call("export")
    assert {path: data for path, data in newsroom.tree().items() if path.endswith(".xml")} == {
        path: data for path, data in before.items() if path.endswith(".xml")
    }


def test_our_own_feed_check_finds_nothing_wrong(tmp_path: Path) -> None:
    home = house(tmp_path)
    with home.serving():
        words = ("doctor", "--allow-private", "--wait", "0", "--url", home.topic())
        assert {one["check"]: one["well"] for one in home.json(*words)} != {}
        assert all(one["well"] for one in home.json(*words))


def test_what_is_no_document_of_a_feed_has_no_hub(tmp_path: Path) -> None:
    home = house(tmp_path)
    with home.serving(), Client(home.port) as client:
        replies = [client.get(path) for path in ("/", "/feeds.opml", "/nothing")]
    assert [reply["link"] for reply in replies] == [None] * 3
