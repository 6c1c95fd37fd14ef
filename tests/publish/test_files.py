"""Writing public files: whole or not at all, and what cannot be written leaves the old one."""

import errno
import gzip
import os
import subprocess
import sys
from pathlib import Path

import brotli
import pytest

from syndicate.errors import PublishError
from syndicate.publish.files import Tree
from tests.newsroom import Newsroom, story


def test_a_file_appears_whole_and_is_replaced(tmp_path: Path) -> None:
    tree = Tree(tmp_path / "feeds")
    with tree.lock():
        tree.write("a/rss.xml", b"one")
        tree.write("a/rss.xml", b"two")
        tree.settle()
    assert tree.read("a/rss.xml") == b"two"
    assert tree.files("a") == ("a/rss.xml",)


def test_a_replaced_file_is_dated_a_second_later(tmp_path: Path) -> None:
    tree = Tree(tmp_path)
    with tree.lock():
        stamps = []
        for data in (b"one", b"two", b"six"):
            tree.write("rss.xml", data)
            stamps.append(int((tmp_path / "rss.xml").stat().st_mtime))
    assert stamps[0] < stamps[1] < stamps[2]


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_failing_call_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    tree = Tree(tmp_path)

    def fail(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with tree.lock():
        tree.write("rss.xml", b"good")
        monkeypatch.setattr(os, call, fail)
        with pytest.raises(
            PublishError, match=r"rss\.xml: could not be written; what was published before stays valid"
        ):
            tree.write("rss.xml", b"new")
        monkeypatch.undo()
    assert tree.read("rss.xml") == b"good"
    assert [path.name for path in (tmp_path / ".tmp").iterdir()] in ([], ["running"])


def test_leftovers_of_a_dead_export_are_swept(tmp_path: Path) -> None:
    (tmp_path / ".tmp").mkdir()
    (tmp_path / ".tmp" / "rss.xml").write_bytes(b"half")
    with Tree(tmp_path).lock():
        assert [path.name for path in (tmp_path / ".tmp").iterdir()] in ([], ["running"])


def test_an_empty_folder_goes_with_its_last_file(tmp_path: Path) -> None:
    tree = Tree(tmp_path)
    with tree.lock():
        tree.write("a/x", b"x")
        assert tree.remove("a/x")
        assert not tree.remove("a/x")
    assert not (tmp_path / "a").exists()


def test_a_second_export_waits_for_the_first(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from syndicate.publish.files import Tree\n"
        "with Tree(Path(sys.argv[1])).lock():\n    print('in', flush=True)"
    )
    with Tree(tmp_path).lock():
        other = subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE, text=True)
        with pytest.raises(subprocess.TimeoutExpired):
            other.wait(timeout=1)
    out, _ = other.communicate(timeout=30)
    assert out == "in\n"


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "feeds").write_text("a file where the folder should be")
    with pytest.raises(PublishError, match="feeds"), Tree(tmp_path / "feeds").lock():
        pytest.fail("the lock was given")


def test_twins_follow_the_setting(newsroom: Newsroom) -> None:
    newsroom.call("import", str(newsroom.story("a.jsonl", story("ferry"))))
    newsroom.call("export")
    tree = newsroom.tree()
    plain = {path for path in tree if path.endswith((".xml", ".html", ".opml"))}
    assert {path for path in tree if path.endswith(".gz")} == {f"{path}.gz" for path in plain}
    assert {path for path in tree if path.endswith(".br")} == {f"{path}.br" for path in plain}
    for path in plain:
        assert gzip.decompress(tree[path + ".gz"]) == tree[path]
        assert brotli.decompress(tree[path + ".br"]) == tree[path]
    text = newsroom.config.read_text(encoding="utf-8")
    newsroom.config.write_text(text + 'compress = ["gzip"]\n', encoding="utf-8")
    assert newsroom.call("export")[0] == 0
    assert not [path for path in newsroom.tree() if path.endswith(".br")]
    newsroom.config.write_text(text + "compress = []\n", encoding="utf-8")
    assert newsroom.call("export")[0] == 0
    assert not [path for path in newsroom.tree() if path.endswith((".br", ".gz"))]
    assert {one["state"] for one in newsroom.json("export")} == {"unchanged"}
    newsroom.config.write_text(text, encoding="utf-8")
    assert newsroom.call("export")[0] == 0
    assert newsroom.tree() == tree


def test_a_tree_that_others_wrote_to_is_seen(tmp_path: Path) -> None:
    tree = Tree(tmp_path)
    with tree.lock() as found:
        assert not found.is_as_left
        tree.write("rss.xml", b"one")
        tree.complete()
    with tree.lock() as found:
        assert found.is_as_left
    with Tree(tmp_path).lock():
        pass
    with tree.lock() as found:
        assert found.is_as_left
    other = Tree(tmp_path)
    with other.lock():
        other.write("rss.xml", b"two")
        other.complete()
    with tree.lock() as found:
        assert not found.is_as_left
        assert not found.was_interrupted
