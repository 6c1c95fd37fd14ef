"""Where a run works, how large it is, and what several workloads share."""

import shutil
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from make_store import Article, Feed, write_configuration
from measure import ROOT, Command, Wrong, python, run_counted
from newsroom import IMPORT, Newsroom, Windows, check_peer, newest_of, windows_of

PEERS, PRODUCT = ROOT / "bench" / "peers", ROOT / "bench" / "product"
BOTH = {".rss": b"<item>", ".atom": b"<entry"}


@dataclass(kw_only=True)
class Bench:
    """`made` is what `make_store` wrote for `feeds`, `folder` takes everything else.

    `large` is the number of items of the large feed, `far` whether stores and feeds grow as far as they do; `say` takes
    what is being done.
    """

    made: Path
    folder: Path
    articles: int
    feeds: Sequence[Feed]
    large: int
    far: bool
    schemas: Path | None
    w3c: Path | None
    say: Callable[[str], None]
    skipped: dict[str, str] = field(default_factory=dict)

    @cached_property
    def archive(self) -> Path:
        """A `var` with all articles, imported when it is first asked for."""
        return self._imported[0]

    @cached_property
    def importing(self) -> int:
        """How many processes take part in an import."""
        return self._imported[1]

    @cached_property
    def _imported(self) -> tuple[Path, int]:
        return imported(self.made)

    @cached_property
    def windows(self) -> Windows:
        """The articles that each feed is to hold."""
        return windows_of(self.made, self.feeds)

    @cached_property
    def newest(self) -> Article:
        """The newest article of politics."""
        return newest_of(self.made, "sections:politics")

    def newsroom(self, name: str, codings: Sequence[str] = ()) -> Newsroom:
        """A working directory of its own over the archive, with all feeds."""
        return Newsroom(self.folder / name, self.archive, self.feeds, self.newest, codings)

    def peer(self, script: str, *arguments: str | Path) -> tuple[str, ...]:
        """The command line of a peer."""
        return python(PEERS / script, *arguments)

    def feeds_peer(self, name: str, *, most: int | None = None) -> Command:
        """A peer that makes all feeds."""
        argv = self.peer(f"{name}_feeds.py", "--store", self.made, "--out", self.folder / "out" / name)
        return self.feeds_command(name, argv, most=most)

    def feeds_command(self, name: str, argv: Sequence[str], *, most: int | None = None) -> Command:
        """A command that makes all feeds below `out`, and the check that it has."""
        out = self.folder / "out" / name
        return Command(
            label=name,
            argv=[argv],
            prepare=lambda _turn: shutil.rmtree(out, ignore_errors=True),
            check=lambda _turn: check_peer(out, self.windows, BOTH),
            most=most,
        )

    def has(self, name: str, found: object, cure: str) -> bool:
        """Whether an optional peer is there; if not, the reason is kept."""
        if not found:
            self.skipped[name] = cure
        return bool(found)

    def sizes(self) -> dict[str, int]:
        """How much there is of what."""
        affected = sum(self.newest["guid"] in window for window in self.windows.values())
        return {
            "articles": self.articles,
            "feeds": len(self.feeds),
            "documents": 2 * len(self.feeds),
            "slots": sum(map(len, self.windows.values())),
            "different_articles": len({guid for window in self.windows.values() for guid in window}),
            "affected_documents": 2 * affected,
        }


def imported(made: Path) -> tuple[Path, int]:
    """The `var` of the working directory that `make_store` wrote, after all articles are imported; by how many."""
    processes = run_counted((*IMPORT, str(made / "articles.jsonl")), made / "newsroom")
    return made / "newsroom" / "var", processes


def import_command(bench: Bench, label: str, *options: str, most: int | None = None) -> Command:
    """The import of all articles into an empty store; by default with further processes that read."""
    folder = bench.folder / label.replace(" ", "-").replace(",", "")
    write_configuration(folder, bench.feeds)

    def check(_turn: int) -> None:
        connection = sqlite3.connect(folder / "var" / "syndicate.db")
        found = connection.execute("SELECT count(*) FROM article").fetchone()[0]
        connection.close()
        if found != bench.articles:
            raise Wrong(f"{found} articles were imported, there are {bench.articles}")

    return Command(
        label=label,
        argv=[(*IMPORT, *options, str(bench.made / "articles.jsonl"))],
        folder=folder,
        prepare=lambda _turn: shutil.rmtree(folder / "var", ignore_errors=True),
        check=check,
        processes=1 if options else bench.importing,
        most=most,
    )
