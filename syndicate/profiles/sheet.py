"""The onboarding sheet of a profile, as Markdown: made from the same file that shapes and checks."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from syndicate.formats import base as formats
from syndicate.model.profile import Field, Profile
from syndicate.profiles.sample import sample_item
from syndicate.profiles.words import of_markup, sentences

_SHEET = (
    ("contact", "Contact"),
    ("submit", "How to submit"),
    ("polled", "How often it is fetched"),
    ("updates", "How a change is told"),
    ("takedown", "How a story is taken down"),
)
_CONTENTS = {"full": "whole articles", "summary": "headlines and summaries", "headline": "headlines"}


def sheet(profile: Profile, now: datetime) -> str:
    """The sheet, ready to print, with a sample item at its end."""
    parts = [f"# {profile.title}\n", f"{profile.purpose}.\n", _facts(profile), _fields(profile), _limits(profile)]
    parts += [_markup(profile), _links(profile), _notes(profile), _sample(profile, now), _sources(profile)]
    return "\n".join(filter(None, parts))


def table(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table of Markdown; nothing when it has no rows."""
    if not rows:
        return ""
    lines = [titles, ["---"] * len(titles), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines) + "\n"


def _facts(profile: Profile) -> str:
    facts = formats.written_facts(profile.format)
    rows = [
        ["Profile", f"`{profile.name}` ({profile.mark})"],
        ["Format", f"{facts.TITLE} (`{profile.format}`), {_CONTENTS[profile.content.value]}"],
        ["File", f"`{facts.FILE_NAME}`, {facts.MEDIA_TYPE}"],
    ]
    rows += [[title, text] for name, title in _SHEET if (text := getattr(profile.sheet, name))]
    return table(("", ""), rows)


def _fields(profile: Profile) -> str:
    rows = [
        *_rows(profile.channel_required, "channel", "required"),
        *_rows(profile.channel_wanted, "channel", "wanted"),
        *_rows(profile.required, "item", "required"),
        *_rows(profile.wanted, "item", "wanted"),
    ]
    return "## Fields\n\n" + table(("field", "where", "stands in", ""), rows) if rows else ""


def _rows(fields: Sequence[Field], where: str, word: str) -> Iterator[list[str]]:
    for one in fields:
        yield [one.name, where, " or ".join(f"`{place}`" for place in one.places), word]


def _limits(profile: Profile) -> str:
    cited = _cited(profile)
    lines = []
    for limits, group, word in ((profile.limits, "limits", "must"), (profile.advice, "advice", "should")):
        for name, sentence in sentences(limits):
            lines.append(f"- **{word}**: {sentence}{cited.get(f'{group}.{name}', '')}")
    for prefix, uri in profile.namespaces:
        lines.append(f'- **must**: `xmlns:{prefix}="{uri}"` is declared{cited.get(f"namespaces.{prefix}", "")}')
    return "## Limits\n\n" + "\n".join(lines) + "\n" if lines else ""


def _markup(profile: Profile) -> str:
    cited = _cited(profile)
    rows = [[name, text + cited.get(bound, "")] for name, bound, text in of_markup(profile)]
    return "## Texts\n\n" + table(("", ""), rows)


def _cited(profile: Profile) -> dict[str, str]:
    """What stands behind each bound: the number of the source that states it, or that it is ours where none does.

    Nothing stands there in a profile that names no source at all.
    """
    if not profile.sources:
        return {}
    stated = {bound: f" [{number}]" for number, source in enumerate(profile.sources, 1) for bound in source.covers}
    return {bound: stated.get(bound, " (ours)") for bound in profile.bounds()}


def _links(profile: Profile) -> str:
    if not profile.campaign:
        return ""
    query = "&".join(f"{name}={value}" for name, value in profile.campaign)
    return (
        f"## Links\n\nVisible links to our own pages carry `{query}`; other links, guids, media and the "
        "feed's own address never do.\n"
    )


def _notes(profile: Profile) -> str:
    return (
        "## Good to know\n\n" + "\n".join(f"- {note}" for note in profile.sheet.notes) + "\n"
        if profile.sheet.notes
        else ""
    )


def _sample(profile: Profile, now: datetime) -> str:
    text = sample_item(profile, now).decode().strip()
    fence = "```"
    while fence in text:
        fence += "`"
    kind = "json" if text.startswith("{") else "xml"
    return f"## A sample item\n\n{fence}{kind}\n{text}\n{fence}\n"


def _sources(profile: Profile) -> str:
    lines = [
        f"{number}. {source.title}, {source.url} (read in {source.checked})"
        for number, source in enumerate(profile.sources, 1)
    ]
    return "## Where this is written\n\n" + "\n".join(lines) + "\n" if lines else ""
