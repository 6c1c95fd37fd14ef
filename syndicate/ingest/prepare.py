"""From what a reader gives to what the store takes, as far as this needs no look into the store."""

from dataclasses import dataclass, replace

from syndicate.formats.base import PieceReader
from syndicate.ingest.decide import named, set_fields
from syndicate.model.draft import Draft, Piece, Reading, Rejected, Repair, Written
from syndicate.store.record import Record, microseconds, record_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """How files are read: by which reader (None: found out), with which `--set` fields, kept or only tried.

    `jobs` is how many processes read large files of articles; 1 does all in this one. The outcome is the same.
    """

    reading: Reading
    tag_authority: str
    reader: str | None = None
    overrides: tuple[tuple[str, str], ...] = ()
    dry_run: bool = False
    jobs: int = 1


@dataclass(frozen=True, slots=True)
class Ready:
    """A draft with its fields set and its guid minted: `record` is what is stored if nothing of that guid is yet.

    `lost` names what its source says and an article cannot carry, `states` what its kind of source would say if there
    were such a thing (embargo, status).
    """

    record: Record
    file: str
    line: int | None
    stated_version: int | None
    repairs: tuple[Repair, ...]
    lost: tuple[str, ...] = ()
    states: frozenset[str] = frozenset({"embargo", "status"})

    @property
    def draft(self) -> Draft:
        """The draft, for a decision against a stored revision."""
        return Draft(
            article=self.record.article,
            identity=self.record.guid,
            file=self.file,
            line=self.line,
            stated_version=self.stated_version,
            repairs=self.repairs,
            lost=self.lost,
        )


def read_ready(reader: PieceReader, piece: Piece, file: str, order: Import) -> Ready | Rejected:
    """The article of one piece, `prepared`."""
    read = reader.read_piece if order.overrides else reader.write_piece
    return prepared(read(piece, file, order.reading), order)


def prepared(one: Draft | Written | Rejected, order: Import) -> Ready | Rejected:
    """The draft with `--set` applied and a guid; Rejected when it cannot be. What is written already takes none."""
    if isinstance(one, Rejected):
        return one
    if isinstance(one, Written):
        return Ready(_record(one), one.file, one.line, one.stated_version, one.repairs)
    try:
        draft = named(set_fields(one, order.overrides) if order.overrides else one, order.tag_authority)
    except ValueError as error:
        return Rejected(file=one.file, line=one.line, reason=str(error))
    article, version = draft.article, draft.stated_version or 1
    record = record_of(article if article.version == version else replace(article, version=version))
    return Ready(record, draft.file, draft.line, draft.stated_version, draft.repairs, draft.lost)


def _record(one: Written) -> Record:
    return Record(
        one.guid,
        one.stated_version or 1,
        one.status.value,
        microseconds(one.published),
        microseconds(one.updated),
        microseconds(one.embargo) if one.embargo else None,
        microseconds(one.expires) if one.expires else None,
        one.tags,
        one.doc,
    )
