"""The extension namespaces that are checked, and those that are merely known."""

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
_CHECKED: tuple[Vocabulary, ...] = (XML,)

VOCABULARIES: dict[str, Vocabulary] = {vocabulary.namespace: vocabulary for vocabulary in _CHECKED}
SETS: tuple[RuleSet, ...] = ()
