"""How documents of the format begin: the local names of its root elements."""

ROOTS = frozenset({"OpenSearchDescription"})
