"""The extension namespaces that are checked, and those that are merely known."""

from syndicate.markup.namespaces import atom_in_rss, legacy, media, opensearch, podcast, prefixes, small, xhtml
from syndicate.markup.rules import RuleSet
from syndicate.markup.structure import Attribute, Vocabulary
from syndicate.markup.value_addresses import iri
from syndicate.markup.values import xml_language
from syndicate.markup.xml import XML_NAMESPACE

XML = Vocabulary(
    namespace=XML_NAMESPACE,
    prefix="xml",
    attributes={
        f"{{{XML_NAMESPACE}}}lang": Attribute(kind=xml_language),
        f"{{{XML_NAMESPACE}}}base": Attribute(kind=iri),
        f"{{{XML_NAMESPACE}}}space": Attribute(),
        f"{{{XML_NAMESPACE}}}id": Attribute(),
    },
)
_CHECKED: tuple[Vocabulary, ...] = (
    XML,
    media.VOCABULARY,
    opensearch.VOCABULARY,
    xhtml.XHTML,
    *podcast.VOCABULARIES,
    *small.VOCABULARIES,
    *legacy.VOCABULARIES,
)

VOCABULARIES: dict[str, Vocabulary] = {
    **{
        namespace: Vocabulary(namespace=namespace, prefix=prefix, open=True)
        for namespace, prefix in legacy.KNOWN.items()
    },
    **{vocabulary.namespace: vocabulary for vocabulary in _CHECKED},
}
# Atom's own elements in AtomPub documents are those of the tables; others do no harm.
IN_APP: dict[str, Vocabulary] = {
    **VOCABULARIES,
    atom_in_rss.NS: Vocabulary(namespace=atom_in_rss.NS, prefix="atom", open=True),
}
IN_RSS: dict[str, Vocabulary] = {**VOCABULARIES, atom_in_rss.NS: atom_in_rss.ATOM}
SETS: tuple[RuleSet, ...] = (
    small.rules,
    legacy.rules,
    media.rules,
    opensearch.rules,
    podcast.rules,
    xhtml.rules,
    prefixes.rules,
)
