"""The gate: what is found in fragments and frame is what the whole document has; faults cost what they touch."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from syndicate.app import App, open_app
from syndicate.clock import FixedClock
from syndicate.feed_check import checker, look_around
from syndicate.feed_export import _in_place, nothing_kept
from syndicate.feeds.build import build
from syndicate.feeds.fragments import Rendered
from syndicate.formats import base as formats
from syndicate.markup.gzip_parts import piece
from syndicate.model.article import Article, Status
from syndicate.model.content import Content
from syndicate.model.feed import Cut
from syndicate.model.finding import Finding, Severity
from syndicate.store.selection import Chosen
from syndicate.validate.run import check as check_whole
from tests.newsroom import Newsroom, story
from tests.strategies import articles

NOW = datetime(2040, 1, 1, tzinfo=UTC)
TRAPS = st.sampled_from(["<b>bold</b> headline", "&amp;amp; twice", "plain", "a & b < c", "5 > 3 ]]>", "\u0085 C1"])


def key(finding: Finding) -> tuple[object, ...]:
    place = finding.place
    return finding.rule.id, finding.message, place.line, place.element, place.attribute


def chosen_of(article: Article, number: int) -> Chosen:
    return Chosen(revision=number, guid=article.guid, version=1, status=Status.USABLE, published=article.published,
                  updated=article.updated, embargo=None, expires=None)  # fmt: skip


@pytest.mark.parametrize("name", ["rss", "atom", "newsml-g2"])
def test_fragments_and_frame_equal_the_whole_document(newsroom: Newsroom, name: str) -> None:
    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(st.builds(lambda one, head: (one, head), articles(status=Status.USABLE), TRAPS), max_size=4,
                    unique_by=lambda pair: pair[0].guid))  # fmt: skip
    def compare(pairs: list[tuple[Article, str]]) -> None:
        from dataclasses import replace

        stories = [replace(article, headline=headline) for article, headline in pairs]
        found, whole = both_ways(app, name, stories)
        assert found == whole

    with open_app(newsroom.config, FixedClock(NOW)) as app:
        compare()


def both_ways(app: App, name: str, stories: list[Article]) -> tuple[Counter[object], Counter[object]]:
    check, render = checker(app), formats.renderer(name).fragment
    bodies, rendered = Bodies(), []
    for number, one in enumerate(stories):
        data = render(one, app.publisher, Content.FULL)
        data = data if data.endswith(b"\n") else data + b"\n"
        rendered.append(bodies.add(number, name, data, check(name, data, None)))
    chosen = [chosen_of(one, number) for number, one in enumerate(stories)]
    built = build(app.feeds[0], name, chosen, rendered, bodies, app.publisher, "https://harbour.example/feeds/")
    parts = [*look_around(app, built, nothing_kept(app, force=True).frames), *_in_place(built)]
    report = check_whole(b"".join(built.chunks()), now=NOW, as_format=name)
    return counted(parts), counted(report.findings)


class Bodies:
    """Fragments in memory."""

    def __init__(self) -> None:
        self._data: dict[int, bytes] = {}

    def add(self, number: int, name: str, data: bytes, findings: Sequence[Finding]) -> Rendered:
        self._data[number] = data
        hashed = hashlib.sha256(data).hexdigest()
        return Rendered(number, name, Cut(), hashed, len(data), data.count(b"\n"), tuple(findings))

    def data_of(self, wanted: Iterable[Rendered]) -> Iterator[bytes]:
        return (self._data[one.revision] for one in wanted)

    def deflated_of(self, wanted: Iterable[Rendered]) -> Iterator[bytes]:
        return map(piece, self.data_of(wanted))


def counted(findings: object) -> Counter[object]:
    return Counter(key(one) for one in findings if one.severity is not Severity.INFO)  # type: ignore[attr-defined]


def spoil(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    """Let the RSS renderer write a broken date into the items of these stories."""
    renderer = formats.renderer("rss")
    real = renderer.fragment

    def fragment(article: Article, *rest: object) -> bytes:
        data: bytes = real(article, *rest)  # type: ignore[arg-type]
        return data.replace(b"<pubDate>", b"<pubDate>Someday, ") if article.guid.rpartition(":")[2] in names else data

    monkeypatch.setattr(renderer, "fragment", fragment)


def test_a_faulty_article_is_left_out_and_named(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    newsroom.call("import", str(newsroom.story("a.jsonl", story("good"), story("bad"))))
    spoil(newsroom, monkeypatch, "bad")
    code, out, err = newsroom.call("export")
    assert code == 1, out + err
    guid = story("bad")["guid"]
    assert f"all/rss.xml: left out {guid} until it is mended" in err
    tree = newsroom.tree()
    assert b"What happened about good" in tree["all/rss.xml"]
    assert b"What happened about bad" not in tree["all/rss.xml"]
    assert b"What happened about bad" in tree["all/atom.xml"]
    code, out, err = newsroom.call("export")
    assert code == 1, "it is told again until it is mended"
    status = newsroom.json("status")
    assert any(guid in problem for problem in status["problems"])
    explained = newsroom.json("explain", guid, "all")
    assert [one["holds"] for one in explained["conditions"] if one["condition"] == "gate.rss"] == [False]


def test_a_document_with_nothing_good_is_held_and_the_last_good_one_stays(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    newsroom.call("import", str(newsroom.story("a.jsonl", story("only"))))
    newsroom.call("export")
    before = newsroom.tree()["all/rss.xml"]
    newsroom.call("import", str(newsroom.story("a.jsonl", story("only", headline="Now it is broken"))))
    spoil(newsroom, monkeypatch, "only")
    outcomes = newsroom.json("export")
    held = [one for one in outcomes if one["state"] == "held"]
    assert {one["path"] for one in held} == {"all/rss.xml", "town/rss.xml"}
    assert newsroom.tree()["all/rss.xml"] == before
    assert b"Now it is broken" in newsroom.tree()["all/atom.xml"]
    monkeypatch.undo()
    assert newsroom.call("export", "--force")[0] == 0
    assert b"Now it is broken" in newsroom.tree()["all/rss.xml"]


def test_a_faulty_frame_holds_the_document(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    newsroom.call("import", str(newsroom.story("a.jsonl", story("only"))))
    renderer = formats.renderer("atom")
    real = renderer.frame
    monkeypatch.setattr(
        renderer, "frame", lambda envelope: tuple(part.replace(b"<updated>", b"<updated>x") for part in real(envelope))
    )
    code, _, err = newsroom.call("export")
    assert code == 1
    assert "all/atom.xml: held; nothing is published yet" in err
    assert not (Path(newsroom.folder) / "feeds" / "all" / "atom.xml").exists()
    assert (Path(newsroom.folder) / "feeds" / "all" / "rss.xml").exists()
