"""Findings that are known and put up with for now: only others are told and fail.

A finding is known by its rule, file, element and message, not by its line: what is written above it may change. As many
are known as there were; one more of the same kind is new.
"""

import hashlib
import json
import os
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from syndicate.atomic import write_atomic
from syndicate.errors import ConfigError
from syndicate.model.finding import Finding
from syndicate.validate.checked import Checked, with_findings

_VERSION = 1
_KEYS = ("file", "rule", "element", "parent", "attribute", "message")
_PLACE = re.compile(r"\b(line|column|lines|byte|offset) \d+")
_CURE = "take the file away and make it anew with --update-baseline"

Key = tuple[str, str, str, str, str, str]
"""File, rule, element, parent, attribute and message of a finding."""


def key_of(file: str, finding: Finding) -> Key:
    """What a finding is known by; the file is told from the folder that one is in, with slashes."""
    place = finding.place
    message = _PLACE.sub(r"\1 N", finding.message)
    parts = (place.element or "", place.parent or "", place.attribute or "")
    return (_relative(file), finding.rule.id, *parts, message)


def fingerprint(file: str, finding: Finding) -> str:
    """The same as a short hash, in hex."""
    return hashlib.sha256("\n".join(key_of(file, finding)).encode("utf-8", "replace")).hexdigest()[:32]


def _relative(file: str) -> str:
    if file == "-" or "://" in file:
        return file
    path = os.path.relpath(file) if os.path.isabs(file) else os.path.normpath(file)
    return path.replace(os.sep, "/")


@dataclass(slots=True)
class Baseline:
    """How often each finding is known. Findings are taken off as documents are looked at."""

    known: Counter[Key] = field(default_factory=Counter)
    _met: set[str] = field(default_factory=set)

    def without_known(self, checked: Checked) -> Checked:
        """The document with those findings that are new."""
        self._met.add(_relative(checked.name))
        new = tuple(finding for finding in checked.report.findings if not self._takes(key_of(checked.name, finding)))
        return with_findings(checked, new, len(checked.report.findings) - len(new))

    def _takes(self, key: Key) -> bool:
        if self.known[key] < 1:
            return False
        self.known[key] -= 1
        return True

    def of_others(self, files: Iterable[str]) -> list[Key]:
        """The findings of files that are none of these, as often as they are known, unless those are gone."""
        looked_at = set(map(_relative, files))
        return [key for key in self.known.elements() if key[0] not in looked_at and _may_be_there(key[0])]

    @property
    def gone(self) -> int:
        """How many known findings of the documents that were looked at are not there any more."""
        return sum(count for key, count in self.known.items() if key[0] in self._met)


def _may_be_there(file: str) -> bool:
    return file == "-" or "://" in file or os.path.exists(file)


def before(path: Path) -> Baseline:
    """What a file that is to be written knows by now: nothing where there is none; ConfigError for another file."""
    return read(path) if path.exists() and path.stat().st_size else Baseline()


def read(path: Path) -> Baseline:
    """The baseline of that file; ConfigError when there is none or it is damaged."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise ConfigError(str(path), None, "there is no baseline; make it with --update-baseline") from error
    except (OSError, UnicodeError) as error:
        raise ConfigError(str(path), None, f"the baseline cannot be read: {error}") from error
    try:
        stated = json.loads(text)
    except ValueError as error:
        raise ConfigError(str(path), getattr(error, "lineno", None), f"no baseline: it is not JSON; {_CURE}") from error
    if (
        not isinstance(stated, dict)
        or stated.get("version") != _VERSION
        or not isinstance(stated.get("findings"), list)
    ):
        raise ConfigError(str(path), None, f"no baseline of version {_VERSION}; {_CURE}")
    known: Counter[Key] = Counter()
    for number, one in enumerate(stated["findings"], 1):
        known[_key(path, number, one)] += one.get("count", 1)
    return Baseline(known)


def _key(path: Path, number: int, one: Any) -> Key:
    values = tuple(one.get(key, "") for key in _KEYS) if isinstance(one, Mapping) else (None,)
    is_counted = isinstance(one, Mapping) and isinstance(one.get("count", 1), int) and one.get("count", 1) > 0
    if not is_counted or not all(isinstance(value, str) for value in values):
        raise ConfigError(str(path), None, f"finding {number} of the baseline is damaged; {_CURE}")
    file, rule, element, parent, attribute, message = values
    return (file, rule, element, parent, attribute, message)


def write(path: Path, keys: Iterable[Key]) -> int:
    """Write the baseline with these findings, one on each line; how many there are. A file appears whole or not."""
    counts = Counter(keys)
    lines = [json.dumps(_stated(key, counts[key]), ensure_ascii=False) for key in sorted(counts)]
    text = f'{{"version": {_VERSION}, "findings": [\n' + ",\n".join(lines) + "\n]}\n"
    write_atomic(path, text.encode())
    return sum(counts.values())


def _stated(key: Key, count: int) -> dict[str, Any]:
    stated: dict[str, Any] = {name: value for name, value in zip(_KEYS, key, strict=True) if value}
    return stated | ({"count": count} if count > 1 else {})
