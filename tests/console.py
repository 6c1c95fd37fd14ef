"""Runs the commands of a page as a reader would, and compares the output.

A block of ```console holds commands (`$ ...`) with their output below; `...` in it stands for anything. A block that
names a file after its language (```toml config/feeds/town.toml) is that file. All of a page runs in one shell, so that
`cd` and `$?` mean what they mean to a reader.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_BLOCK = re.compile(r"^```(\w+)(?: ([\w./-]+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_MARK = "\x01"


@dataclass(frozen=True, kw_only=True)
class Block:
    """One fenced block: its language, the file that it is (or None), its text, its 1-based line."""

    language: str
    file: str | None
    text: str
    line: int


@dataclass(frozen=True, kw_only=True)
class Step:
    """One command of a page with the output that the page promises; `line` is 1-based."""

    line: int
    command: str
    output: str


def blocks(page: str) -> Iterator[Block]:
    """The fenced blocks of a page in Markdown, in order."""
    for found in _BLOCK.finditer(page):
        line = page.count("\n", 0, found.start()) + 1
        yield Block(language=found[1], file=found[2], text=found[3], line=line)


def steps(page: str) -> Iterator[Step]:
    """The commands of a page in order; a file to be saved is a command without output."""
    for block in blocks(page):
        if block.file is not None:
            command = (
                f"mkdir -p \"$(dirname {block.file})\" && cat >{block.file} <<'END-OF-FILE'\n{block.text}END-OF-FILE"
            )
            yield Step(line=block.line, command=command, output="")
        elif block.language == "console":
            yield from _commands(block)


def _commands(block: Block) -> Iterator[Step]:
    command, line, output = None, 0, ""
    for number, text in enumerate(block.text.splitlines(keepends=True), block.line + 1):
        if not text.startswith("$ "):
            output += text
            continue
        if command is not None:
            yield Step(line=line, command=command, output=output)
        command, line, output = text[2:].rstrip("\n"), number, ""
    if command is not None:
        yield Step(line=line, command=command, output=output)


def run(commands: list[str], folder: Path) -> list[str]:
    """What each command says on both streams, all run in one shell in that folder."""
    script = "".join(f"{command}\ncode=$?; printf '{_MARK}'; (exit $code)\n" for command in commands)
    done = subprocess.run(
        ["sh", "-c", f'syndicate() {{ "{sys.executable}" -m syndicate "$@"; }}\nexec 2>&1\n{script}'],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "120", "LC_ALL": "C.UTF-8"},
        stdout=subprocess.PIPE,
        check=False,
        timeout=240,
    )
    return done.stdout.decode().split(_MARK)[:-1]


def is_as_promised(said: str, promised: str) -> bool:
    """Whether the output is the promised one.

    `...` on a line of its own stands for any lines, inside a line for anything, with any number of blanks around it.
    """
    pattern = ""
    for line in promised.splitlines():
        within = r"[^\n]*".join(re.escape(part) for part in re.split(r" *\.\.\. *", line))
        pattern += r"(?:[^\n]*\n)*?" if line == "..." else within + r"\n"
    return re.fullmatch(pattern, said) is not None
