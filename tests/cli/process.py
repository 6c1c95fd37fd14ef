"""The command line in a process of its own, where streams, pipes and exit codes are real."""

import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
COMMAND = [sys.executable, "-m", "syndicate"]
# As users have it: what is printed is held back until there is enough of it, or the end.
ENVIRONMENT = {**{name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"},
               "PYTHONPATH": str(ROOT)}  # fmt: skip


def run(
    *arguments: str, folder: Path, data: bytes = b"", environment: dict[str, str] | None = None
) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of `syndicate ARGUMENTS` in that folder."""
    done = subprocess.run(
        [*COMMAND, *arguments],
        cwd=folder,
        input=data,
        env={**ENVIRONMENT, **(environment or {})},
        capture_output=True,
        check=False,
        timeout=120,
    )
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def loaded(names: Iterable[str], *arguments: str, folder: Path) -> tuple[set[str], str, str]:
    """Which of these modules `syndicate ARGUMENTS` loads, its standard output and error; it must end well."""
    script = f"""
import sys
from syndicate.cli.main import run
code = run(sys.argv[1:])
print(code, *(name for name in {tuple(names)!r} if name in sys.modules), file=sys.stderr)
"""
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        cwd=folder,
        env=ENVIRONMENT,
        capture_output=True,
        check=True,
        timeout=60,
        text=True,
    )
    *said, last = done.stderr.splitlines()
    code, *found = last.split()
    assert code == "0", done.stderr
    return set(found), done.stdout, "\n".join(said)


def run_shell(script: str, *, folder: Path) -> tuple[str, str]:
    """Standard output and standard error of a bash script in which `syndicate` is our command."""
    done = subprocess.run(
        ["bash", "-c", f'syndicate() {{ "{sys.executable}" -m syndicate "$@"; }}\n{script}'],
        cwd=folder,
        env=ENVIRONMENT,
        capture_output=True,
        check=False,
        timeout=120,
    )
    return done.stdout.decode(), done.stderr.decode()
