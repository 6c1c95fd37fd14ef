import io
import re
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.formats.page_text.read import MAX_BYTES, detect, first_sentence, read
from syndicate.markup.article_json import dumps, loads
from syndicate.markup.html_inline import text_of
from syndicate.markup.text import repair as repaired
from syndicate.model.article import Article, Dateline, Person
from syndicate.model.body import Block, Heading, MediaBlock, Paragraph, Related, Tagline
from syndicate.model.draft import Draft, Reading, Rejected
from syndicate.model.media import Media, MediaRole, MediaType

PAGES = Path(__file__).parent.parent.parent / "stories" / "pages"
NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
READING = Reading(now=NOW, language="en-GB")


def drafted(text: str | bytes, file: str = "page.txt") -> Draft:
    data = text.encode() if isinstance(text, str) else text
    [draft] = read(io.BytesIO(data), file, READING)
    assert isinstance(draft, Draft), draft
    return draft


def rejected(data: bytes) -> str:
    [answer] = read(io.BytesIO(data), "page.txt", READING)
    assert isinstance(answer, Rejected)
    assert answer.file == "page.txt"
    return answer.reason


def page(name: str) -> Draft:
    return drafted((PAGES / name).read_bytes(), name)


def of(article: Article, kind: type[Block]) -> list[Block]:
    return [block for block in article.body if isinstance(block, kind)]


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text))


def said(draft: Draft) -> Counter[str]:
    """Every word that the draft holds; a derived headline says nothing new, contributors stand in the tagline."""
    article = draft.article
    parts: list[str | None] = [] if "headline" in article.derived else [article.headline]
    parts += [
        *article.highlights,
        article.dateline.text if article.dateline else None,
        article.note,
        article.correction,
    ]
    for person in article.authors:
        parts += [person.name]
    parts += sorted({person.role for person in article.authors if person.role})
    for media in article.media:
        parts += [media.name, media.title, media.caption, media.source]
        parts += [_clock(media)] if media.duration is not None else []
    for block in article.body:
        parts.append(block.title if isinstance(block, Related) else text_of(getattr(block, "html", "")))
    return words("\n".join(part for part in parts if part))


def _clock(media: Media) -> str:
    hours, rest = divmod(media.duration or 0, 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}" if hours else f"{minutes:02}:{seconds:02}"


def lost(text: str, draft: Draft) -> Counter[str]:
    return words(text) - said(draft)


def people(*names: str) -> tuple[Person, ...]:
    return tuple(Person(name=name) for name in names)


def test_page_with_every_part_of_the_seed() -> None:
    draft = page("harbour-crane.txt")
    article = draft.article
    assert draft.identity == "harbour-crane"
    assert (article.guid, draft.stated_version, draft.repairs) == ("", None, ())
    assert article.headline == "Crane on pier 4 fails its test for the third time"
    assert article.highlights == (article.headline, "Ferries to Long Island stop for two weeks")
    assert article.dateline == Dateline(text="Port Ellis HPTV \xa0—", place="Port Ellis", source="HPTV")
    assert article.derived == ("headline", "published", "updated")
    assert article.published == article.updated == NOW
    assert article.language == "en-GB"
    assert [type(block) for block in article.body] == [
        Paragraph, Paragraph, Paragraph, Heading, Paragraph, MediaBlock, Paragraph, Related, Related, Heading,
        Paragraph, Tagline,
    ]  # fmt: skip
    assert of(article, Heading) == [Heading(html="Buses run instead"), Heading(html="A port with history")]
    assert of(article, Related)[1] == Related(title="Island’s school boat has waited for repairs since ‘spring’")
    assert article.contributors == tuple(Person(name=name) for name in ("Tove Lind", "Per Aas", "Mary-Jo O’Dell"))


