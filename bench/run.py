"""Measures the product beside its peers, in turn, and prints one JSON document of figures and ratios.

    python bench/run.py --quick                                                   # everything, very small
    python bench/run.py --articles 20k --rounds 5 --tmp /dev/shm > figures.json
    python bench/run.py --articles 20k --rounds 5 --large --tmp /dev/shm --publish  # and rewrite docs/benchmarks.md

Everything that is written lies below a folder of its own in `--tmp` and is removed at the end. What is being done is
told on standard error.
"""

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import machine
from make_store import count_of
from measure import ROOT, Comparison, Figures, Group, Wrong, measure, python, ratio, run_untimed
from publish import publish
from scene import Bench
from workloads import WORKLOADS

FULL = {"articles": 20_000, "feeds": 200, "rounds": 5, "warmup": 1, "large_items": 5000}
QUICK = {"articles": 300, "feeds": 20, "rounds": 1, "warmup": 0, "large_items": 300}

_MANY = 24
_CPU = {"wall": "cpu", "each": "each_cpu"}
_BEGUN = time.monotonic()


def run(given: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """The whole document."""
    made = folder / "made"
    _say("making the articles")
    # In a process of its own, and by all processors.
    run_untimed(python(ROOT / "bench" / "make_store.py", "--articles", str(given.articles), "--feeds", str(given.feeds),
                       "--out", made))  # fmt: skip
    feeds = json.loads((made / "feeds.json").read_text(encoding="utf-8"))
    bench = Bench(made=made, folder=folder, articles=given.articles, feeds=feeds, large=given.large_items,
                  far=given.large, schemas=_folder(given.schemas), w3c=_folder(given.w3c), say=_say)  # fmt: skip
    document: dict[str, Any] = {
        "date": datetime.now(UTC).date().isoformat(),
        "machine": machine.describe(folder),
        "rounds": given.rounds,
        "sizes": bench.sizes(),
        "skipped": bench.skipped,
        "workloads": {},
        "ratios": [],
    }
    for make in (make for name in given.workloads for make in WORKLOADS[name]):
        _say(f"{make.__name__.replace('_', ' ')}: preparing")
        group = make(bench)
        found = measure(group, given.rounds, given.warmup, _say)
        document["workloads"][group.name] = _workload(group, found, folder, bench)
        document["ratios"] += _ratios(group, found)
    return document


def _folder(path: Path | None) -> Path | None:
    return path.resolve() if path else None


def _workload(group: Group, found: dict[str, list[Figures]], folder: Path, bench: Bench) -> dict[str, Any]:
    return {
        "title": group.title,
        "commands": {one.label: [_shown(argv, folder, bench) for argv in one.argv] for one in group.commands},
        "processes": {one.label: one.processes for one in group.commands},
        "rounds": {label: len(rounds) for label, rounds in found.items()},
        "figures": {label: _median(rounds) for label, rounds in found.items()},
    }


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
    """The same ratio in CPU time, which a busy machine disturbs less; None where none was taken."""
    figure = _CPU.get(comparison.figure)
    value = None if figure is None else ratio(found, replace(comparison, figure=figure))
    return None if value is None else round(value, 4)


def _ratio(group: Group, comparison: Comparison, value: float) -> dict[str, Any]:
    of, to = (
        f"{label} - {less}" if less else label
        for label, less in ((comparison.of, comparison.of_less), (comparison.to, comparison.to_less))
    )
    return {
        "workload": group.name,
        "name": comparison.name,
        "of": of,
        "to": to,
        "figure": comparison.figure,
        "ratio": round(value, 4),
        "bar": comparison.bar,
        "at_least": comparison.at_least,
        "met": _is_met(comparison, comparison.bar, value),
        "aim": None if comparison.aim is None else round(comparison.aim, 4),
        "aim_met": _is_met(comparison, comparison.aim, value),
    }


def _is_met(comparison: Comparison, bar: float | None, value: float) -> bool | None:
    return None if bar is None else value >= bar if comparison.at_least else value <= bar


def _shown(argv: Sequence[str], folder: Path, bench: Bench) -> str:
    """The command as one would type it, without this machine's paths."""
    programs = {f"{Path(one).parent}/": "" for one in (sys.executable, argv[0]) if Path(one).is_absolute()}
    places = {
        str(folder): "TMP",
        f"{ROOT}/": "",
        sys.executable: "python",
        str(bench.schemas): "SCHEMAS",
        str(bench.w3c): "W3C",
        **programs,
    }
    shown = list(argv)
    if len(shown) > _MANY:
        shown = [*shown[:8], f"... ({len(shown) - 8} more)"]
    text = " ".join(shown)
    for place, name in sorted(places.items(), key=lambda one: -len(one[0])):
        text = text.replace(place, name)
    return text


def _say(text: str) -> None:
    print(f"{time.monotonic() - _BEGUN:5.0f} s  {text}", file=sys.stderr, flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="very little of everything, to try this out")
    parser.add_argument("--articles", type=count_of, help="2k, 20k (default), 200k or any number")
    parser.add_argument("--feeds", type=int, help="fewer than 200 only to try this out")
    parser.add_argument("--rounds", type=int, help="5 unless given; what takes long or hardly varies has fewer")
    parser.add_argument("--warmup", type=int, help="rounds that are not counted")
    parser.add_argument("--workloads", type=_names, default=tuple(WORKLOADS), help=f"some of {','.join(WORKLOADS)}")
    parser.add_argument("--large-items", type=int, help="items of the large RSS documents, 5,000 unless given")
    parser.add_argument("--large", action="store_true",
                        help="growth up to ten times the articles and a hundred times the feeds")  # fmt: skip
    parser.add_argument("--schemas", type=Path, help="folder with the NewsML-G2 schema, to compare with xmllint")
    parser.add_argument("--w3c", type=Path, help="checkout of the W3C feed validator, to compare with it")
    parser.add_argument("--tmp", type=Path, help="where to work; a memory file system shows the programs, not the disk")
    parser.add_argument(
        "--publish", action="store_true", help="rewrite the figures in docs/benchmarks.md and its image"
    )
    given = parser.parse_args()
    if given.quick and given.publish:
        parser.error("--quick is too small for figures that are published")
    for name, value in (QUICK if given.quick else FULL).items():
        if getattr(given, name) is None:
            setattr(given, name, value)
    return given


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
