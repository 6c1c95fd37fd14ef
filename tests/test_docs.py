"""The documentation is true: made pages are what the code makes, commands on the pages run, links lead somewhere."""

import re
from dataclasses import fields, replace
from datetime import UTC, datetime
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

import click
import pytest
from packaging.requirements import Requirement

from syndicate.cli import reference
from syndicate.cli.main import COMMANDS, cli
from syndicate.condition.rulebook import every_rule
from syndicate.formats import base as formats
from syndicate.ingest.decide import is_significant
from syndicate.model.article import Article
from syndicate.model.finding import Rule
from syndicate.model.lifecycle import Act
from syndicate.validate.samples import sample
from tests.console import ROOT, Block, blocks, is_as_promised, run, steps

# The pages of rules are made and all alike.
_WRITTEN = [path for path in (ROOT / "docs").rglob("*.md") if path.parent.name != "rules"]
PAGES = sorted([ROOT / "README.md", *_WRITTEN, *(ROOT / "syndicate").rglob("*.md")])
_NOW = datetime(2026, 3, 1, tzinfo=UTC)
LINK = re.compile(r"\]\(([^)\s]+)\)")


def text(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


MADE = reference.pages()


@pytest.mark.parametrize("page", [page for page in MADE if not page.startswith("rules/")])
def test_made_pages_are_what_the_code_makes(page: str) -> None:
    assert text(f"docs/{page}") == MADE[page], "run: python -m syndicate.cli.reference docs"


def test_every_rule_has_the_page_that_the_code_makes() -> None:
    there = {f"rules/{path.name}": path.read_text(encoding="utf-8") for path in (ROOT / "docs/rules").glob("*.md")}
    made = {page: text for page, text in MADE.items() if page.startswith("rules/")}
    assert set(made) == {f"rules/{rule.id}.md" for rule in every_rule()}
    wrong = sorted(page for page in made.keys() | there.keys() if made.get(page) != there.get(page))
    assert wrong == [], "run: python -m syndicate.cli.reference docs"


def test_every_page_of_a_rule_has_a_cure_and_both_samples() -> None:
    def is_whole(rule: Rule) -> bool:
        shown = sample(rule.id)
        return shown is not None and bool(shown.cure)

    assert [rule.id for rule in every_rule() if not is_whole(rule)] == []


def test_every_command_is_documented() -> None:
    page = text("docs/reference/commands.md")
    context = click.Context(cli, info_name="syndicate")
    for name in COMMANDS:
        command = cli.get_command(context, name)
        names = [f"{name} {child}" for child in command.commands] if isinstance(command, click.Group) else [name]
        for one in names:
            assert f"## syndicate {one}\n" in page


def test_every_format_is_documented() -> None:
    page = text("docs/reference/formats.md")
    assert all(f"| `{name}` |" in page for name in (*formats.names(), *formats.written()))
    assert all(f"`{formats.written_facts(name).FILE_NAME}`" in page for name in formats.written())


def test_partner_desks_find_every_format_that_is_written_and_importers_every_reader() -> None:
    partners, importing = text("docs/partners.md"), text("docs/importing.md")
    assert [name for name in formats.written() if name != "preview" and f"`{name}`" not in partners] == []
    assert [name for name in formats.having("read") if f"`{name}`" not in importing] == []


def test_editors_find_every_act_and_what_readers_should_hear_of() -> None:
    page, table = text("docs/lifecycle.md"), text("docs/reference/lifecycle.md")
    assert all(f"`syndicate articles {act} GUID" in page and f"| `{act}` |" in table for act in Act)
    said = re.search(r"A change of (.*?) counts, and no other", page, re.DOTALL)
    assert said is not None
    named = re.split(r",\s+|\s+or\s+", said[1])
    small = Article(guid="tag:a", headline="H", published=_NOW, updated=_NOW)
    others: dict[str, Any] = {field.name: "another" for field in fields(Article)}
    changed = {name for name in others if is_significant(replace(small, **{name: others[name]}), small)}
    assert set(named) == changed


def test_every_rule_has_a_place_to_which_its_help_points() -> None:
    page = text("docs/rules.md")
    for rule in every_rule():
        file, _, anchor = rule.help.partition("#")
        assert file == "docs/rules.md"
        assert f'<a id="{anchor}"></a>' in page, rule.id


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_to_files_of_this_repository(page: Path) -> None:
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        if target.startswith(("https://", "http://", "mailto:")):
            continue
        file, _, anchor = target.partition("#")
        path = (page.parent / file).resolve() if file else page
        assert path.exists(), f"{page.name} links to {target}"
        assert path.is_relative_to(ROOT)
        assert not anchor or anchor in anchors(path), f"{page.name} links to {target}"


def anchors(page: Path) -> set[str]:
    """The names that GitHub gives to the headings of a page, and the ones it states itself."""
    content = page.read_text(encoding="utf-8")
    titles = re.findall(r"^#+ (.+)$", content, re.MULTILINE)
    made = {re.sub(r"[^\w\- ]", "", title).strip().lower().replace(" ", "-") for title in titles}
    return made | set(re.findall(r'<a id="([^"]+)">', content))


def test_the_changelog_begins_with_what_is_new() -> None:
    assert re.search(r"^## (Unreleased|\d+\.\d+\.\d+)", text("docs/changelog.md"), re.MULTILINE)
    assert "- " in text("docs/changelog.md")


@pytest.mark.parametrize(
    ("page", "least"), [("tutorial", 20), ("lifecycle", 25), ("partners", 20), ("importing", 9), ("validating", 15)]
)
def test_a_page_does_what_it_says(page: str, least: int, tmp_path: Path) -> None:
    walk = list(steps(text(f"docs/{page}.md")))
    assert len(walk) > least
    for step, said in zip(walk, run([step.command for step in walk], tmp_path), strict=True):
        assert is_as_promised(said, step.output), f"docs/{page}.md:{step.line}: {step.command}\n{said}"


def test_the_first_feed_of_the_readme_runs(tmp_path: Path) -> None:
    found = list(blocks(text("README.md").split("## A first feed of your own")[1].split("\n## ")[0]))
    commands = [command for block in found for command in commands_of(block)]
    said = run([f"{command}\necho $?" for command in commands], tmp_path)
    assert len(commands) == 9
    assert [output.splitlines()[-1] for output in said] == ["0"] * 9, said
    (explained,) = (block.text for block in found if block.language == "text")
    assert is_as_promised(said[-1], f"{explained}0\n")
    (entry,) = (block.text for block in found if block.language == "xml")
    feed = (tmp_path / "news" / "feeds" / "harbour" / "atom.xml").read_text(encoding="utf-8")
    shown = [part.replace("\n", "") for part in entry.split("…")]
    assert all(part in feed for part in shown)


def commands_of(block: Block) -> list[str]:
    """What a reader of the README types or saves because of the block."""
    if block.file is not None:
        return [step.command for step in steps(f"```toml {block.file}\n{block.text}```\n")]
    lines = block.text.splitlines() if block.language == "sh" else []
    return [re.sub(r"^(\.\./|\./)run\b", "syndicate", line) for line in lines if line]


def test_the_readme_leads_to_every_file_that_is_written() -> None:
    """They are too many for it; the page that it leads to has them all."""
    readme = text("README.md")
    assert "docs/reference/formats.md#what-is-written" in readme
    assert all(formats.written_facts(name).FILE_NAME in readme for name in (*formats.READERS, "newsml-g2", "nitf"))


def test_every_page_can_be_reached_from_the_readme() -> None:
    seen: set[Path] = set()
    ahead = [ROOT / "README.md"]
    while ahead:
        page = ahead.pop()
        seen.add(page)
        links = (target.partition("#")[0] for target in LINK.findall(page.read_text(encoding="utf-8")))
        found = {(page.parent / link).resolve() for link in links if link.endswith(".md") and "://" not in link}
        ahead.extend(found - seen)
    assert set((ROOT / "docs").rglob("*.md")) <= seen


@pytest.mark.parametrize(
    "path", ["tutorial.md", "glossary.md", "changelog.md", "notes/README.md", "images/index-wide-light.png"]
)
def test_the_pages_are_there(path: str) -> None:
    assert (ROOT / "docs" / path).stat().st_size > 100


def test_the_lock_states_the_extras_that_packages_ask_for() -> None:
    """Otherwise pip, which asks for hashes, refuses to install: `coverage==7` is not `coverage[toml]`."""
    locked = {line.split()[0].split("==")[0] for line in text("requirements.lock").splitlines() if "==" in line[:80]}
    names = {name.partition("[")[0] for name in locked}
    wanted = {
        f"{one.name}[{','.join(sorted(one.extras))}]"
        for distribution in distributions()
        if distribution.name in names
        for one in map(Requirement, distribution.requires or ())
        if one.extras and (one.marker is None or one.marker.evaluate({"extra": ""}))
    }
    assert wanted - locked == set()
