"""`rules`: every rule that documents are checked by."""

import click

from syndicate.cli.call import Call, json_option, pass_call, print_json


@click.command("rules")
@json_option
@pass_call
def command(call: Call, as_json: bool) -> None:
    """List the rules that documents are checked by."""
    from syndicate.condition.rulebook import every_rule

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
