"""What an import is given: folders with all sorts of things in them, archives, and what is told of them."""

import gzip
import io
import json
import os
import tarfile
import zipfile
from pathlib import Path

import pytest

from syndicate.formats import base as formats
from syndicate.ingest.messages import answers_frame, answers_of, read_frame
from syndicate.ingest.prepare import Import, prepared
from syndicate.ingest.run import Answer, ingest
from syndicate.model.article import Article
from syndicate.model.draft import Draft, Reading
from syndicate.store.engine import Store, open_store
from tests.conftest import NOW
from tests.newsroom import story
from tests.test_unpack_archive import tarred, zipped

ORDER = Import(reading=Reading(now=NOW, language="en-GB"), tag_authority="harbour.example,2019")
PAGE = b"The ferry stops for two weeks, the harbour master said.\n\nBuses run in its place.\n"
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256))


def line(name: str) -> bytes:
    return json.dumps(story(name)).encode() + b"\n"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store("sqlite:///store.db", tmp_path / "store")


def told(store: Store, *paths: Path, order: Import = ORDER) -> list[Answer]:
    return list(ingest(store, [str(path) for path in paths], order))


def states(folder: Path, answers: list[Answer]) -> list[tuple[str, str]]:
    return [(answer.state, os.path.relpath(answer.file, folder)) for answer in answers]


