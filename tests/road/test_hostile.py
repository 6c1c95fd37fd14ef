"""Ten hostile articles beside a good one: the good one is out, each bad one is named with its reason."""

import json
from typing import Any

from lxml import etree

from tests.newsroom import Newsroom, story

NOW = "2026-03-04T12:00:00Z"
HOSTILE: dict[str, tuple[dict[str, Any], str]] = {
    "control": ({"headline": "Bell\x07 and \x00 null"}, "control"),
    "cdata": ({"headline": "An end ]]> in the headline"}, "]]>"),
    "surrogate": ({"abstract": "lone \ud800 surrogate"}, "surrogate"),
    "script": ({"body": [{"type": "paragraph", "html": "Text<script>alert(1)</script>"}]}, "script"),
    "long": ({"headline": "A" * 1_000_000}, "headline"),
    "nohead": ({"headline": None}, "headline"),
    "yearzero": ({"published": "0000-01-01T00:00:00Z"}, "published"),
    "slug": ({"slugline": "../../etc/passwd"}, "slugline"),
    "keywords": ({"keywords": [f"k{n}" for n in range(10_000)]}, "keywords"),
    "twice": ({"guid": story("ferry")["guid"], "headline": "Another story under a used guid"}, "guid"),
}


def test_the_good_one_is_out_and_each_bad_one_is_named(newsroom: Newsroom) -> None:
    lines = [story("ferry"), *(story(name, **fields) for name, (fields, _) in HOSTILE.items())]
    path = newsroom.folder / "hostile.jsonl"
    path.write_text("".join(json.dumps(one) + "\n" for one in lines), encoding="ascii")
    code, out, err = newsroom.call("import", str(path), now=NOW)
    said = (out + err).splitlines()
    assert code == 1
    assert "Traceback" not in err
    for number, (name, (_, reason)) in enumerate(HOSTILE.items(), 2):
        about = [line for line in said if f"hostile.jsonl:{number}:" in line or f"hostile.jsonl:{number} " in line]
        assert about, (name, said)
        assert any(reason in line for line in about), (name, about)
    code, _, err = newsroom.call("export", now=NOW)
    assert "Traceback" not in err
    tree = newsroom.tree()
    for path_, data in tree.items():
        if path_.endswith(".xml"):
            etree.fromstring(data)
            assert b"<script" not in data
            assert b"etc/passwd" not in data
    assert b"What happened about ferry" in tree["all/rss.xml"]
    assert b"used guid" not in tree["all/rss.xml"]
    assert all(".." not in name for name in tree)
