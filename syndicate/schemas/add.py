"""Schema files into the user's folder: known releases by their hash, others by what stands in them; junk is refused."""

import hashlib
import io
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal

from syndicate.atomic import write_atomic
from syndicate.markup import schema_files
from syndicate.markup.schema_files import MOST_BYTES, SUFFIXES, Label, recognise
from syndicate.schemas.known import RELEASES
from syndicate.unpack_archive import ArchiveError, kind_of, members

State = Literal["added", "already there", "refused"]

_SAFE = re.compile(r"[^A-Za-z0-9._-]+")
_HTML = re.compile(rb"\s*(?:<!doctype html|<html)", re.IGNORECASE)
_MOST_MEMBERS = 5000


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a file: `name` is what it is kept as, or was offered as; `reason` is why it was refused."""

    name: str
    state: State
    label: Label | None = None
    sha256: str = ""
    reason: str = ""

    @property
    def is_known(self) -> bool:
        """Whether it is a release as it was published."""
        return self.sha256 in RELEASES


@dataclass(frozen=True, slots=True)
class Offer:
    """A file that somebody brings: by name alone (`is_meant`), or because it is in a folder or an archive."""

    name: str
    data: bytes
    is_meant: bool = True
    reason: str = ""


def offers(path: Path) -> Iterator[Offer]:
    """The files of a path: of a folder and of a zip or tar archive only those that may be schemas. OSError."""
    if not path.is_dir():
        yield from opened(path.name, _bytes(path))
        return
    for place, folders, names in os.walk(path):
        folders[:] = sorted(one for one in folders if not one.startswith("."))
        for name in sorted(names):
            if PurePosixPath(name).suffix.lower() in SUFFIXES and not name.startswith("."):
                yield Offer(name, _bytes(Path(place, name)), is_meant=False)


def opened(name: str, data: bytes) -> Iterator[Offer]:
    """The file, or what is in it where it is an archive."""
    kind = kind_of(data[:512])
    if kind is None:
        yield Offer(name, data)
        return
    try:
        for count, member in enumerate(members(io.BytesIO(data), kind, name)):
            if count >= _MOST_MEMBERS:
                raise ArchiveError(f"holds more than {_MOST_MEMBERS} files")
            # Only the last part of a name counts: nothing in an archive says where it goes.
            inner = PurePosixPath(member.name.replace("\\", "/")).name
            if member.stream is not None and PurePosixPath(inner).suffix.lower() in SUFFIXES:
                yield Offer(inner, member.stream.read(MOST_BYTES + 1), is_meant=False)
    except ArchiveError as error:
        yield Offer(name, b"", reason=str(error))


def add(offer: Offer, folder: Path) -> Outcome | None:
    """Keep the file in the folder, whole or not at all; None for what is in an archive or folder and no schema."""
    sha256 = hashlib.sha256(offer.data).hexdigest()
    release = RELEASES.get(sha256)
    label = recognise(offer.data, release.name if release else offer.name)
    reason = offer.reason or _fault(offer, label)
    if label is None and not offer.is_meant and not offer.reason and not _claims(offer):
        return None
    name = release.name if release else _SAFE.sub("_", offer.name).lstrip(".")
    if label is None or reason:
        return Outcome(name=offer.name, state="refused", label=label, sha256=sha256, reason=reason)
    target = folder / name
    try:
        there = hashlib.sha256(target.read_bytes()).hexdigest()
    except FileNotFoundError:
        folder.mkdir(parents=True, exist_ok=True)
        write_atomic(target, offer.data)
        return Outcome(name=name, state="added", label=label, sha256=sha256)
    if there == sha256:
        return Outcome(name=name, state="already there", label=label, sha256=sha256)
    cure = f"another file of that name is there; if this one is to take its place: syndicate schemas remove {name}"
    return Outcome(name=name, state="refused", label=label, sha256=sha256, reason=cure)


def remove(name: str, folder: Path) -> None:
    """Take the file out of the folder; FileNotFoundError when there is none."""
    (folder / PurePosixPath(name.replace("\\", "/")).name).unlink()


def _claims(offer: Offer) -> bool:
    """Whether a file among others says by its name that it is a schema: those of unknown standards are passed over."""
    return len(offer.data) > MOST_BYTES or schema_files.looks_official(offer.name)


def _fault(offer: Offer, label: Label | None) -> str:
    """Why the file is not kept; empty for one that is."""
    if len(offer.data) > MOST_BYTES:
        return f"it has more than {MOST_BYTES // 1024**2} MiB"
    if not offer.data.strip():
        return "it is empty"
    if _HTML.match(offer.data):
        return "it is a web page: give the address of the file itself"
    if label is None:
        return "it is no schema that documents are checked by: none of the standards that are known stands in it"
    return _broken(offer.data, label)


def _broken(data: bytes, label: Label) -> str:
    """Why a file cannot be read to its end, as when a download was cut off."""
    if label.kind == "json":
        import orjson

        try:
            orjson.loads(data)
        except ValueError as error:
            return f"it is no JSON: {error}"
    elif label.kind != "dtd":
        from lxml import etree

        from syndicate.markup.xml import parse

        try:
            parse(data)
        except etree.XMLSyntaxError as error:
            return f"it is not well-formed: {error.msg}"
    return ""


def _bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        # Archives may be larger than what is in them.
        return file.read(8 * MOST_BYTES + 1)
