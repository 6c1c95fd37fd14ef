"""Archives: what is in them comes as a stream, and what was packed to do harm does none."""

import bz2
import gzip
import io
import lzma
import stat
import struct
import tarfile
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate import unpack_archive
from syndicate.unpack_archive import ArchiveError, Member, TooLarge, kind_of, members

FILES = {"b/two.json": b'{"b": 2}\n', "a/one.json": b'{"a": 1}\n', "c.txt": b"Three.\n" * 1000}
_PACK: dict[str, Callable[[bytes], bytes]] = {"gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress}


def zipped(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


def tarred(files: dict[str, bytes], *others: tarfile.TarInfo) -> bytes:
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w") as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
        for info in others:
            archive.addfile(info)
    return data.getvalue()


class Pipe(io.RawIOBase):
    """Bytes that only go on, a few at a time."""

    def __init__(self, data: bytes) -> None:
        self.inner = io.BytesIO(data)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return False

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self.inner.read(min(len(buffer), 1000))
        buffer[: len(data)] = data
        return len(data)


def found(data: bytes, name: str = "in.bin") -> dict[str, bytes | str]:
    """The files by name with their content, or why they are left out."""
    kind = kind_of(data[:512])
    assert kind is not None
    return {one.name: _content(one) for one in members(io.BytesIO(data), kind, name)}


def _content(member: Member) -> bytes | str:
    if member.stream is None:
        return f"{'fault' if member.is_fault else 'skipped'}: {member.reason}"
    return member.stream.read()


def problem(data: bytes, kind: str | None = None) -> str:
    with pytest.raises(ArchiveError) as error:
        _all(data, kind)
    return str(error.value)


def _all(data: bytes, kind: str | None = None) -> None:
    for one in members(io.BytesIO(data), kind or kind_of(data[:512]) or "", "in.bin"):
        _content(one)


def test_files_of_a_zip_come_in_the_order_of_their_names() -> None:
    assert list(found(zipped(FILES)).items()) == sorted(FILES.items())


@pytest.mark.parametrize("pack", [bytes, *_PACK.values()])
def test_files_of_a_tar_come_as_they_lie_packed_or_not(pack: Callable[[bytes], bytes]) -> None:
    assert list(found(pack(tarred(FILES))).items()) == list(FILES.items())


@pytest.mark.parametrize("kind", _PACK)
def test_a_tar_needs_no_file_on_disk(kind: str) -> None:
    stream = io.BufferedReader(Pipe(_PACK[kind](tarred(FILES))), 4096)
    assert {one.name: _content(one) for one in members(stream, kind, "-")} == FILES


@pytest.mark.parametrize("kind", _PACK)
@pytest.mark.parametrize(("name", "inside"), [("x/story.json.{}", "story.json"), ("story", "story"), ("-", "-")])
def test_a_single_file_is_named_by_what_packs_it(kind: str, name: str, inside: str) -> None:
    assert found(_PACK[kind](b'{"a": 1}'), name.format(kind)) == {inside: b'{"a": 1}'}


@pytest.mark.parametrize("kind", _PACK)
def test_streams_one_after_the_other_are_one_file(kind: str) -> None:
    pack = _PACK[kind]
    assert found(pack(b"one\n") + pack(b"two\n") + bytes(4), "a." + kind) == {"a": b"one\ntwo\n"}
    assert found(pack(b"one\n") + b"rubbish", "a." + kind) == {"a": b"one\n"}


def test_a_zip_needs_a_file() -> None:
    stream = io.BufferedReader(Pipe(zipped(FILES)), 4096)
    with pytest.raises(ArchiveError, match="save it as a file first"):
        list(members(stream, "zip", "-"))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("report.docx", zipped({"[Content_Types].xml": b"<a/>"}, zipfile.ZIP_STORED)),
        ("book.epub", zipped({"mimetype": b"application/epub+zip"}, zipfile.ZIP_STORED)),
        ("text", b"PK is a name too"),
        ("zeros", bytes(1024)),
        ("text", b"x" * 1024),
        ("none", b""),
    ],
)
def test_other_files_are_no_archives(name: str, data: bytes) -> None:
    assert kind_of(data[:512]) is None, name


