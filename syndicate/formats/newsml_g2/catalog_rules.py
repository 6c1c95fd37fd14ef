"""Rules about catalogs and the codes that they declare aliases for."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from syndicate.formats.newsml_g2 import names as n
from syndicate.formats.newsml_g2.aliases import IPTC_ALIASES
from syndicate.formats.newsml_g2.item_rules import ns
from syndicate.formats.newsml_g2.values import ATTRIBUTES, QCODE, QCODES
from syndicate.markup.g2_catalogs import catalog_aliases
from syndicate.markup.rules import ERROR, INFO, WARNING, Fault, RuleSet, Run, at
from syndicate.markup.structure import shown
from syndicate.markup.xml import Node

rules = RuleSet("newsml-g2")

CODED = frozenset(name for name, kind in ATTRIBUTES.items() if kind in (QCODE, QCODES))
"""Attributes whose values are one qcode or several."""
OWNERS = frozenset(map(ns, (*n.ITEMS, n.HEADER)))
"""The elements that have catalogs of their own, by their Clark names."""

_OURS, _SCHEME = ns(""), ns(n.SCHEME)
_IPTC_CATALOG = re.compile(r"http://www\.iptc\.org/std/catalog/catalog\.IPTC-G2-Standards_\d+\.xml\Z")
_RETIRED = frozenset({"ctrol", "isrol"})


@rules.rule("newsml-g2.qcode.alias-unknown", on=None, severity=WARNING, spec="NewsML-G2, catalogs",
            summary="every alias is declared by a catalog of the item")  # fmt: skip
def alias_unknown(node: Node, run: Run) -> Iterable[Fault]:
    """Without the catalog nobody knows what the code means; catalogs of the header count for the header only."""
    if CODED.isdisjoint(node.attributes) or not node.name.startswith(_OURS):
        return ()
    return _alias_unknown(node, run)


def _alias_unknown(node: Node, run: Run) -> Iterator[Fault]:
    known = declared(node, run)
    for attribute, alias in _aliases(node):
        if known is not None and alias not in known:
            yield at(node, f"the alias {alias!r} is in no catalog of this item", attribute=attribute)


@rules.rule("newsml-g2.qcode.alias-retired", on=None, severity=INFO, spec="IPTC catalog 41",
            summary="no alias is a retired one")  # fmt: skip
def alias_retired(node: Node, run: Run) -> Iterable[Fault]:
    """New receivers do not know it any more: cpprole took their place."""
    if CODED.isdisjoint(node.attributes) or not node.name.startswith(_OURS):
        return ()
    return [
        at(node, f"the alias {alias!r} is retired: use cpprole", attribute=attribute)
        for attribute, alias in _aliases(node)
        if alias in _RETIRED
    ]


@rules.rule("newsml-g2.alias.duplicate", on=(ns(n.CATALOG),), severity=ERROR, spec="NewsML-G2, catalog, scheme",
            summary="an alias stands for one scheme in an item")  # fmt: skip
def alias_duplicate(catalog: Node, run: Run) -> Iterable[Fault]:
    """Else a code with that alias means two things, and each receiver decides which."""
    catalogs = catalog.parent.find_all(catalog.name) if catalog.parent is not None else []
    # All catalogs of an item are one list, which is looked at with the first of them.
    return _alias_duplicate(catalogs) if catalogs and catalogs[0] is catalog else ()


def _alias_duplicate(catalogs: list[Node]) -> Iterator[Fault]:
    known: dict[str, str] = {}
    for scheme in (one for catalog in catalogs for one in catalog.find_all(_SCHEME)):
        alias, uri = (scheme.get("alias") or "").strip(), (scheme.get("uri") or "").strip()
        if alias and uri and known.setdefault(alias, uri) != uri:
            yield at(scheme, f"the alias {shown(alias)} stands for {shown(known[alias])} before", attribute="alias")


@rules.rule("newsml-g2.catalog-ref.form", on=(ns(n.CATALOG_REF),), severity=WARNING, spec="IPTC catalogs",
            summary="IPTC's catalog is named by its exact address")  # fmt: skip
def catalog_ref_form(node: Node, run: Run) -> Iterator[Fault]:
    """Readers compare the string and do not fetch it."""
    href = node.get("href") or ""
    if "iptc.org/" in href and not _IPTC_CATALOG.match(href):
        yield at(node, f"{shown(href)} is not the address that readers know: {n.IPTC_CATALOG}", attribute="href")


def _aliases(node: Node) -> Iterator[tuple[str, str]]:
    """The aliases that the element's attributes use, each with its attribute."""
    for attribute, value in node.attributes.items():
        if attribute in CODED:
            for alias in _aliases_in(value):
                yield attribute, alias


@lru_cache(maxsize=1024)
def _aliases_in(qcodes: str) -> tuple[str, ...]:
    return tuple(qcode.partition(":")[0] for qcode in qcodes.split() if ":" in qcode)


def are_declared(qcodes: str, known: frozenset[str] | None) -> bool:
    """Whether every alias in the value is among the known ones, and none is retired; None where any may be known."""
    used = _aliases_in(qcodes)
    return _RETIRED.isdisjoint(used) and (known is None or known.issuperset(used))


def declared(node: Node, run: Run) -> frozenset[str] | None:
    """The aliases of the catalogs of the node's item or header; None when one of them is not known to us."""
    owner: Node | None = node
    while owner is not None and owner.name not in OWNERS:
        owner = owner.parent
    if owner is None:
        return None
    memory: dict[int, frozenset[str] | None] = run.memory("aliases", dict)
    if id(owner) not in memory:
        aliases = _of_catalogs(owner, run.schemas)
        memory[id(owner)] = aliases if aliases is None else _only_one(aliases)
    return memory[id(owner)]


def _of_catalogs(owner: Node, folder: Path | None) -> frozenset[str] | None:
    inline = frozenset(scheme.get("alias") or "" for one in owner.find_all(ns(n.CATALOG)) for scheme in one.children)
    known = [_of_reference(node.get("href") or "", folder) for node in owner.find_all(ns(n.CATALOG_REF))]
    return None if None in known else inline.union(*(one for one in known if one is not None))


def _of_reference(href: str, folder: Path | None) -> frozenset[str] | None:
    """The aliases that the catalog declares; None for one that is not at hand. IPTC's add to each other."""
    is_iptc = "iptc.org/" in href
    if is_iptc and folder is None:
        return IPTC_ALIASES
    at_hand = None if folder is None else catalog_aliases(href, folder)
    found = None if at_hand is None else frozenset(at_hand)
    return IPTC_ALIASES | (found or frozenset()) if is_iptc else found


@lru_cache(maxsize=64)
def _only_one(aliases: frozenset[str]) -> frozenset[str]:
    """The same set for equal ones: to compare it with itself takes no time."""
    return aliases
