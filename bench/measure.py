"""Running commands in turn and measuring each as a whole process: wall, CPU and peak memory, and ratios by round."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent

# What is measured of a command: seconds of the whole process, seconds of processor, megabytes at most, and the seconds
# that the process itself reports in its last line (`inside`: without its start).
Figures = dict[str, float]


def nothing(_turn: int) -> None:
    """No preparation, or no check."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Command:
    """One thing to measure: processes that run one after another, and what is done before and after, untimed.

    `prepare` and `check` get the number of the round; `check` raises Wrong when the work was not done as it should be.
    `times` is how often it runs in a round, of which the median counts.
    """

    label: str
    argv: Sequence[Sequence[str]]
    folder: Path | None = None
    prepare: Callable[[int], None] = nothing
    check: Callable[[int], None] = nothing
    times: int = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """A ratio between two labels in one figure, and the bar it is to meet (None: only told)."""

    name: str
    of: str
    to: str
    figure: str = "wall"
    bar: float | None = None
    at_least: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """Commands that are measured in turn, and what is made of their figures."""

    name: str
    title: str
    commands: Sequence[Command]
    comparisons: Sequence[Comparison]


class Wrong(Exception):
    """A command failed, or did not do what it was measured for."""


def measure(group: Group, rounds: int, warmup: int, say: Callable[[str], None]) -> dict[str, list[Figures]]:
    """The figures of each command, round by round: A B C A B C ...; `warmup` rounds before them are not counted."""
    found: dict[str, list[Figures]] = {command.label: [] for command in group.commands}
    for turn in range(warmup + rounds):
        say(f"{group.name}: round {turn - warmup + 1} of {rounds}" if turn >= warmup else f"{group.name}: warming up")
        for command in group.commands:
            figures = median_of([_run(command, turn * command.times + again) for again in range(command.times)])
            if turn >= warmup:
                found[command.label].append(figures)
    return found


def median_of(runs: Sequence[Figures]) -> Figures:
    """The median of each figure."""
    return {name: statistics.median(one[name] for one in runs) for name in runs[0]}


def ratio(found: Mapping[str, Sequence[Figures]], comparison: Comparison) -> float | None:
    """The median of the ratios of each round, so that what slows the machine down for a while cancels out."""
    of, to = found.get(comparison.of, ()), found.get(comparison.to, ())
    pairs = [(a.get(comparison.figure), b.get(comparison.figure)) for a, b in zip(of, to, strict=False)]
    ratios = [a / b for a, b in pairs if a is not None and b]
    return statistics.median(ratios) if ratios else None


def environment() -> dict[str, str]:
    """The environment of every command: the product importable, bytecode cached as it is for any user."""
    passed = {name: value for name, value in os.environ.items() if not name.startswith("SYNDICATE_")}
    passed.pop("PYTHONDONTWRITEBYTECODE", None)
    return passed | {"PYTHONPATH": os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))}


def run_untimed(argv: Sequence[str], folder: Path | None = None) -> str:
    """What the command prints; Wrong when it fails."""
    done = subprocess.run(argv, cwd=folder, env=environment(), capture_output=True, check=False)
    if done.returncode:
        raise _failure(argv, done.returncode, done.stderr)
    return done.stdout.decode(errors="replace")


def python(*arguments: str | Path) -> tuple[str, ...]:
    """The command line of a script under the Python that runs this."""
    return (sys.executable, *map(str, arguments))


def _run(command: Command, turn: int) -> Figures:
    command.prepare(turn)
    runs = [_run_process(argv, command.folder) for argv in command.argv]
    command.check(turn)
    summed = {name: sum(one[name] for one in runs) for name in runs[0] if all(name in one for one in runs)}
    return summed | {"peak_mb": max(one["peak_mb"] for one in runs)}


def _run_process(argv: Sequence[str], folder: Path | None) -> Figures:
    """Peak memory cannot be told below that of this process, which is what the child starts from: keep it small."""
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        started = time.perf_counter()
        process = subprocess.Popen(
            argv, cwd=folder, env=environment(), stdin=subprocess.DEVNULL, stdout=output, stderr=errors
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            errors.seek(0)
            raise _failure(argv, process.returncode, errors.read())
        return {
            "wall": wall,
            "cpu": usage.ru_utime + usage.ru_stime,
            "peak_mb": usage.ru_maxrss / 1024,
            **_reported(output),
        }


def _failure(argv: Sequence[str], code: int, said: bytes) -> Wrong:
    return Wrong(f"{' '.join(argv)[:500]}: exit {code}\n{said.decode(errors='replace')[-2000:]}")


def _reported(output: Any) -> Figures:
    """What the last line says when it is JSON with `inside`."""
    size = output.seek(0, os.SEEK_END)
    output.seek(max(0, size - 4096))
    lines = output.read().splitlines()
    try:
        said = json.loads(lines[-1]) if lines else {}
    except ValueError:
        return {}
    return {"inside": float(said["inside"])} if isinstance(said, dict) and "inside" in said else {}