def test_an_empty_zip_and_an_empty_tar() -> None:
    assert found(zipped({})) == {}
    assert list(members(io.BytesIO(tarred({})), "tar", "x.tar")) == []


@pytest.mark.parametrize(
    "name", ["../up.json", "a/../../up.json", "/etc/up.json", "~/up.json", "C:/up.json", "..\\up.json", "a/.."]
)
def test_names_that_lead_out_are_faults(name: str) -> None:
    for data in (zipped({name: b"{}", "good.json": b"{}"}), tarred({name: b"{}", "good.json": b"{}"})):
        answers = found(data)
        assert answers.pop("good.json") == b"{}"
        assert [str(one).startswith("fault: has a name that leads out") for one in answers.values()] == [True]


def test_links_and_devices_are_left_out() -> None:
    kinds = {"l": tarfile.SYMTYPE, "h": tarfile.LNKTYPE, "d": tarfile.CHRTYPE, "f": tarfile.FIFOTYPE}
    infos = []
    for name, kind in kinds.items():
        info = tarfile.TarInfo(name)
        info.type, info.linkname = kind, "good.json"
        infos.append(info)
    answers = found(tarred({"good.json": b"{}"}, *infos))
    assert answers["l"] == answers["h"] == "skipped: is a link: only files are read"
    assert answers["d"] == answers["f"] == "skipped: is no file"
    linked = zipfile.ZipInfo("link")
    linked.external_attr = (stat.S_IFLNK | 0o777) << 16
    linked.create_system = 3
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr(linked, "/etc/passwd")
    assert found(data.getvalue()) == {"link": "skipped: is a link: only files are read"}


def test_hidden_files_and_folders_are_passed_over() -> None:
    files = {".git/a.json": b"{}", "a/.b.json": b"{}", "__MACOSX/a.json": b"{}", "./c.json": b"{}"}
    assert found(tarred(files)) == found(zipped(files)) == {"c.json": b"{}"}


def test_archives_inside_stay_packed() -> None:
    inner = zipped({"a.json": b"{}"})
    told = "skipped: is an archive inside an archive: unpack it first"
    assert found(zipped({"in.zip": inner, "b.json": b"{}"})) == {"in.zip": told, "b.json": b"{}"}
    assert found(gzip.compress(inner), "in.zip.gz") == {"in.zip": told}


def test_names_are_shown_in_plain_characters() -> None:
    info = tarfile.TarInfo("a\udcff\x07.json")
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w", errors="surrogateescape") as archive:
        archive.addfile(info)
    assert list(found(data.getvalue())) == ["a\ufffd\ufffd.json"]


def test_an_encrypted_file_is_named_and_the_others_are_read() -> None:
    data = bytearray(zipped({"a.json": b"{}", "b.json": b"{}"}))
    first = data.index(b"PK\x01\x02")
    data[first + 8] |= 1
    assert found(bytes(data)) == {
        "a.json": "fault: is encrypted: unpack it with its password first",
        "b.json": b"{}",
    }


def test_an_unknown_method_is_named() -> None:
    data = bytearray(zipped({"a.json": b"{}"}))
    data[data.index(b"PK\x01\x02") + 10] = 77
    assert "method that is not known (number 77)" in str(found(bytes(data))["a.json"])


def test_a_broken_file_is_named_and_the_others_are_read() -> None:
    data = bytearray(zipped({"a.json": b"abcdefgh", "b.json": b"{}"}, zipfile.ZIP_STORED))
    data[data.index(b"abcdefgh")] = ord("x")
    broken, good = members(io.BytesIO(bytes(data)), "zip", "x.zip")
    assert "is broken inside its archive: Bad CRC-32" in str(broken.reason)
    assert good.reason is None
    data = bytearray(zipped({"a.json": b"{}"}))
    data[data.index(b"a.json")] = ord("b")
    assert "is broken inside its archive" in str(found(bytes(data))["a.json"])


def test_a_file_that_breaks_late_says_so_while_it_is_read() -> None:
    content = bytes(1_000_000)
    data = bytearray(zipped({"a.json": content}, zipfile.ZIP_STORED))
    data[700_000] = 1
    assert "is broken inside its archive" in problem(bytes(data))


