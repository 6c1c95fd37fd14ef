"""A fault in a document, and the rule that found it."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """An `error` stops publishing; a `warning` should be mended; `info` is worth knowing."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What is checked. `id` is `format.element.problem` and never changes its meaning.

    `summary` says what must hold, `why` what goes wrong otherwise, `spec` where it is written; `reference` is the
    event class of the W3C feed validator that it corresponds to, if any.
    """

    id: str
    severity: Severity
    formats: tuple[str, ...]
    summary: str
    spec: str
    why: str = ""
    reference: str | None = None

    @property
    def help(self) -> str:
        """Where the rule is documented."""
        return f"docs/rules.md#{self.id.replace('.', '-')}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where in a document; `line` and `column` are 1-based, None when the parser does not tell."""

    line: int | None = None
    column: int | None = None
    element: str | None = None
    parent: str | None = None
    attribute: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One fault at one place; `message` names the value and the cure in words for people."""

    rule: Rule
    message: str
    place: Place = Place()

    @property
    def severity(self) -> Severity:
        """The severity of the rule."""
        return self.rule.severity
