"""Every rule there is: what a finding's id stands for."""

from syndicate.model.finding import Rule


def every_rule() -> list[Rule]:
    """The rules for documents, for changes of a feed and for the addresses of feeds, sorted by id."""
    # All formats' rules take a while to load; only a look at rules needs them.
    from syndicate.publish.changes import rules as changes
    from syndicate.validate.checked import rules as files
    from syndicate.validate.poll_rules import rules as polls
    from syndicate.validate.run import all_rules

    return sorted((*all_rules(), *files.rules, *changes.rules, *polls.rules), key=lambda rule: rule.id)
