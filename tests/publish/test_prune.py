"""Documents of single articles stay while any feed carries them."""

from pathlib import Path

from syndicate.publish import manifest
from syndicate.publish.files import Tree
from syndicate.publish.prune import Carried

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
