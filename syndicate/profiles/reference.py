"""The page of the reference about profiles, made from the code and the files of the package."""

from typing import Any

from pydantic import BaseModel

from syndicate.profiles.file import ProfileFile
from syndicate.profiles.load import load_profiles
from syndicate.profiles.sheet import table
from syndicate.profiles.words import sentences

_ABOVE = (("base", "Profile whose keys hold unless this file says otherwise"),
          ("without", "Keys of the base that do not hold, such as `limits.title_max`"))  # fmt: skip


def page() -> str:
    """The profiles of the package, and the keys of a profile file; the caller puts a note on its making above it."""
    rows = [
        [f"`{one.name}`", one.title, f"`{one.format}`", "; ".join(said for _, said in sentences(one.limits)) or "-"]
        for one in load_profiles()
    ]
    parts = ["# Profiles\n", table(("profile", "partner", "format", "he insists on"), rows), *_keys()]
    return "\n".join(parts)


def _keys() -> list[str]:
    top, tables = [[f"`{key}`", f"{says}."] for key, says in _ABOVE], []
    for name, field in ProfileFile.model_fields.items():
        model: Any = field.annotation
        if name == "advice":
            continue
        if isinstance(model, type) and issubclass(model, BaseModel):
            title = "[limits], an error when broken, and [advice], a warning" if name == "limits" else f"[{name}]"
            tables += [f"### {title}\n", _table(model)]
        elif name == "sources":
            tables += ["### [sources.NAME]\n", _table(ProfileFile.model_fields[name].annotation.__args__[1])]  # type: ignore[union-attr]
        else:
            top.append([f"`{name}`", f"{field.description}."])
    return ["## config/profiles/*.toml\n", table(("key", "says"), top), *tables]


def _table(model: type[BaseModel]) -> str:
    return table(("key", "says"), [[f"`{key}`", f"{one.description}."] for key, one in model.model_fields.items()])
