"""A kill gets through: past held documents, interrupted exports, refused versions."""

import os
from typing import Any

import pytest

from syndicate.formats import base as formats
from syndicate.model.article import Article
from tests.newsroom import FEED, Newsroom, story

NOW = "2026-03-04T12:00:00Z"
CANARY = "quicksilverfish"


def secret(**fields: Any) -> dict[str, Any]:
    """The story that is killed: the word is in its body alone."""
    return story("secret", body=[{"type": "paragraph", "html": f"It is about {CANARY}."}], **fields)


def everywhere(room: Newsroom) -> list[str]:
    """The files that hold a word of the killed story."""
    return [path for path, data in room.tree().items() if CANARY.encode() in data or CANARY in path]


def put(room: Newsroom, *articles: dict[str, object]) -> None:
    assert room.call("import", str(room.story("a.jsonl", *articles)), now=NOW)[0] == 0


def kill(room: Newsroom) -> None:
    put(room, secret(status="canceled", version=2))


def test_a_held_document_does_not_keep_a_killed_article(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    put(newsroom, secret(), story("other"), story("third"))
    newsroom.call("export", now=NOW)
    assert everywhere(newsroom)
    renderer = formats.renderer("rss")
    real = renderer.fragment

    def fragment(article: Article, *rest: object) -> bytes:
        data: bytes = real(article, *rest)  # type: ignore[arg-type]
        return data.replace(b"<pubDate>", b"<pubDate>Someday, ") if article.version > 1 else data

    monkeypatch.setattr(renderer, "fragment", fragment)
    put(newsroom, story("other", headline="Broken"), story("third", headline="Broken too"))
    kill(newsroom)
    assert newsroom.call("export", now=NOW)[0] == 1
    assert everywhere(newsroom) == []


def test_a_doubt_does_not_hold_back_a_kill(newsroom: Newsroom) -> None:
    put(newsroom, secret(), *(story(f"s{n}") for n in range(10)))
    newsroom.call("export", now=NOW)
    path = newsroom.folder / "config" / "feeds" / "all.toml"
    path.write_text(FEED.format(id="all") + "limit = 3\n", encoding="utf-8")
    kill(newsroom)
    code, _, err = newsroom.call("export", now=NOW)
    assert code == 1
    assert "all/rss.xml: held; the last good document stays, without what was withdrawn since" in err
    assert everywhere(newsroom) == []
    assert newsroom.tree()["all/rss.xml"].count(b"<item>") == 10


def test_what_an_interrupted_export_left_goes(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    put(newsroom, secret(), story("other"))

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    from syndicate.publish import manifest

    monkeypatch.setattr(manifest, "save", fail)
    assert newsroom.call("export", now=NOW)[0] == 3
    monkeypatch.undo()
    assert everywhere(newsroom)
    kill(newsroom)
    (newsroom.folder / "config" / "feeds" / "all.toml").unlink()
    assert newsroom.call("export", now=NOW)[0] == 0
    assert everywhere(newsroom) == []
    assert not os.path.exists(newsroom.folder / "feeds" / "all")


def test_a_kill_is_never_refused_for_its_version(newsroom: Newsroom) -> None:
    put(newsroom, secret(version=3))
    put(newsroom, secret(version=2, status="canceled"))
    put(newsroom, story("same"), story("same", status="canceled"))
    newsroom.call("export", now=NOW)
    assert everywhere(newsroom) == []
    assert newsroom.json("articles", "history", secret()["guid"])[-1]["status"] == "canceled"
    assert newsroom.json("articles", "history", story("same")["guid"])[-1]["status"] == "canceled"


@pytest.mark.parametrize(
    "fields",
    [
        {"embargo": ""},
        {"Embargo": "2030-01-01T00:00:00Z"},
        {"embargoed": "2030-01-01T00:00:00Z"},
        {"pubStatus": "canceled"},
        {"status": ""},
    ],
)
def test_nothing_goes_out_for_a_misspelt_embargo_or_status(newsroom: Newsroom, fields: dict[str, str]) -> None:
    code, out, err = newsroom.call("import", str(newsroom.story("a.jsonl", secret(**fields))), now=NOW)
    assert code == 1, out + err
    newsroom.call("export", now=NOW)
    assert everywhere(newsroom) == []


def test_a_lost_article_document_comes_back(newsroom: Newsroom) -> None:
    put(newsroom, story("ferry"))
    newsroom.call("export", now=NOW)
    before = newsroom.tree()
    for path in (*(one for one in before if one.startswith("articles/")), "index.html", "feeds.opml"):
        (newsroom.folder / "feeds" / path).unlink()
        assert newsroom.call("export", now=NOW)[0] == 0
        assert newsroom.tree() == before, path