def test_videos_lead_or_stand_in_their_place() -> None:
    article = page("harbour-crane.txt").article
    lead, inline = article.media
    assert lead == Media(
        id="m1",
        type=MediaType.VIDEO,
        role=MediaRole.LEAD,
        name="04 pier crane WIDE",
        title="Harbour master: It bent like a spoon",
        source="HPTV",
        duration=3909,
    )
    assert (inline.role, inline.duration, inline.name) == (MediaRole.INLINE, 42, "11 bus depot AERIAL")
    assert of(article, MediaBlock) == [MediaBlock(media="m2")]


def test_markup_characters_are_escaped_and_inner_no_break_spaces_stay() -> None:
    article = page("harbour-crane.txt").article
    assert article.body[1] == Paragraph(html="“It bent like a spoon,” she told the council &amp; some 200 guests.")
    assert article.body[4] == Paragraph(
        html="Buses leave each hour; tickets for &lt; 10 crowns are valid on\xa0both routes."
    )


def test_page_with_headline_byline_dates_note_gallery_and_correction() -> None:
    draft = page("storm-night.txt")
    article = draft.article
    assert article.headline == "Storm Vera cuts off the island of Noss"
    assert article.authors == (Person(name="Tove Lind", role="HPTV"), Person(name="Per Aas", role="HPTV"))
    assert article.published == datetime(2017, 2, 6, 5, 5, tzinfo=UTC)
    assert article.updated == datetime(2017, 2, 6, 18, 30, tzinfo=UTC)
    assert article.derived == ()
    assert article.note == "This story quotes a child; the parents agreed."
    assert article.correction == "An earlier version of this story gave the wrong length of the cable."
    assert article.dateline == Dateline(text="Noss (HPTV) —", place="Noss", source="HPTV")
    assert [(media.role, media.title, media.caption) for media in article.media] == [
        (MediaRole.GALLERY, "The night on Noss", "Waves break over the pier. Ida Berg/HPTV"),
        (MediaRole.GALLERY, "The night on Noss", "A boat lies on the coast road. Ida Berg/HPTV"),
    ]
    assert [type(block) for block in article.body] == [
        Paragraph, Related, MediaBlock, MediaBlock, Paragraph, Heading, Paragraph,
    ]  # fmt: skip


def test_lines_of_the_web_site_are_left_out_and_reported() -> None:
    repairs = page("storm-night.txt").repairs
    assert [repair.what for repair in repairs] == [
        "left out 'Hide Caption'", "left out '1 of 2'", "left out 'Hide Caption'", "left out '2 of 2'",
        "left out 'Read More'", "left out 'Sign up here for our storm newsletter'",
    ]  # fmt: skip


def test_page_of_sentences_alone() -> None:
    article = page("short-notice.txt").article
    assert article.headline == (
        "The library of Port Ellis will stay closed on Friday because of a burst pipe, the town said, and it…"
    )
    assert len(of(article, Paragraph)) == 2
    assert article.derived == ("headline", "published", "updated")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("harbour-crane.txt", Counter({"Story": 1, "highlights": 1, "Source": 2})),
        (
            "storm-night.txt",
            words("By and , Published 12:05 AM EST Mon February 6 2017 Updated 1:30 PM EST Mon February 6 2017")
            + words("Editor s note Correction Read Photos Hide Caption 1 of 2 Hide Caption 2 of 2 Read More")
            + words("Sign up here for our storm newsletter"),
        ),
        ("short-notice.txt", Counter()),
    ],
)
def test_no_word_is_lost(name: str, expected: Counter[str]) -> None:
    text = (PAGES / name).read_text(encoding="utf-8")
    assert lost(text, page(name)) == expected


