"""What to do about findings, for reports that are asked to say it."""

import re
from dataclasses import dataclass, field
from textwrap import dedent

from syndicate.model.finding import Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """What to do, and how it looks then; all of it is empty where nothing is to be told.

    There is an example where it shows the element that is meant, and was not shown before in the report.
    """

    cure: str = ""
    example: str = ""

    @property
    def line(self) -> str:
        """What to do, as a line of text; empty for nothing."""
        return f"What to do: {self.cure}" if self.cure else ""


_NOTHING = Hint()
# An example of so many lines is no help between findings.
_LONGEST = 9


@dataclass(slots=True)
class Hints:
    """The hints of one report, or none."""

    are_asked: bool = False
    _shown: set[str] = field(default_factory=set)

    def of(self, rule: Rule, element: str | None = None) -> Hint:
        """The hint for a finding of that rule, about that element."""
        if not self.are_asked:
            return _NOTHING
        # Samples are read where somebody asks for them.
        from syndicate.validate.samples import sample

        found = sample(rule.id)
        if found is None:
            return _NOTHING
        example = dedent(found.good).strip("\n")
        if example in self._shown or not _shows(example, element):
            example = ""
        self._shown.add(example)
        return Hint(cure=" ".join(found.cure.split()), example=example)


def _shows(example: str, element: str | None) -> bool:
    """Whether the example is short, and has the element that a finding is about in it."""
    if example.count("\n") >= _LONGEST:
        return False
    local = (element or "").rpartition(":")[2].removesuffix("[]")
    return not local or re.search(rf"""[<:"]{re.escape(local)}[\s>/"]""", f"{example} ") is not None
