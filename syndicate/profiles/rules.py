"""What a document can break of a partner's profile. What he insists on is an error, what he advises a warning."""

from typing import NamedTuple

from syndicate.markup.rules import ERROR, INFO, WARNING, RuleSet
from syndicate.model.finding import Rule

rules = RuleSet("profile")
_SPEC = "the partner's profile"


class Twins(NamedTuple):
    """The rule for what a partner insists on, and the one for what he advises."""

    error: Rule
    advice: Rule


def _rule(rule_id: str, summary: str, why: str) -> Rule:
    return rules.state(rule_id, severity=ERROR, spec=_SPEC, summary=summary, why=why)


def _twins(rule_id: str, summary: str, why: str) -> Twins:
    error = _rule(rule_id, summary, why)
    advice = rules.state(
        f"{rule_id}-advice", severity=WARNING, spec=_SPEC, summary=f"{summary}, as the partner advises", why=why
    )
    return Twins(error, advice)


FORMAT = _rule(
    "profile.document.format", "the document is of the profile's format", "The partner's reader takes no other one."
)
DOCUMENT_LARGE = _twins(
    "profile.document.large",
    "the document is no larger than the partner takes",
    "He stops reading, or does not fetch it at all.",
)
ENCODING = _twins(
    "profile.document.encoding", "the document is in UTF-8", "Letters beyond ASCII reach readers as other ones."
)
NAMESPACE = _rule(
    "profile.namespace.missing",
    "the namespaces that the partner looks for are declared",
    "A namespace that differs by one letter is another one: its elements are not seen.",
)
ITEMS_FEW = _twins(
    "profile.items.few", "there are as many items as the partner wants at least", "He refuses or hides the feed."
)
ITEMS_MANY = _twins(
    "profile.items.many", "there are no more items than the partner reads", "What comes after is not seen."
)
CHANNEL_FIELD = _twins(
    "profile.channel.missing-field", "the document says of itself what the partner asks for", "He refuses the feed."
)
CHANNEL_LONG = _twins(
    "profile.channel.description-long",
    "the channel's description is as short as the partner wants it",
    "It is cut off.",
)
ITEM_FIELD = _twins(
    "profile.item.missing-field", "items have the fields that the partner asks for", "He does not take the item."
)
ITEM_OLD = _twins("profile.item.old", "items are no older than the partner takes", "He does not take the item.")
ITEM_FUTURE = _twins("profile.item.future", "items are not dated in the future", "He does not take the item.")
TITLE_SHORT = _twins("profile.title.short", "titles are long enough for the partner", "He does not take the item.")
TITLE_LONG = _twins("profile.title.long", "titles are short enough for the partner", "He cuts it, or refuses the item.")
DESCRIPTION_SHORT = _twins(
    "profile.description.short", "summaries are long enough for the partner", "The item is shown badly."
)
DESCRIPTION_LONG = _twins(
    "profile.description.long", "summaries are short enough for the partner", "It is cut in mid-sentence."
)
FIELD_MARKUP = _twins(
    "profile.field.markup",
    "fields that are plain text for the partner hold no markup",
    "Readers see the tags, or the text without a part of it.",
)
BODY_SHORT = _twins("profile.body.short", "texts are long enough for the partner", "He does not take the item.")
BODY_LONG = _twins("profile.body.long", "texts are short enough for the partner", "He does not take the item.")
BODY_DEEP = _twins("profile.body.deep", "elements do not stand too deep inside each other", "They are taken out.")
ELEMENT = _rule(
    "profile.element.not-allowed",
    "texts hold only elements that the partner takes",
    "He takes it out, with what is in it, or refuses the item.",
)
ATTRIBUTE = _rule(
    "profile.attribute.not-allowed",
    "elements have only attributes that the partner takes",
    "He takes it out, or refuses the item.",
)
FRAME = _rule(
    "profile.frame.host",
    "players in frames are from those whom the partner shows, and by https",
    "He takes it out: a hole stays in the text.",
)
RELATED = _rule(
    "profile.related.not-allowed", "texts hold no lines that lead to other stories", "The partner refuses the item."
)
LINK_SCHEME = _rule("profile.link.scheme", "links are of a kind that the partner takes", "He takes the link out.")
LINK_HOST = _rule("profile.link.other-host", "links lead to our own pages", "The partner refuses the item.")
RELATIVE = _rule(
    "profile.address.relative",
    "all addresses are full ones",
    "A relative address leads somewhere on the partner's site, to a page that does not exist.",
)
INSECURE = _twins("profile.address.insecure", "links and media are reached by https", "He does not fetch it.")
TRACKED = _twins(
    "profile.link.tracked", "the item's link has no campaign parameters", "The partner takes it for another page."
)
UNTRACKED = rules.state(
    "profile.link.untracked",
    severity=WARNING,
    spec=_SPEC,
    summary="the item's link to our own page has the campaign parameters of the profile",
    why="Nobody can tell how many readers the partner sends.",
)
MISPLACED = _rule(
    "profile.campaign.misplaced",
    "guids, media and links to other sites have no campaign parameters",
    "They change what must stay the same: readers see the story twice, caches keep the picture twice, and other sites "
    "count readers of ours as somebody else's.",
)
IMAGE_SMALL = _twins("profile.image.small", "pictures are as large as the partner wants them", "He does not show it.")
IMAGE_LARGE = _twins("profile.image.large", "picture files are as small as the partner wants", "He does not fetch it.")
IMAGE_TYPE = _twins("profile.image.type", "pictures are of a type that the partner takes", "He does not show it.")
IMAGE_UNSIZED = rules.state(
    "profile.image.unsized",
    severity=WARNING,
    spec=_SPEC,
    summary="the size of a picture is stated where the partner has a limit for it",
    why="Whether he will show it is not known before he has fetched it.",
)
SHAPED = rules.state(
    "profile.article.shaped",
    severity=INFO,
    spec=_SPEC,
    summary="the article goes out to the partner as it is",
    why="Whoever wonders what became of a picture or half a headline finds it here.",
)
IMAGES_FEW = _twins("profile.images.few", "items have as many pictures as the partner wants", "He hides the item.")
ENCLOSURES = _twins(
    "profile.enclosure.many", "items have no more enclosures than the partner reads", "He takes any one of them."
)
