"""Puts the figures of a run into docs/benchmarks.md, between two marks, and draws its image.

python bench/publish.py figures.json
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from chart import chart

BEGIN, END = "<!-- figures: written by bench/run.py --publish -->", "<!-- end of figures -->"
FIGURES = {
    "wall": "wall time", "cpu": "CPU time", "inside": "time in the process", "each": "time per document",
    "peak_mb": "peak memory",
}  # fmt: skip


def publish(document: dict[str, Any], docs: Path) -> None:
    """Rewrite the page's figures and the image below `docs`."""
    page = docs / "benchmarks.md"
    text = page.read_text(encoding="utf-8")
    head, found, rest = text.partition(BEGIN)
    _, ended, tail = rest.partition(END)
    if not found or not ended:
        raise SystemExit(f"{page}: the marks around the figures are not there")
    made = "\n".join(tables(document))
    page.write_text(f"{head}{BEGIN}\n\n{made}\n\n{END}{tail}", encoding="utf-8")
    (docs / "images").mkdir(exist_ok=True)
    (docs / "images" / "bench.svg").write_text(chart(document), encoding="utf-8")


def tables(document: dict[str, Any]) -> Iterator[str]:
    """The lines of the section: the machine, which bars are missed, the ratios with a bar, the others, the figures."""
    yield _about(document)
    yield ""
    yield _verdict([one for one in document["ratios"] if one["bar"] is not None])
    yield ""
    yield "| what | ratio of | to | in | ratio | in CPU time | bar | | aim |"
    yield "|---|---|---|---|---|---|---|---|---|"
    yield from (_ratio_row(one) for one in document["ratios"] if one["bar"] is not None)
    yield ""
    yield "Ratios without a bar, to place them:"
    yield ""
    yield "| what | ratio of | to | in | ratio | in CPU time | aim |"
    yield "|---|---|---|---|---|---|---|"
    for one in document["ratios"]:
        if one["bar"] is None:
            yield f"{_told(one)} | {_aim(one)} |"
    yield ""
    yield "| workload | command | processes | wall s | CPU s | peak MB | in the process s |"
    yield "|---|---|---|---|---|---|---|"
    for workload in document["workloads"].values():
        for label, figures in workload["figures"].items():
            cells = (_figure(figures.get(name)) for name in ("wall", "cpu", "peak_mb", "inside"))
            yield f"| {workload['title']} | {label} | {workload['processes'][label]} | {' | '.join(cells)} |"


def _about(document: dict[str, Any]) -> str:
    machine, sizes = document["machine"], document["sizes"]
    libraries = [f"{name} {version}" for name, version in machine["libraries"].items()]
    tools = [said.removesuffix(" linux/amd64") for said in machine["tools"].values()]
    skipped = "".join(f" Left out: {name} ({reason})." for name, reason in document["skipped"].items())
    with_what = ", ".join([f"Python {machine['python']}", f"SQLite {machine['sqlite']}", *libraries, *tools])
    return (
        f"Measured on {document['date']} on a shared machine with {machine['cores']} cores ({machine['system']},"
        f" working folder on {machine['file_system'] or 'a disk'}, load {machine['load'][0]:g} when the run began):"
        f" {with_what}.\n{sizes['articles']:,} articles;"
        f" {sizes['documents']} documents of {sizes['feeds']} feeds with {sizes['slots']:,} items from"
        f" {sizes['different_articles']:,} different articles; the change of W2 is in {sizes['affected_documents']}"
        f" documents. Medians of {document['rounds']} rounds, of fewer where a round takes long.{skipped}"
    )


def _verdict(ratios: list[dict[str, Any]]) -> str:
    missed = [
        f"{one['name']}, {one['of']} to {one['to']} ({_number(one['ratio'])}, bar {_number(one['bar'])})"
        for one in ratios
        if not one["met"]
    ]
    met = f"{len(ratios) - len(missed)} of {len(ratios)} bars are met."
    return f"**{met}**" + (f" Missed: {'; '.join(missed)}." if missed else "")


def _ratio_row(one: dict[str, Any]) -> str:
    met = "met" if one["met"] else "**missed**"
    return f"{_told(one)} | {_limit(one, one['bar'])} | {met} | {_aim(one)} |"


def _limit(one: dict[str, Any], value: float) -> str:
    return f"{'>=' if one['at_least'] else '<='} {_number(value)}"


def _aim(one: dict[str, Any]) -> str:
    """What is aimed at beyond the bar, and whether it is reached."""
    return "" if one["aim"] is None else _limit(one, one["aim"]) + ", reached" * one["aim_met"]


def _told(one: dict[str, Any]) -> str:
    cpu = "" if one["cpu_ratio"] is None else _number(one["cpu_ratio"])
    cells = (one["name"], one["of"], one["to"], FIGURES[one["figure"]], _number(one["ratio"]), cpu)
    return f"| {' | '.join(cells)}"


def _number(value: float) -> str:
    return f"{value:.3g}"


def _figure(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"


if __name__ == "__main__":
    publish(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")), Path(__file__).resolve().parent.parent / "docs")
