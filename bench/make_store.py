"""A made-up newsroom of any size, the same bytes every time: articles, 200 feeds, and the peers' own store.

    python bench/make_store.py --articles 20k --out DIR

writes `DIR/articles.jsonl` (one article a line, oldest first, as the reader `article-json` takes it),
`DIR/newsroom/config/` (a working directory of `syndicate` with 200 feeds in RSS and Atom), `DIR/feeds.json` (the same
feeds for the peers) and `DIR/peers.sqlite` (the same articles with an index from tag and time to article).
"""

import argparse
import bisect
import itertools
import json
import random
import sqlite3
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from html import escape
from multiprocessing import Pool
from pathlib import Path
from typing import Any

import words

Article = dict[str, Any]
Feed = dict[str, Any]
# Guid, time of the last change, the article as JSON, its tags.
Row = tuple[str, str, str, list[str]]

# The newsroom's newest minute. Commands are run with `--now` a day later, so that no figure depends on today.
END = datetime(2026, 2, 28, 20, 0, tzinfo=UTC)
NOW = END + timedelta(days=1)
SPAN = timedelta(days=700)
SITE = "https://quayside.example"
SIZES = {"2k": 2_000, "20k": 20_000, "200k": 200_000}

SUBJECTS, KEYWORDS = 400, 300
FEED_SUBJECTS, FEED_KEYWORDS, WINDOW = 100, 80, 50
SENTENCES = 15_000
# So many articles are made at a time by one process.
PIECE = 250

SCHEMA = """
CREATE TABLE article (guid TEXT PRIMARY KEY, updated TEXT NOT NULL, doc TEXT NOT NULL);
CREATE TABLE tagged (tag TEXT NOT NULL, updated TEXT NOT NULL, guid TEXT NOT NULL,
                     PRIMARY KEY (tag, updated DESC, guid DESC)) WITHOUT ROWID;
"""


_newsroom: "Newsroom"


