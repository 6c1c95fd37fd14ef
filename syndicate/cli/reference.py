"""The reference, made from the code: `python -m syndicate.cli.reference docs` writes it, a test compares it."""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

import click

from syndicate.cli import reference_rules
from syndicate.cli.main import cli
from syndicate.cli.reference_rules import flow, sentence
from syndicate.condition.rulebook import every_rule
from syndicate.formats import base as formats
from syndicate.model.article import Article, Status
from syndicate.model.lifecycle import NEXT, Act
from syndicate.profiles import reference as profiles
from syndicate.settings import FeedDefinition, Settings

_MADE = "<!-- Made from the code by `python -m syndicate.cli.reference docs`; change the code, not this page. -->\n"
_TALK = """## What is said where

Machine output and tables go to standard output, everything said to people to standard error. Who closes the pipe early
(`| head`) stops the output, not the work. Colours are used on a terminal only.

| exit code | means |
| --- | --- |
| 0 | done |
| 1 | something is wrong with an article or a document; it is named, the rest went on |
| 2 | wrong usage or configuration; nothing was done |
| 3 | the disk, the database or the network failed; what was published stays published |
"""
_EVERY_FORMAT = """What can be read, written and checked. A variant is a name of its own where something is written,
and the same format where it is read or checked.
"""
_WRITTEN = """These names stand in a feed's `formats`; the file lies in the feed's folder. `content` says which feeds
can have it; `alone`, whether each article has a file of its own below `articles/` too; `withdrawn`, whether a story
that was withdrawn is told of; `archive`, whether older articles can be on archive pages; `early`, whether a partner can
get it before an embargo ends.
"""
_COMES_BACK = """What an article still says when a document of ours is read: `text` is the words of the body, `body` its
blocks. What is not marked is left out, or does not come back as it was; `syndicate loss report` says which, article by
article.
"""
_ACTS = """The status that a story has after `syndicate articles ACT GUID`, by the status that it had.
[What everybody gets of it](../lifecycle.md) stands on a page of its own.
"""


def pages() -> dict[str, str]:
    """Every page of the reference by its path below `docs/`."""
    return {
        "reference/commands.md": commands_page(),
        "reference/settings.md": settings_page(),
        "reference/formats.md": formats_page(),
        "reference/lifecycle.md": lifecycle_page(),
        "reference/profiles.md": f"{_MADE}\n{profiles.page()}",
        **{path: f"{_MADE}\n{text}" for path, text in reference_rules.pages(every_rule()).items()},
    }


def commands_page() -> str:
    """The page about the command line."""
    context = click.Context(cli, info_name="syndicate")
    parts = [_MADE, "# Commands\n", _command(cli, context, "syndicate"), _TALK]
    for name in cli.list_commands(context):
        found = cli.get_command(context, name)
        if found is not None:
            parts.extend(_tree(found, click.Context(found, info_name=name, parent=context)))
    return "\n".join(parts)


def settings_page() -> str:
    """The page about the configuration files."""
    parts = [
        _MADE,
        "# Settings\n",
        "## config/syndicate.toml\n",
        "An environment variable `SYNDICATE_SECTION__KEY` overrides a key, e.g. `SYNDICATE_STORE__URL`.\n",
    ]
    for section, field in Settings.model_fields.items():
        model: Any = field.annotation
        parts += [f"### [{field.alias or section}]\n", _keys(model)]
    parts += ["## config/feeds/*.toml\n", _keys(FeedDefinition)]
    select: Any = FeedDefinition.model_fields["select"].annotation
    parts += ["### [select] and [exclude]\n", _keys(select)]
    return "\n".join(parts)


def formats_page() -> str:
    """The page about the formats."""
    parts = [
        _MADE,
        "# Formats\n",
        _EVERY_FORMAT,
        _every_format(),
        "## What is written\n",
        _WRITTEN,
        _written_formats(),
        "## What comes back\n",
        _COMES_BACK,
        _kept_fields(),
    ]
    return "\n".join(parts)


def lifecycle_page() -> str:
    """The page about what an editor may do to a story, by its status."""
    group: Any = cli.get_command(click.Context(cli, info_name="syndicate"), "articles")
    rows = []
    for act in Act:
        after = (NEXT.get((status, act)) for status in Status)
        says = flow(group.commands[act.value].help.partition("\n\n")[0])
        rows.append([f"`{act}`", *(f"{status}" if status else "refused" for status in after), says])
    table = _table(("act", *(f"{status}" for status in Status), "says"), rows)
    return "\n".join([_MADE, "# The life of a story\n", _ACTS, table])


