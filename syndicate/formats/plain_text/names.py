"""An article as plain text, one file each: facts."""

from syndicate.model.content import Content

TITLE = "Plain text"
FILE_NAME = "plain-text/index.json"
MEDIA_TYPE = "text/plain; charset=utf-8"
CONTENTS = (Content.FULL, Content.SUMMARY, Content.HEADLINE)
ALLOWS_EMPTY = True
STANDALONE = False
EACH = ".txt"
TELLS_WITHDRAWALS = True
