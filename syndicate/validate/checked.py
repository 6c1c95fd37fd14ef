"""One document that was checked, with the lines that its findings stand on: all that a report needs of it."""

import os
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any

from syndicate.errors import EnvironmentFailure
from syndicate.markup import encoding
from syndicate.markup.json_head import is_json
from syndicate.markup.rules import ERROR, RuleSet
from syndicate.model.finding import Finding
from syndicate.validate.run import Report, check

rules = RuleSet("any")
UNREADABLE = rules.state(
    "document.file.unreadable", severity=ERROR, spec="none", summary="the file can be read",
    why="What cannot be read was not checked, so nothing can be said of it.")  # fmt: skip

NO_SUCH_FILE = 2
"""The exit code for a name that was mistyped."""

_BREAK, _BREAK_IN_BYTES = re.compile(r"\r\n|\r|\n"), re.compile(rb"\r\n|\r|\n")
# A declaration is no longer than that.
_HEAD = 256
# Longer files are mapped into memory, so that of a feed no more is there at a time than an item.
_MAPPED = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """How documents are to be checked. `profile` is a partner's name, `profiles` the folder of the newsroom's own."""

    now: datetime
    as_format: str | None = None
    schemas: Path | None = None
    profile: str | None = None
    profiles: Path | None = None
    with_lines: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A document by the name that it was given, what was found, and the source's lines by number.

    `known` is the number of findings that a baseline had already: they are not among those of the report. `exit_code`
    is not 0 where there was no document to check.
    """

    name: str
    report: Report
    lines: Mapping[int, str] = field(default_factory=dict)
    known: int = 0
    exit_code: int = 0


def check_file(name: str, asked: Asked) -> Checked:
    """The file of that name, checked; what cannot be read is a finding too."""
    try:
        # Unbuffered: most files are read at once.
        with open(name, "rb", buffering=0) as file:
            if os.fstat(file.fileno()).st_size < _MAPPED:
                return check_data(name, file.read(), asked)
            return _check_mapped(name, mmap(file.fileno(), 0, access=ACCESS_READ), asked)
    except FileNotFoundError:
        return unread(name, "there is no such file", exit_code=NO_SUCH_FILE)
    except OSError as error:
        return unread(name, error.strerror or str(error))


def _check_mapped(name: str, mapped: mmap, asked: Asked) -> Checked:
    try:
        return check_data(name, mapped, asked)
    finally:
        # What a faulty document left behind may still look at it: then it is closed with the last of that.
        with suppress(BufferError):
            mapped.close()


def check_data(name: str, data: Any, asked: Asked, charset: str | None = None) -> Checked:
    """The document, bytes or a file mapped into memory, checked under that name.

    `charset` is what a server says of it, where one does.
    """
    report = check(data, now=asked.now, as_format=asked.as_format, schemas=asked.schemas, charset=charset)
    if asked.profile is None and not (asked.with_lines and report.findings):
        return Checked(name=name, report=report)
    if asked.profile is not None:
        data = bytes(data)
        from syndicate.profiles.load import load_profile
        from syndicate.validate.profile import with_profile

        report = with_profile(report, data, load_profile(asked.profile, asked.profiles), now=asked.now)
    return Checked(name=name, report=report, lines=lines_of(data, report, charset) if asked.with_lines else {})


def unread(name: str, problem: str, exit_code: int = EnvironmentFailure.exit_code) -> Checked:
    """What stands in a report for a file that cannot be read."""
    finding = Finding(rule=UNREADABLE, message=f"the file cannot be read: {problem}")
    return Checked(name=name, report=Report(format=None, findings=(finding,)), exit_code=exit_code)


def with_findings(checked: Checked, findings: tuple[Finding, ...], known: int = 0) -> Checked:
    """The same document with these findings."""
    return replace(checked, report=replace(checked.report, findings=findings), known=known)


def lines_of(data: Any, report: Report, charset: str | None = None) -> dict[int, str]:
    """The lines of the document that findings stand on, by number from 1, as characters."""
    wanted = {finding.place.line for finding in report.findings if finding.place.line}
    if not wanted:
        return {}
    if is_json(data) or (charset is None and encoding.plain(bytes(data[:_HEAD])) is not None):
        return _lines_of_utf8(data, wanted)
    # Every line's text comes from the same split, so that a document with many findings is not split for each.
    lines = _BREAK.split(encoding.as_written(bytes(data), charset))
    return {number: lines[number - 1] for number in sorted(wanted) if number <= len(lines)}


def _lines_of_utf8(data: Any, wanted: set[int]) -> dict[int, str]:
    """The same of what is in UTF-8, a mapped file too: nothing else of it is held."""
    found: dict[int, str] = {}
    number, start = 1, 0
    for line_break in _BREAK_IN_BYTES.finditer(data):
        if number in wanted:
            found[number] = bytes(data[start : line_break.start()]).decode("utf-8", "replace")
        number, start = number + 1, line_break.end()
    if number in wanted:
        found[number] = bytes(data[start:]).decode("utf-8", "replace")
    return found
