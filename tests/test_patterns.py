"""Patterns mean the same on every Python that we run on.

Before 3.11.5 a group that is repeated possessively, `(...)*+`, may keep what its last, failed turn has taken: it took
`%` for a good end of an address. An atomic group, `(?>(...)*)`, says the same and is right everywhere; a possessive
repeat of one character is right, too.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

FILES = sorted((ROOT / "syndicate").rglob("*.py"))
# Behind `()` stands a list of characters, no pattern.
_REPEATED = re.compile(r"[^(]\)(?:[*+?]|\{\d*,?\d*\})\+")
_CLASS = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]", re.DOTALL)


def is_doubtful(pattern: str) -> bool:
    """Whether a group is repeated possessively in it."""
    return _REPEATED.search(_CLASS.sub("x", re.sub(r"\\.", "x", pattern, flags=re.DOTALL))) is not None


def constants(path: Path) -> Iterator[tuple[int, str]]:
    """The texts of a file, with their lines."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str | bytes):
            value = node.value
            yield node.lineno, value if isinstance(value, str) else value.decode("latin-1")


@pytest.mark.parametrize("pattern", ["(?:ab)*+", "(a)++", "(?:a|b)?+c", "(a){2,3}+", r"(\)b)*+"])
def test_doubtful_patterns_are_seen(pattern: str) -> None:
    assert is_doubtful(pattern)


@pytest.mark.parametrize("pattern", ["a*+", "[)]*+", r"\)*+", "(?>(?:ab)*)", "(?:ab)*", "[a-z]++(b)?", "(a)+b"])
def test_others_are_not(pattern: str) -> None:
    assert not is_doubtful(pattern)


def test_no_pattern_is_doubtful() -> None:
    found = [(path.name, line) for path in FILES for line, text in constants(path) if is_doubtful(text)]
    assert found == []
