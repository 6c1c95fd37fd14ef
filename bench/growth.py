"""Whether a change costs the same in a large store, and among many feeds: per document that it touches."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from exports import resident
from make_store import SITE, WINDOW, Feed
from measure import ROOT, Command, Comparison, Group, python, run_untimed
from newsroom import Newsroom, alike
from scene import Bench, imported

# As many feeds as the change of W2 is in, and as many rounds as suffice for medians of ten changes: among very many
# feeds a process takes long to find out what is published.
FEEDS_OF_CHANGE, ROUNDS, ROUNDS_OF_MANY, MANY = 9, 3, 2, 10_000
STEP, FAR = 10, 100
BAR, AIM = 1.3, 1.1


def growth(bench: Bench) -> Group:
    """W2 in a process that stays, with a tenth of the articles, with more of them, and with more feeds."""
    count, feeds = bench.articles, len(bench.feeds)
    stores = {
        number: _store(bench, number) for number in (count // STEP, count, *([count * STEP] if bench.far else []))
    }
    many = [feeds * STEP, *([feeds * FAR] if bench.far else [])]
    base = stores[count]
    commands = [
        *(_command(bench, f"{number:,} articles", made, bench.feeds) for number, made in stores.items()),
        *(_command(bench, f"{number:,} feeds", base, [*bench.feeds, *_idle_feeds(number - feeds)]) for number in many),
    ]
    labels = [f"{number:,} articles" for number in stores], [f"{count:,} articles", *(f"{one:,} feeds" for one in many)]
    comparisons = [*_steps(labels[0]), *_steps(labels[1])]
    title = f"One change in a process that stays ({feeds} feeds, or {count:,} articles)"
    return Group(name="growth", title=title, commands=commands, comparisons=comparisons, most=ROUNDS, warm_up=False)


def _steps(labels: Sequence[str]) -> Iterator[Comparison]:
    """Each size beside the smallest; the largest has the bar."""
    for label in labels[1:]:
        is_last = label == labels[-1]
        bar, aim = (BAR, AIM) if is_last else (None, None)
        yield Comparison(name=f"W2 growth to {label}", of=label, to=labels[0], figure="each", bar=bar, aim=aim)


def _store(bench: Bench, count: int) -> Path:
    """What `make_store` writes for so many articles."""
    if count == bench.articles:
        return bench.made
    made = bench.folder / f"made-{count}"
    run_untimed(python(ROOT / "bench" / "make_store.py", "--articles", str(count), "--feeds", str(len(bench.feeds)),
                       "--no-peers", "--out", made))  # fmt: skip
    return made


def _command(bench: Bench, label: str, made: Path, feeds: Sequence[Feed]) -> Command:
    bench.say(f"growth: preparing {label}")
    changing = alike(made / "articles.jsonl", bench.feeds, FEEDS_OF_CHANGE)
    if made == bench.made:
        room = Newsroom(bench.folder / label.replace(" ", "-"), bench.archive, feeds, changing)
    else:
        # A store of this size is not copied, nor are its articles kept beside it.
        archive, _ = imported(made)
        (made / "articles.jsonl").unlink()
        room = Newsroom(archive.parent, archive, feeds, changing)
    room.publish()
    return resident(label, room, settle=False, most=ROUNDS_OF_MANY if len(feeds) > MANY else None)


def _idle_feeds(count: int) -> Iterator[Feed]:
    """Feeds by keywords that no article has."""
    for number in range(count):
        yield {
            "id": f"idle-{number}",
            "tag": f"keywords:idle {number}",
            "title": f"Quayside Courier: Idle {number}",
            "description": f"What is new about idle {number}",
            "link": f"{SITE}/keywords/idle-{number}",
            "limit": WINDOW,
        }
