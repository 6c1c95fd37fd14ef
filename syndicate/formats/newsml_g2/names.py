"""NewsML-G2: facts, and the names that rendering and rules share."""

from syndicate.model.feed import Content

TITLE = "NewsML-G2 2.35"
FILE_NAME = "newsml-g2.xml"
MEDIA_TYPE = "application/vnd.iptc.g2.newsmessage+xml"
# The same guid and version must always say the same, so an item is never shortened for one feed.
CONTENTS = (Content.FULL,)
# A newsMessage needs at least one item: nothing new means no message.
ALLOWS_EMPTY = False
STANDALONE = True
