"""Documents of single articles stay while any feed carries them."""

from pathlib import Path

from syndicate.publish import manifest
from syndicate.publish.files import Tree
from syndicate.publish.prune import Carried, sweep

FERRY, TIDE = "articles/ferry/newsml-g2.xml", "articles/tide/newsml-g2.xml"


def test_a_document_goes_when_the_last_feed_has_dropped_it(tmp_path: Path) -> None:
    carried = Carried(is_known=True)
    carried.note(frozenset(), frozenset({FERRY, TIDE}))
    carried.note(frozenset(), frozenset({FERRY}))
    carried.note(frozenset({FERRY, TIDE}), frozenset())
    assert carried.by_none(Tree(tmp_path), [FERRY, TIDE]) == {TIDE}
    carried.note(frozenset({FERRY}), frozenset({TIDE}))
    assert carried.by_none(Tree(tmp_path), [FERRY, TIDE]) == {FERRY}


def test_who_does_not_know_asks_the_manifests(tmp_path: Path) -> None:
    tree = Tree(tmp_path)
    with tree.lock():
        manifest.save(tree, "town", {"feed": "town", "documents": {}, "articles": {FERRY: {}}})
    assert Carried().by_none(tree, [FERRY, TIDE]) == {TIDE}


def test_a_page_of_the_operator_stays_when_ours_is_swept(tmp_path: Path) -> None:
    tree = Tree(tmp_path)
    ours, theirs = b'<html class="mark">', b"<html>"
    with tree.lock():
        for path, data in (("a/index.html", ours), ("b/index.html", theirs), ("c/rss.xml", theirs)):
            manifest.write_page(tree, path, data, ["gzip"])
        tree.write("d/index.html.gz", b"left of ours, which was never put in its place")
        tree.write("e/notes.html", ours)
        sweep(tree, {"index.html": b"mark", "rss.xml": None})
    assert tree.files("b") == ("b/index.html", "b/index.html.gz")
    assert [folder for folder in "acde" if tree.files(folder)] == ["e"]
