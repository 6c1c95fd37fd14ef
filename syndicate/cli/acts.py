"""`articles correct`, `kill` ...: an editor's acts on stories that the store has."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from syndicate.cli.call import Call, Moment, emit, json_option, pass_call, print_json, setting

if TYPE_CHECKING:
    from syndicate.ingest.act import Done

_guids = click.argument("guids", nargs=-1, required=True, metavar="GUID...")
_reason = click.option(
    "--reason",
    metavar="TEXT",
    help="Why, for editors here and at partners, whose feeds say so (edNote); no feed for readers does.",
)
_notice = click.option("--notice", metavar="TEXT", help="What readers and partners are told; nothing unless given.")
_headline = click.option("--headline", metavar="TEXT", help="A headline that takes the place of the story's.")
_set = click.option("--set", "fields", multiple=True, metavar="FIELD=VALUE", help="Set a field; repeatable.")


@click.command("correct")
@_guids
@_notice
@_reason
@_set
@click.option("--minor", is_flag=True, help="Nothing that readers should hear of: their dates stay as they are.")
@json_option
@pass_call
def _correct(
    call: Call,
    guids: tuple[str, ...],
    notice: str | None,
    reason: str | None,
    fields: tuple[str, ...],
    minor: bool,
    as_json: bool,
) -> None:
    """Correct a story: change fields, and tell readers with --notice what was wrong.

    Its text is corrected by importing it again. With a notice the new version is signalled as a correction in every
    format, without one as an update.
    """
    _do(call, "correct", guids, as_json, fields, notice=notice, reason=reason, minor=minor)


@click.command("kill")
@_guids
@_notice
@_reason
@_headline
@json_option
@pass_call
def _kill(
    call: Call, guids: tuple[str, ...], notice: str | None, reason: str | None, headline: str | None, as_json: bool
) -> None:
    """Kill a story for good: partners get it canceled, readers lose it.

    Its text leaves everything that is published; with --notice, readers find these words in its place for a while.
    """
    _do(call, "kill", guids, as_json, notice=notice, reason=reason, headline=headline)


@click.command("take-down")
@_guids
@_reason
@_headline
@json_option
@pass_call
def _take_down(call: Call, guids: tuple[str, ...], reason: str | None, headline: str | None, as_json: bool) -> None:
    """Take a story down without a word to readers, for a court or a right: not even its headline goes out.

    Also after a kill, whose words are then removed.
    """
    _do(call, "take-down", guids, as_json, reason=reason, headline=headline)


@click.command("withhold")
@_guids
@_notice
@_reason
@json_option
@pass_call
def _withhold(call: Call, guids: tuple[str, ...], notice: str | None, reason: str | None, as_json: bool) -> None:
    """Hold a story back until it is released: partners are asked to recall it, readers lose it."""
    _do(call, "withhold", guids, as_json, notice=notice, reason=reason)


@click.command("release")
@_guids
@_notice
@_reason
@_headline
@json_option
@pass_call
def _release(
    call: Call, guids: tuple[str, ...], notice: str | None, reason: str | None, headline: str | None, as_json: bool
) -> None:
    """Let a withheld story go out again, or one under embargo at once."""
    _do(call, "release", guids, as_json, notice=notice, reason=reason, headline=headline)


@click.command("embargo")
@_guids
@click.option("--until", type=Moment(), required=True, metavar="TIME", help="The moment from which it may be seen.")
@_reason
@json_option
@pass_call
def _embargo(call: Call, guids: tuple[str, ...], until: datetime, reason: str | None, as_json: bool) -> None:
    """Put a story that is not out yet under embargo until a moment, or move its embargo."""
    _do(call, "embargo", guids, as_json, until=until, reason=reason)


@click.command("expire")
@_guids
@click.option(
    "--at", "until", type=Moment(), metavar="TIME", help="The moment from which it is gone; now unless given."
)
@_reason
@json_option
@pass_call
def _expire(call: Call, guids: tuple[str, ...], until: datetime | None, reason: str | None, as_json: bool) -> None:
    """Let a story leave the feeds at a moment, without a withdrawal: nothing was wrong with it."""
    _do(call, "expire", guids, as_json, until=until, reason=reason)


ACTS = (_correct, _kill, _take_down, _withhold, _release, _embargo, _expire)


def _do(
    call: Call, name: str, guids: tuple[str, ...], as_json: bool, fields: tuple[str, ...] = (), **words: Any
) -> None:
    """Act on each of these stories, whatever becomes of the others; exit code 1 when one of them refuses."""
    from syndicate.errors import UnknownName
    from syndicate.ingest.act import act
    from syndicate.model.lifecycle import Act, Refused, Wording

    overrides = tuple(setting(text) for text in fields)
    wording = Wording(**words)
    told: list[dict[str, Any]] = []
    refused = False
    unknown: UnknownName | None = None
    with call.app() as app:
        for guid in dict.fromkeys(guids):
            try:
                made = act(app.store, Act(name), guid, wording, app.clock.now(), overrides)
            except Refused as why:
                refused, line, values = True, f"{guid}: refused: {why}", {"guid": guid, "refused": str(why)}
            except UnknownName as error:
                if unknown is not None:
                    emit(str(unknown), err=True)
                unknown = error
                continue
            except ValueError as error:
                raise click.UsageError(str(error)) from None
            else:
                line, values = _line(guid, made), _values(guid, made)
            told.append(values)
            if not as_json:
                emit(line)
    if as_json and told:
        print_json(told)
    if unknown is not None:
        raise unknown
    click.get_current_context().exit(1 if refused else 0)


def _line(guid: str, made: "Done") -> str:
    before, after = made.before, made.after
    was = f"was version {before.version}" + (f", {before.status}" if before.status is not after.status else "")
    return f"{guid}: version {after.version}, {after.status} ({was})"


def _values(guid: str, made: "Done") -> dict[str, Any]:
    after = made.after
    return {
        "guid": guid,
        "version": after.version,
        "status": after.status.value,
        "updated": after.updated,
        "before": {"version": made.before.version, "status": made.before.status.value},
    }
