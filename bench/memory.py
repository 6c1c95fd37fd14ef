"""How much memory the largest tasks take: a feed of 5,000 items, its check, and the import of all articles."""

from collections.abc import Iterator

from checks import large_rss, validate
from make_store import SITE, Feed
from measure import Command, Comparison, Group
from newsroom import EXPORT, Newsroom, newest_guids
from scene import Bench, import_command

# A peak hardly differs from round to round.
ROUNDS = 2
FEED, CHECK = 40.0, 64.0


def memory(bench: Bench) -> Group:
    """The peaks of the process that needs most."""
    items = min(bench.large, bench.articles)
    room = Newsroom(bench.folder / "long", bench.archive, [_everything(items)], bench.newest)
    room.export_first({"everything": newest_guids(bench.made, items)})
    out = bench.folder / "out" / "long.rss"
    commands = [
        Command(
            label="feedgen", argv=[bench.peer("feedgen_long.py", "--store", bench.made, "--items", str(items),
                                              "--out", out)],
            expect={"items": items},
        ),
        Command(label="syndicate cold", argv=[EXPORT], folder=room.folder, prepare=room.make_cold,
                check=room.check_written),
        Command(label="syndicate warm", argv=[EXPORT], folder=room.folder, prepare=room.make_warm,
                check=room.check_written),
        validate("syndicate validate", large_rss(bench, bench.large)),
        import_command(bench, "syndicate import", most=1),
    ]  # fmt: skip
    title = f"Memory: an RSS of {items:,} items made and checked, {bench.articles:,} articles imported"
    return Group(name="memory", title=title, commands=commands, comparisons=[*_comparisons()], most=ROUNDS,
                 warm_up=False)  # fmt: skip


def _comparisons() -> Iterator[Comparison]:
    for state in ("cold", "warm"):
        name, of = f"memory, large feed {state}", f"syndicate {state}"
        yield Comparison(name=name, of=of, to="40 MB", figure="peak_mb", fixed=FEED, bar=1.0)
        yield Comparison(name=name, of=of, to="feedgen", figure="peak_mb")
        yield Comparison(name=f"large feed {state}", of=of, to="feedgen")
    yield Comparison(name="memory, check of a large RSS", of="syndicate validate", to="64 MB", figure="peak_mb",
                     fixed=CHECK, bar=1.0, aim=FEED / CHECK)  # fmt: skip
    yield Comparison(name="memory, import", of="syndicate import", to="64 MB", figure="peak_mb", fixed=CHECK)


def _everything(items: int) -> Feed:
    """One long RSS feed of all that is new."""
    return {
        "id": "everything",
        "title": "Everything",
        "description": "Everything there is",
        "link": f"{SITE}/all",
        "limit": items,
        "formats": ["rss"],
    }
