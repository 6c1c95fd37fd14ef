"""What a start costs, and that the overview says what the commands say themselves."""

from collections.abc import Iterator

import click
import pytest

from syndicate.cli.main import COMMANDS, cli
from tests.cli.process import ROOT, loaded, run
from tests.newsroom import Newsroom, story

HEAVY = (
    "alembic apscheduler brotli feedgen httpcore2 httptools lxml nh3 orjson pydantic rich sqlalchemy structlog uvicorn "
    "uvloop"
)
# Commands that print no table: three work until they are done or stopped, the others print a document.
WITHOUT_JSON = {
    *("syndicate init", "syndicate schedule run", "syndicate serve"),
    *("syndicate config schema", "syndicate preview", "syndicate profiles sample", "syndicate profiles show"),
    *("syndicate schemas add", "syndicate schemas remove"),
}


def leaves(command: click.Command, context: click.Context) -> Iterator[tuple[str, click.Command]]:
    """Every command that does something, by the words that call it."""
    if not isinstance(command, click.Group):
        yield context.command_path, command
        return
    for name in command.list_commands(context):
        child = command.get_command(context, name)
        assert child is not None
        yield from leaves(child, click.Context(child, info_name=name, parent=context))


def every_command() -> dict[str, click.Command]:
    return dict(leaves(cli, click.Context(cli, info_name="syndicate")))


@pytest.mark.parametrize("words", [["--help"], ["-h"], *([name, "--help"] for name in COMMANDS)], ids=" ".join)
def test_help_loads_nothing_heavy(words: list[str]) -> None:
    found, said, complaints = loaded(HEAVY.split(), *words, folder=ROOT)
    assert (found, complaints) == (set(), ""), f"syndicate {' '.join(words)} loads {found}"
    assert said.startswith("Usage: syndicate")


@pytest.mark.parametrize(
    "words",
    [
        "import a.jsonl",
        "export town",
        "diff town",
        "explain GUID town",
        "status",
        "articles list",
        "articles show GUID",
        "articles history GUID",
        "schedule list",
        "schedule history",
    ],
)
def test_a_store_that_is_there_is_asked_without_sqlalchemy(newsroom: Newsroom, words: str) -> None:
    newsroom.call("import", str(newsroom.story("a.jsonl", story("ferry"))))
    newsroom.story("a.jsonl", story("ferry", headline="Ferry runs again"), story("harbour"))
    arguments = words.replace("GUID", story("ferry")["guid"]).split()
    assert loaded(("sqlalchemy", "alembic"), *arguments, folder=newsroom.folder)[0] == set()


@pytest.mark.parametrize("name", COMMANDS)
def test_the_overview_says_what_the_command_says(name: str) -> None:
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    assert command.get_short_help_str(limit=200) == COMMANDS[name]


def test_the_overview_lists_every_command() -> None:
    code, out, err = run("--help", folder=ROOT)
    assert (code, err) == (0, "")
    listed = [
        line.split()[0] for line in out.split("Commands:")[1].splitlines() if line.startswith("  ") and line[2] != " "
    ]
    assert listed == list(COMMANDS)


@pytest.mark.parametrize("name", every_command())
def test_what_prints_a_table_prints_json_too(name: str) -> None:
    options = {option for one in every_command()[name].params for option in one.opts}
    assert ("--json" in options) != (name in WITHOUT_JSON)


@pytest.mark.parametrize("name", every_command())
def test_every_option_and_command_is_described(name: str) -> None:
    command = every_command()[name]
    assert command.help
    undescribed = [one.name for one in command.params if isinstance(one, click.Option) and not one.help]
    assert not undescribed


def test_the_first_export_after_an_import_needs_neither_feedgen_nor_pydantic(newsroom: Newsroom) -> None:
    newsroom.call("import", str(newsroom.story("a.jsonl", story("ferry"))))
    assert loaded(("feedgen", "lxml", "pydantic"), "export", folder=newsroom.folder)[0] == set()