def test_seed(shared: Path) -> None:
    [file] = (shared / "seeds").glob("*.txt")
    draft = drafted(file.read_bytes(), str(file))
    article = draft.article
    counts = Counter(type(block) for block in article.body)
    assert counts == {Paragraph: 35, Heading: 4, Related: 2, MediaBlock: 1, Tagline: 1}
    assert [(media.duration, media.role) for media in article.media] == [(95, MediaRole.LEAD), (172, MediaRole.INLINE)]
    assert len(article.highlights) == 2
    assert article.headline == article.highlights[0]
    assert article.dateline == Dateline(text="Washington CNN \xa0—", place="Washington", source="CNN")
    assert [person.name for person in article.contributors][-1] == "Zachary Cohen"
    assert len(article.contributors) == 4
    assert "headline" in article.derived
    assert draft.identity == file.stem
    assert lost(file.read_text(encoding="utf-8"), draft) == Counter({"Story": 1, "highlights": 1, "Source": 2})


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("council-vote.txt", Counter({"Story": 1, "highlights": 1, "Source": 1})),
        ("storm-bylines.txt", words("By Published 6:05 AM EST Mon February 6 2017 Read")),
    ],
)
def test_shared_samples_lose_no_word(shared: Path, name: str, expected: Counter[str]) -> None:
    text = (shared / "samples" / "pages" / name).read_text(encoding="utf-8")
    assert lost(text, drafted(text)) == expected


def test_the_same_words_whatever_the_line_ends_and_the_byte_order_mark() -> None:
    text = (PAGES / "storm-night.txt").read_text(encoding="utf-8")
    plain = drafted(text)
    assert drafted(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()).article == plain.article


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "holds no paragraph of text: nothing to publish"),
        (b"Story highlights\n\nOne thing\n", "holds no paragraph of text: nothing to publish"),
        (b"A headline alone", "holds no paragraph of text: nothing to publish"),
        (b"Caf\xe9 opens.\n", "is not UTF-8 at byte 3: save the file as UTF-8"),
        (b"\xff\xfeA\x00b\x00", "is binary, not text (byte 3 is zero)"),
        (b"\x01\x02\x03\x04 text.", "is binary, not text (a control character at byte 0)"),
        (b"x\n" * 30_000, "has more than 20000 lines: one page of text is wanted"),
        (b"x" * (MAX_BYTES + 1), "is larger than 4 MiB: one page of text is wanted"),
    ],
)
def test_files_without_a_story_are_rejected(data: bytes, reason: str) -> None:
    assert rejected(data) == reason


def test_stray_control_characters_are_repaired_and_reported() -> None:
    draft = drafted("The quick\x07 ferry " + "sails on. " * 30)
    assert draft.article.body[0] == Paragraph(html=("The quick ferry " + "sails on. " * 30).strip())
    assert [repair.what for repair in draft.repairs] == ["control character U+0007 removed"]


def test_text_from_standard_input_has_no_identity() -> None:
    assert drafted("A story of one line.", "-").identity == ""


@pytest.mark.parametrize(
    ("line", "published", "derived"),
    [
        ("Published 6:05 PM ET, Mon July 3, 2017", datetime(2017, 7, 3, 22, 5, tzinfo=UTC), ("updated",)),
        ("Published 12:00 PM GMT, Mon July 3, 2017", datetime(2017, 7, 3, 12, 0, tzinfo=UTC), ("updated",)),
        ("Published 0605 GMT (1405 HKT) July 3, 2017", datetime(2017, 7, 3, 6, 5, tzinfo=UTC), ("updated",)),
        ("Published: 3 July 2017", datetime(2017, 7, 3, 0, 0, tzinfo=UTC), ("published", "updated")),
        ("Published 6:05 PM QQT, Mon July 3, 2017", datetime(2017, 7, 3, 18, 5, tzinfo=UTC), ("published", "updated")),
        ("Published 6:05 AM NZST, January 1, 0001", NOW, ("published", "updated")),
        ("Published 25:05 GMT, Mon July 3, 2017", NOW, ("published", "updated")),
        ("Updated 6:05 AM EDT, Mon July 3, 2017", datetime(2017, 7, 3, 10, 5, tzinfo=UTC), ("published",)),
    ],
)
def test_date_lines(line: str, published: datetime, derived: tuple[str, ...]) -> None:
    draft = drafted(f"Ferry stops\n{line}\n\nThe ferry stops on Monday.")
    assert draft.article.published == published
    assert draft.article.derived == derived
    assert draft.article.headline == "Ferry stops"
    assert bool(draft.repairs) == ("published" in derived and not line.startswith("Updated"))