def test_what_no_reader_knows_is_skipped_in_a_folder_and_refused_by_name(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.jsonl").write_bytes(line("ferry"))
    (folder / "b.png").write_bytes(PICTURE)
    answers = told(store, folder, folder / "b.png")
    assert states(folder, answers) == [("new", "a.jsonl"), ("skipped", "b.png"), ("rejected", "b.png")]
    assert answers[1].reason == "no reader knows this kind of file"
    assert "name one with --reader" in (answers[2].reason or "")


def test_a_reader_that_is_asked_for_gets_every_file(store: Store, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "page.dat").write_bytes(PAGE)
    order = Import(reading=ORDER.reading, tag_authority=ORDER.tag_authority, reader="page-text")
    assert [answer.state for answer in told(store, tmp_path / "in", order=order)] == ["new"]


def test_no_link_leads_out_of_a_folder(store: Store, tmp_path: Path) -> None:
    folder, outside = tmp_path / "in", tmp_path / "out"
    for path in (folder / "sub", outside):
        path.mkdir(parents=True)
    (outside / "secret.jsonl").write_bytes(line("secret"))
    (folder / "sub" / "a.jsonl").write_bytes(line("ferry"))
    (folder / "again.jsonl").symlink_to(folder / "sub" / "a.jsonl")
    (folder / "out.jsonl").symlink_to(outside / "secret.jsonl")
    (folder / "folder").symlink_to(outside)
    (folder / "loop").symlink_to(folder)
    (folder / "nothing.jsonl").symlink_to(folder / "gone.jsonl")
    os.mkfifo(folder / "pipe.jsonl")
    answers = told(store, folder)
    assert states(folder, answers) == [
        ("new", "again.jsonl"),
        ("skipped", "folder"),
        ("skipped", "loop"),
        ("skipped", "nothing.jsonl"),
        ("skipped", "out.jsonl"),
        ("skipped", "pipe.jsonl"),
        ("unchanged", "sub/a.jsonl"),
    ]
    reasons = {Path(answer.file).name: answer.reason for answer in answers}
    assert reasons["out.jsonl"] == "is a link that leads out of the folder: give that file itself"
    assert reasons["loop"] == "is a link to a folder: give that folder itself"
    assert reasons["nothing.jsonl"] == reasons["pipe.jsonl"] == "is no file"


def test_a_folder_that_may_not_be_read_is_told(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "in" / "closed").mkdir(parents=True)
    scandir = os.scandir

    def guarded(path: str) -> object:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", guarded)
    (answer,) = told(store, tmp_path / "in")
    assert (answer.state, Path(answer.file).name) == ("rejected", "closed")
    assert answer.reason == "cannot be read: Permission denied"


@pytest.mark.parametrize("name", ["in.zip", "in.tar", "in.tar.gz"])
def test_an_archive_is_what_the_same_folder_is(store: Store, tmp_path: Path, name: str) -> None:
    """Pages get their guid from their own name, so it does not matter which way they came."""
    files = {"a/page.txt": PAGE, "b.jsonl": line("ferry") + b"{}\n", "c.png": PICTURE}
    for file, data in files.items():
        path = tmp_path / "in" / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    archive = tmp_path / name
    data = zipped(files) if name.endswith("zip") else tarred(files)
    archive.write_bytes(gzip.compress(data) if name.endswith("gz") else data)
    unpacked, packed = told(store, tmp_path / "in"), told(store, archive)
    assert [answer.guid for answer in packed] == [answer.guid for answer in unpacked]
    assert states(tmp_path, packed) == [
        ("unchanged", f"{name}!a/page.txt"),
        ("unchanged", f"{name}!b.jsonl"),
        ("rejected", f"{name}!b.jsonl"),
        ("skipped", f"{name}!c.png"),
    ]
    assert packed[2].place == f"{archive}!b.jsonl:2"


def test_a_packed_file_is_the_file(store: Store, tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_bytes(PAGE)
    (tmp_path / "page.txt.gz").write_bytes(gzip.compress(PAGE))
    answers = told(store, tmp_path / "page.txt", tmp_path / "page.txt.gz")
    assert [answer.state for answer in answers] == ["new", "unchanged"]
    assert answers[1].file == f"{tmp_path / 'page.txt.gz'}!page.txt"


def test_a_fault_in_an_archive_stops_only_its_file(store: Store, tmp_path: Path) -> None:
    data = bytearray(zipped({"a.jsonl": line("ferry"), "b.jsonl": line("crane")}, zipfile.ZIP_STORED))
    data[data.index(b"What happened about ferry")] = ord("w")
    (tmp_path / "in.zip").write_bytes(data)
    broken, good = told(store, tmp_path / "in.zip")
    assert (broken.state, good.state) == ("rejected", "new")
    assert broken.file.endswith("in.zip!a.jsonl")
    assert "broken inside its archive" in (broken.reason or "")


def test_a_file_that_breaks_late_gives_what_stands_before(store: Store, tmp_path: Path) -> None:
    lines = b"".join(line(f"s{number}") for number in range(3000))
    data = bytearray(zipped({"a.jsonl": lines, "b.jsonl": line("crane")}, zipfile.ZIP_STORED))
    data[data.rindex(b"What happened about s2999")] = ord("w")
    (tmp_path / "in.zip").write_bytes(data)
    answers = told(store, tmp_path / "in.zip")
    assert [answer.state for answer in answers[-2:]] == ["rejected", "new"]
    assert answers[-2].reason == "is broken inside its archive: Bad CRC-32 for file 'a.jsonl'"
    assert len([answer for answer in answers if answer.state == "new"]) > 1000


def test_a_broken_archive_is_one_rejection(store: Store, tmp_path: Path) -> None:
    (tmp_path / "in.zip").write_bytes(zipped({"a.jsonl": line("ferry")})[:-10])
    (tmp_path / "in.txt.gz").write_bytes(gzip.compress(PAGE)[:-20])
    first, second = told(store, tmp_path / "in.zip", tmp_path / "in.txt.gz")
    assert "is a broken zip archive" in (first.reason or "")
    assert "is a broken gz file" in (second.reason or "")
    assert second.file.endswith("in.txt.gz!in.txt")


def test_harm_in_an_archive_is_rejected_and_links_are_skipped(store: Store, tmp_path: Path) -> None:
    link = tarfile.TarInfo("link.jsonl")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    (tmp_path / "in.tar").write_bytes(tarred({"../a.jsonl": line("ferry")}, link))
    answers = told(store, tmp_path / "in.tar")
    assert [answer.state for answer in answers] == ["rejected", "skipped"]


def test_a_bomb_is_one_rejection(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("syndicate.unpack_archive.FREE", 1024)
    (tmp_path / "in.zip").write_bytes(zipped({"a.jsonl": b" " * 1_000_000, "b.jsonl": line("ferry")}))
    (answer,) = told(store, tmp_path / "in.zip")
    assert (answer.state, answer.file) == ("rejected", str(tmp_path / "in.zip"))
    assert "more than 200 times its size" in (answer.reason or "")


def test_what_cannot_be_carried_comes_with_the_answer(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, article: Article
) -> None:
    class Reader:
        def detect(self, head: bytes, name: str) -> bool:
            return True

        def read(self, stream: io.BufferedReader, file: str, reading: Reading) -> list[Draft]:
            return [Draft(article=article, identity="", file=file, lost=("colour", "sound"))]

    monkeypatch.setattr(formats, "reader", lambda name: Reader())
    (tmp_path / "in.dat").write_bytes(b"1")
    (new,) = told(store, tmp_path / "in.dat")
    (same,) = told(store, tmp_path / "in.dat")
    assert (new.state, new.lost) == ("new", ("colour", "sound"))
    assert (same.state, same.lost) == ("unchanged", ("colour", "sound"))


def test_other_processes_tell_it_too(article: Article) -> None:
    ready = prepared(Draft(article=article, identity="", file="in.dat", lost=("colour",)), ORDER)
    frame = read_frame(io.BytesIO(b"".join(answers_frame([ready]))))
    assert frame is not None
    assert list(answers_of(frame, "in.dat")) == [ready]