@pytest.mark.parametrize("kind", _PACK)
def test_what_is_cut_off_is_broken(kind: str) -> None:
    whole = _PACK[kind](tarred({"a.bin": bytes(range(256)) * 4000}))
    assert f"is a broken {kind} file" in problem(whole[: len(whole) // 2])
    assert f"is a broken {kind} file" in problem(whole[:20])


def test_broken_archives() -> None:
    assert "is a broken zip archive" in problem(zipped(FILES)[:-30], "zip")
    assert "is a broken tar archive" in problem(bytes(10) + b"x" * 1000, "tar")
    whole = bytearray(tarred({"a.json": b"{}", "b.json": b"{}"}))
    whole[1024 + 10] = 255
    assert "what comes after 1 files is no header" in problem(bytes(whole))
    assert "cut" in problem(tarred({"a.bin": bytes(5000)})[:2000]) or "unexpected end" in problem(
        tarred({"a.bin": bytes(5000)})[:2000]
    )


@pytest.mark.parametrize(
    "pack", [zipped, lambda files: gzip.compress(tarred(files)), lambda files: bz2.compress(files["a"])]
)
def test_a_bomb_is_stopped(monkeypatch: pytest.MonkeyPatch, pack: Callable[[dict[str, bytes]], bytes]) -> None:
    monkeypatch.setattr(unpack_archive, "FREE", 1024 * 1024)
    data = pack({"a": bytes(8 * 1024 * 1024)})
    with pytest.raises(TooLarge, match="more than 200 times its size"):
        _all(data)


def test_a_bomb_of_files_that_lie_over_each_other_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpack_archive, "FREE", 1024 * 1024)
    monkeypatch.setattr(unpack_archive, "TOTAL", 3 * 1024 * 1024)
    data = zipped({f"{number}": bytes(range(256)) * 4096 for number in range(9)}, zipfile.ZIP_STORED)
    assert "unpacks to more than 3 MiB" in problem(data)


def test_too_many_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpack_archive, "MEMBERS", 2)
    assert problem(zipped(FILES)) == problem(tarred(FILES)) == "holds more than 2 files: split it"


def test_too_many_files_are_noticed_before_each_has_an_object(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpack_archive, "_STEP", 200)
    monkeypatch.setattr(unpack_archive, "MEMBERS", 2)
    monkeypatch.setattr(zipfile, "ZipInfo", None)
    data = b"PK\x03\x04" + bytes(40) + (b"PK\x01\x02" + bytes(42)) * 9
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 9, 9, 46 * 9, 44, 0)
    assert problem(data + end) == "holds more than 2 files: split it"


def test_headers_and_lists_that_are_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpack_archive, "_LONGEST", 2000)
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w", format=tarfile.PAX_FORMAT) as archive:
        info = tarfile.TarInfo("a")
        info.pax_headers = {"comment": "x" * 5000}
        archive.addfile(info)
    assert problem(data.getvalue(), "tar") == "has a header that is too long"
    assert "list of contents that is too long" in problem(zipped({f"{number:0100}": b"" for number in range(30)}))


def test_an_xz_that_wants_all_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpack_archive, "_MEMORY", 1024)
    assert "is a broken xz file" in problem(lzma.compress(b"{}"))


@given(st.data())
def test_nothing_but_archive_errors_comes_out_of_broken_bytes(data: st.DataObject) -> None:
    whole = data.draw(
        st.sampled_from([zipped(FILES), tarred(FILES), *(pack(tarred(FILES)) for pack in _PACK.values())]),
        label="archive",
    )
    broken = bytearray(whole)
    for position, byte in data.draw(
        st.lists(st.tuples(st.integers(0, len(whole) - 1), st.integers(0, 255)), max_size=4)
    ):
        broken[position] = byte
    broken = broken[: data.draw(st.integers(1, len(whole)))]
    kind = kind_of(bytes(broken[:512]))
    if kind is None:
        return
    problem = None
    try:
        _all(bytes(broken), kind)
    except ArchiveError as error:
        problem = str(error)
    assert problem != ""
