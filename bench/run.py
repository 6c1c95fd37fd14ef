"""Measures the product beside its peers, in turn, and prints one JSON document of figures and ratios.

    python bench/run.py --articles 20k --rounds 5 --tmp /dev/shm > figures.json
    python bench/run.py --articles 20k --rounds 5 --tmp /dev/shm --publish      # and rewrite docs/benchmarks.md

Everything that is written lies below a folder of its own in `--tmp` and is removed at the end.
"""

import argparse
import json
import statistics
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import machine
from make_store import count_of
from measure import ROOT, Comparison, Figures, Group, Wrong, measure, python, ratio, run_untimed
from newsroom import sizes
from publish import publish
from workloads import WORKLOADS, Bench

_MANY = 24


def run(given: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """The whole document."""
    made = folder / "made"
    # In a process of its own: no peak of a child can be told below the peak of this one.
    run_untimed(python(ROOT / "bench" / "make_store.py", "--articles", str(given.articles), "--feeds", str(given.feeds),
                       "--out", made))  # fmt: skip
    bench = Bench(made=made, folder=folder, articles=given.articles, large=given.large_items,
                  schemas=given.schemas.resolve() if given.schemas else None)  # fmt: skip
    document: dict[str, Any] = {
        "date": datetime.now(UTC).date().isoformat(),
        "machine": machine.describe(folder),
        "rounds": given.rounds,
        "workloads": {},
        "ratios": [],
    }
    for name in given.workloads:
        for make in WORKLOADS[name]:
            _say(f"{name}: preparing")
            group = make(bench)
            found = measure(group, given.rounds, given.warmup, _say)
            document["workloads"][group.name] = _workload(group, found, folder, bench)
            document["ratios"] += _ratios(group, found)
    return document | {"sizes": sizes(bench.newsroom, given.articles), "skipped": bench.skipped}


def _workload(group: Group, found: dict[str, list[Figures]], folder: Path, bench: Bench) -> dict[str, Any]:
    commands = {command.label: [_shown(argv, folder, bench) for argv in command.argv] for command in group.commands}
    figures = {label: _median(rounds) for label, rounds in found.items()}
    return {"title": group.title, "commands": commands, "figures": figures}


def _median(rounds: Sequence[Figures]) -> Figures:
    return {name: round(statistics.median(one[name] for one in rounds), 5) for name in rounds[0]}


def _ratios(group: Group, found: dict[str, list[Figures]]) -> list[dict[str, Any]]:
    told = [(comparison, ratio(found, comparison)) for comparison in group.comparisons]
    return [
        _ratio(group, comparison, value) | {"cpu_ratio": _cpu_ratio(found, comparison)}
        for comparison, value in told
        if value is not None
    ]


def _cpu_ratio(found: dict[str, list[Figures]], comparison: Comparison) -> float | None:
    """The same ratio in CPU time, which a busy machine disturbs less; None where it is not about wall time."""
    value = ratio(found, replace(comparison, figure="cpu")) if comparison.figure == "wall" else None
    return None if value is None else round(value, 4)


def _ratio(group: Group, comparison: Comparison, value: float) -> dict[str, Any]:
    bar = comparison.bar
    met = None if bar is None else value >= bar if comparison.at_least else value <= bar
    return {
        "workload": group.name,
        "name": comparison.name,
        "of": comparison.of,
        "to": comparison.to,
        "figure": comparison.figure,
        "ratio": round(value, 4),
        "bar": bar,
        "at_least": comparison.at_least,
        "met": met,
    }


def _shown(argv: Sequence[str], folder: Path, bench: Bench) -> str:
    """The command as one would type it, without this machine's paths."""
    tools = f"{Path(sys.executable).parent}/"
    places = {str(folder): "TMP", f"{ROOT}/": "", sys.executable: "python", tools: "", str(bench.schemas): "SCHEMAS"}
    shown = list(argv)
    if len(shown) > _MANY:
        shown = [*shown[:8], f"... ({len(shown) - 8} more)"]
    text = " ".join(shown)
    for place, name in sorted(places.items(), key=lambda one: -len(one[0])):
        text = text.replace(place, name)
    return text


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=count_of, default=20_000, help="2k, 20k (default), 200k or any number")
    parser.add_argument("--feeds", type=int, default=200, help="fewer only to try this out")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--warmup", type=int, default=1, help="rounds that are not counted")
    parser.add_argument("--workloads", type=_names, default=tuple(WORKLOADS), help=f"some of {','.join(WORKLOADS)}")
    parser.add_argument("--large-items", type=int, default=5000, help="items of the large RSS document")
    parser.add_argument("--schemas", type=Path, help="folder with the NewsML-G2 schema, to compare with xmllint")
    parser.add_argument("--tmp", type=Path, help="where to work; a memory file system shows the programs, not the disk")
    parser.add_argument(
        "--publish", action="store_true", help="rewrite the figures in docs/benchmarks.md and its image"
    )
    return parser.parse_args()


def _names(text: str) -> tuple[str, ...]:
    names = tuple(text.split(","))
    if unknown := set(names) - set(WORKLOADS):
        raise argparse.ArgumentTypeError(f"unknown: {', '.join(sorted(unknown))}; known: {', '.join(WORKLOADS)}")
    return names


def main() -> None:
    given = _arguments()
    try:
        with tempfile.TemporaryDirectory(prefix="syndicate-bench-", dir=given.tmp) as folder:
            document = run(given, Path(folder))
    except Wrong as error:
        sys.exit(f"bench: {error}")
    print(json.dumps(document, ensure_ascii=False, indent=1))
    if given.publish:
        publish(document, ROOT / "docs")


if __name__ == "__main__":
    main()
