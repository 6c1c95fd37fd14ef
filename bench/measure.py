"""Running commands in turn and measuring each as a whole process: wall, CPU and peak memory, and ratios by round."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).resolve().parent.parent
LAUNCH = Path(__file__).resolve().parent / "launch.py"

# What is measured of a command: seconds of the whole process, seconds of processor, megabytes at most; and what the
# process itself reports in its last line: `inside`, its seconds without the start, and `each`, those per document, of
# which `each_cpu` are seconds of processor.
Figures = dict[str, float]
REPORTED = ("inside", "each", "each_cpu")


def nothing(_turn: int) -> None:
    """No preparation, or no check."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Command:
    """One thing to measure: processes that run one after another, and what is done before and after, untimed.

    `prepare` and `check` get the number of the run; `check` raises Wrong when the work was not done as it should be.
    Nor is it where the last line does not report what is in `expect`. `times` is how often it runs in a round, of which
    the median counts; `most` is in how many rounds it takes part, none of them to warm up, where not in all. So many
    `processes` are at work at a time.
    """

    label: str
    argv: Sequence[Sequence[str]]
    folder: Path | None = None
    prepare: Callable[[int], None] = nothing
    check: Callable[[int], None] = nothing
    expect: Mapping[str, int] = field(default_factory=dict)
    times: int = 1
    most: int | None = None
    processes: int = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """A ratio between two labels in one figure, the bar it is to meet and what is aimed at (None: only told).

    `of_less` and `to_less` are taken away first, for what only a difference can say. With `fixed` the ratio is one to
    that number, and `to` says it in words.
    """

    name: str
    of: str
    to: str
    figure: str = "wall"
    bar: float | None = None
    aim: float | None = None
    at_least: bool = False
    of_less: str = ""
    to_less: str = ""
    fixed: float | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """Commands that are measured in turn, and what is made of their figures.

    `most` is how many rounds are enough where a round takes long; those of `warm_up` are left out where nothing gets
    warm.
    """

    name: str
    title: str
    commands: Sequence[Command]
    comparisons: Sequence[Comparison]
    most: int | None = None
    warm_up: bool = True


class Wrong(Exception):
    """A command failed, or did not do what it was measured for."""


def measure(group: Group, rounds: int, warmup: int, say: Callable[[str], None]) -> dict[str, list[Figures]]:
    """The figures of each command, round by round: A B C A B C ...; `warmup` rounds before them are not counted."""
    found: dict[str, list[Figures]] = {command.label: [] for command in group.commands}
    warmup = warmup if group.warm_up else 0
    for turn in range(warmup + _at_most(rounds, group.most)):
        counted = turn - warmup
        say(f"{group.name}: round {counted + 1} of {_at_most(rounds, group.most)}" if counted >= 0 else
            f"{group.name}: warming up")  # fmt: skip
        for command in group.commands:
            if counted >= _at_most(rounds, command.most) or (counted < 0 and command.most is not None):
                continue
            runs = [_run(command, turn * command.times + again) for again in range(command.times)]
            if counted >= 0:
                found[command.label].append(median_of(runs))
    return found


def _at_most(rounds: int, most: int | None) -> int:
    return rounds if most is None else min(rounds, most)


def median_of(runs: Sequence[Figures]) -> Figures:
    """The median of each figure."""
    return {name: statistics.median(one[name] for one in runs) for name in runs[0]}


def ratio(found: Mapping[str, Sequence[Figures]], comparison: Comparison) -> float | None:
    """The median of the ratios of each round, so that what slows the machine down for a while cancels out."""
    of = _series(found, comparison.of, comparison.of_less, comparison.figure)
    to = _series(found, comparison.to, comparison.to_less, comparison.figure)
    if comparison.fixed is not None:
        to = [comparison.fixed] * len(of)
    ratios = [a / b for a, b in zip(of, to, strict=False) if a is not None and b]
    return statistics.median(ratios) if ratios else None


def _series(found: Mapping[str, Sequence[Figures]], label: str, less: str, figure: str) -> list[float | None]:
    """The figure of a command in each round, less that of another."""
    values = [one.get(figure) for one in found.get(label, ())]
    if not less:
        return values
    taken = [one.get(figure) for one in found.get(less, ())]
    return [None if a is None or b is None else a - b for a, b in zip(values, taken, strict=False)]


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


def run_counted(argv: Sequence[str], folder: Path) -> int:
    """Run the command untimed; how many processes it was at the most, itself included (1 where there is no /proc)."""
    most = 1
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(argv, cwd=folder, env=environment(), stdout=subprocess.DEVNULL, stderr=errors)
        while process.poll() is None:
            most = max(most, 1 + _children(process.pid))
            time.sleep(0.01)
        if process.returncode:
            errors.seek(0)
            raise _failure(argv, process.returncode, errors.read())
    return most


def _children(parent: int) -> int:
    """How many processes that one has started and not waited for yet."""
    count = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            count += stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[1] == str(parent)
    return count


def python(*arguments: str | Path) -> tuple[str, ...]:
    """The command line of a script under the Python that runs this."""
    return (sys.executable, *map(str, arguments))


def _run(command: Command, turn: int) -> Figures:
    command.prepare(turn)
    runs = [_run_process(argv, command.folder, command.expect) for argv in command.argv]
    command.check(turn)
    summed = {name: sum(one[name] for one in runs) for name in runs[0] if all(name in one for one in runs)}
    return summed | {"peak_mb": max(one["peak_mb"] for one in runs)}


def _run_process(argv: Sequence[str], folder: Path | None, expect: Mapping[str, int]) -> Figures:
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        wall, cpu, peak, code = _launch(argv, folder, output, errors)
        if code:
            errors.seek(0)
            raise _failure(argv, int(code), errors.read())
        said = _last_line(output)
    if wrong := {name: said.get(name) for name, count in expect.items() if said.get(name) != count}:
        raise Wrong(f"{' '.join(argv)[:500]}: reports {wrong}, expected {dict(expect)}")
    reported = {name: float(said[name]) for name in REPORTED if name in said}
    return {"wall": wall, "cpu": cpu, "peak_mb": peak / 1024, **reported}


def _launch(argv: Sequence[str], folder: Path | None, output: IO[bytes], errors: IO[bytes]) -> list[float]:
    """Wall seconds, processor seconds, peak in kilobytes and exit code, as `launch.py` tells them."""
    reading, writing = os.pipe()
    with os.fdopen(reading, "rb") as told:
        try:
            subprocess.run(
                [sys.executable, "-I", "-S", str(LAUNCH), str(writing), *argv], cwd=folder, env=environment(),
                stdin=subprocess.DEVNULL, stdout=output, stderr=errors, pass_fds=(writing,), check=False,
            )  # fmt: skip
        finally:
            os.close(writing)
        numbers = [float(one) for one in told.read().split()]
    if len(numbers) != 4:
        errors.seek(0)
        raise _failure(argv, -1, errors.read())
    return numbers


def _failure(argv: Sequence[str], code: int, said: bytes) -> Wrong:
    return Wrong(f"{' '.join(argv)[:500]}: exit {code}\n{said.decode(errors='replace')[-2000:]}")


def _last_line(output: IO[bytes]) -> Mapping[str, Any]:
    """The values of the last line when it is a JSON object."""
    size = output.seek(0, os.SEEK_END)
    output.seek(max(0, size - 4096))
    lines = output.read().splitlines()
    try:
        said = json.loads(lines[-1]) if lines else {}
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}
