"""`import`: read articles into the store."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

import click

from syndicate.cli.call import Call, JsonList, counted, emit, json_list, pass_call, setting

if TYPE_CHECKING:
    from syndicate.app import App
    from syndicate.ingest.prepare import Import
    from syndicate.ingest.run import Answer

_LOST = "lost"


@click.command("import")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--reader", metavar="NAME", help="How to read the files; found out from their content unless given.")
@click.option("--set", "fields", multiple=True, metavar="FIELD=VALUE", help="Set a field of every article; repeatable.")
@click.option("--dry-run", is_flag=True, help="Say what would be done; keep nothing.")
@click.option(
    "--jobs",
    type=click.IntRange(min=1, max=64),
    metavar="N",
    help="Processes that read large files of articles; by the cores, up to 3, unless given. The outcome is the same.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON; with --dry-run, the articles themselves.")
@pass_call
@click.pass_context
def command(
    ctx: click.Context,
    call: Call,
    paths: tuple[str, ...],
    reader: str | None,
    fields: tuple[str, ...],
    dry_run: bool,
    jobs: int | None,
    as_json: bool,
) -> None:
    """Read articles into the store.

    PATH is a file, a folder, an archive (zip, tar, gz, bz2, xz), or - for standard input. One line per article says
    new, updated, unchanged or rejected; every repair of a text is told. What no reader knows in a folder or an archive
    is skipped: syndicate --verbose import names it, and whatever an article could not carry of its source. Exit code 1
    says that something was rejected; everything else is in.
    """
    from syndicate.ingest.run import ingest_batches, known_reader

    known_reader(reader)
    overrides = tuple(setting(text) for text in fields)
    counts: Counter[str] = Counter()
    with call.app() as app:
        order = _order(app, reader, overrides, dry_run, jobs)
        with call.progress("Importing") as progress, json_list() if as_json else nullcontext() as listed:
            for answers in ingest_batches(app.store, paths, order):
                counts.update(_counted(answers))
                if listed is None:
                    _print(call, answers)
                else:
                    _list(call, answers, listed, articles=dry_run)
                progress.step(len(answers))
        if not dry_run:
            app.keep_configuration()
            _foresee(app)
    _sum_up(call, counts, dry_run=dry_run)
    ctx.exit(1 if counts["rejected"] else 0)


def _counted(answers: Sequence["Answer"]) -> Iterator[str]:
    """What each answer counts as: its state, and whether something of its source is lost."""
    for answer in answers:
        yield answer.state
        if answer.lost:
            yield _LOST


def _sum_up(call: Call, counts: Counter[str], *, dry_run: bool) -> None:
    states = ("new", "updated", "unchanged", "rejected")
    said = ", ".join(f"{counts[state]} {state}" for state in states if counts[state])
    hint = "" if call.verbose else " (syndicate --verbose import names them)"
    if counts["skipped"]:
        call.say(f"{counted(counts['skipped'], 'file')} skipped{hint}")
    if counts[_LOST]:
        call.say(f"{counted(counts[_LOST], 'article')} could not carry all that the source says{hint}")
    call.say(f"{'would be: ' if dry_run else ''}{said or 'no articles found'}")


def _foresee(app: "App") -> None:
    """What every export needs once, and takes long, is made when articles come in."""
    from syndicate.feeds.shapes import foresee

    foresee(app.store)


def _order(
    app: "App", reader: str | None, overrides: tuple[tuple[str, str], ...], dry_run: bool, jobs: int | None
) -> "Import":
    from syndicate.ingest.crew import may_use
    from syndicate.ingest.prepare import Import
    from syndicate.model.draft import Reading

    return Import(
        reading=Reading(now=app.clock.now(), language=app.publisher.language),
        tag_authority=app.publisher.tag_authority,
        reader=reader,
        overrides=overrides,
        dry_run=dry_run,
        jobs=jobs or may_use(),
    )


def _print(call: Call, answers: Sequence["Answer"]) -> None:
    """A line for each answer, many in one write: a write for each takes as long as the line."""
    lines: list[str] = []
    for answer in answers:
        if answer.repairs or answer.notes or (answer.lost and call.verbose):
            _emit_lines(lines)
            _tell(call, answer)
        if answer.state == "skipped" and not call.verbose:
            continue
        lines.append(_printable(f"{answer.state}  {answer.place}  {_what(answer)}"))
    _emit_lines(lines)


def _emit_lines(lines: list[str]) -> None:
    if lines:
        emit("\n".join(lines))
        lines.clear()


def _list(call: Call, answers: Sequence["Answer"], listed: JsonList, *, articles: bool) -> None:
    for answer in answers:
        _tell(call, answer)
        if not articles:
            listed.add(_values(answer))
        elif answer.content is not None and answer.reason is None:
            listed.add(_article(answer))
        elif answer.state == "skipped":
            if call.verbose:
                call.say(_printable(f"{answer.place}: skipped: {answer.reason}"))
        else:
            emit(_printable(f"{answer.place}: rejected: {answer.reason}"), err=True)


def _tell(call: Call, answer: "Answer") -> None:
    for repair in answer.repairs:
        call.say(_printable(f"{answer.place}: repaired {repair.field}: {repair.what}"))
    for note in answer.notes:
        call.say(_printable(f"{answer.place}: note: {note}"))
    if answer.lost and call.verbose:
        call.say(_printable(f"{answer.place}: not carried: {', '.join(answer.lost)}"))


def _printable(text: str) -> str:
    """The line without what a terminal would obey: names of files and of what stands in them are others' words."""
    return text if text.isprintable() else "".join(one if one.isprintable() else "\ufffd" for one in text)


def _what(answer: "Answer") -> str:
    if answer.reason is not None:
        return f"{answer.guid + ': ' if answer.guid else ''}{answer.reason}"
    return f"{answer.guid} version {answer.version}" if answer.state == "updated" else str(answer.guid)


def _article(answer: "Answer") -> dict[str, Any]:
    from syndicate.markup.article_json import to_dict

    return to_dict(answer.article) if answer.article else {}


def _values(answer: "Answer") -> dict[str, Any]:
    return {
        "state": answer.state,
        "file": answer.file,
        "line": answer.line,
        "guid": answer.guid,
        "version": answer.version if answer.reason is None else None,
        "reason": answer.reason,
        "notes": list(answer.notes),
        "repairs": [{"field": repair.field, "what": repair.what} for repair in answer.repairs],
        "lost": list(answer.lost),
    }
