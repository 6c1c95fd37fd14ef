"""The pages about the rules: one for each, made of what the rule says and its sample, and a list of all."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from textwrap import dedent

from syndicate.model.finding import Rule
from syndicate.validate.samples import Sample, sample

_LIST = """{count} rules. An error stops publishing, a warning should be mended, a hint is worth knowing. Each rule has
a page with what goes wrong otherwise, what to do, and a sample; `syndicate rules ID` shows the same on a terminal.
[Where they differ from those of the W3C validator](departures.md) has a page of its own.
"""
_HEADS = ("Breaks it", "Mended")


def pages(rules: Sequence[Rule]) -> dict[str, str]:
    """The list and every rule's page, by path below `docs/`; without the line that tells that they are made."""
    found = {f"rules/{rule.id}.md": page(rule, sample(rule.id)) for rule in rules}
    return {"rules.md": _list(rules), **found}


def page(rule: Rule, shown: Sample | None) -> str:
    """The page of one rule."""
    return "\n".join(_page(rule, shown))


def _page(rule: Rule, shown: Sample | None) -> Iterator[str]:
    yield f"# {rule.id}\n"
    yield f"{sentence(rule.summary)} {flow(rule.why)}".rstrip() + "\n"
    if shown is not None and shown.cure:
        yield f"**What to do:** {sentence(shown.cure)}\n"
    yield "| severity | formats | where it is written | W3C validator |\n| --- | --- | --- | --- |"
    cells = (rule.severity.value, ", ".join(rule.formats), rule.spec, rule.reference or "-")
    yield "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"
    if shown is not None:
        yield from _shown(shown)


def _shown(shown: Sample) -> Iterator[str]:
    for title, text in zip(_HEADS, (shown.bad, shown.good), strict=True):
        yield f"## {title}\n"
        yield _fenced(text)
    if shown.has_bytes:
        yield "`\\x..` stands for the byte of that number.\n"
    if said := _how(shown):
        yield f"To see it: `syndicate validate {said} FILE`.\n"


def _how(shown: Sample) -> str:
    options = (
        ("--as", shown.as_format),
        ("--profile", shown.profile),
        ("--schemas", "DIR" if shown.needs_schemas else None),
    )
    return " ".join(f"{option} {value}" for option, value in options if value)


def _fenced(text: str) -> str:
    fence = "````" if "```" in text else "```"
    return f"{fence}{_language(text.strip())}\n{dedent(text).strip(chr(10))}\n{fence}\n"


def _language(text: str) -> str:
    starts = {"<": "xml", "{": "json", "[": "json", "HTTP/": "http"}
    return next((name for start, name in starts.items() if text.startswith(start)), "text")


def _list(rules: Sequence[Rule]) -> str:
    parts = ["# Rules\n", _LIST.format(count=len(rules))]
    for family, members in groupby(rules, key=lambda rule: rule.id.partition(".")[0]):
        parts += [f"## {family}\n", "| rule | severity | says |\n| --- | --- | --- |"]
        parts += [_row(rule) for rule in members]
        parts.append("")
    return "\n".join(parts)


def _row(rule: Rule) -> str:
    anchor = rule.help.partition("#")[2]
    says = sentence(rule.summary).replace("|", "\\|")
    return f'| <a id="{anchor}"></a>[{rule.id}](rules/{rule.id}.md) | {rule.severity.value} | {says} |'


def sentence(text: str) -> str:
    """The text on one line, with a capital and a full stop."""
    flowing = flow(text)
    if not flowing:
        return ""
    return flowing[0].upper() + flowing[1:] + ("" if flowing[-1] in ".?!" else ".")


def flow(text: str) -> str:
    """The text on one line."""
    return " ".join(text.split())
