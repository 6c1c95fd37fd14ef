"""The only module that writes public bytes: whole or not at all, and only what changed.

Temporary name, fsync, rename, fsync of the folder: a reader sees the old document or the new one, whatever is killed or
loses power when. Temporary files lie in one folder of their own, so that sweeping up after a killed export does not
mean walking the tree.
"""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import RawIOBase
from pathlib import Path

from syndicate.errors import PublishError

LOCK = ".lock"
MANIFEST = "manifest.json"
_TEMPORARY = ".tmp"
_RUNNING = "running"
# Nanoseconds that every file system can tell apart, but for FAT.
_TICK = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """How an export found the tree.

    `was_interrupted`: the last export did not come to its end, so files may lie here that nothing speaks of.
    `is_as_left`: nobody has written since this process did.
    """

    was_interrupted: bool
    is_as_left: bool


class Tree:
    """The published tree below `root`; all paths are relative to it, with `/`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        # As text: putting paths together is a good part of what a small document costs.
        self._place = str(root)
        self._touched: set[str] = set()
        self._has_begun = False
        self._lock = -1
        self._generation = -1

    @contextmanager
    def lock(self) -> Iterator[Found]:
        """Hold the tree against other exports on this machine; they wait. Temporary files of dead ones are swept first.

        How the tree was found comes back.
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
            self._lock = descriptor
            self._has_begun = False
            generation = os.fstat(descriptor).st_mtime_ns
            yield Found(was_interrupted=was_interrupted, is_as_left=generation == self._generation)
        finally:
            self._lock = -1
            os.close(descriptor)

    @property
    def lock_handle(self) -> int:
        """The file descriptor that holds the lock; -1 when nothing does."""
        return self._lock

    def read(self, path: str) -> bytes | None:
        """The bytes of a published file, or None when there is none."""
        try:
            with open(f"{self._place}/{path}", "rb") as file:
                return file.read()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise _failure("cannot be read", self.root / path, error) from error

    def size(self, path: str) -> int | None:
        """The size of a published file in bytes, or None when there is none."""
        try:
            return os.stat(f"{self._place}/{path}").st_size
        except OSError:
            return None

    def write(self, path: str, data: bytes) -> None:
        """Put the file in its place in one step; raises PublishError, then the old file is still there."""
        with self.draft(path) as draft:
            draft.write(data)
            draft.place()

    @contextmanager
    def draft(self, path: str) -> Iterator["Draft"]:
        """A file that is written part by part and then put in its place in one step; if it is not, nothing stays.

        Raises PublishError, then the old file is still there.
        """
        target = f"{self._place}/{path}"
        folder, _, name = target.rpartition("/")
        temporary = f"{self._place}/{_TEMPORARY}/{os.getpid()}-{name}{_TEMPORARY}"
        try:
            self._begin()
            self._make_folder(folder)
            file = open(temporary, "wb", buffering=0)  # noqa: SIM115
        except OSError as error:
            raise _unwritten(target, error) from error
        try:
            with file:
                draft = Draft(file, temporary, target)
                yield draft
        finally:
            with suppress(FileNotFoundError):
                os.unlink(temporary)
        if draft.is_placed:
            self._touched.add(folder)

    def remove(self, path: str) -> bool:
        """Take the file away, and the folders that are empty then; whether there was one."""
        try:
            os.unlink(f"{self._place}/{path}")
        except FileNotFoundError:
            return False
        except OSError as error:
            raise _failure("could not be removed", self.root / path, error) from error
        self._begin()
        folder = f"{self._place}/{path}".rpartition("/")[0]
        while folder != self._place and not os.listdir(folder):
            os.rmdir(folder)
            self._touched.discard(folder)
            folder = folder.rpartition("/")[0]
        self._touched.add(folder)
        return True

    def settle(self) -> None:
        """Make the renames since the last call durable: one fsync per folder touched."""
        for folder in sorted(self._touched):
            if os.path.isdir(folder):
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
        return tuple(path for path, _ in self.sizes(folder))

    def sizes(self, folder: str) -> tuple[tuple[str, int], ...]:
        """The paths of all files below that folder with their sizes in bytes, sorted."""
        found: list[tuple[str, int]] = []
        waiting = [folder]
        while waiting:
            below = waiting.pop()
            try:
                with os.scandir(f"{self._place}/{below}") as entries:
                    for entry in entries:
                        if entry.is_dir(follow_symlinks=False):
                            waiting.append(f"{below}/{entry.name}")
                        elif entry.is_file():
                            found.append((f"{below}/{entry.name}", entry.stat().st_size))
            except FileNotFoundError:
                continue
        return tuple(sorted(found))

    def _make_folder(self, folder: str) -> None:
        if not os.path.isdir(folder):
            os.makedirs(folder, exist_ok=True)
            self._touched.add(folder.rpartition("/")[0])

    def complete(self) -> None:
        """Note that everything written is spoken of; an export that does not come to this is found by the next one."""
        (self.root / _TEMPORARY / _RUNNING).unlink(missing_ok=True)
        self._has_begun = False

    def _begin(self) -> None:
        """Note, before the first file is written, that an export is under way.

        The time of the lock's file counts the exports that have written, so that each sees whether others have.
        """
        if not self._has_begun:
            (self.root / _TEMPORARY / _RUNNING).touch()
            self._has_begun = True
            if self._lock >= 0:
                generation = os.fstat(self._lock).st_mtime_ns + _TICK
                os.utime(self._lock, ns=(generation, generation))
                self._generation = os.fstat(self._lock).st_mtime_ns

    def _sweep(self) -> bool:
        """Whoever holds the lock is the only writer, so every temporary file is a dead one's."""
        folder = self.root / _TEMPORARY
        folder.mkdir(exist_ok=True)
        was_interrupted = (folder / _RUNNING).exists()
        for path in folder.iterdir():
            if path.name != _RUNNING:
                path.unlink(missing_ok=True)
        return was_interrupted


