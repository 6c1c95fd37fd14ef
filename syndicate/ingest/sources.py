"""What an import is given, as files to read: files, folders, archives, standard input."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from syndicate.model.draft import Rejected

STANDARD_INPUT = "-"
HEAD = 64 * 1024


@dataclass(frozen=True, slots=True)
class Skipped:
    """What stands in a folder or an archive and is passed over, and why: a clause."""

    file: str
    reason: str


@dataclass(frozen=True, slots=True)
class Place:
    """A file to look into; `is_named`: somebody asked for this very file, so it is not passed over."""

    file: str
    is_named: bool


def shown(file: str) -> str:
    """The file's name as it can be kept and told: systems allow bytes in it that are no text."""
    return file.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def places(path: str) -> Iterator[Place | Skipped | Rejected]:
    """The path, or the files below a folder in the order of their names; hidden ones are no news to anybody.

    No link is followed out of the folder, and none to a folder: the same files would be read twice, or without end.
    """
    folder = Path(path)
    if path == STANDARD_INPUT or not folder.is_dir():
        yield Place(path, True)
        return
    troubles: list[Rejected] = []
    found = sorted((*_below(folder, troubles), *troubles), key=lambda one: Path(one.file).parts)
    yield from found


def _below(folder: Path, troubles: list[Rejected]) -> Iterator[Place | Skipped]:
    def unreadable(error: OSError) -> None:
        reason = f"cannot be read: {error.strerror or error}"
        troubles.append(Rejected(file=shown(str(error.filename)), line=None, reason=reason))

    inside = folder.resolve()
    for parent, folders, files in os.walk(folder, onerror=unreadable):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in (*folders, *files):
            if not name.startswith("."):
                yield from _entry(Path(parent) / name, inside)


def _entry(path: Path, inside: Path) -> Iterator[Place | Skipped]:
    if path.is_symlink() and path.is_dir():
        yield Skipped(shown(str(path)), "is a link to a folder: give that folder itself")
    elif path.is_symlink() and not path.resolve().is_relative_to(inside):
        yield Skipped(shown(str(path)), "is a link that leads out of the folder: give that file itself")
    elif path.is_file():
        yield Place(str(path), False)
    elif not path.is_dir():
        yield Skipped(shown(str(path)), "is no file")


@contextmanager
def opened(file: str) -> Iterator[Any]:
    """The file or standard input, buffered so that its head can be looked at."""
    if file == STANDARD_INPUT:
        with open(sys.stdin.fileno(), "rb", buffering=HEAD, closefd=False) as stream:
            yield stream
        return
    with open(file, "rb", buffering=HEAD) as stream:
        yield stream
