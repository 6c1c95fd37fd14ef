"""The newsroom that is measured: its store and tree, put into the state that a workload starts from, and looked at."""

import gzip
import hashlib
import json
import re
import shutil
import sqlite3
from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from html import escape
from pathlib import Path

import brotli
from make_store import END, NOW, WINDOW, Article, Feed, tags_of, write_configuration
from measure import Wrong, python, run_counted, run_untimed

SYNDICATE = python("-m", "syndicate", "--now", NOW.isoformat())
IMPORT, EXPORT = (*SYNDICATE, "import"), (*SYNDICATE, "export")
COPIES = {"gzip": ".gz", "br": ".br"}

# Path of a file below the tree -> what changes when it is written anew, even with the same bytes.
State = Mapping[str, tuple[int, int]]
# Feed -> guids of its newest articles.
Windows = Mapping[str, Sequence[str]]

_GUID = re.compile(rb"<guid[^>]*>([^<]+)</guid>")
_IDS = re.compile(rb"<entry[ >].*?<id>([^<]+)</id>", re.DOTALL)
_RECENT = 2000


class Newsroom:
    """A working directory that starts with what is in `archive`, the `var` of one after its import (maybe its own).

    `changing` is the article that `change` makes new versions of; `codings` are those of the compressed copies.
    """

    def __init__(
        self, folder: Path, archive: Path, feeds: Sequence[Feed], changing: Article, codings: Sequence[str] = ()
    ) -> None:
        self.folder = folder
        self.tree = folder / "feeds"
        self.config = folder / "config" / "syndicate.toml"
        self.changing = changing
        self.affected = _documents([feed for feed in feeds if feed.get("tag") in tags_of(changing)])
        self._archive, self._feeds, self._codings = archive, feeds, codings
        self._before: State = {}
        self._reference: Mapping[str, bytes] = {}
        self._changes = 0
        write_configuration(folder, feeds, codings)
        if archive != folder / "var":
            self._import_all()

    def export_first(self, windows: Windows | None = None) -> int:
        """Export everything for the first time; by how many processes. Wrong unless the documents hold the `windows`.

        What is written later, by however many processes, is to be the same.
        """
        processes = run_counted(EXPORT, self.folder)
        self._reference = self._digests()
        self._check_copies()
        for feed, guids in (windows or {}).items():
            for name, found in self._guids(feed):
                if set(found) != set(guids) or len(found) != len(guids):
                    raise Wrong(f"{name}: {len(found)} articles, not the {len(guids)} newest of the feed")
        return processes

    def make_cold(self, _turn: int = 0) -> None:
        """As after the import: nothing rendered, nothing published."""
        shutil.rmtree(self.folder / "var")
        self._import_all()
        _forget_fragments(self.folder / "var" / "syndicate.db")
        shutil.rmtree(self.tree, ignore_errors=True)

    def _import_all(self) -> None:
        """The archive, as if it had been imported with the configuration of this newsroom."""
        shutil.copytree(self._archive, self.folder / "var")
        nothing = self.folder / "nothing.json"
        nothing.write_text("[]")
        run_untimed((*IMPORT, str(nothing)), self.folder)

    def make_warm(self, _turn: int = 0) -> None:
        """Everything rendered and kept, nothing published."""
        self.publish()
        shutil.rmtree(self.tree)

    def publish(self, _turn: int = 0) -> None:
        """Everything published; the tree's state is kept in mind for what comes next."""
        run_untimed(EXPORT, self.folder)
        self.remember()

    def remember(self) -> None:
        """Keep the tree's state in mind."""
        self._before = self._state()

    def check_written(self, _turn: int = 0) -> None:
        """Wrong unless all documents are there, as they were at first."""
        _check_same(self._digests(), self._reference, "as they were at first")

    def check_untouched(self, _turn: int = 0) -> None:
        """Wrong when any file was written, though nothing had changed."""
        if touched := self._touched():
            raise Wrong(f"nothing had changed, but {len(touched)} files were written, such as {min(touched)}")

    def check_change(self, turn: int = 0, *, rebuild: bool = True) -> None:
        """Wrong unless exactly the documents that hold the changed article were written, and hold its last version.

        The first time, the tree is also compared with one that is made from nothing.
        """
        touched = {name for name in self._touched() if "/" in name and not name.endswith("/manifest.json")}
        expected = {f"{name}{suffix}" for name in self.affected for suffix in self._suffixes()}
        if touched != expected:
            raise Wrong(f"{len(touched)} documents were written, {len(expected)} are affected")
        headline = escape(self._headline(), quote=False).encode()
        if old := [name for name in self.affected if headline not in (self.tree / name).read_bytes()]:
            raise Wrong(f"{len(old)} documents do not have the last headline, such as {old[0]}")
        if turn == 0 and rebuild:
            self._check_rebuilt()
            self._check_copies()

    def change(self) -> Path:
        """A file with the article under a new headline, one version and one second later."""
        self._changes += 1
        changed = self.changing | {
            "version": self.changing["version"] + self._changes,
            "headline": self._headline(),
            "updated": (END + timedelta(seconds=self._changes)).isoformat(),
        }
        path = self.folder / "change.json"
        path.write_text(json.dumps(changed, ensure_ascii=False), encoding="utf-8")
        return path

    def changes(self, count: int) -> list[Path]:
        """So many files of that kind, each later than the one before; the same names every time."""
        return [self.change().rename(self.folder / name) for name in change_names(count)]

    def _headline(self) -> str:
        return f"{self.changing['headline']} ({self._changes})"

    def _suffixes(self) -> Iterator[str]:
        yield ""
        yield from (COPIES[one] for one in self._codings)

    def _state(self) -> State:
        """The time and the number of each file of the tree; the lock and empty folders are no documents."""
        files = (path for path in self.tree.rglob("*") if path.is_file() and not path.name.startswith("."))
        return {
            path.relative_to(self.tree).as_posix(): (found.st_mtime_ns, found.st_ino)
            for path in files
            if (found := path.stat())
        }

    def _touched(self) -> set[str]:
        after = self._state()
        return {name for name in after.keys() | self._before.keys() if after.get(name) != self._before.get(name)}

    def _digests(self, tree: Path | None = None) -> dict[str, bytes]:
        """A digest of every document and compressed copy; Wrong when one is missing."""
        names = [f"{name}{suffix}" for name in _documents(self._feeds) for suffix in self._suffixes()]
        missing = [name for name in names if not ((tree or self.tree) / name).is_file()]
        if missing:
            raise Wrong(f"{len(missing)} documents were not written, the first is {missing[0]}")
        return {name: hashlib.sha256(((tree or self.tree) / name).read_bytes()).digest() for name in names}

    def _guids(self, feed: str) -> Iterator[tuple[str, list[str]]]:
        """Each document of the feed with the guids in it."""
        for name, pattern in (("rss", _GUID), ("atom", _IDS)):
            path = self.tree / feed / f"{name}.xml"
            if path.is_file():
                yield path.name, [found.decode() for found in pattern.findall(path.read_bytes())]

    def _check_copies(self) -> None:
        """Wrong unless every compressed copy holds its document."""
        for coding in self._codings:
            opened = {"gzip": gzip.decompress, "br": brotli.decompress}[coding]
            for name in _documents(self._feeds):
                path = self.tree / name
                if opened(path.with_name(path.name + COPIES[coding]).read_bytes()) != path.read_bytes():
                    raise Wrong(f"{name}{COPIES[coding]} does not hold the document")

    def _check_rebuilt(self) -> None:
        """Wrong unless the documents are those that an export makes of the same articles from nothing."""
        again = self.folder.with_name(f"{self.folder.name}-again")
        write_configuration(again, self._feeds, self._codings)
        shutil.copytree(self.folder / "var", again / "var")
        _forget_fragments(again / "var" / "syndicate.db")
        run_untimed(EXPORT, again)
        _check_same(self._digests(), self._digests(again / "feeds"), "as a full rebuild makes them")
        shutil.rmtree(again)


