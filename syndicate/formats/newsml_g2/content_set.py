"""The text of an item: NITF or XHTML, with the exact number of its words."""

import re

from syndicate.formats.newsml_g2 import names as n
from syndicate.formats.newsml_g2.dialects import Dialect
from syndicate.formats.newsml_g2.item_meta import headline
from syndicate.formats.newsml_g2.write import make
from syndicate.markup import body_nitf, nitf_names
from syndicate.markup.body_html import body_html
from syndicate.markup.escape import xml_data
from syndicate.markup.xml import clean
from syndicate.model.article import Article, Status

XHTML = "http://www.w3.org/1999/xhtml"
# What does not part words when they are counted.
_INLINE = re.compile(r"</?(?:a|em|strong|sub|sup|code|span|cite)(?: [^>]*)?>")
_TAG = re.compile(r"<[^>]*>")
_EMPTY_SET = make(n.CONTENT_SET)


def content_set(article: Article, dialect: Dialect) -> str:
    """The text. A kill has an empty set: Superdesk refuses an item without one, and the kill would be lost."""
    if article.status is Status.CANCELED:
        return _EMPTY_SET
    kind, payload, words = _xhtml(article) if dialect.payload == "xhtml" else _nitf(article)
    return make(n.CONTENT_SET, children=make(n.INLINE_XML, f' contenttype="{kind}" wordcount="{words}"', payload))


def _nitf(article: Article) -> tuple[str, str, int]:
    body, words = body_nitf.body(article)
    return n.NITF_TYPE, f'<nitf xmlns="{nitf_names.NAMESPACE}">{body}</nitf>\n', words


def _xhtml(article: Article) -> tuple[str, str, int]:
    body = clean(body_html(article))
    title = xml_data(headline(article))
    page = f'<html xmlns="{XHTML}">\n<head><title>{title}</title></head>\n<body>\n{body}\n</body>\n</html>\n'
    return n.XHTML_TYPE, page, len(_TAG.sub(" ", _INLINE.sub("", body)).split())
