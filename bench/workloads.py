"""What is measured: each workload as a group of commands, the product's and its peers', and the ratios between them."""

from collections.abc import Callable

from checks import check_errors, check_items, check_large, check_small
from exports import full_build, one_change
from growth import growth
from make_store import NOW
from measure import Command, Comparison, Group, python, run_untimed
from memory import memory
from newsroom import EXPORT, IMPORT, SYNDICATE
from scene import PRODUCT, Bench, import_command

STARTS, ITEMS, ROUNDS, ONE_PROCESS = 7, 2000, 3, 2


def news_items(bench: Bench) -> Group:
    """W3: one NewsML-G2 item per article."""
    count = min(ITEMS, bench.articles)
    items = ("--articles", bench.made / "articles.jsonl", "--items", str(count))
    commands = [
        Command(label="E-factory", argv=[bench.peer("newsml_efactory.py", *items)], expect={"items": count}),
        Command(
            label="syndicate items", argv=[python(PRODUCT / "newsml.py", *items, "--now", NOW.isoformat())],
            expect={"items": count},
        ),
    ]  # fmt: skip
    comparison = Comparison(name="W3", of="syndicate items", to="E-factory", figure="inside", bar=0.5, aim=0.25)
    return Group(name="w3", title="NewsML-G2 items", commands=commands, comparisons=[comparison], most=ROUNDS)


def ingest(bench: Bench) -> Group:
    """Articles into an empty store; the ratio is one of articles a second."""
    commands = [
        Command(
            label="bare insert",
            argv=[bench.peer("insert.py", "--articles", bench.made / "articles.jsonl", "--out",
                             bench.folder / "bare.sqlite")],
            expect={"articles": bench.articles},
        ),
        import_command(bench, "syndicate import"),
        import_command(bench, "syndicate import, 1 process", "--jobs", "1", most=ONE_PROCESS),
    ]  # fmt: skip
    comparisons = [
        Comparison(name="ingest, articles a second", of="bare insert", to=one.label, bar=0.4, aim=0.55, at_least=True)
        for one in commands[1:]
    ]
    return Group(name="ingest", title="Articles into an empty store", commands=commands, comparisons=comparisons,
                 most=ROUNDS, warm_up=False)  # fmt: skip


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
        Comparison(name="start-up, --help", of="syndicate --help", to="bare interpreter", bar=6.0, aim=4.0),
        Comparison(name="start-up, nothing to do", of="syndicate no-op", to="bare interpreter", bar=6.0, aim=4.0),
    ]
    return Group(name="startup", title="Start", commands=commands, comparisons=comparisons)


WORKLOADS: dict[str, tuple[Callable[[Bench], Group], ...]] = {
    "w1": (full_build,),
    "w2": (one_change,),
    "w3": (news_items,),
    "w4": (check_small, check_large, check_items, check_errors),
    "growth": (growth,),
    "memory": (memory,),
    "ingest": (ingest,),
    "startup": (start_up,),
}