class Newsroom:
    """`article(n)` is the nth article of `count`, oldest first; `feeds()` are the 200 feeds over them."""

    def __init__(self, count: int, seed: int = 11) -> None:
        self.count, self.seed = count, seed
        chance = random.Random(f"{seed} pools")
        self.topics = [(f"{20_000_000 + 41 * n:08}", _phrase(chance, 2)) for n in range(1, SUBJECTS + 1)]
        self.keywords = [f"{_phrase(chance, 2).replace(' ', '-')}-{n}" for n in range(KEYWORDS)]
        self.sentences = [_sentence(chance) for _ in range(SENTENCES)]
        # Few tags are on many articles and many on few, as in any newsroom: the weight falls with the rank.
        self._sections = _falling(len(words.SECTIONS), 6)
        self._topics = _falling(SUBJECTS, 20)
        self._keywords = _falling(KEYWORDS, 20)

    def article(self, number: int) -> Article:
        """One article in the shape that the reader `article-json` takes."""
        chance = random.Random(f"{self.seed} {number}")
        age = SPAN * (1 - (number + chance.random()) / self.count)
        published = (END - age).replace(microsecond=0)
        version = chance.choices((1, 2, 3, 4), (12, 5, 2, 1))[0]
        updated = min(END, published + sum((timedelta(minutes=chance.randint(3, 80)) for _ in range(version - 1)),
                                           timedelta()))  # fmt: skip
        headline = self._plain(chance, chance.randint(6, 11)).rstrip(".,")
        sections = _pick(chance, words.SECTIONS, self._sections, 2 if chance.random() < 0.25 else 1)
        media = [self._media(chance, number, place) for place in range(chance.randint(1, 3))]
        town = chance.choice(words.TOWNS)
        return {
            "guid": f"tag:quayside.example,2020:story:{number:07}",
            "version": version,
            "status": "usable",
            "language": "en-GB",
            "headline": headline,
            "slugline": f"{sections[0]}-{number}",
            "abstract": " ".join(self._plain(chance, 20) for _ in range(2)),
            "highlights": [self._plain(chance, chance.randint(7, 13)) for _ in range(chance.randint(3, 5))],
            "authors": [_author(chance) for _ in range(chance.choices((1, 2, 3), (14, 5, 1))[0])],
            "contributors": [{"name": _name(chance)} for _ in range(chance.randint(0, 2))],
            "dateline": {"text": f"{town} (Quayside) —", "place": town, "source": "Quayside"},
            "body_html": self._body(chance, chance.randint(420, 800), media),
            "media": media,
            "sections": sections,
            "subjects": [
                {"scheme": "medtop", "code": code, "name": name}
                for code, name in _pick(chance, self.topics, self._topics, chance.randint(2, 5))
            ],
            "keywords": _pick(chance, self.keywords, self._keywords, chance.randint(3, 7)),
            "urgency": chance.randint(1, 8),
            "published": published.isoformat(),
            "updated": updated.isoformat(),
            "url": f"{SITE}/{published:%Y/%m/%d}/{sections[0]}/{number}",
            "rights": {
                "holder": "Quayside Courier",
                "notice": f"© {published.year} Quayside Courier",
                "usage": "Not for use in archives after 60 days.",
            },
        }

    def feeds(self) -> list[Feed]:
        """The 200 feeds: 20 sections, 100 subjects, 80 keywords."""
        named = [("sections", section, section, section) for section in words.SECTIONS]
        named += [("subjects", f"medtop:{code}", code, name) for code, name in self.topics[:FEED_SUBJECTS]]
        named += [("keywords", keyword, keyword, keyword) for keyword in self.keywords[:FEED_KEYWORDS]]
        return [
            {
                "id": f"{kind.removesuffix('s')}-{short}",
                "tag": f"{kind}:{value}",
                "title": f"Quayside Courier: {title.capitalize()}",
                "description": f"What is new about {title}",
                "link": f"{SITE}/{kind}/{short}",
                "limit": WINDOW,
            }
            for kind, value, short, title in named
        ]

    def _plain(self, chance: random.Random, length: int) -> str:
        return " ".join(chance.choice(self.sentences).split(" ")[:length])

    def _body(self, chance: random.Random, length: int, media: Sequence[Article]) -> str:
        """HTML of about so many words: paragraphs, sub-headings, links, pictures, lists and quotations."""
        pictures = iter([one for one in media if one["type"] == "picture"][:2])
        parts: list[str] = []
        written = 0
        while written < length:
            if len(parts) % 6 == 5:
                parts.append(f"<h2>{_phrase(chance, chance.randint(2, 5)).capitalize()}</h2>")
            if len(parts) in (2, 9) and (picture := next(pictures, None)):
                parts.append(_figure(picture))
            texts = [chance.choice(self.sentences) for _ in range(chance.randint(2, 4))]
            written += sum(text.count(" ") + 1 for text in texts)
            parts.append(_block(chance, [escape(text, quote=False) for text in texts]))
        return "\n".join(parts)

    def _media(self, chance: random.Random, number: int, place: int) -> Article:
        name = f"m{number}-{place}"
        made: Article = {
            "id": name,
            "role": "inline" if place else "lead",
            "title": self._plain(chance, 7),
            "caption": self._plain(chance, 20),
            "credit": f"{_name(chance)}/Quayside",
        }
        if place and chance.random() < 0.3:
            seconds = chance.randint(15, 420)
            sizes = ((1920, 1080), (854, 480))
            return made | {
                "type": "video",
                "duration": seconds,
                "renditions": [_file(name, "mp4", "video/mp4", *size, seconds * size[1] * 210) for size in sizes],
            }
        return made | {
            "type": "picture",
            "renditions": [
                _file(name, "jpg", "image/jpeg", wide, high, wide * high // 8 + chance.randint(0, 9_999))
                for wide, high in ((4_096, 2_732), (1_600, 1_068), (320, 214))
            ],
        }


def tags_of(article: Article) -> list[str]:
    """What feeds select by: `sections:politics`, `subjects:medtop:20000041`, `keywords:...`."""
    return [
        *(f"sections:{one}" for one in article["sections"]),
        *(f"subjects:{one['scheme']}:{one['code']}" for one in article["subjects"]),
        *(f"keywords:{one}" for one in article["keywords"]),
    ]


def write_all(newsroom: Newsroom, out: Path, count: int, *, peers: bool = True) -> None:
    """Write the articles, the working directory and what the peers read below `out`; so many of the feeds."""
    out.mkdir(parents=True, exist_ok=True)
    feeds = newsroom.feeds()
    feeds = [feeds[number * len(feeds) // count] for number in range(count)]
    (out / "feeds.json").write_text(json.dumps(feeds, ensure_ascii=False, indent=1), encoding="utf-8")
    write_configuration(out / "newsroom", feeds)
    rows = _write_articles(newsroom, out / "articles.jsonl")
    if peers:
        _write_peers_store(rows, out / "peers.sqlite")
    else:
        deque(rows, maxlen=0)


def _write_articles(newsroom: Newsroom, path: Path) -> Iterator[Row]:
    """Write one article a line, and yield what the peers' store needs of each. All processors take part."""
    starts = range(0, newsroom.count, PIECE)
    with path.open("w", encoding="utf-8") as lines, Pool(initializer=_begin, initargs=(newsroom,)) as pool:
        for rows in pool.imap(_rows, starts):
            lines.writelines(f"{row[2]}\n" for row in rows)
            yield from rows


def _begin(newsroom: Newsroom) -> None:
    global _newsroom
    _newsroom = newsroom


def _rows(start: int) -> list[Row]:
    """The articles from that number on, as one of the processes makes them."""
    articles = map(_newsroom.article, range(start, min(start + PIECE, _newsroom.count)))
    return [
        (one["guid"], one["updated"], json.dumps(one, ensure_ascii=False, separators=(",", ":")), tags_of(one))
        for one in articles
    ]


def _write_peers_store(rows: Iterable[Row], database: Path) -> None:
    database.unlink(missing_ok=True)
    connection = sqlite3.connect(database)
    connection.executescript(SCHEMA)
    tagged: list[tuple[str, str, str]] = []
    for guid, updated, text, tags in rows:
        connection.execute("INSERT INTO article VALUES (?, ?, ?)", (guid, updated, text))
        tagged += [(tag, updated, guid) for tag in tags]
    connection.executemany("INSERT INTO tagged VALUES (?, ?, ?)", sorted(tagged))
    connection.commit()
    connection.execute("ANALYZE")
    connection.close()


def write_configuration(folder: Path, feeds: Sequence[Feed], compress: Sequence[str] | None = None) -> None:
    """A working directory of `syndicate`: settings, and one file per feed, with RSS and Atom unless it names formats.

    `compress` are the codings of the compressed copies; the program's own choice unless given.
    """
    definitions = folder / "config" / "feeds"
    definitions.mkdir(parents=True, exist_ok=True)
    codings = "" if compress is None else f"compress = {json.dumps(list(compress))}\n"
    (folder / "config" / "syndicate.toml").write_text(
        f'[publisher]\nname = "Quayside Courier"\nurl = "{SITE}/"\nlanguage = "en-GB"\n'
        'tag_authority = "quayside.example,2020"\nrights = "© Quayside Courier"\n\n'
        '[store]\nurl = "sqlite:///var/syndicate.db"\n\n'
        f'[output]\npath = "feeds"\nurl = "{SITE}/feeds/"\n{codings}',
        encoding="utf-8",
    )
    for feed in feeds:
        (definitions / f"{feed['id']}.toml").write_text(_definition(feed), encoding="utf-8")


def _definition(feed: Feed) -> str:
    """The feed as a definition file; one without a tag takes every article."""
    keys = {key: feed[key] for key in ("id", "title", "link", "description", "limit")}
    keys |= {"formats": feed.get("formats", ["rss", "atom"]), "content": "full", "schedule": "on-change"}
    lines = [f"{key} = {json.dumps(text, ensure_ascii=False)}" for key, text in keys.items()]
    kind, _, value = feed.get("tag", "").partition(":")
    return "\n".join([*lines, *(["", "[select]", f"{kind} = [{json.dumps(value)}]"] if kind else []), ""])


def count_of(text: str) -> int:
    """The number that `2k`, `20k`, `200k` or digits stand for."""
    return SIZES.get(text) or int(text)


def _sentence(chance: random.Random) -> str:
    chosen = chance.choices(words.COMMON, k=chance.randint(9, 28))
    kind = chance.random()
    if kind < 0.25:
        chosen[chance.randrange(len(chosen))] = chance.choice(words.FOREIGN)
    elif kind > 0.85:
        chosen.insert(chance.randrange(len(chosen)), _name(chance))
    if len(chosen) > 15:
        chosen[len(chosen) // 2] += ","
    text = " ".join(chosen)
    text = text[0].upper() + text[1:]
    if chance.random() < 0.12:
        return f"“{text},” said {chance.choice(words.FAMILY)} & {chance.choice(words.FAMILY)}."
    return text + "."


def _block(chance: random.Random, texts: list[str]) -> str:
    kind = chance.random()
    if kind < 0.05:
        return f"<blockquote><p>{' '.join(texts)}</p></blockquote>"
    if kind < 0.1:
        return "<ul>" + "".join(f"<li>{text}</li>" for text in texts) + "</ul>"
    if kind < 0.38:
        first, _, rest = texts[0].partition(" ")
        target = f"{SITE}/story/{chance.randrange(200_000)}?from=text&amp;line={len(texts)}"
        texts[0] = f'<a href="{target}">{first}</a> {rest}'
    elif kind < 0.45:
        texts[-1] = f"<em>{texts[-1]}</em>"
    return f"<p>{' '.join(texts)}</p>"


def _figure(picture: Article) -> str:
    large, caption = picture["renditions"][1], escape(picture["caption"])
    return (
        f'<figure><img src="{large["href"]}" alt="{caption}" width="{large["width"]}" height="{large["height"]}">'
        f"<figcaption>{caption} <em>{escape(picture['credit'])}</em></figcaption></figure>"
    )


def _file(name: str, suffix: str, media_type: str, wide: int, high: int, size: int) -> Article:
    href = f"{SITE}/media/{name}-{wide}.{suffix}"
    return {"href": href, "type": media_type, "width": wide, "height": high, "bytes": size}


def _author(chance: random.Random) -> Article:
    email = "desk@quayside.example" if chance.random() < 0.4 else None
    return {"name": _name(chance), "email": email, "role": chance.choice(words.ROLES)}


def _name(chance: random.Random) -> str:
    return f"{chance.choice(words.GIVEN)} {chance.choice(words.FAMILY)}"


def _phrase(chance: random.Random, length: int) -> str:
    return " ".join(chance.choices(words.TOPICAL, k=length))


def _falling(count: int, flat: int) -> list[float]:
    """Running sums of weights that fall with the rank, the slower the larger `flat` is."""
    return list(itertools.accumulate(1 / (rank + flat) for rank in range(1, count + 1)))


def _pick(chance: random.Random, shelf: Sequence[Any], sums: list[float], count: int) -> list[Any]:
    found: list[Any] = []
    while len(found) < count:
        one = shelf[bisect.bisect(sums, chance.random() * sums[-1])]
        if one not in found:
            found.append(one)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=count_of, default=SIZES["20k"], help="2k, 20k, 200k or any number")
    parser.add_argument("--feeds", type=int, default=200, help="fewer than 200 are taken from all three kinds")
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--no-peers", action="store_true", help="leave out what only the peers read")
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    write_all(Newsroom(given.articles, given.seed), given.out, given.feeds, peers=not given.no_peers)


if __name__ == "__main__":
    main()
