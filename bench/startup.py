"""What a start of the command costs beside an empty Python: medians as JSON.

    python bench/startup.py --rounds 20

Byte code and file caches are warm, the two are started in turn.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import machine

ROOT = Path(__file__).resolve().parent.parent
COMMANDS = {
    "python": ["-c", "pass"],
    "syndicate --help": ["-m", "syndicate", "--help"],
    "syndicate validate --help": ["-m", "syndicate", "validate", "--help"],
}


def seconds(arguments: list[str]) -> float:
    """How long one start takes, from the call to the end of the process."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    begun = time.perf_counter()
    subprocess.run([sys.executable, *arguments], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - begun


def measure(rounds: int) -> dict[str, float]:
    """The median of each command in milliseconds, after two rounds that only warm up."""
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for number in range(rounds + 2):
        for name, arguments in COMMANDS.items():
            taken = seconds(arguments)
            if number >= 2:
                times[name].append(taken * 1000)
    return {name: round(statistics.median(found), 1) for name, found in times.items()}


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    medians = measure(parser.parse_args().rounds)
    ratios = {name: round(value / medians["python"], 2) for name, value in medians.items() if name != "python"}
    figures = {
        "machine": machine.describe(Path(tempfile.gettempdir())),
        "median_ms": medians,
        "times_of_python": ratios,
    }
    print(json.dumps(figures, indent=2))


if __name__ == "__main__":
    main()
