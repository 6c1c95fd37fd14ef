import re
import sys
import unicodedata

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.markup import text as plain
from syndicate.markup.text import is_sound, is_sound_json, one_line, repair
from syndicate.markup.xml import clean


@pytest.mark.parametrize(
    ("text", "fixed", "what"),
    [
        ("bell\x07", "bell", "control character U+0007 removed"),
        ("\x00\x01\x00", "", "3 control characters (U+0000, U+0001) removed"),
        ("a\x0bb", "a b", "page or column break U+000B made a space"),
        ("half \ud83d!", "half !", "lone surrogate U+D83D removed"),
        ("\ufffe\uffff", "", "2 non-characters (U+FFFE, U+FFFF) removed"),
        ("\u202egnp.exe", "gnp.exe", "bidi override U+202E removed"),
        ("\u2066in\u2069", "in", "2 bidi overrides (U+2066, U+2069) removed"),
        ("it\x92s", "it’s", "C1 control character U+0092 read as Windows-1252"),
        ("Cafe\u0301", "Café", "letters and accents joined (NFC)"),
    ],
)
def test_what_no_format_can_carry_is_repaired_and_reported(text: str, fixed: str, what: str) -> None:
    assert repair(text) == (fixed, (what,))


@pytest.mark.parametrize("text", ["", "plain", "tab\tand\nline", "“Øre” – 50 % …", "\u200fشرق", "\U0001f6a2 \xa0"])
def test_sound_text_comes_back_as_it_is(text: str) -> None:
    assert repair(text) == (text, ())


def test_line_ends_and_surrogate_pairs_are_joined_without_a_word_lost() -> None:
    assert repair("a\r\nb\rc") == ("a\nb\nc", ())
    assert repair("\ud83d\udea2") == ("\U0001f6a2", ())


def test_one_line() -> None:
    assert one_line("  two \n\t words ") == "two words"
    assert one_line("two\xa0words") == "two\xa0words"


@given(st.text(st.characters(exclude_categories=())))
def test_any_text_becomes_sound_and_stays_so(text: str) -> None:
    fixed, _ = repair(text)
    assert is_sound(fixed)
    assert clean(fixed) == fixed
    assert unicodedata.is_normalized("NFC", fixed)
    assert repair(fixed) == (fixed, ())


def test_settled_characters_are_sound_wherever_they_stand() -> None:
    """What the quick look at JSON lets through neither combines with what is before it nor falls apart alone."""
    every = [chr(code) for code in range(0xA0, sys.maxunicode + 1)]
    parts = [unicodedata.decomposition(one).split() for one in every]
    second = {chr(int(one[1], 16)) for one in parts if len(one) == 2 and not one[0].startswith("<")}
    jamo = set(map(chr, (*range(0x1161, 0x1176), *range(0x11A8, 0x11C3))))
    settled = [one for one in every if plain._SETTLED.fullmatch(one)]
    assert len(settled) > 30_000
    assert [one for one in settled if not is_sound(one) or unicodedata.combining(one)] == []
    assert (second | jamo) & set(settled) == set()


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_sound_json_holds_sound_texts(text: str) -> None:
    data = orjson.dumps([text])
    if not re.search(rb"\\[bfru]", data) and not is_sound(text):
        assert not is_sound_json(data)
