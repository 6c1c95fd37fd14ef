"""Who learned the shapes of an earlier run renders the same bytes, and loads neither feedgen nor lxml."""

import json
import subprocess
import sys
from dataclasses import replace

import pytest

from syndicate.formats import base as formats
from syndicate.formats.base import Envelope
from syndicate.markup import envelope
from syndicate.markup.article_json import to_dict
from syndicate.model.article import Article
from syndicate.model.body import Paragraph
from syndicate.model.content import Content
from syndicate.model.feed import Feed, Publisher
from tests.conftest import ROOT

NAMES = ("atom", "newsml-g2", "preview", "rss")
SCRIPT = """
import json, sys
from datetime import datetime
from syndicate.formats import base as formats
from syndicate.formats.base import Envelope
from syndicate.markup import envelope
from syndicate.markup.article_json import from_dict
from syndicate.model.content import Content
from syndicate.model.feed import Feed, Publisher
given = json.load(sys.stdin)
envelope.learn(given["shapes"])
article, publisher = from_dict(given["article"]), Publisher(**given["publisher"])
around = Envelope(feed=Feed(**given["feed"]), publisher=publisher, self_url="https://harbour.example/feeds/town/a.xml",
                  updated=datetime.fromisoformat(given["updated"]), digest="0123456789abcdef")
for name in given["names"]:
    renderer = formats.renderer(name)
    head, tail = renderer.frame(around)
    sys.stdout.buffer.write(head + renderer.fragment(article, publisher, Content.FULL) + tail)
print(*({"feedgen", "lxml"} & set(sys.modules)), envelope.known() == given["shapes"], file=sys.stderr)
"""


def test_learned_shapes_spare_feedgen(article: Article, feed: Feed, publisher: Publisher) -> None:
    story = replace(article, body=(*article.body, Paragraph(html="5 &lt; 6 <em>or</em> <strong>so</strong>")))
    around = Envelope(feed=feed, publisher=publisher, self_url="https://harbour.example/feeds/town/a.xml",
                      updated=story.updated, digest="0123456789abcdef")  # fmt: skip
    expected = b""
    for name in NAMES:
        renderer = formats.renderer(name)
        head, tail = renderer.frame(around)
        expected += head + renderer.fragment(story, publisher, Content.FULL) + tail
    fields = ("id", "title", "link", "description", "language", "formats")
    given = {
        "shapes": envelope.known(),
        "article": to_dict(story),
        "publisher": {
            name: getattr(publisher, name) for name in ("name", "url", "language", "tag_authority", "rights")
        },
        "feed": {name: getattr(feed, name) for name in fields},
        "updated": story.updated.isoformat(),
        "names": NAMES,
    }
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], input=json.dumps(given).encode(), capture_output=True, cwd=ROOT, check=True
    )
    assert done.stdout == expected
    assert done.stderr.split() == [b"True"]


@pytest.mark.parametrize("name", NAMES)
def test_a_renderer_loads_neither_feedgen_nor_lxml(name: str) -> None:
    script = f"import sys\nfrom syndicate.formats import base\nbase.renderer({name!r})\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, cwd=ROOT, check=True, text=True)
    assert {"feedgen", "lxml", "email.utils"}.isdisjoint(done.stdout.split())


def test_what_is_known_is_plain_text(article: Article, publisher: Publisher) -> None:
    for name in ("rss", "atom"):
        formats.renderer(name).fragment(article, publisher, Content.FULL)
    assert {"rss item", "atom entry"} <= {" ".join(name.split()[:2]) for name in envelope.known()}
    assert json.loads(json.dumps(envelope.known())) == envelope.known()
