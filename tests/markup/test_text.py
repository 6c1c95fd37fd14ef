import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.markup.text import is_sound, one_line, repair
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
