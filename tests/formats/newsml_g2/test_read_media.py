"""Pictures and other media: as part of the story they belong to, and as articles of their own."""

import pytest

from syndicate.model.article import Link
from syndicate.model.body import MediaBlock, Paragraph
from syndicate.model.draft import Draft, Rejected
from syndicate.model.media import Media, MediaRole, MediaType, Rendition
from tests.formats.newsml_g2.sources import GUID, article, draft, found, group, item, message, package, picture, xhtml

PICTURE = "urn:newsml:harbour.example:20260302:p1"
VIDEO = "urn:newsml:harbour.example:20260302:v1"
OTHER = "urn:newsml:harbour.example:20260302:18"
FILE = Rendition(href="https://media.example/1.jpg", type="image/jpeg", width=800, height=600, bytes=1000)
PIER = Media(
    id="m1", type=MediaType.PICTURE, role=MediaRole.LEAD, caption="The pier", credit="Mia Sand", renditions=(FILE,)
)
SEE = f'<link rel="irel:seeAlso" residref="{PICTURE}"/>'


def drafts(document: str) -> list[Draft]:
    """All drafts of a document in which nothing is rejected."""
    made = found(document)
    assert [one for one in made if isinstance(one, Rejected)] == []
    return [one for one in made if isinstance(one, Draft)]


def test_a_picture_that_the_story_links_to_is_part_of_it() -> None:
    (made,) = drafts(message(picture(PICTURE), item(SEE)))
    assert made.article.guid == GUID
    assert made.article.media == (PIER,)
    assert made.article.links == ()


def test_a_picture_that_links_to_the_story_is_part_of_it() -> None:
    (made,) = drafts(message(item(), picture(PICTURE, f'<link rel="irel:seeAlso" residref="{GUID}"/>')))
    assert made.article.media == (PIER,)


def test_a_picture_that_nobody_links_to_is_an_article() -> None:
    story, alone = drafts(message(item(), picture(PICTURE)))
    assert story.article.media == ()
    assert (alone.article.guid, alone.article.media, alone.article.body) == (PICTURE, (PIER,), ())
    assert (alone.article.headline, alone.article.derived) == ("The pier", ("headline",))


def test_a_link_to_a_picture_elsewhere_stays_a_link() -> None:
    assert article(item(SEE)).links == (Link(rel="seeAlso", guid=PICTURE),)


def test_the_media_of_a_package_belong_to_its_one_story() -> None:
    front = package(group(0, inner=(1,)), group(1, GUID, PICTURE))
    (made,) = drafts(message(front, item(), picture(PICTURE)))
    assert made.article.media == (PIER,)
    assert made.lost == ("packageItem/groupSet",)


def test_media_of_packages_with_several_stories_belong_to_the_one_in_their_group() -> None:
    front = package(group(0, inner=(1, 2)), group(1, GUID, PICTURE), group(2, OTHER, VIDEO))
    one, two = drafts(message(front, item(), item(guid=OTHER), picture(PICTURE), picture(VIDEO)))
    assert [len(made.article.media) for made in (one, two)] == [1, 1]
    assert one.lost == ("packageItem/groupSet",)
    assert two.lost == ()


def test_media_of_a_group_with_two_stories_are_articles() -> None:
    front = package(group(0, GUID, OTHER, PICTURE))
    assert len(drafts(message(front, item(), item(guid=OTHER), picture(PICTURE)))) == 3


def test_what_a_package_says_itself_is_lost_unless_its_story_says_it() -> None:
    content = "<headline>Ferry stops</headline><slugline>front</slugline>"
    titled = group(0, GUID).replace("<itemRef", "<title>Top</title><itemRef")
    (made,) = drafts(message(package(titled, content=content), item()))
    assert made.lost == (
        "packageItem/groupSet", "packageItem/contentMeta/slugline", "packageItem/groupSet/group/title",
    )  # fmt: skip


def test_a_package_without_its_items_is_no_article() -> None:
    (one,) = found(package(group(0, GUID)))
    assert isinstance(one, Rejected)
    assert "package" in one.reason
    two = found(message(package(group(0, OTHER)), item()))
    assert [type(made) for made in two] == [Draft, Rejected]


