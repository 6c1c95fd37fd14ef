"""Profiles from files: those of the package, and the newsroom's own in `config/profiles/`, which come first.

A file may name a `base`: it then says only what differs, and `without` lists keys of the base that do not hold. A file
may have the name of a profile of the package and take it as its base.
"""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from syndicate.errors import ConfigError, ConfigErrors, UnknownName
from syndicate.formats import base as formats
from syndicate.model.content import Content
from syndicate.model.profile import Profile
from syndicate.profiles.channel import NAMED, is_dressed
from syndicate.profiles.definition import profile_of
from syndicate.profiles.file import WRITABLE, ProfileFile
from syndicate.profiles.places import PREFIXES, is_known
from syndicate.settings import nearest, read_model, read_toml

_SHIPPED = Path(__file__).parent / "shipped"
_Lines = Mapping[tuple[str, ...], int]


def shipped() -> tuple[str, ...]:
    """The names of the profiles that come with the package, sorted."""
    return tuple(sorted(path.stem for path in _SHIPPED.glob("*.toml")))


def names(folder: Path | None = None) -> tuple[str, ...]:
    """The names of all profiles, sorted; `folder` holds the newsroom's own."""
    own = {path.stem for path in folder.glob("*.toml")} if folder is not None else set()
    return tuple(sorted(own.union(shipped())))


def load_values(name: str, folder: Path | None = None) -> dict[str, Any]:
    """The values of a profile, for `profile_of`; also of a file, when the name ends with `.toml`.

    Raises UnknownName, ConfigError or ConfigErrors.
    """
    path = Path(name) if name.endswith(".toml") else _path(name, folder)
    values, lines = _merged(path, folder, ())
    profile = read_model(ProfileFile, values, lines, str(path))
    if faults := tuple(_faults(profile, path, lines)):
        raise ConfigErrors(faults)
    return profile.model_dump()


def load_profile(name: str, folder: Path | None = None) -> Profile:
    """The profile of that name, or of that file; raises as `load_values`."""
    return profile_of(load_values(name, folder))


def load_profiles(folder: Path | None = None) -> tuple[Profile, ...]:
    """All profiles by name; raises ConfigErrors with every fault of every file."""
    found: list[Profile] = []
    errors: list[ConfigError] = []
    for name in names(folder):
        try:
            found.append(load_profile(name, folder))
        except ConfigErrors as faults:
            errors.extend(faults.errors)
        except ConfigError as fault:
            errors.append(fault)
    if errors:
        raise ConfigErrors(tuple(errors))
    return tuple(found)


def _path(name: str, folder: Path | None) -> Path:
    own = None if folder is None else folder / f"{name}.toml"
    path = own if own is not None and own.is_file() else _SHIPPED / f"{name}.toml"
    if name not in names(folder) or not path.is_file():
        raise UnknownName("profile", name, names(folder))
    return path


def _merged(path: Path, folder: Path | None, inside: tuple[Path, ...]) -> tuple[dict[str, Any], dict[Any, int]]:
    """The file's values over those of its base, and the lines of its own keys."""
    values, lines = read_toml(path)
    base, without = values.pop("base", None), values.pop("without", [])
    if base is None:
        if without:
            raise ConfigError(str(path), lines.get(("without",)), "without needs a base", "name it: base = 'msn'")
        return values, lines
    below = _base_path(path, base, folder, lines)
    if below in inside or below == path:
        raise ConfigError(str(path), lines.get(("base",)), f"base = {base!r} leads back to this file")
    found, _ = _merged(below, folder, (*inside, path))
    if not isinstance(without, list) or not all(isinstance(key, str) and _take_out(found, key) for key in without):
        problem = f"without = {without!r} names what {base} does not have"
        raise ConfigError(str(path), lines.get(("without",)), problem, "list keys such as 'limits.title_max'")
    return _over(found, values), lines


