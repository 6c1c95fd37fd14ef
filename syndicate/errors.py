"""Every exception that leaves a module of this package.

    SyndicateError                 exit code 1: the work found something wrong
    ├── ConfigError                exit code 2: settings, feed definitions, command line
    ├── InputError                 one article, document or file cannot be read
    ├── LimitError                 input is larger or deeper than the bounds allow
    ├── UnknownName                an article, feed, format or rule of that name does not exist (exit code 2)
    └── EnvironmentFailure         exit code 3: disk, database, network
        ├── StoreError
        ├── PublishError
        ├── FetchError             an address cannot be fetched
        │   └── AddressRefused     it is not one that is fetched at all (exit code 2)
        └── LostLease              another scheduler or export took this work over

A fault in a document is a `Finding`, never an exception. Each error says what was tried, where, and what to do.
"""

from dataclasses import dataclass

# So many names are told in any case.
_FEW = 20


class SyndicateError(Exception):
    """Base of all our errors; `str()` is the line that people read, `exit_code` is what the command returns."""

    exit_code = 1


@dataclass
class ConfigError(SyndicateError):
    """A setting that cannot be used. `line` is 1-based, or None when the whole file is meant."""

    file: str
    line: int | None
    problem: str
    cure: str | None = None

    exit_code = 2

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place}: {self.problem}" + (f" ({self.cure})" if self.cure else "")


@dataclass
class ConfigErrors(SyndicateError):
    """Several unusable settings, all found in one reading."""

    errors: tuple[ConfigError, ...]

    exit_code = 2

    def __str__(self) -> str:
        return "\n".join(map(str, self.errors))


@dataclass
class InputError(SyndicateError):
    """Input that cannot be read. `line` is 1-based, or None when the whole file is meant."""

    file: str
    line: int | None
    reason: str

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place}: {self.reason}"


class LimitError(InputError):
    """Input beyond the bounds that keep one document from costing more than itself."""


@dataclass
class UnknownName(SyndicateError):
    """Nothing has that name; `known` are names that exist: those that look like it are told, and few as a whole."""

    kind: str
    name: str
    known: tuple[str, ...] = ()

    exit_code = 2

    def __str__(self) -> str:
        # Loaded for a mistake alone.
        from difflib import get_close_matches

        near = get_close_matches(self.name.lower(), self.known, 3, 0.5)
        meant = f"; did you mean {' or '.join(near)}?" if near else ""
        listed = f" (known: {', '.join(self.known)})" if self.known and (not near or len(self.known) <= _FEW) else ""
        return f"no {self.kind} {self.name!r}{meant}{listed}"


class EnvironmentFailure(SyndicateError):
    """Disk, database or network failed; what was published before stays published."""

    exit_code = 3


class StoreError(EnvironmentFailure):
    """The article store cannot be opened, read or written."""


class PublishError(EnvironmentFailure):
    """The published tree cannot be written."""


@dataclass
class FetchError(EnvironmentFailure):
    """An address that cannot be fetched; `has_answered` says that a server was there and answered, but wrongly."""

    address: str
    problem: str
    cure: str
    has_answered: bool = False

    def __str__(self) -> str:
        return f"{self.address}: {self.problem}; {self.cure}"


class AddressRefused(FetchError):
    """An address that is never asked: of another kind, broken, or inside the house without leave."""

    exit_code = 2


class LostLease(EnvironmentFailure):
    """The work was taken over by another process while this one was away; from here on nothing was published."""
