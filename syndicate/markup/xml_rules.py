"""Rules about the bytes and the XML of a document, whatever its format. The checks are those of the parse."""

from syndicate.markup.rules import ERROR, INFO, WARNING, RuleSet
from syndicate.model.finding import Rule

rules = RuleSet("xml")
_XML = "XML 1.0"

BY_KIND: dict[str, Rule] = {
    "too-large": rules.state(
        "xml.document.too-large", severity=ERROR, spec="our bounds",
        summary="a document stays below the size that is read",
        why="One document must not cost more memory than a machine has.", reference="ValidatorLimit"),
    "too-deep": rules.state(
        "xml.document.too-deep", severity=ERROR, spec="our bounds",
        summary="elements are nested no deeper than anybody reads",
        why="Deep nesting is a known way to exhaust parsers; no feed needs it."),
    "too-many": rules.state(
        "xml.document.too-many-elements", severity=ERROR, spec="our bounds",
        summary="a document has no more elements and attributes than are read",
        why="One document must not cost more memory than a machine has."),
    "not-well-formed": rules.state(
        "xml.document.not-well-formed", severity=ERROR, spec=f"{_XML} §2.1", summary="the document is well-formed XML",
        why="Many readers refuse the whole feed for one stray character.", reference="SAXError"),
    "empty": rules.state(
        "xml.document.empty", severity=ERROR, spec=f"{_XML} §2.1", summary="the document is not empty",
        why="An empty file is what a full disk or a job that died leaves behind; readers show an error for it."),
    "compressed": rules.state(
        "xml.document.compressed", severity=ERROR, spec="RFC 9110 §8.4", summary="the document is not packed",
        why="Readers unpack only what the server says is packed."),
    "binary": rules.state(
        "xml.document.binary", severity=ERROR, spec=f"{_XML} §2.1", summary="the document is a text",
        why="A picture, a PDF or NUL bytes are no feed, whatever the file is called."),
    "declaration": rules.state(
        "xml.declaration.malformed", severity=ERROR, spec=f"{_XML} §2.8",
        summary="the XML declaration is written as the grammar says",
        why="Parsers stop at a declaration in another order, without quotes or in capitals, before they see the feed.",
        reference="SAXError"),
    "space-before-declaration": rules.state(
        "xml.declaration.space-before", severity=ERROR, spec=f"{_XML} §2.8",
        summary="nothing stands in front of the XML declaration",
        why="A blank line at the top, often left by a plug-in, makes the whole feed unreadable.",
        reference="WPBlankLine"),
    "version": rules.state(
        "xml.declaration.version", severity=ERROR, spec=f"{_XML} §2.8", summary="the XML version is 1.0",
        why="XML 1.1 is read by few parsers.", reference="BadXmlVersion"),
    "undecodable": rules.state(
        "xml.encoding.undecodable", severity=ERROR, spec=f"{_XML} §4.3.3",
        summary="all bytes are characters of the encoding",
        why="Parsers stop at the first byte that is not in the encoding.", reference="UnicodeError"),
    "encoding-mismatch": rules.state(
        "xml.encoding.mismatch", severity=ERROR, spec=f"{_XML} §4.3.3",
        summary="the declared encoding is the one that is used",
        why="Readers believe either the declaration or the bytes, and then show different texts.",
        reference="UnicodeError"),
    "unknown-encoding": rules.state(
        "xml.encoding.unknown", severity=ERROR, spec=f"{_XML} §4.3.3", summary="the declared encoding exists",
        why="A parser that does not know the encoding reads nothing.", reference="UnknownEncoding"),
    "charset-mismatch": rules.state(
        "xml.encoding.charset", severity=WARNING, spec="RFC 7303 §3",
        summary="the server's charset is the encoding of the document",
        why="Readers believe either the server or the document, and then show different texts.",
        reference="EncodingMismatch"),
    "looks-like-utf-8": rules.state(
        "xml.encoding.utf-8", severity=WARNING, spec=f"{_XML} §4.3.3",
        summary="what is UTF-8 is declared as UTF-8",
        why="Readers show two or three wrong characters for each letter with an accent."),
    "windows-characters": rules.state(
        "xml.encoding.windows", severity=WARNING, spec=f"{_XML} §2.2",
        summary="no bytes of windows-1252 stand in ISO-8859-1",
        why="Quotation marks, dashes and the euro sign become control characters that nobody sees."),
    "obscure-encoding": rules.state(
        "xml.encoding.obscure", severity=WARNING, spec=f"{_XML} §4.3.3",
        summary="the encoding is one that readers know", why="Rare encodings are known to few parsers.",
        reference="ObscureEncoding"),
    "other-encoding": rules.state(
        "xml.encoding.not-utf", severity=INFO, spec=f"{_XML} §4.3.3", summary="the encoding is UTF-8 or UTF-16",
        why="These two are the only ones that every XML parser must know.", reference="NonstdEncoding"),
    "no-encoding": rules.state(
        "xml.encoding.missing", severity=INFO, spec=f"{_XML} §4.3.3", summary="the encoding is declared",
        why="UTF-8 is assumed, which is right for most but surprises who edits the file with another encoding.",
        reference="MissingEncoding"),
    "undefined-entity": rules.state(
        "xml.entity.undefined", severity=ERROR, spec=f"{_XML} §4.1",
        summary="only the five entities of XML are used",
        why="HTML names such as &nbsp; stop an XML parser.", reference="SAXError"),
    "entity": rules.state(
        "xml.entity.defined", severity=ERROR, spec=f"{_XML} §4.2", summary="the document defines no entities",
        why="Entities can be made to grow without end; careful readers refuse such documents, and so do we."),
    "external-entity": rules.state(
        "xml.entity.external", severity=WARNING, spec=f"{_XML} §4.2.2", summary="no entity names an outside file",
        why="Parsers that fetch it can be made to read the files of the machine they run on.",
        reference="ContainsSystemEntity"),
    "external-doctype": rules.state(
        "xml.doctype.external", severity=WARNING, spec=f"{_XML} §2.8", summary="the document names no outside DTD",
        why="Nothing is fetched for it; some readers refuse documents with a DOCTYPE.",
        reference="ContainsSystemEntity"),
    "unbound-prefix": rules.state(
        "xml.namespace.unbound", severity=ERROR, spec="Namespaces in XML 1.0 §5", summary="every prefix is declared",
        why="Parsers with namespaces refuse the whole document.", reference="MissingNamespace"),
    "namespace-declaration": rules.state(
        "xml.namespace.declaration", severity=ERROR, spec="Namespaces in XML 1.0 §3",
        summary="no prefix is bound to nothing, nor xml and xmlns to something else",
        why="Parsers with namespaces refuse the whole document."),
    "duplicate-attribute": rules.state(
        "xml.namespace.attribute", severity=ERROR, spec="Namespaces in XML 1.0 §6.3",
        summary="no attribute stands twice by two prefixes of one namespace",
        why="Parsers with namespaces refuse the whole document."),
    "qualified-name": rules.state(
        "xml.namespace.name", severity=ERROR, spec="Namespaces in XML 1.0 §4", summary="names have one colon at most",
        why="Parsers with namespaces refuse the whole document."),
}  # fmt: skip