def _every_format() -> str:
    rows = [
        [
            f"`{name}`",
            formats.facts(name).TITLE,
            *(_mark(formats.has_part(name, part)) for part in ("read", "render", "rules")),
            ", ".join(f"`{name}-{variant}`" for variant in formats.variants(name)),
        ]
        for name in formats.names()
    ]
    return _table(("format", "title", "reads", "writes", "validates", "also written as"), rows)


def _written_formats() -> str:
    rows = []
    for name in formats.written():
        facts, each = formats.written_facts(name), formats.each(name)
        file = f"`{facts.FILE_NAME}`"
        if each is not None:
            file += f" and a `{each}` for each article"
        marks = (
            facts.STANDALONE,
            formats.tells_withdrawals(name),
            formats.has_archives(name),
            "embargo" in formats.keeps(name),
        )
        contents = ", ".join(facts.CONTENTS)
        rows.append([f"`{name}`", facts.TITLE, file, facts.MEDIA_TYPE, contents, *map(_mark, marks)])
    titles = ("name", "title", "file", "media type", "content", "alone", "withdrawn", "archive", "early")
    return _table(titles, rows)


def _kept_fields() -> str:
    """A column for each format; variants that keep the same stand in that of their format."""
    kept = {name: formats.keeps(name) for name in formats.written()}
    found = [
        name
        for name, one in kept.items()
        if one and (name == formats.format_of(name) or one != kept[formats.format_of(name)])
    ]
    rows = [[f"`{field}`", *(_mark(field in kept[name]) for name in found)] for field in _in_order(kept.values())]
    return _table(("field", *(f"`{name}`" for name in found)), rows)


def _in_order(kept: Iterable[frozenset[str]]) -> list[str]:
    """The fields that some format keeps: those of an article in their order, then others."""
    own = [field.name for field in fields(Article)]
    found = frozenset().union(*kept)
    return [*(name for name in own if name in found), *sorted(found.difference(own))]


def _mark(holds: bool) -> str:
    return "yes" if holds else ""


def _tree(command: click.Command, context: click.Context) -> Iterator[str]:
    yield _command(command, context, context.command_path)
    if isinstance(command, click.Group):
        for name, child in sorted(command.commands.items()):
            yield from _tree(child, click.Context(child, info_name=name, parent=context))


def _command(command: click.Command, context: click.Context, path: str) -> str:
    usage = " ".join(command.collect_usage_pieces(context))
    parts = [f"## {path}\n", f"```\n{path} {usage}\n```\n", f"{_paragraphs(command.help or '')}\n"]
    options = [
        [_option(option, context), f"{sentence(option.help or '')}{_preset(option)}"]
        for option in command.params
        if isinstance(option, click.Option)
    ]
    return "\n".join([*parts, _table(("option", "does"), options)])


def _option(option: click.Option, context: click.Context) -> str:
    """The option as it is typed, with what it takes."""
    takes = "" if option.is_flag or option.count else f" {option.make_metavar(context)}"
    return f"`{', '.join(option.opts)}{takes}`"


def _preset(option: click.Option) -> str:
    return f" Default: `{option.default}`." if option.show_default else ""


def _keys(model: Any) -> str:
    rows = []
    for name, field in model.model_fields.items():
        kind = model.model_json_schema()["properties"][field.alias or name]
        default = "required" if field.is_required() else _default(field.default)
        rows.append([f"`{field.alias or name}`", _kind(kind), default, sentence(field.description or "")])
    return _table(("key", "takes", "default", "says"), rows)


def _default(value: Any) -> str:
    if isinstance(value, list) and value:
        return f"`{json.dumps(value)}`"
    return f"`{value}`" if isinstance(value, str | int | float) else "-"


def _kind(schema: dict[str, Any]) -> str:
    if "enum" in schema:
        return " / ".join(f"`{value}`" for value in schema["enum"])
    if "anyOf" in schema:
        return " or ".join(_kind(one) for one in schema["anyOf"] if one.get("type") != "null")
    names = {
        "string": "text",
        "integer": "whole number",
        "number": "number",
        "array": "list of texts",
        "boolean": "true or false",
    }
    return names.get(schema.get("type", ""), "table")


def _table(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    if not rows:
        return ""
    lines = [titles, ["---"] * len(titles), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines) + "\n"


def _paragraphs(text: str) -> str:
    return "\n\n".join(flow(paragraph) for paragraph in text.split("\n\n"))


def main(folder: Path) -> None:
    """Write all pages below the folder."""
    made = pages()
    for old in (folder / "rules").glob("*.md"):
        if f"rules/{old.name}" not in made:
            old.unlink()
    for path, text in made.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