def test_a_wrong_weekday_is_reported() -> None:
    draft = drafted("Ferry stops\nPublished 6:05 AM EST, Tue February 6, 2017\n\nThe ferry stops on Monday.")
    assert draft.article.published == datetime(2017, 2, 6, 11, 5, tzinfo=UTC)
    assert "the day was no Tue" in draft.repairs[0].what


def test_updated_before_published_is_moved_and_reported() -> None:
    lines = "Published 6:05 AM EST, Mon February 6, 2017\nUpdated 5:05 AM EST, Mon February 6, 2017"
    draft = drafted(f"Ferry stops\n{lines}\n\nThe ferry stops on Monday.")
    assert draft.article.updated == draft.article.published
    assert draft.repairs[0].what == "before published: the time of publication taken"


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("By Tove Lind", (Person(name="Tove Lind"),)),
        ("By Tove Lind, Per Aas and Ida van Berg", people("Tove Lind", "Per Aas", "Ida van Berg")),
        ("By Tove Lind, HPTV Sport and Per Aas", (Person(name="Tove Lind", role="HPTV Sport"), Person(name="Per Aas"))),
        ("By HPTV Staff", people("HPTV Staff")),
        ("By Tove Lind, Senior Correspondent", (Person(name="Tove Lind", role="Senior Correspondent"),)),
        ("By dawn the boats were back", ()),
        ("By Monday", ()),
    ],
)
def test_bylines(line: str, authors: tuple[Person, ...]) -> None:
    assert drafted(f"Ferry stops\n{line}\n\nThe ferry stops on Monday.").article.authors == authors


@pytest.mark.parametrize(
    ("opening", "dateline", "text"),
    [
        ("(HPTV)Storm", Dateline(text="(HPTV)", source="HPTV"), "Storm"),
        ("(HPTV) — Storm", Dateline(text="(HPTV) —", source="HPTV"), "Storm"),
        ("Port Ellis (HPTV)Storm", Dateline(text="Port Ellis (HPTV)", place="Port Ellis", source="HPTV"), "Storm"),
        ("Linden, Ohio CNN — Storm", Dateline(text="Linden, Ohio CNN —", place="Linden, Ohio", source="CNN"), "Storm"),
        ("(Laughter) Storm", None, "(Laughter) Storm"),
        ("The Ferry Board (FB) said a storm", None, "The Ferry Board (FB) said a storm"),
    ],
)
def test_datelines_that_open_a_paragraph(opening: str, dateline: Dateline | None, text: str) -> None:
    article = drafted(f"{opening} came in the night.").article
    assert article.dateline == dateline
    assert article.body == (Paragraph(html=f"{text} came in the night."),)


@pytest.mark.parametrize(
    ("lines", "note", "correction"),
    [
        ("Editor’s note\nMind the gap.", "Mind the gap.", None),
        ("(Editor's note: Mind (the gap).)", "Mind (the gap).", None),
        ("CORRECTION:\n\nIt was 7.", None, "It was 7."),
        ("Correction: It was 7.\nCorrection: And 8.", None, "It was 7.\nAnd 8."),
        ("Corrections are printed on page 2.", None, None),
    ],
)
def test_notes_and_corrections(lines: str, note: str | None, correction: str | None) -> None:
    article = drafted(f"Ferry stops\n\nIt rained.\n\n{lines}").article
    assert (article.note, article.correction) == (note, correction)


@pytest.mark.parametrize("line", ["Published Foo 3, 2017", "Published 13:05 PM GMT, July 3, 2017"])
def test_date_lines_that_name_no_moment_are_reported(line: str) -> None:
    draft = drafted(f"Ferry stops\n{line}\n\nIt rained.")
    assert draft.article.published == NOW
    assert line in draft.repairs[0].what


