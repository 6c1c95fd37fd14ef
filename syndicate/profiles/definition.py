"""A profile from the values of its file, which `load.py` found good."""

import hashlib
import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from syndicate.model.content import Content
from syndicate.model.profile import Field, Limits, Markup, Profile, Sheet, Source

_SECONDS = {"m": 60, "h": 3600, "d": 86400, "w": 604800}


def profile_of(values: Mapping[str, Any]) -> Profile:
    """The profile; the same values, in whatever order, have the same mark."""
    fields, channel, markup, sheet = (values[name] for name in ("fields", "channel", "markup", "sheet"))
    attributes = markup["attributes"]
    return Profile(
        name=values["name"],
        title=values["title"],
        purpose=values["purpose"],
        format=values["format"],
        mark=_mark(values),
        content=Content(values["content"]),
        required=_fields(fields["required"]),
        wanted=_fields(fields["wanted"]),
        channel_required=_fields(channel["required"]),
        channel_wanted=_fields(channel["wanted"]),
        write=tuple(channel["write"].items()),
        values=tuple(values["values"].items()),
        limits=_limits(values["limits"]),
        advice=_limits(values["advice"]),
        markup=Markup(
            elements=None if markup["elements"] is None else tuple(markup["elements"]),
            attributes=None if attributes is None else tuple((name, tuple(of)) for name, of in attributes.items()),
            banned=tuple(markup["banned"]),
            schemes=tuple(markup["schemes"]),
            frame_hosts=tuple(markup["frame_hosts"]),
            embeds=markup["embeds"],
            related=markup["related"],
            other_hosts=markup["other_hosts"],
            hosts=tuple(markup["hosts"]),
        ),
        namespaces=tuple(values["namespaces"].items()),
        campaign=tuple(values["campaign"].items()),
        sheet=Sheet(**(dict(sheet) | {"notes": tuple(sheet["notes"])})),
        sources=tuple(Source(**(dict(one) | {"covers": tuple(one["covers"])})) for one in values["sources"].values()),
    )


def _mark(values: Mapping[str, Any]) -> str:
    text = json.dumps(values, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _fields(table: Mapping[str, str | list[str]]) -> tuple[Field, ...]:
    return tuple(
        Field(name=name, places=(places,) if isinstance(places, str) else tuple(places))
        for name, places in table.items()
    )


def _limits(table: Mapping[str, Any]) -> Limits:
    age = table["age"]
    values = dict(table) | {
        "age": None if age is None else timedelta(seconds=int(age[:-1]) * _SECONDS[age[-1]]),
        "image_types": tuple(table["image_types"]),
        "plain": tuple(table["plain"]),
    }
    return Limits(**values)
