"""What every format says of one story at each step of its life, as it is kept in `golden/`.

`python -m tests.life.golden` writes the documents anew. Look through the difference before committing it.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from syndicate.formats import base as formats
from syndicate.model.article import Article, Status
from tests.formats.back import PUBLISHER, fragments
from tests.formats.story import envelope
from tests.life.story import STEPS

FOLDER = Path(__file__).parent / "golden"


def document(name: str, article: Article) -> bytes | None:
    """The document in which the story went out or, where the format does not tell of it, would be missing.

    None where there is no document without an article.
    """
    facts, each = formats.written_facts(name), formats.each(name)
    is_told = article.status is Status.USABLE or formats.tells_withdrawals(name)
    pieces = fragments(name, [article]) if is_told else []
    if not pieces and (each is not None or not facts.ALLOWS_EMPTY):
        return None
    say = formats.listed(name)
    around = replace(
        envelope(facts.FILE_NAME),
        publisher=PUBLISHER,
        updated=article.updated if pieces else PUBLISHER.since,
        listed=() if say is None else tuple(map(say, pieces)),
        has_withdrawals=bool(pieces) and article.status is not Status.USABLE,
    )
    head, tail = formats.renderer(name).frame(around)
    return (head if not head or head.endswith(b"\n") else head + b"\n") + b"".join(pieces) + tail


def path(name: str, step: str) -> Path:
    """Where that document is kept: one file for each format, whatever its own documents are called."""
    suffix = formats.each(name) or Path(formats.written_facts(name).FILE_NAME).suffix
    return FOLDER / step / f"{name}{suffix}"


def documents() -> Iterator[tuple[Path, bytes]]:
    """All of them, each with its place."""
    for step, article in STEPS.items():
        for name in formats.written():
            if (data := document(name, article)) is not None:
                yield path(name, step), data


def main() -> None:
    """Write all of them, and take away what is not made any more."""
    made = dict(documents())
    for old in set(FOLDER.rglob("*.*")) - set(made):
        old.unlink()
    for file, data in made.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)


if __name__ == "__main__":
    main()