def test_short_lines_at_the_end_link_elsewhere_but_one_alone_is_text() -> None:
    assert [type(b) for b in drafted("It rained.\n\nMore rain\n\nLess rain").article.body] == [
        Paragraph,
        Related,
        Related,
    ]
    assert [type(block) for block in drafted("It rained.\n\nMore rain").article.body] == [Paragraph, Paragraph]


def test_a_listing_of_short_lines_is_text() -> None:
    scores = "\n\n".join(f"Linden {n}, Torrent {n + 1}" for n in range(6))
    article = drafted(f"It rained.\n\n{scores}\n\nIt rained again.").article
    assert {type(block) for block in article.body} == {Paragraph}


def test_highlights_without_a_dateline_end_at_the_first_sentence() -> None:
    article = drafted("Story highlights\nFerry stops\nBuses run\n\nThe ferry stops on Monday.").article
    assert article.highlights == ("Ferry stops", "Buses run")
    assert article.body == (Paragraph(html="The ferry stops on Monday."),)


def test_captions_counted_one_by_one() -> None:
    text = "It rained.\n\nPhotos: Rain\n\nA wet dog.\n1 of 2\n\nA wet cat. Hide Caption 2 of 2\n\nIt stopped."
    article = drafted(text).article
    assert [(media.title, media.caption) for media in article.media] == [("Rain", "A wet dog."), ("Rain", "A wet cat.")]
    assert of(article, Paragraph) == [Paragraph(html="It rained."), Paragraph(html="It stopped.")]


def test_first_sentence_is_not_fooled_by_short_words() -> None:
    assert first_sentence("Mr. Aas left. He was tired.") == "Mr. Aas left."
    assert first_sentence("“Nobody asked us.” That was all.").startswith("“Nobody asked us.")


@pytest.mark.parametrize("line", ["A" + " " * 3_000_000 + "b", "Aa " * 1_000_000, "abc. " * 600_000, "(" * 3_000_000])
def test_a_long_line_costs_in_proportion(line: str) -> None:
    assert drafted(line).article.body


@pytest.mark.parametrize(
    ("head", "name", "expected"),
    [
        (b"A story", "a.txt", True),
        (b"A story", "-", True),
        (b"A story", "a.html", False),
        (b"<?xml version='1.0'?>", "a.txt", False),
        (b'{"guid": 1}', "-", False),
        (b"\x00\x01", "-", False),
    ],
)
def test_detection(head: bytes, name: str, expected: bool) -> None:
    assert detect(head, name) is expected


LINES = (
    "",
    "",
    "Story highlights",
    "01:05 - Source: HPTV",
    "Hide Caption",
    "2 of 7",
    "Photos: Rain",
    "Read More",
    "By Tove Lind, HPTV",
    "Published 6:05 AM EST, Mon February 6, 2017",
    "Updated 25:00",
    "(HPTV)Storm came.",
    "Port Ellis HPTV \u2014",
    "A short line",
    "Another one?",
    "A whole sentence, with a stop.",
    "Editor\u2019s note: Mind the gap.",
    "Editor\u2019s note",
    "Correction: It was 7.",
    "Correction:",
    "Read: What rain is",
    "HPTV\u2019s Per Aas contributed to this report.",
    "Subscribe to our newsletter",
    "\u2022 An item",
)
LABEL_WORDS = words(" ".join(LINES)) - words("Storm short line sentence item gap")


@given(st.lists(st.sampled_from(LINES) | st.text(st.characters(codec="utf-8"), max_size=40), max_size=16))
def test_any_page_gives_one_answer_and_every_word_has_its_place(lines: list[str]) -> None:
    text = "\n".join(lines)
    [answer] = read(io.BytesIO(text.encode()), "page.txt", READING)
    if isinstance(answer, Rejected):
        assert answer.reason
        return
    kept = replace(answer.article, guid="tag:a,2019:1")
    assert loads(dumps(kept)) == kept
    reported = words(" ".join(repair.what for repair in answer.repairs))
    sound, _ = repaired(text)
    assert set(lost(sound, answer) - reported) <= set(LABEL_WORDS)
    assert all(block != Paragraph(html="") for block in answer.article.body)
