"""What a rule looks like: a document that breaks it and one that does not, and what to do.

A rule's sample is data beside its check, `samples/<rule id>.toml` in the folder of the module that states it:

    cure    what to do, in a sentence
    bad     what breaks the rule; `good` is the same, mended
    frame   the document around both, a key of `frames.toml` beside it: they take the place of `@@` in it; where there
            is none, `good` stands in it, and `bad` takes its place
    also    other rules that `bad` cannot but break
    as      the format that has to be said (`validate --as`); `profile`, whose rule it is; `schemas`, when only an
            official schema finds it
    escapes `\\x..` in `bad` and `good` is a byte, for texts that are no characters
    kind    `answer` for what a server says, `feeds` for two builds of a feed, `bound` for what is too much to be shown;
            documents have none
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from syndicate.errors import UnknownName

_ROOT = Path(__file__).parent.parent
_HERE = "@@"
_BYTE = re.compile(rb"\\x([0-9A-Fa-f]{2})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """What breaks a rule, the same mended, and how to get from one to the other.

    `kind` is `document`, `answer`, `feeds` or `bound`. `also` are ids of other rules that `bad` breaks.
    """

    rule: str
    bad: str
    good: str
    cure: str = ""
    kind: str = "document"
    also: tuple[str, ...] = ()
    as_format: str | None = None
    profile: str | None = None
    needs_schemas: bool = False
    has_bytes: bool = False
    frame: str = _HERE

    def document(self, part: str) -> bytes:
        """The whole document with `bad` or `good` in its place."""
        here = _HERE if _HERE in self.frame else self.good
        data = self.frame.replace(here, part).encode()
        return _BYTE.sub(lambda found: bytes.fromhex(found[1].decode()), data) if self.has_bytes else data


@cache
def sample(rule_id: str) -> Sample | None:
    """The sample of that rule; None where there is none."""
    path = _places().get(rule_id)
    return None if path is None else _read(path)


@cache
def _places() -> dict[str, Path]:
    return {path.stem: path for path in sorted(_ROOT.glob("**/samples/*.toml")) if path.stem != "frames"}


def _read(path: Path) -> Sample:
    stated = _toml(path)
    return Sample(
        rule=path.stem,
        bad=stated["bad"],
        good=stated["good"],
        cure=stated.get("cure", ""),
        kind=stated.get("kind", "document"),
        also=tuple(stated.get("also", ())),
        as_format=stated.get("as"),
        profile=stated.get("profile"),
        needs_schemas=stated.get("schemas", False),
        has_bytes=stated.get("escapes", False),
        frame=_frame(path.parent, stated.get("frame")),
    )


def _frame(folder: Path, name: str | None) -> str:
    if name is None:
        return _HERE
    frames = _frames(folder)
    if name not in frames:
        raise UnknownName("frame", name, tuple(frames))
    return frames[name]


@cache
def _frames(folder: Path) -> dict[str, str]:
    return _toml(folder / "frames.toml")


def _toml(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return tomllib.load(file)