def test_groups_in_a_circle_end() -> None:
    front = package(group(0, inner=(1,)), group(1, GUID, PICTURE, inner=(0, 1, 7)))
    assert len(drafts(message(front, item(), picture(PICTURE)))) == 1


def test_references_in_the_package_itself_count_too() -> None:
    front = package().replace("<groupSet", f'<itemRef residref="{GUID}"/><itemRef residref="{PICTURE}"/><groupSet')
    (made,) = drafts(message(front, item(), picture(PICTURE)))
    assert len(made.article.media) == 1


def test_a_rejected_story_takes_the_place_of_its_package() -> None:
    made = found(message(package(group(0, GUID)), item("<embargoed>x</embargoed>")))
    assert [type(one) for one in made] == [Rejected]


def test_a_picture_in_the_text_is_the_one_that_is_linked() -> None:
    text = xhtml(
        '<p>One.</p><figure><img src="https://media.example/1.jpg"/><div class="byline">Per/HP</div>'
        "<figcaption>The pier</figcaption></figure>"
    )
    bare = picture(PICTURE).replace("<creditline>Mia Sand</creditline>", "")
    (made,) = drafts(message(item(SEE, text=text), bare))
    assert [(one.id, one.credit, one.caption) for one in made.article.media] == [("m1", "Per/HP", "The pier")]
    assert made.article.body == (Paragraph(html="One."), MediaBlock(media="m1"))
    assert made.lost == ()


def test_what_a_figure_says_more_than_the_picture_is_said_to_be_lost() -> None:
    text = xhtml('<figure><img src="https://media.example/1.jpg"/><figcaption>Another caption</figcaption></figure>')
    (made,) = drafts(message(item(SEE, text=text), picture(PICTURE)))
    assert made.lost == ("html/figure",)


def test_another_picture_in_the_text_has_an_id_of_its_own() -> None:
    text = xhtml('<p>One.</p><figure><img src="https://media.example/9.jpg"/></figure>')
    (made,) = drafts(message(item(SEE, text=text), picture(PICTURE)))
    assert [one.id for one in made.article.media] == ["m1", "m2"]
    assert made.article.body[-1] == MediaBlock(media="m2")


def test_hints_tell_of_media_that_are_not_there() -> None:
    hints = (
        '<itemClass qcode="ninat:video"/><title>01 pier</title><headline>The crane falls</headline>'
        '<infoSource literal="HP"/><creditline>Kim</creditline><description>Seen from pier 4</description>'
        '<remoteContent href="https://media.example/1.mp4" contenttype="video/mp4" duration="95"/>'
    )
    (made,) = drafts(item(f'<link rel="irel:seeAlso" residref="{VIDEO}">{hints}</link>'))
    assert made.article.media == (
        Media(
            id="m1", type=MediaType.VIDEO, name="01 pier", title="The crane falls", caption="Seen from pier 4",
            credit="Kim", source="HP", duration=95,
            renditions=(Rendition(href="https://media.example/1.mp4", type="video/mp4"),),
        ),
    )  # fmt: skip
    assert made.article.links == ()


def test_the_item_itself_says_more_than_hints() -> None:
    hints = '<itemClass qcode="ninat:picture"/><headline>Pier</headline>'
    (made,) = drafts(message(item(f'<link rel="irel:seeAlso" residref="{PICTURE}">{hints}</link>'), picture(PICTURE)))
    assert [(one.title, one.caption) for one in made.article.media] == [("Pier", "The pier")]


@pytest.mark.parametrize(
    ("kind", "type_", "expected"),
    [
        ("picture", "image/jpeg", MediaType.PICTURE),
        ("graphics", "application/illustrator", MediaType.GRAPHIC),
        ("animation", "image/gif", MediaType.VIDEO),
        ("audio", "audio/mpeg", MediaType.AUDIO),
        ("composite", "video/mp4", MediaType.VIDEO),
        ("composite", "application/pdf", MediaType.DOCUMENT),
    ],
)
def test_kinds_of_media(kind: str, type_: str, expected: MediaType) -> None:
    made = article(item(text=f'<remoteContent href="https://media.example/1" contenttype="{type_}"/>', kind=kind))
    assert [one.type for one in made.media] == [expected]


