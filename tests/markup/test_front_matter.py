"""Fields before a text: YAML, TOML and JSON give the same texts, lists and tables."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.markup.front_matter import FrontMatter, FrontMatterError, is_front_matter, split, texts

TOLD = {
    "title": "Ferry: stays",
    "date": "2026-03-02T08:30:00+01:00",
    "draft": "true",
    "count": "12",
    "tags": ["no", "2026"],
    "cover": {"src": "a.jpg"},
}
YAML = """---
title: "Ferry: stays"
date: 2026-03-02T08:30:00+01:00
draft: true
count: 12
tags: [no, 2026]
nothing:
cover:
  src: a.jpg
---
Text.
"""
TOML = """+++
title = "Ferry: stays"
date = 2026-03-02T08:30:00+01:00
draft = true
count = 12
tags = ["no", "2026"]
[cover]
src = "a.jpg"
+++
Text.
"""
JSON = """{"title": "Ferry: stays", "date": "2026-03-02T08:30:00+01:00", "draft": true, "count": 12,
"tags": ["no", "2026"], "nothing": null, "cover": {"src": "a.jpg"}}
Text.
"""


@pytest.mark.parametrize("text", [YAML, TOML, JSON, YAML.replace("---\nText", "...\nText")])
def test_all_kinds_say_the_same(text: str) -> None:
    front = split(text)
    told = {name: value for name, value in front.values.items() if value != ""}
    assert told == TOLD
    assert front.text.strip() == "Text."
    assert text.splitlines()[front.line - 1 :][-1] == "Text."


@pytest.mark.parametrize(
    "text",
    [
        "Text.\n",
        "# Title\n",
        "---\n\nA line above and one below.\n\n---\n",
        "--- a: b\n",
        "{{< insert >}}\n",
        "{% a %}",
        "",
        "+++",
    ],
)
def test_texts_without_fields(text: str) -> None:
    assert split(text) == FrontMatter({}, text, 1)
    assert not is_front_matter(text)


@pytest.mark.parametrize(("text", "line"), [("---\n---\nText.\n", 3), ("+++\n+++\nText.\n", 3), ("{}\nText.\n", 1)])
def test_no_fields_at_all(text: str, line: int) -> None:
    front = split(text)
    assert (front.values, front.text.strip(), front.line) == ({}, "Text.", line)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("---\ntitle: a\nno end\n", 1, "do not end: --- is missing"),
        ("+++\ntitle = 'a'\n", 1, "do not end: +++ is missing"),
        ("---\na: b\nc: [1\n---\n", 4, "YAML at its beginning"),
        ("---\na: b: c\n---\n", 2, "mapping values are not allowed"),
        ("---\na: &x [1]\nb: *x\n---\n", 3, "a value is repeated by an alias (*): write it out"),
        ("---\na: " + "[" * 2000 + "\n---\n", 2, "nested too deep"),
        ("---\na: " + "[" * 20 + "]" * 20 + "\n---\n", 1, "nested too deep"),
        ("---\na: \x07\n---\n", 2, "YAML at its beginning"),
        ("+++\na = 1\nb =\n+++\n", 3, "TOML at its beginning"),
        ("+++\na = " + "[" * 9000 + "\n+++\n", 1, "TOML at its beginning"),
        ('{"a": 1,\n "b" 2}\n', 2, "JSON at its beginning"),
        ('{"a":' * 9000, 1, "JSON at its beginning cannot be read"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(text: str, line: int, said: str) -> None:
    with pytest.raises(FrontMatterError) as error:
        split(text)
    assert said in str(error.value)
    assert error.value.line == line


def test_lists_may_be_texts_with_commas() -> None:
    assert list(texts("a, b,, c ")) == list(texts(["a", "b", " c ", ""])) == ["a", "b", "c"]
    assert list(texts({"a": "b"})) == list(texts(None)) == []


_NAMES = st.text("abcdefgh_-", min_size=1, max_size=8).filter(lambda name: not name.startswith("-"))
_VALUES = st.recursive(
    st.text(
        st.characters(
            codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufeff\ufffe\uffff\x85\u2028\u2029"
        ),
        max_size=20,
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_NAMES, inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(_NAMES, _VALUES, max_size=5), st.text("ab\n", max_size=20))
def test_what_is_written_as_json_is_read_from_yaml_and_json(values: dict[str, object], text: str) -> None:
    """JSON is YAML, so the same line can stand in both."""
    written = json.dumps(values, ensure_ascii=False)
    assert split(f"{written}\n{text}").values == values
    inside = "".join(f"{json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in values.items())
    front = split(f"---\n{inside}---\n{text}")
    assert front.values == values
    assert front.text == text


@given(st.text(st.sampled_from("-+{}[]:,ab\"' \n&*!#%@|>"), max_size=60), st.sampled_from(["", "---\n", "+++\n", "{"]))
def test_no_other_error_comes_out(text: str, begin: str) -> None:
    try:
        front = split(begin + text)
    except FrontMatterError as error:
        assert str(error)  # noqa: PT017 - a text may also be good
    else:
        assert (begin + text).endswith(front.text)
