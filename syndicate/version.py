"""Which version this is."""


def version() -> str | None:
    """The version that is installed; None when this runs from its source folder without being installed."""
    # Slow to load, and most commands do not say their version.
    from importlib import metadata

    try:
        return metadata.version("syndicate")
    except metadata.PackageNotFoundError:
        return None
