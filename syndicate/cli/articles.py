"""`articles`: look into the store, and act on stories (`acts.py`)."""

from typing import Any

import click

from syndicate.cli.acts import ACTS
from syndicate.cli.call import Call, counted, emit, json_list, json_option, pass_call, print_json


@click.group("articles")
def command() -> None:
    """Look into the store, and correct, kill, withhold, release or embargo a story."""


for _act in ACTS:
    command.add_command(_act)


@command.command("list")
@click.option(
    "--limit",
    default=50,
    show_default=True,
    type=click.IntRange(1, 1_000_000),
    metavar="N",
    help="How many, last changed first.",
)
@json_option
@pass_call
def list_(call: Call, limit: int, as_json: bool) -> None:
    """List the articles, last changed first."""
    from syndicate.markup.article_json import to_dict
    from syndicate.store import articles

    with call.app(create_store=False) as app:
        with app.store.read() as connection:
            found = [one.article for one in articles.newest(connection, limit)]
            total = articles.count(connection)
        if as_json:
            with json_list() as listed:
                for article in found:
                    listed.add(to_dict(article))
            return
        rows = [(one.guid, one.version, one.status.value, one.updated, _short(one.headline)) for one in found]
        call.table(("guid", "version", "status", "updated", "headline"), rows)
        call.say(f"{len(found)} of {counted(total, 'article')}")


@command.command("show")
@click.argument("guid")
@click.option("--version", type=int, metavar="N", help="That version instead of the newest.")
@json_option
@pass_call
def show(call: Call, guid: str, version: int | None, as_json: bool) -> None:
    """Show one article: its newest version, or the one asked for."""
    from syndicate.errors import UnknownName
    from syndicate.markup.article_json import to_dict

    history = _history(call, guid)
    chosen = [one for one in history if version in (None, one.article.version)]
    if not chosen:
        raise UnknownName("version", f"{version} of {guid}", tuple(str(one.article.version) for one in history))
    values = to_dict(chosen[-1].article)
    if as_json:
        print_json(values)
        return
    from syndicate.markup.body_text import body_text

    for name, value in values.items():
        if name not in ("body", "media") and value is not None and (said := _flat(value)):
            emit(f"{name}: {said}")
    for media in values["media"]:
        emit(f"media: {_flat({key: value for key, value in media.items() if value not in (None, [])})}")
    emit(f"\n{body_text(chosen[-1].article)}")


@command.command("history")
@click.argument("guid")
@json_option
@pass_call
def history(call: Call, guid: str, as_json: bool) -> None:
    """List the versions of one article, oldest first."""
    rows = [
        {
            "version": one.article.version,
            "status": one.article.status.value,
            "updated": one.article.updated,
            "embargo": one.article.embargo,
            "accepted": one.accepted,
            "source": one.source,
            "headline": one.article.headline,
        }
        for one in _history(call, guid)
    ]
    if as_json:
        print_json(rows)
    else:
        call.table(tuple(rows[0]), [tuple(row.values()) for row in rows])


def _history(call: Call, guid: str) -> tuple[Any, ...]:
    from syndicate.errors import UnknownName
    from syndicate.store import articles

    with call.app(create_store=False) as app, app.store.read() as connection:
        found = articles.history(connection, guid)
        if not found:
            raise UnknownName("article", guid, articles.guids_like(connection, guid))
    return found


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"


def _flat(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key} {_flat(one)}" for key, one in value.items() if one is not None)
    if isinstance(value, list):
        return "; ".join(_flat(one) for one in value)
    return str(value)
