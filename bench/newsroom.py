"""The newsroom that is measured: its store and tree, put into the state that a workload starts from, and looked at."""

import json
import shutil
import sqlite3
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

from make_store import END, NOW, Article, Feed, tags_of
from measure import Wrong, python, run_untimed

SYNDICATE = python("-m", "syndicate", "--now", NOW.isoformat())
IMPORT, EXPORT = (*SYNDICATE, "import"), (*SYNDICATE, "export")

# Path of a file below the tree -> what changes when it is written anew, even with the same bytes.
State = Mapping[str, tuple[int, int]]


class Newsroom:
    """The working directory below `made`, which `make_store` has filled, with all articles imported."""

    def __init__(self, made: Path) -> None:
        self.made = made
        self.articles = made / "articles.jsonl"
        self.folder = made / "newsroom"
        self.tree = self.folder / "feeds"
        self.feeds: list[Feed] = json.loads((made / "feeds.json").read_text(encoding="utf-8"))
        self.newest = _newest(made, "sections:politics")
        self.affected = {feed["id"] for feed in self.feeds if feed["tag"] in tags_of(self.newest)}
        self._imported = made / "imported"
        self._before: State = {}
        self._changes = 0
        run_untimed((*IMPORT, str(self.articles)), self.folder)
        shutil.copytree(self.folder / "var", self._imported)

    def make_cold(self, _turn: int = 0) -> None:
        """As after the import: nothing rendered, nothing published."""
        shutil.rmtree(self.folder / "var")
        shutil.copytree(self._imported, self.folder / "var")
        _forget_fragments(self.folder / "var" / "syndicate.db")
        self.remove_tree()

    def make_warm(self, _turn: int = 0) -> None:
        """Everything rendered and kept, nothing published."""
        self.publish()
        self.remove_tree()

    def remove_tree(self) -> None:
        """Take the published tree away."""
        shutil.rmtree(self.tree, ignore_errors=True)

    def publish(self, _turn: int = 0) -> None:
        """Everything published; the tree's state is kept in mind for what comes next."""
        run_untimed(EXPORT, self.folder)
        self._before = self.state()

    def state(self) -> State:
        """The time and the number of each file of the tree; the lock and empty folders are no documents."""
        files = (path for path in self.tree.rglob("*") if path.is_file() and not path.name.startswith("."))
        return {
            path.relative_to(self.tree).as_posix(): (found.st_mtime_ns, found.st_ino)
            for path in files
            if (found := path.stat())
        }

    def check_all_written(self, _turn: int = 0) -> None:
        """Wrong unless every feed has both documents."""
        missing = [name for name in _documents({feed["id"] for feed in self.feeds}) if not (self.tree / name).is_file()]
        if missing:
            raise Wrong(f"{len(missing)} documents were not written, the first is {missing[0]}")

    def check_untouched(self, _turn: int = 0) -> None:
        """Wrong when any file was written, though nothing had changed."""
        if touched := self._touched():
            raise Wrong(f"nothing had changed, but {len(touched)} files were written, such as {min(touched)}")

    def check_change(self, _turn: int = 0) -> None:
        """Wrong unless exactly the documents of the feeds that hold the changed article were written."""
        touched = {name for name in self._touched() if name.endswith(("/rss.xml", "/atom.xml"))}
        expected = _documents(self.affected)
        if touched != expected:
            raise Wrong(f"{len(touched)} documents were written, {len(expected)} are affected")

    def change(self) -> Path:
        """A file with the newest article of politics under a new headline, one version and one second later."""
        self._changes += 1
        changed = self.newest | {
            "version": self.newest["version"] + self._changes,
            "headline": f"{self.newest['headline']} ({self._changes})",
            "updated": (END + timedelta(seconds=self._changes)).isoformat(),
        }
        path = self.made / "change.json"
        path.write_text(json.dumps(changed, ensure_ascii=False), encoding="utf-8")
        return path

    def changes(self, count: int) -> list[Path]:
        """So many files of that kind, each later than the one before."""
        return [self.change().rename(self.made / f"change-{number}.json") for number in range(count)]

    def _touched(self) -> set[str]:
        after = self.state()
        return {name for name in after.keys() | self._before.keys() if after.get(name) != self._before.get(name)}


def sizes(newsroom: Newsroom, articles: int) -> dict[str, int]:
    """How much there is of what."""
    connection = sqlite3.connect(newsroom.made / "peers.sqlite")
    newest = "SELECT guid FROM tagged WHERE tag = ? ORDER BY updated DESC, guid DESC LIMIT ?"
    windows = [[row[0] for row in connection.execute(newest, (one["tag"], one["limit"]))] for one in newsroom.feeds]
    return {
        "articles": articles,
        "feeds": len(newsroom.feeds),
        "documents": 2 * len(newsroom.feeds),
        "slots": sum(map(len, windows)),
        "different_articles": len({guid for window in windows for guid in window}),
        "affected_documents": 2 * len(newsroom.affected),
    }


def _documents(feeds: set[str]) -> set[str]:
    return {f"{feed}/{name}" for feed in feeds for name in ("rss.xml", "atom.xml")}


def _newest(made: Path, tag: str) -> Article:
    connection = sqlite3.connect(made / "peers.sqlite")
    found = connection.execute(
        "SELECT doc FROM article JOIN tagged USING (guid) WHERE tag = ? ORDER BY tagged.updated DESC, guid DESC", (tag,)
    ).fetchone()
    article: Article = json.loads(found[0])
    return article


def _forget_fragments(database: Path) -> None:
    """Take away what an import may have rendered already: cold means that nothing is."""
    connection = sqlite3.connect(database)
    if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'fragment'").fetchone():
        connection.execute("DELETE FROM fragment")
        connection.commit()
    connection.close()
