"""The only module that writes public bytes: whole or not at all, and only what changed.

Temporary name, fsync, rename, fsync of the folder: a reader sees the old document or the new one, whatever is killed or
loses power when. Temporary files lie in one folder of their own, so that sweeping up after a killed export does not
mean walking the tree.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from syndicate.errors import PublishError

LOCK = ".lock"
MANIFEST = "manifest.json"
_TEMPORARY = ".tmp"
_RUNNING = "running"


class Tree:
    """The published tree below `root`; all paths are relative to it, with `/`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._touched: set[Path] = set()
        self._has_begun = False

    @contextmanager
    def lock(self) -> Iterator[bool]:
        """Hold the tree against other exports on this machine; they wait. Temporary files of dead ones are swept first.

        True when the last export did not come to its end: then files may lie here that nothing speaks of.
        """
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(self.root / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise _failure("the published tree cannot be written", self.root, error) from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            try:
                was_interrupted = self._sweep()
            except OSError as error:
                raise _failure("the published tree cannot be written", self.root, error) from error
            yield was_interrupted
        finally:
            os.close(descriptor)

    def read(self, path: str) -> bytes | None:
        """The bytes of a published file, or None when there is none."""
        try:
            return (self.root / path).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise _failure("cannot be read", self.root / path, error) from error

    def size(self, path: str) -> int | None:
        """The size of a published file in bytes, or None when there is none."""
        try:
            return (self.root / path).stat().st_size
        except OSError:
            return None

    def write(self, path: str, data: bytes) -> None:
        """Put the file in its place in one step; raises PublishError, then the old file is still there."""
        target = self.root / path
        temporary = self.root / _TEMPORARY / f"{target.name}{_TEMPORARY}"
        try:
            self._begin()
            self._make_folder(target.parent)
            with open(temporary, "wb") as file:
                file.write(data)
                file.flush()
                _step_over(file.fileno(), target)
                os.fsync(file.fileno())
            os.replace(temporary, target)
        except OSError as error:
            temporary.unlink(missing_ok=True)
            raise _failure("could not be written; what was published before stays valid", target, error) from error
        self._touched.add(target.parent)

    def remove(self, path: str) -> bool:
        """Take the file away, and its folder when that is empty then; whether there was one."""
        target = self.root / path
        try:
            target.unlink()
        except FileNotFoundError:
            return False
        except OSError as error:
            raise _failure("could not be removed", target, error) from error
        self._touched.add(target.parent)
        if target.parent != self.root and not any(target.parent.iterdir()):
            target.parent.rmdir()
            self._touched.discard(target.parent)
            self._touched.add(target.parent.parent)
        return True

    def settle(self) -> None:
        """Make the renames since the last call durable: one fsync per folder touched."""
        for folder in sorted(self._touched):
            if folder.is_dir():
                _sync_folder(folder)
        self._touched.clear()

    def folders(self) -> tuple[str, ...]:
        """The names of the folders right below the root that hold a manifest, sorted."""
        return tuple(sorted(path.parent.name for path in self.root.glob(f"*/{MANIFEST}")))

    def all_folders(self) -> tuple[str, ...]:
        """The names of all folders right below the root, sorted; hidden ones are passed over."""
        return tuple(
            sorted(path.name for path in self.root.iterdir() if path.is_dir() and not path.name.startswith("."))
        )

    def files(self, folder: str) -> tuple[str, ...]:
        """The paths of all files below that folder, sorted."""
        found = (path for path in (self.root / folder).rglob("*") if path.is_file())
        return tuple(sorted(path.relative_to(self.root).as_posix() for path in found))

    def _make_folder(self, folder: Path) -> None:
        if not folder.is_dir():
            folder.mkdir(parents=True, exist_ok=True)
            self._touched.add(folder.parent)

    def complete(self) -> None:
        """Note that everything written is spoken of; an export that does not come to this is found by the next one."""
        (self.root / _TEMPORARY / _RUNNING).unlink(missing_ok=True)
        self._has_begun = False

    def _begin(self) -> None:
        """Note, before the first file is written, that an export is under way."""
        if not self._has_begun:
            (self.root / _TEMPORARY / _RUNNING).touch()
            self._has_begun = True

    def _sweep(self) -> bool:
        """Whoever holds the lock is the only writer, so every temporary file is a dead one's."""
        folder = self.root / _TEMPORARY
        folder.mkdir(exist_ok=True)
        was_interrupted = (folder / _RUNNING).exists()
        for path in folder.iterdir():
            if path.name != _RUNNING:
                path.unlink(missing_ok=True)
        return was_interrupted


def _step_over(descriptor: int, old: Path) -> None:
    """Date the file at least a second after the one it replaces.

    Web servers make their validator from size and whole seconds: two changes of one size within a second would be
    answered "not modified".
    """
    try:
        before = int(old.stat().st_mtime)
    except OSError:
        return
    now = os.fstat(descriptor).st_mtime
    if int(now) <= before:
        os.utime(descriptor, (before + 1, before + 1))


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        raise _failure("could not be made durable", folder, error) from error
    finally:
        os.close(descriptor)


def _failure(what: str, path: Path, error: OSError) -> PublishError:
    return PublishError(f"{path}: {what} ({error.strerror or error})")
