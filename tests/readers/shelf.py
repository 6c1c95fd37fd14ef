"""All readers that are tried, and the table of docs/readers.md, which is made from what the tests expect of them."""

from tests.conftest import ROOT
from tests.readers import with_feedparser, with_newsboat, with_rss2email, with_sfeed, with_xml_feed
from tests.readers.entries import YES, Reader

PAGE = ROOT / "docs" / "readers.md"
READERS = [one.READER for one in (with_feedparser, with_newsboat, with_sfeed, with_rss2email, with_xml_feed)]
_HEADS = ("reader", *YES, "text", "304 from poll", "withdrawn entries")


def table() -> str:
    """A table in Markdown: a line for each reader, two where it shows RSS and Atom differently."""
    rows = [_HEADS, ("---",) * len(_HEADS), *(row for reader in READERS for row in _rows(reader))]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _rows(reader: Reader) -> list[tuple[str, ...]]:
    words = {form: [how.words for how in reader.shown_in(form).values()] for form in ("rss", "atom")}
    rest = ("yes", f"{reader.conditional_from}", "stay" if reader.keeps else "go")
    if words["rss"] == words["atom"]:
        return [(reader.name, *words["rss"], *rest)]
    return [
        (f"{reader.name}, {name}", *words[form], *rest) for form, name in (("rss", "RSS 2.0"), ("atom", "Atom 1.0"))
    ]
