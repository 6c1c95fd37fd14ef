"""Reading in several processes: the same answers and the same store as in one, whatever becomes of the processes."""

import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson
import pytest

from syndicate.ingest import crew, run
from syndicate.ingest.messages import answers_frame, answers_of, read_frame, write_frame
from syndicate.ingest.prepare import Import, Ready, prepared
from syndicate.ingest.run import Answer, ingest
from syndicate.model.article import Article
from syndicate.model.draft import Draft, Piece, Reading, Rejected, Repair
from syndicate.store.engine import Store, open_store
from tests.conftest import NOW

ORDER = Import(reading=Reading(now=NOW, language="en-GB"), tag_authority="harbour.example,2019")
BODY = (
    "<p>The ferry “Margit” sails again, &amp; nobody <em>complains</em>.</p>\n<h2>Timetable</h2>\n"
    '<figure><img src="https://harbour.example/{n}.jpg" alt="Quay"><figcaption>Quay</figcaption></figure>'
    '<ul><li>One</li><li><a href="https://harbour.example/{n}?a=1&amp;b=2">Two</a></li></ul><div>Three <b>four</div>'
)


def _values(number: int) -> dict[str, Any]:
    return {
        "guid": f"tag:harbour.example,2019:story:{number}",
        "headline": f"Ferry {number} sails",
        "authors": ["Ana Ferro", {"name": "Bo Lind", "email": "no address"}],
        "body_html": BODY.replace("{n}", str(number)),
        "sections": ["harbour", f"pier-{number % 7}"],
        "subjects": [{"scheme": "medtop", "code": f"{11_000_000 + number % 5}", "name": "transport"}],
        "keywords": ["ferry", f"Ferry-{number % 11}"],
        "published": f"2026-02-{1 + number % 27:02}T08:30:00.250000+01:00",
        "embargo": "2026-06-01T00:00:00Z" if number % 13 == 0 else None,
        "status": "withheld" if number % 17 == 0 else "usable",
        "version": number % 3 or None,
    }


def _lines() -> Iterator[bytes]:
    """Good articles, and among them every kind of trouble."""
    for number in range(240):
        values = _values(number)
        match number % 20:
            case 3:
                yield b'{"guid": "tag:harbour.example,2019:broken", "headline": '
            case 5:
                yield b""
            case 7:
                yield orjson.dumps(values | {"headline": None})
            case 9:
                yield orjson.dumps({**values, "guid": None, "url": f"https://harbour.example/{number}"})
            case 11:
                yield orjson.dumps(values | {"guid": _values(number - 1)["guid"], "version": None})
            case 13:
                yield orjson.dumps(values | {"guid": _values(number - 1)["guid"], "version": 9, "language": "??"})
            case 15:
                yield orjson.dumps(values | {"headline": "Bell\x07 e\u0301 \u202eovert", "colour": "blue"})
            case 17:
                yield b"\xff\xfe" + orjson.dumps(values)
            case _:
                yield orjson.dumps(values)


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A file that is large for a crew that takes 20 articles for many."""
    monkeypatch.setattr(crew, "ALONE", 10)
    monkeypatch.setattr(crew, "MEANWHILE", 9)
    monkeypatch.setattr(crew, "CHUNK", 7)
    path = tmp_path / "stories.jsonl"
    path.write_bytes(b"\n".join(_lines()))
    return str(path)


def _imported(folder: Path, file: str, order: Import) -> tuple[list[Answer], dict[str, list[Any]]]:
    store = open_store("sqlite:///store.db", folder)
    try:
        answers = list(ingest(store, [file], order))
        return [_resolved(one) for one in answers], _rows(store)
    finally:
        store.close()


def _resolved(answer: Answer) -> Answer:
    return replace(answer, content=answer.article)


def _rows(store: Store) -> dict[str, list[Any]]:
    tables = ("article", "revision", "tag", "revision_tag", "change", "counter")
    with store.read() as connection:
        return {name: connection.rows(f"SELECT * FROM {name} ORDER BY 1, 2") for name in tables}


@pytest.mark.parametrize("jobs", [pytest.param(2, marks=pytest.mark.nightly), 3])
@pytest.mark.parametrize("overrides", [(), (("keywords", "pier, quay"), ("published", "2026-01-05T10:00:00Z"))])
def test_many_processes_do_what_one_does(
    tmp_path: Path, file: str, jobs: int, overrides: tuple[tuple[str, str], ...]
) -> None:
    order = replace(ORDER, overrides=overrides)
    alone = _imported(tmp_path / "alone", file, order)
    together = _imported(tmp_path / "together", file, replace(order, jobs=jobs))
    assert together == alone
    assert {answer.state for answer in alone[0]} == {"new", "updated", "rejected"}
    assert any(answer.repairs for answer in alone[0][crew.ALONE :])


def test_large_articles_make_small_transactions(tmp_path: Path, file: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Memory is bounded by bytes, and nothing else changes: not even where one import meets itself."""
    at_once = _imported(tmp_path / "at once", file, ORDER)
    monkeypatch.setattr(run, "BATCH_BYTES", 2000)
    in_steps = _imported(tmp_path / "in steps", file, ORDER)
    assert in_steps[0] == at_once[0]
    assert in_steps[1]["change"] == at_once[1]["change"]


