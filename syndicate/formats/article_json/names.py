"""Articles as JSON with the names of `articles show --json`: one object, a list, or JSON lines."""

TITLE = "Articles as JSON"
# Any JSON that no other reader knows.
IS_GENERIC = True
# An article without an embargo, or a status, has none.
STATES = frozenset({"embargo", "status"})