@pytest.mark.parametrize(
    ("attributes", "seconds"),
    [
        ('duration="95"', 95),
        ('duration="95500" durationunit="timeunit:milliseconds"', 95),
        ('duration="00:01:35.500" durationunit="timeunit:normalPlayTime"', 95),
        ('duration="1:35"', 95),
        ('duration="long"', None),
        ('duration=""', None),
        ("", None),
    ],
)
def test_durations(attributes: str, seconds: int | None) -> None:
    made = article(item(text=f'<remoteContent href="https://media.example/1.mp4" {attributes}/>', kind="video"))
    assert made.media[0].duration == seconds


def test_files_as_agencies_name_them() -> None:
    files = (
        '<remoteContent href=" https://media.example/1.jpg " contenttype="image/jpg" width="800" height="x" size="0"/>'
        '<remoteContent href="https://media.example/1.jpg"/><remoteContent href="file:///x.jpg"/><remoteContent/>'
        '<remoteContent href="https://media.example/2.jpg" contenttype="c" width="-4"/>'
        '<remoteContent residref="x:3"/>'
    )
    made = draft(item(text=files, kind="picture"))
    assert made.article.media[0].renditions == (
        Rendition(href="https://media.example/1.jpg", type="image/jpg", width=800),
        Rendition(href="https://media.example/1.jpg"),
        Rendition(href="https://media.example/2.jpg"),
    )
    assert made.lost == ("contentSet/remoteContent",)


@pytest.mark.parametrize(
    ("content", "caption"),
    [
        ('<description role="own:x">A</description><description role="own:caption">B</description>', "B"),
        ('<description role="own:x">A</description>', "A"),
        ('<description role="drol:altText">A</description>', None),
        ("", None),
    ],
)
def test_captions(content: str, caption: str | None) -> None:
    file = '<remoteContent href="https://media.example/1.jpg"/>'
    made = article(item(content=f"<headline>Pier</headline>{content}", text=file, kind="picture"))
    assert made.media[0].caption == caption


def test_files_of_a_text_item_are_its_media() -> None:
    text = xhtml("<p>One.</p>") + '<remoteContent href="https://media.example/1.pdf" contenttype="application/pdf"/>'
    made = article(item(text=text))
    assert [(one.type, one.title) for one in made.media] == [(MediaType.DOCUMENT, "Ferry stops")]
    assert made.body == (Paragraph(html="One."),)


@pytest.mark.parametrize(
    ("story", "media", "is_shown"),
    [
        ("", "", True),
        ("2026-03-05T00:00:00Z", "2026-03-05T00:00:00Z", True),
        ("2026-03-05T00:00:00Z", "", True),
        ("", "2020-01-01T00:00:00Z", False),
        ("2026-03-05T00:00:00Z", "2026-03-06T00:00:00Z", False),
        ("", "never", False),
    ],
)
def test_a_picture_under_a_longer_embargo_is_left_out(story: str, media: str, is_shown: bool) -> None:
    until, later = (f"<embargoed>{one}</embargoed>" if one else "" for one in (story, media))
    (made,) = drafts(message(item(until + SEE), picture(PICTURE, later)))
    assert len(made.article.media) == is_shown
    assert [repair.field for repair in made.repairs] == ["media"] * (not is_shown)


@pytest.mark.parametrize("status", ["withheld", "canceled"])
def test_a_picture_that_was_withdrawn_is_left_out(status: str) -> None:
    gone = picture(PICTURE).replace("stat:usable", f"stat:{status}")
    (made,) = drafts(message(item(SEE), gone))
    assert made.article.media == ()
    (held,) = drafts(message(item(SEE, status=f'<pubStatus qcode="stat:{status}"/>'), gone))
    assert len(held.article.media) == 1


def test_what_a_picture_says_besides_is_said_to_be_lost() -> None:
    pier = picture(PICTURE).replace(
        "<creditline>", '<located literal="Port Ellis"/><keyword>ferry</keyword><creditline>'
    )
    content = "<headline>Ferry stops</headline><keyword>ferry</keyword>"
    (made,) = drafts(message(item(SEE, content), pier))
    assert made.lost == ("picture/contentMeta/located",)