class Draft:
    """A file on its way into the tree, with what is known of the bytes written so far."""

    def __init__(self, file: RawIOBase, temporary: str, target: str) -> None:
        self._file = file
        self._temporary = temporary
        self._target = target
        self._sha256 = hashlib.sha256()
        self.size = 0
        self.is_placed = False

    def write(self, data: bytes) -> None:
        """Add these bytes; raises PublishError."""
        try:
            view = memoryview(data)
            while view:
                view = view[self._file.write(view) or 0 :]
        except OSError as error:
            raise _unwritten(self._target, error) from error
        self._sha256.update(data)
        self.size += len(data)

    @property
    def sha256(self) -> str:
        """The hash of the bytes so far, in hex."""
        return self._sha256.hexdigest()

    def place(self) -> None:
        """Make the bytes durable and put the file in its place; raises PublishError, then the old file is there."""
        try:
            _step_over(self._file.fileno(), self._target)
            os.fsync(self._file.fileno())
            os.replace(self._temporary, self._target)
        except OSError as error:
            raise _unwritten(self._target, error) from error
        self.is_placed = True


def _step_over(descriptor: int, old: str) -> None:
    """Date the file at least a second after the one it replaces.

    Web servers make their validator from size and whole seconds: two changes of one size within a second would be
    answered "not modified".
    """
    try:
        before = int(os.stat(old).st_mtime)
    except OSError:
        return
    now = os.fstat(descriptor).st_mtime
    if int(now) <= before:
        os.utime(descriptor, (before + 1, before + 1))


def _sync_folder(folder: str) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        raise _failure("could not be made durable", folder, error) from error
    finally:
        os.close(descriptor)


def _unwritten(target: str, error: OSError) -> PublishError:
    return _failure("could not be written; what was published before stays valid", target, error)


def _failure(what: str, path: str | Path, error: OSError) -> PublishError:
    return PublishError(f"{path}: {what} ({error.strerror or error})")
