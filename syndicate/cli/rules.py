"""`rules`: every rule that documents are checked by."""

from typing import TYPE_CHECKING

import click

from syndicate.cli.call import Call, json_option, pass_call, print_json

if TYPE_CHECKING:
    from syndicate.model.finding import Rule


@click.command("rules")
@json_option
@pass_call
def command(call: Call, as_json: bool) -> None:
    """List the rules that documents are checked by."""
    found = every_rule()
    if as_json:
        print_json(
            [
                {
                    "id": rule.id,
                    "severity": rule.severity.value,
                    "formats": list(rule.formats),
                    "summary": rule.summary,
                    "spec": rule.spec,
                    "why": rule.why,
                    "reference": rule.reference,
                    "help": rule.help,
                }
                for rule in found
            ]
        )
        return
    call.table(("rule", "severity", "summary"), [(rule.id, rule.severity.value, rule.summary) for rule in found])
    call.say(f"{len(found)} rules")


def every_rule() -> "list[Rule]":
    """The rules for documents, for changes of a feed and for the addresses of feeds, sorted by id."""
    from syndicate.publish.changes import rules as changes
    from syndicate.validate.poll_rules import rules as polls
    from syndicate.validate.run import all_rules

    return sorted((*all_rules(), *changes.rules, *polls.rules), key=lambda rule: rule.id)
