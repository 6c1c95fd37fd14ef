"""How documents of the format begin: what its documents begin with."""

ROOTS = frozenset({"{"})
