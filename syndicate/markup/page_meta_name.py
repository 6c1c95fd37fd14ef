"""What a page is known by when it names nothing itself: its file."""

from pathlib import PurePath

# Sites keep a story in a folder of its own, as the folder's page.
_FOLDER_PAGES = frozenset({"index", "_index", "default", "readme"})


def identity_of(file: str) -> str:
    """The file's name without extension, for the page of a folder the folder's name; empty for standard input."""
    if file == "-":
        return ""
    path = PurePath(file)
    return (path.parent.name or path.stem) if path.stem.lower() in _FOLDER_PAGES else path.stem
