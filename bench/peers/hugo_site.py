"""Writes a Hugo site whose terms are the feeds, as RSS (Hugo has no Atom of its own); building it is what is timed.

Pages are not rendered and every other kind of page is switched off, so that Hugo makes the feeds and nothing else.
"""

import argparse
import json
import sys
from pathlib import Path

from reading import Article, categories, enclosure

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from make_store import tags_of

SETTINGS = """baseURL = "https://quayside.example/"
title = "Quayside Courier"
timeout = "300s"
disableKinds = ["404", "home", "robotsTXT", "section", "sitemap", "taxonomy"]
[taxonomies]
feed = "feeds"
[outputs]
term = ["RSS"]
[security]
allowContent = [".*"]
"""

TEMPLATE = """{{ printf "<?xml version=\\"1.0\\" encoding=\\"utf-8\\"?>" | safeHTML }}
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>{{ .Title }}</title><link>{{ .Permalink }}</link><description>{{ .Title }}</description>
{{ range first 50 (.Pages.ByLastmod.Reverse) }}<item><title>{{ .Title }}</title><link>{{ .Params.address }}</link>
<guid isPermaLink="false">{{ .Params.guid }}</guid><description>{{ .Params.abstract }}</description>
<content:encoded>{{ .Content | html }}</content:encoded>
{{ range .Params.people }}<dc:creator>{{ . }}</dc:creator>{{ end }}
{{ range .Params.terms }}<category>{{ . }}</category>{{ end }}
<enclosure url="{{ .Params.file }}" length="{{ .Params.size }}" type="{{ .Params.kind }}"/>
<pubDate>{{ .PublishDate.Format "Mon, 02 Jan 2006 15:04:05 -0700" }}</pubDate></item>
{{ end }}</channel></rss>
"""


def page(article: Article, feeds: dict[str, str]) -> str:
    """The article as a page: facts in front, its HTML as it is. `feeds` are their ids by tag."""
    href, size, media_type = enclosure(article)
    facts = {
        "title": article["headline"],
        "date": article["published"],
        "publishDate": article["published"],
        "lastmod": article["updated"],
        "feeds": [feeds[tag] for tag in tags_of(article) if tag in feeds],
        "address": article["url"],
        "guid": article["guid"],
        "abstract": article["abstract"],
        "people": [author["name"] for author in article["authors"]],
        "terms": [term for term, _ in categories(article)],
        "file": href,
        "size": size,
        "kind": media_type,
    }
    return f"{json.dumps(facts, ensure_ascii=False, indent=1)}\n\n{article['body_html']}\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    pages, layouts = given.out / "content" / "story", given.out / "layouts" / "_default"
    pages.mkdir(parents=True, exist_ok=True)
    layouts.mkdir(parents=True, exist_ok=True)
    (given.out / "hugo.toml").write_text(SETTINGS, encoding="utf-8")
    (layouts / "rss.xml").write_text(TEMPLATE, encoding="utf-8")
    feeds = {feed["tag"]: feed["id"] for feed in json.loads((given.store / "feeds.json").read_text(encoding="utf-8"))}
    with (given.store / "articles.jsonl").open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            (pages / f"{number}.html").write_text(page(json.loads(line), feeds), encoding="utf-8")


if __name__ == "__main__":
    main()
