"""`rules`: every rule that documents are checked by."""

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

import click

from syndicate.cli.call import Call, emit, json_option, pass_call, print_json

if TYPE_CHECKING:
    from syndicate.model.finding import Rule


@click.command("rules")
@click.argument("ids", nargs=-1, metavar="[ID]...")
@json_option
@pass_call
def command(call: Call, ids: tuple[str, ...], as_json: bool) -> None:
    """List the rules that documents are checked by, or tell all about some of them.

    ID is what stands in brackets behind a finding, such as rss.guid.missing. What is told of a rule is what goes wrong
    when it is broken, what to do, where it is written, and a document that breaks it beside the same one mended. An ID
    that ends in a dot takes all rules that begin so.
    """
    from syndicate.condition.rulebook import every_rule

    known = every_rule()
    found = _chosen(known, ids) if ids else known
    if as_json:
        print_json([_values(rule, is_whole=bool(ids)) for rule in found])
    elif ids:
        from syndicate.cli.reference_rules import page
        from syndicate.validate.samples import sample

        emit("\n".join(page(rule, sample(rule.id)) for rule in found).rstrip())
    else:
        call.table(("rule", "severity", "summary"), [(rule.id, rule.severity.value, rule.summary) for rule in found])
        call.say(f"{len(found)} rules")


def _chosen(known: "list[Rule]", ids: tuple[str, ...]) -> "list[Rule]":
    """The rules of these ids, in the order of the ids."""
    found = []
    for named in ids:
        # As it stands in a report, in brackets.
        one = named.strip("[]").lower()
        meant = [rule for rule in known if rule.id == one] or [
            rule for rule in known if rule.id.startswith(one.removesuffix(".") + ".")
        ]
        if not meant:
            near = get_close_matches(one, [rule.id for rule in known], 3, 0.5)
            cure = f"did you mean {' or '.join(near)}?" if near else "the command rules lists all"
            raise click.UsageError(f"there is no rule {one!r}: {cure}")
        found += meant
    return found


def _values(rule: "Rule", *, is_whole: bool) -> dict[str, Any]:
    values = {
        "id": rule.id,
        "severity": rule.severity.value,
        "formats": list(rule.formats),
        "summary": rule.summary,
        "spec": rule.spec,
        "why": rule.why,
        "reference": rule.reference,
        "help": rule.help,
    }
    if is_whole:
        from syndicate.validate.samples import sample

        shown = sample(rule.id)
        values |= {name: getattr(shown, name, None) for name in ("cure", "bad", "good")}
    return values
