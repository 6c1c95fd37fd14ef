"""Publishing a feed's documents, those of single articles first, and the manifest that speaks of them last."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from syndicate.app import App
from syndicate.feeds.build import LIST_TYPE, Build, document_path, single, single_path
from syndicate.formats import base as formats
from syndicate.formats.base import Quoted
from syndicate.markup.dates import rfc3339
from syndicate.model.feed import Feed
from syndicate.outcome import HELD, REMOVED, UNCHANGED, WRITTEN, Outcome
from syndicate.publish import manifest, pages, prune
from syndicate.publish.manifest import Document, Manifest
from syndicate.publish.pages import Chain

# How many headlines of a feed the front page names.
_QUOTED = 3


@dataclass(frozen=True, slots=True)
class Made:
    """A document's outcome; with it what may be published, if anything may, and the feed's archive in that format."""

    outcome: Outcome
    built: Build | None = None
    document: Document | None = None
    chain: Chain = Chain()


def publish(app: App, feed: Feed, made: Sequence[Made], before: Manifest, *, force: bool) -> Manifest:
    """Write what differs: the articles' own documents and the archive first, then the feed's, the manifest last.

    The new manifest comes back.
    """
    after: Manifest = {"feed": feed.id, **{key: dict(before.get(key, {})) for key in ("documents", "articles")}}
    archived = before.get("archive", {})
    chains = [(one.outcome.format, one.chain) for one in made]
    archive = pages.publish(app.tree, chains, archived, app.codings) if archived or feed.archive else {}
    for one in made:
        name = one.outcome.format
        if one.outcome.state == REMOVED:
            prune.remove_document(app.tree, one.outcome.path, after["documents"].pop(one.outcome.path))
            after["articles"] = _without(after["articles"], name)
        elif one.built is not None and one.document is not None and one.outcome.state in (WRITTEN, HELD):
            known = {} if force else before.get("articles", {})
            singles = dict(_publish_singles(app, one.built, known)) if one.built.singles else {}
            after["articles"] = _without(after["articles"], name) | singles
            after["documents"][one.document.path] = manifest.publish(app.tree, one.document, app.codings)
        elif one.built is not None and one.document is not None and one.outcome.state == UNCHANGED:
            entry = after["documents"][one.document.path]
            after["documents"][one.document.path] = _redated(entry, one.built, one.document)
    _drop_formats(app, feed, after)
    archive = {path: one for path, one in archive.items() if one["format"] in feed.formats}
    pages.remove(app.tree, archived, archive)
    if archive:
        after["archive"] = archive
    manifest.save(app.tree, feed.id, after)
    app.tree.settle()
    return after


def _redated(entry: dict[str, Any], built: Build, document: Document) -> dict[str, Any]:
    """The entry of a document that is the same but for dates that do not stand in it."""
    dates = [(rfc3339(one.published), rfc3339(one.updated)) for one in built.articles[:_QUOTED]]
    said = [(one["published"], one["updated"]) for one in entry.get("newest", ())]
    newest = {} if document.newest is None or said == dates else {"newest": document.newest()}
    return entry | {"updated": rfc3339(document.updated)} | newest


def _drop_formats(app: App, feed: Feed, after: Manifest) -> None:
    """Take away the documents in formats that the feed's definition does not name any more."""
    wanted = {document_path(feed, name) for name in feed.formats}
    for path in sorted(set(after["documents"]) - wanted):
        prune.remove_document(app.tree, path, after["documents"].pop(path))
    after["articles"] = {path: one for path, one in after["articles"].items() if one["format"] in feed.formats}


def _without(articles: dict[str, Any], name: str) -> dict[str, Any]:
    """What a manifest says of single articles' documents, but for those of that format."""
    return {path: one for path, one in articles.items() if one["format"] != name}


def document_of(built: Build) -> Document:
    return Document(
        format=built.format,
        path=document_path(built.envelope.feed, built.format),
        media_type=LIST_TYPE if formats.each(built.format) else formats.written_facts(built.format).MEDIA_TYPE,
        size=built.size,
        parts=built.parts,
        guids=built.guids,
        fragments=tuple([one.sha256 for one in built.singles or built.fragments]),
        updated=built.envelope.updated,
        chunks=built.chunks,
        pack=built.pack,
        newest=partial(_newest, built, quoted) if (quoted := formats.quoted(built.format)) else None,
    )


def _newest(built: Build, quoted: Quoted) -> list[dict[str, str]]:
    """The first headlines of the document, with both dates of each."""
    bodies = built.bodies.data_of(built.fragments[:_QUOTED])
    return [
        {
            "headline": headline.text,
            "href": headline.href,
            "language": headline.language,
            "published": rfc3339(article.published),
            "updated": rfc3339(article.updated),
        }
        for article, headline in zip(built.articles, map(quoted, bodies), strict=False)
    ]


def _publish_singles(app: App, built: Build, before: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Write the articles' own documents where they are not there yet; the manifest's entry of each by its path."""
    missing = []
    for article, fragment in zip(built.articles, built.singles, strict=True):
        path = single_path(built.envelope.feed, article.guid, built.format)
        entry, mark = before.get(path), built.mark_of(fragment)
        if entry and manifest.is_single_published(app.tree, path, entry, mark, app.codings):
            yield path, entry
        else:
            missing.append((path, mark, fragment))
    bodies = built.bodies.data_of([fragment for *_, fragment in missing])
    media_type = formats.written_facts(built.format).MEDIA_TYPE
    for (path, mark, _), data in zip(missing, bodies, strict=True):
        made = single(built.format, data, built.envelope)
        yield path, manifest.publish_single(app.tree, path, built.format, media_type, mark, made, app.codings)
