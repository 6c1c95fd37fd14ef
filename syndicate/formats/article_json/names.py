"""Articles as JSON with the names of `articles show --json`: one object, a list, or JSON lines."""

TITLE = "Articles as JSON"
# Any JSON that no other reader knows.
IS_GENERIC = True
