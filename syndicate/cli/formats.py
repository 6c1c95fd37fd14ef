"""`formats`: what there is, and what each can do."""

from typing import Any

import click

from syndicate.cli.call import Call, json_option, pass_call, print_json


@click.command("formats")
@json_option
@pass_call
def command(call: Call, as_json: bool) -> None:
    """List the formats and what each can do."""
    from syndicate.formats import base

    found = [
        {
            "name": name,
            "title": base.facts(name).TITLE,
            "reads": base.has_part(name, "read"),
            "writes": base.has_part(name, "render"),
            "validates": base.has_part(name, "rules"),
            "variants": list(base.variants(name)),
        }
        for name in base.names()
    ]
    if as_json:
        print_json(found)
        return
    keys = ("reads", "writes", "validates")
    rows = [
        [one["name"], one["title"], *("yes" if one[key] else "" for key in keys), _names(one["name"], one["variants"])]
        for one in found
    ]
    call.table(("format", "title", *keys, "also written as"), rows)


def _names(name: Any, variants: Any) -> str:
    return ", ".join(f"{name}-{one}" for one in variants)