def _base_path(path: Path, base: Any, folder: Path | None, lines: _Lines) -> Path:
    known = names(folder)
    if not isinstance(base, str) or base not in known:
        guess = nearest(str(base), list(known))
        cure = f"did you mean {guess!r}?" if guess else f"known: {', '.join(known)}"
        raise ConfigError(str(path), lines.get(("base",)), f"base = {base!r} is no profile", cure)
    if path.stem == base and base not in shipped():
        raise ConfigError(str(path), lines.get(("base",)), f"base = {base!r} leads back to this file")
    return _SHIPPED / f"{base}.toml" if path.stem == base else _path(base, folder)


def _over(below: dict[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """The values of both; tables are joined key by key, anything else of `above` takes the place of what is below."""
    joined = dict(below)
    for key, value in above.items():
        old = joined.get(key)
        joined[key] = _over(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return joined


def _take_out(values: dict[str, Any], key: str) -> bool:
    """Whether the key, `table.key`, was there; it is not any more."""
    *tables, last = key.split(".")
    for table in tables:
        inner = values.get(table)
        if not isinstance(inner, dict):
            return False
        values = inner
    return values.pop(last, None) is not None


def _faults(profile: ProfileFile, path: Path, lines: _Lines) -> Iterator[ConfigError]:
    def fault(key: tuple[str, ...], problem: str, cure: str | None = None) -> ConfigError:
        line = next((lines[key[:n]] for n in range(len(key), 0, -1) if key[:n] in lines), None)
        return ConfigError(str(path), line, problem, cure)

    if profile.name != path.stem:
        yield fault(("name",), f"name = {profile.name!r} is not the name of the file", f"write {path.stem!r}")
    yield from _format_faults(profile, fault)
    yield from _write_faults(profile, fault)
    if profile.campaign and profile.limits.canonical:
        yield fault(("campaign",), "campaign: limits.canonical wants links without parameters", "leave one of them out")
    known = profile_of(profile.model_dump()).bounds()
    for name, source in profile.sources.items():
        for bound in source.covers:
            # What comes from the base may name bounds that do not hold here.
            if bound not in known and ("sources", name) in lines:
                guess = nearest(bound, list(known))
                cure = f"did you mean {guess!r}?" if guess else f"known: {', '.join(known)}"
                yield fault(("sources", name, "covers"), f"covers: the profile has no {bound!r}", cure)


def _format_faults(profile: ProfileFile, fault: Callable[..., ConfigError]) -> Iterator[ConfigError]:
    try:
        facts = formats.written_facts(profile.format)
    except UnknownName as unknown:
        guess = nearest(profile.format, list(unknown.known))
        cure = f"did you mean {guess!r}?" if guess else f"known: {', '.join(unknown.known)}"
        yield fault(("format",), f"format = {profile.format!r} is no format that can be written", cure)
        return
    if not is_known(profile.format):
        problem = f"format = {profile.format!r}: documents of it cannot be held against a profile"
        yield fault(("format",), problem, "take another one, such as 'rss'")
    if Content(profile.content) not in facts.CONTENTS:
        problem = f"content = {profile.content!r}: {profile.format} items are always whole"
        yield fault(("content",), problem, f"write {facts.CONTENTS[0].value!r}")
    if profile.channel.write and not is_dressed(profile.format):
        yield fault(("channel", "write"), f"channel.write: nothing can be put into a document of {profile.format}")


def _write_faults(profile: ProfileFile, fault: Callable[..., ConfigError]) -> Iterator[ConfigError]:
    known = (*WRITABLE, *profile.values)
    prefixes = {*PREFIXES, *profile.namespaces}
    for path, text in profile.channel.write.items():
        for name in NAMED.findall(text):
            if name not in known:
                problem, cure = f"{path} = {text!r}: {{{name}}} stands for nothing", f"known: {', '.join(known)}"
                yield fault(("channel", "write", path), problem, cure)
        for prefix in {step.partition(":")[0] for step in path.split("/") if ":" in step} - prefixes:
            problem = f"{path}: nothing says what {prefix}: stands for"
            yield fault(("channel", "write", path), problem, f"write {prefix} = '...' into [namespaces]")
