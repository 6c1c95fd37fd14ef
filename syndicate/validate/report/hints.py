"""What to do about findings, for reports that are asked to say it."""

from dataclasses import dataclass, field
from textwrap import dedent

from syndicate.model.finding import Rule
from syndicate.validate.samples import sample


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """What to do, and how it looks then; `is_first` tells that the rule was not met before in the report."""

    cure: str
    example: str
    is_first: bool


@dataclass(slots=True)
class Hints:
    """The hints of one report."""

    _met: set[str] = field(default_factory=set)

    def of(self, rule: Rule) -> Hint | None:
        """The hint for a rule; None where there is none."""
        found = sample(rule.id)
        if found is None:
            return None
        is_first = rule.id not in self._met
        self._met.add(rule.id)
        return Hint(cure=" ".join(found.cure.split()), example=dedent(found.good).strip("\n"), is_first=is_first)