def test_a_second_import_meets_the_same_store(tmp_path: Path, file: str) -> None:
    first = _imported(tmp_path / "alone", file, ORDER), _imported(tmp_path / "together", file, replace(ORDER, jobs=2))
    second = _imported(tmp_path / "alone", file, ORDER), _imported(tmp_path / "together", file, replace(ORDER, jobs=2))
    assert first[0] == first[1]
    assert second[0] == second[1]
    assert {answer.state for answer in second[0][0]} == {"unchanged", "updated", "rejected"}


@pytest.mark.parametrize(("cores", "jobs"), [(1, 1), (2, 2), (3, 2), (4, 3), (64, 3)])
def test_there_are_as_many_processes_as_one_can_store_for(
    monkeypatch: pytest.MonkeyPatch, cores: int, jobs: int
) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(cores)))
    assert crew.may_use() == jobs


def _no_process() -> "subprocess.Popen[bytes]":
    raise OSError("no more processes")


def _dying(code: str) -> "subprocess.Popen[bytes]":
    pipe = subprocess.PIPE
    return subprocess.Popen([sys.executable, "-c", code], stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL)


@pytest.mark.parametrize(
    "code",
    [
        "",
        "import sys; sys.stdin.buffer.read(2000)",
        "import sys; sys.stdin.buffer.read(2000); sys.stdout.buffer.write(b'x' * 10)",
        "import sys; sys.stdin.buffer.read(2000); sys.stdout.buffer.write((10).to_bytes(8, 'little') * 2 + b'[')",
        None,
    ],
)
def test_what_a_process_does_not_give_is_read_here(
    tmp_path: Path, file: str, monkeypatch: pytest.MonkeyPatch, code: str | None
) -> None:
    alone = _imported(tmp_path / "alone", file, ORDER)
    monkeypatch.setattr(crew, "_started", _no_process if code is None else lambda: _dying(code))
    assert _imported(tmp_path / "together", file, replace(ORDER, jobs=2)) == alone


def _remembered(monkeypatch: pytest.MonkeyPatch) -> list["subprocess.Popen[bytes]"]:
    """The processes that will have been started."""
    started: list[subprocess.Popen[bytes]] = []
    begin = crew._started

    def start() -> "subprocess.Popen[bytes]":
        started.append(begin())
        return started[-1]

    monkeypatch.setattr(crew, "_started", start)
    return started


def test_a_process_that_is_killed_in_the_middle_loses_nothing(
    tmp_path: Path, file: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = _imported(tmp_path / "alone", file, ORDER)
    started, receive = _remembered(monkeypatch), crew.Worker.receive

    def kill_one(worker: crew.Worker) -> list[Ready | Rejected]:
        found = receive(worker)
        started[0].kill()
        return found

    monkeypatch.setattr(crew.Worker, "receive", kill_one)
    assert _imported(tmp_path / "together", file, replace(ORDER, jobs=2)) == alone
    assert all(process.poll() is not None for process in started)


def test_an_import_that_is_broken_off_leaves_no_process(file: str, monkeypatch: pytest.MonkeyPatch) -> None:
    started = _remembered(monkeypatch)
    entries: Iterator[Piece | Rejected] = (Rejected(file=file, line=number, reason="r") for number in range(40))

    def read(one: Piece | Rejected) -> Rejected:
        assert isinstance(one, Rejected)
        return one

    answers = crew.read_apart(entries, file, replace(ORDER, jobs=2, reader="article-json"), read)
    with closing(answers):
        assert [next(answers).line for _ in range(25)] == list(range(25))
    assert len(started) == 2
    assert all(process.poll() is not None for process in started)


def test_reading_processes_end_with_the_one_that_started_them() -> None:
    """Even a SIGKILL of the importing process leaves none behind: their input ends."""
    code = (
        "import sys; from syndicate.ingest import crew; from tests.ingest.test_crew import ORDER;"
        "worker = crew.Worker('f', ORDER, None).__enter__(); print(worker._process.pid, flush=True); sys.stdin.read()"
    )
    paths = os.pathsep.join(path for path in sys.path if path)
    with subprocess.Popen(
        [sys.executable, "-c", code],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": paths},
    ) as parent:
        assert parent.stdout is not None
        handle = os.pidfd_open(int(parent.stdout.readline()))
        parent.send_signal(signal.SIGKILL)
        ended, _, _ = select.select([handle], [], [], 30)
        os.close(handle)
    assert ended == [handle]


def test_answers_survive_the_way_between_processes(article: Article, tmp_path: Path) -> None:
    draft = Draft(
        article=replace(article, embargo=NOW), identity="i", file="f", line=3, stated_version=4,
        repairs=(Repair(field="a", what="b"),),
    )  # fmt: skip
    answers = [prepared(draft, ORDER), Rejected(file="f", line=None, reason="r", guid="tag:x")]
    path = tmp_path / "frame"
    with path.open("wb") as stream:
        write_frame(stream, answers_frame(answers))
    with path.open("rb") as stream:
        frame = read_frame(stream)
        assert frame is not None
        assert list(answers_of(frame, "f")) == answers
        assert read_frame(stream) is None
