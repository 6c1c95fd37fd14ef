"""W4: checking documents, beside what else reads them."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from make_store import NOW
from measure import Command, Comparison, Group, python, run_untimed
from newsroom import SYNDICATE
from scene import PRODUCT, Bench

SMALL, ITEMS, ROUNDS, ROUNDS_OF_LARGE = 50, 2000, 3, 2
ERRORS, FEWER = 5000, 1250
# Four times the errors; what does not fit into the caches of a processor any more takes a little longer.
LINEAR, AIMED = 5.0, 4.4


def check_small(bench: Bench) -> Group:
    """W4 a: an RSS document of 50 items, in process after the start."""
    document = large_rss(bench, SMALL)
    one = {"documents": 1}
    commands = [
        Command(
            label="feedparser", argv=[bench.peer("parse.py", "--with", "feedparser", "--times", "6", document)],
            expect=one,
        ),
        Command(
            label="lxml", argv=[bench.peer("parse.py", "--with", "lxml", "--times", "21", document)], expect=one
        ),
        Command(
            label="syndicate check",
            argv=[python(PRODUCT / "check.py", "--times", "6", "--now", NOW.isoformat(), document)],
            expect=one | {"bad": 0},
        ),
        validate("syndicate validate", document),
    ]  # fmt: skip
    comparisons = [
        Comparison(name="W4 50 items", of="syndicate check", to="feedparser", figure="inside"),
        Comparison(name="W4 50 items", of="syndicate check", to="lxml", figure="inside"),
    ]
    for peer in _w3c(bench, document, "--times", "6"):
        commands.append(peer)
        comparisons.append(Comparison(name="W4 50 items", of="syndicate check", to=peer.label, figure="inside"))
    return Group(name="w4a", title="Checking 50 items", commands=commands, comparisons=comparisons, most=ROUNDS)


def check_large(bench: Bench) -> Group:
    """W4 b: an RSS document of 5,000 items, as a process."""
    document = large_rss(bench, bench.large)
    names: tuple[str, ...] = ("feedparser", "lxml", "iterparse")
    commands = [
        *(
            Command(label=name, argv=[bench.peer("parse.py", "--with", name, document)], expect={"documents": 1})
            for name in names
        ),
        validate("syndicate validate", document),
    ]
    peers = list(_w3c(bench, document))
    commands += peers
    names += tuple(peer.label for peer in peers)
    bars, aims = {"iterparse": 10.0}, {"iterparse": 5.0}
    comparisons = [
        *(
            Comparison(name="W4 large RSS", of="syndicate validate", to=name, bar=bars.get(name), aim=aims.get(name))
            for name in names
        ),
        Comparison(name="W4 large RSS, memory", of="syndicate validate", to="feedparser", figure="peak_mb"),
    ]
    return Group(name="w4b", title=f"Checking an RSS of {bench.large:,} items", commands=commands,
                 comparisons=comparisons, most=ROUNDS_OF_LARGE, warm_up=False)  # fmt: skip


def check_items(bench: Bench) -> Group:
    """W4 c: 2,000 NewsML-G2 documents, as a process; with the official schema where it is at hand."""
    folder, count = bench.folder / "items", min(ITEMS, bench.articles)
    run_untimed(
        python(
            PRODUCT / "newsml.py", "--articles", bench.made / "articles.jsonl", "--items", str(count),
            "--now", NOW.isoformat(), "--out", folder,
        )
    )  # fmt: skip
    commands = [
        Command(label="lxml", argv=[bench.peer("parse.py", "--with", "lxml", folder)], expect={"documents": count}),
        validate("syndicate rules", folder),
    ]
    comparisons = [Comparison(name="W4 items", of="syndicate rules", to="lxml")]
    schema = _schema(bench)
    if schema is not None:
        files = [str(path) for path in sorted(folder.glob("*.xml"))]
        commands += [
            Command(label="xmllint", argv=[("xmllint", "--nonet", "--noout", "--schema", str(schema), *files)]),
            validate("syndicate schema", folder, "--schemas", str(schema.parent)),
            validate("syndicate schema, 1 process", folder, "--jobs", "1", "--schemas", str(schema.parent)),
        ]
        comparisons += [
            Comparison(name="W4 items, schema", of=name, to="xmllint", bar=2.0, aim=1.5)
            for name in ("syndicate schema", "syndicate schema, 1 process")
        ]
    return Group(name="w4c", title="Checking NewsML-G2 items", commands=commands, comparisons=comparisons, most=ROUNDS)


def check_errors(bench: Bench) -> Group:
    """W4 d: documents with 5,000 different errors, and with a quarter of them: what one costs is to stay the same."""
    commands, comparisons = [], []
    kinds: list[tuple[str, str, tuple[str, ...]]] = [
        (kind, kind, ()) for kind in ("rss", "atom", "json-feed", "newsml-g2", "html")
    ]
    if bench.schemas is not None:
        kinds.append(("newsml-g2", "newsml-g2 by its schema", ("--schemas", str(bench.schemas))))
    for kind, title, options in kinds:
        of, to = (f"{title}, {count:,} errors" for count in (ERRORS, FEWER))
        for label, count in ((of, ERRORS), (to, FEWER)):
            script = (PRODUCT / "errors.py", "--kind", kind, "--errors", str(count), "--now", NOW.isoformat())
            commands.append(Command(label=label, argv=[python(*script, *options)], expect={"faulty": count}))
        comparisons.append(Comparison(name="W4 errors", of=of, to=to, figure="inside", bar=LINEAR, aim=AIMED))
    return Group(name="w4d", title="Checking documents full of errors", commands=commands, comparisons=comparisons,
                 most=ROUNDS, warm_up=False)  # fmt: skip


def _w3c(bench: Bench, document: Path, *options: str) -> Iterator[Command]:
    """The W3C feed validator over the document, where a checkout of it is at hand."""
    if bench.has("W3C validator", bench.w3c, "no --w3c with a checkout of it"):
        argv = bench.peer("w3c.py", "--checkout", bench.w3c or Path(), *options, document)
        yield Command(label="W3C validator", argv=[argv], expect={"documents": 1})


def validate(label: str, path: Path, *options: str) -> Command:
    """The product's check of a document or a folder; it fails where one is faulty or none is found."""
    return Command(label=label, argv=[(*SYNDICATE, "validate", *options, str(path))])


def large_rss(bench: Bench, items: int) -> Path:
    """An RSS document of so many items, written by a peer."""
    document = bench.folder / f"rss-{items}.xml"
    if not document.exists():
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
