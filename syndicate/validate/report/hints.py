"""What to do about findings, for reports that are asked to say it."""

from dataclasses import dataclass, field
from textwrap import dedent

from syndicate.model.finding import Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """What to do, and how it looks then; `is_first` tells that the rule was not met before in the report.

    All of it is empty where nothing is to be told.
    """

    cure: str = ""
    example: str = ""
    is_first: bool = False

    @property
    def line(self) -> str:
        """What to do, as a line of text; empty for nothing."""
        return f"What to do: {self.cure}" if self.cure else ""


_NOTHING = Hint()


@dataclass(slots=True)
class Hints:
    """The hints of one report, or none."""

    are_asked: bool = False
    _met: set[str] = field(default_factory=set)

    def of(self, rule: Rule) -> Hint:
        """The hint for a rule."""
        if not self.are_asked:
            return _NOTHING
        # Samples are read where somebody asks for them.
        from syndicate.validate.samples import sample

        found = sample(rule.id)
        if found is None:
            return _NOTHING
        is_first = rule.id not in self._met
        self._met.add(rule.id)
        return Hint(cure=" ".join(found.cure.split()), example=dedent(found.good).strip("\n"), is_first=is_first)
