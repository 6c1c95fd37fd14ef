"""A format is a folder: one more is put into a copy of the program, and nothing else in it is touched.

The toy has a line for each article, `guid TAB headline`, below a line that says what it is.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.newsroom import CONFIG, FEED, story

NAMES = '''"""A toy: facts."""

from syndicate.model.content import Content

TITLE = "Toy lines"
FILE_NAME = "toy.tsv"
MEDIA_TYPE = "text/tab-separated-values"
CONTENTS = (Content.FULL, Content.SUMMARY, Content.HEADLINE)
ALLOWS_EMPTY = True
STANDALONE = False
KEEPS = frozenset({"guid", "headline"})
FIRST = "guid of the toy\\theadline"
'''
RENDER = '''"""An article is a line."""

from syndicate.formats.toy import names
from syndicate.markup.text import one_line, repair

RENDERER_VERSION = "1"


def fragment(article, publisher, content):
    return f"{article.guid}\\t{one_line(repair(article.headline)[0]) or '-'}\\n".encode()


def frame(envelope):
    return f"{names.FIRST}\\n".encode(), b""
'''
READ = '''"""A line is an article."""

from syndicate.formats.toy import names
from syndicate.model.article import Article
from syndicate.model.draft import Draft, Rejected


def detect(head, name):
    return head.startswith(names.FIRST.encode())


def read(stream, file, reading):
    for number, line in enumerate(stream.read().decode("utf-8", "replace").split("\\n")[1:-1], 2):
        guid, tab, headline = line.partition("\\t")
        if not tab:
            yield Rejected(file=file, line=number, reason="holds no tab: write the guid, a tab, the headline")
            continue
        article = Article(
            guid=guid, headline=headline, published=reading.now, updated=reading.now, language=reading.language,
            derived=("published", "updated"),
        )
        yield Draft(article=article, identity="", file=file, line=number)
'''
RULES = '''"""Lines have two parts."""

from syndicate.formats.toy import names
from syndicate.markup.rules import ERROR, RuleSet
from syndicate.model.finding import Finding, Place

ONLY_ASKED = True
rules = RuleSet("toy")
PARTS = rules.state(
    "toy.line.parts", severity=ERROR, spec="the toy", summary="each line is a guid, a tab and a headline",
    why="Nobody can tell what it is about.",
)
RULES = tuple(rules.rules)


def dialect(document):
    return None


def proved(data, now):
    return "toy" if data.startswith(names.FIRST.encode()) and not list(flaws(data)) else None


def check(document, data, dialect, now, schemas=None):
    document.faults = []
    return list(flaws(data))


def flaws(data):
    for number, line in enumerate(data.decode("utf-8", "replace").split("\\n")[:-1], 1):
        if line.count("\\t") != 1:
            yield Finding(rule=PARTS, message="the line must have one tab", place=Place(line=number, column=1))
'''
FOLDER = {"__init__.py": "", "names.py": NAMES, "render.py": RENDER, "read.py": READ, "rules.py": RULES}
# The tests that hold for every format, with what they stand on.
TESTS = (
    "__init__.py",
    "conftest.py",
    "console.py",
    "newsroom.py",
    "strategies.py",
    "test_docs.py",
    "formats/__init__.py",
    "formats/back.py",
    "formats/story.py",
    "formats/test_contract.py",
)
NOW = "2026-03-04T12:00:00Z"
FERRY = story("ferry")


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program with one more format, and beside it a newsroom whose feed goes out in that format."""
    root = tmp_path_factory.mktemp("copy")
    shutil.copytree(ROOT / "syndicate", root / "syndicate", ignore=shutil.ignore_patterns("*.pyc.*"))
    shutil.copy(ROOT / "pyproject.toml", root)
    for name in TESTS:
        (root / "tests" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / "tests" / name, root / "tests" / name)
    toy = root / "syndicate" / "formats" / "toy"
    toy.mkdir()
    for name, text in FOLDER.items():
        (toy / name).write_text(text, encoding="utf-8")
    feeds = root / "room" / "config" / "feeds"
    feeds.mkdir(parents=True)
    (feeds.parent / "syndicate.toml").write_text(CONFIG, encoding="utf-8")
    feed = FEED.format(id="all").replace('"rss", "atom", "newsml-g2"', '"rss", "toy"')
    (feeds / "all.toml").write_text(feed, encoding="utf-8")
    return root


def python(root: Path, *arguments: str, folder: str = "room") -> tuple[int, str]:
    """Exit code and output of `python ARGUMENTS` with the copy, in that folder."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=root / folder,
        env={**os.environ, "PYTHONPATH": str(root), "HYPOTHESIS_STORAGE_DIRECTORY": str(ROOT / ".hypothesis")},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        timeout=120,
        text=True,
    )
    return done.returncode, done.stdout


def syndicate(root: Path, *arguments: str) -> tuple[int, str]:
    return python(root, "-m", "syndicate", "--now", NOW, *arguments)


def told(root: Path, *arguments: str) -> Any:
    """What a command says with `--json`."""
    code, out = syndicate(root, *arguments, "--json")
    assert code == 0, out
    return json.loads(out)


def test_it_is_listed_with_its_rules(copy: Path) -> None:
    (toy,) = (one for one in told(copy, "formats") if one["name"] == "toy")
    assert (toy["title"], toy["reads"], toy["writes"], toy["validates"]) == ("Toy lines", True, True, True)
    assert [one["id"] for one in told(copy, "rules") if "toy" in one["formats"]] == ["toy.line.parts"]


def test_a_feed_goes_out_in_it_is_checked_and_comes_in_again(copy: Path) -> None:
    (copy / "room" / "a.json").write_text(json.dumps(FERRY), encoding="utf-8")
    assert syndicate(copy, "import", "a.json")[0] == 0
    code, out = syndicate(copy, "export")
    assert code == 0, out
    document = copy / "room" / "feeds" / "all" / "toy.tsv"
    line = f"{FERRY['guid']}\t{FERRY['headline']}\n"
    assert document.read_text(encoding="utf-8") == f"guid of the toy\theadline\n{line}"
    assert syndicate(copy, "validate", str(document))[0] == 0
    (copy / "room" / "broken.tsv").write_text(document.read_text(encoding="utf-8") + "no tab\n", encoding="utf-8")
    code, out = syndicate(copy, "validate", "--as", "toy", "broken.tsv")
    assert (code, "toy.line.parts" in out) == (1, True), out
    code, out = syndicate(copy, "import", "--dry-run", str(document))
    assert (code, out.split()[0], FERRY["guid"] in out) == (0, "updated", True), out
    code, out = syndicate(copy, "import", "--dry-run", "broken.tsv")
    assert (code, "broken.tsv:3" in out) == (1, True), out


@pytest.mark.nightly
def test_what_holds_for_every_format_holds_for_it_and_the_reference_tells_of_it(copy: Path) -> None:
    code, out = python(copy, "-m", "syndicate.cli.reference", "docs", folder=".")
    assert code == 0, out
    assert "| `toy` | Toy lines |" in (copy / "docs" / "reference" / "formats.md").read_text(encoding="utf-8")
    assert "## toy.line.parts" in (copy / "docs" / "rules.md").read_text(encoding="utf-8")
    wanted = "toy or format_is_documented or rule_has_a_place"
    code, out = python(
        copy, "-m", "pytest", "-rs", "tests/formats/test_contract.py", "tests/test_docs.py", "-k", wanted, folder="."
    )
    assert (code, "5 passed" in out, "skipped" in out) == (0, True, False), out