def change_names(count: int) -> list[str]:
    """The names of so many files with changes."""
    return [f"change-{number:02}.json" for number in range(count)]


def newest_of(made: Path, tag: str) -> Article:
    """The newest article with that tag in the peers' store."""
    connection = sqlite3.connect(made / "peers.sqlite")
    found = connection.execute(
        "SELECT doc FROM article JOIN tagged USING (guid) WHERE tag = ? ORDER BY tagged.updated DESC, guid DESC", (tag,)
    ).fetchone()
    article: Article = json.loads(found[0])
    return article


def alike(articles: Path, feeds: Sequence[Feed], count: int) -> Article:
    """A late article that is in as near to `count` feeds as may be, all of them full: equal work in stores of any size.

    In a store that fills no feed, any feed will do.
    """
    with articles.open(encoding="utf-8") as lines:
        recent = [json.loads(line) for line in deque(lines, maxlen=_RECENT)]
    named = {feed["tag"] for feed in feeds}
    held = Counter(tag for one in recent for tag in tags_of(one))
    full = {tag for tag in named if held[tag] >= WINDOW} or named

    def fitness(article: Article) -> tuple[int, int, str, str]:
        tags = named.intersection(tags_of(article))
        return -len(tags - full), -abs(len(tags) - count), article["updated"], article["guid"]

    return max(recent, key=fitness)


def windows_of(made: Path, feeds: Sequence[Feed]) -> dict[str, list[str]]:
    """The guids that each feed is to hold, newest first, as the peers' store has them."""
    connection = sqlite3.connect(made / "peers.sqlite")
    newest = "SELECT guid FROM tagged WHERE tag = ? ORDER BY updated DESC, guid DESC LIMIT ?"
    return {feed["id"]: [row[0] for row in connection.execute(newest, (feed["tag"], feed["limit"]))] for feed in feeds}


def newest_guids(made: Path, count: int) -> list[str]:
    """The guids of the newest articles of the peers' store."""
    connection = sqlite3.connect(made / "peers.sqlite")
    newest = "SELECT guid FROM article ORDER BY updated DESC, guid DESC LIMIT ?"
    return [row[0] for row in connection.execute(newest, (count,))]


def check_peer(out: Path, windows: Windows, suffixes: Mapping[str, bytes]) -> None:
    """Wrong unless a peer's documents are there, with as many items as the feeds have articles.

    `suffixes` are what follows a feed's id in the name of a document, each with what an item begins with.
    """
    for feed, guids in windows.items():
        for suffix, start in suffixes.items() if guids else ():
            path = out / f"{feed}{suffix}"
            found = path.read_bytes().count(start) if path.is_file() else 0
            if found != len(guids):
                raise Wrong(f"{path.name}: {found} items, the feed has {len(guids)} articles")


def _check_same(found: Mapping[str, bytes], expected: Mapping[str, bytes], how: str) -> None:
    if other := [name for name, digest in expected.items() if found.get(name) != digest]:
        raise Wrong(f"{len(other)} documents are not {how}, such as {other[0]}")


def _documents(feeds: Sequence[Feed]) -> set[str]:
    return {f"{feed['id']}/{name}.xml" for feed in feeds for name in feed.get("formats", ("rss", "atom"))}


def _forget_fragments(database: Path) -> None:
    """Take away what an import may have rendered already: cold means that nothing is."""
    connection = sqlite3.connect(database)
    if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'fragment'").fetchone():
        connection.execute("DELETE FROM fragment")
        connection.commit()
    connection.close()
