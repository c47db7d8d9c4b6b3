"""Which documents there are, in which formats, and the one way to make one.

A new document is a module with `build(session, options) -> Document` and an entry in `KINDS`; a new format is a module
with `write(document) -> bytes` and its ending in the kinds that offer it. Modules are imported when they are used:
Word's library alone costs a tenth of a second.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from sqlalchemy.orm import Session

from app.errors import ExportRefused, ReflexaError
from app.exporters.document import Document
from app.exporters.legible import legible
from app.exporters.options import ExportOptions
from app.exporters.refused_words import refused_words
from app.exporters.whole_file import check_target, write_whole
from app.models.kinds import Use
from app.operations.exports import record_export
from app.study import Study


@dataclass(frozen=True)
class Kind:
    """A document that can be made of a study. `module` builds it, `endings` are the formats it comes in.

    `quotes`: whether it holds words of participants. A `painted` kind is a figure: its module has
    `paint(session, options, ending) -> bytes` instead. A `packed` kind is made for other programs: its module has
    `pack(session, options, ending) -> Packed`, which also says whose words it holds and what it could not.
    One that is `of_one` person is offered where people are, and needs `options.participant`. What `shares` holds whole
    transcripts, or so much that it is as good as these: it needs consent to share.
    """

    name: str
    title: str
    description: str
    module: str
    endings: tuple[str, ...]
    build: str = "build"
    quotes: bool = True
    painted: bool = False
    packed: bool = False
    of_one: bool = False
    shares: bool = False


KINDS: tuple[Kind, ...] = (
    Kind(
        "codebook",
        "Codebook",
        "Every code with definition, example quote, themes and dimensions; codes set aside in an annex",
        "codebook",
        ("docx", "xlsx", "csv", "html", "pdf", "md"),
    ),
    Kind(
        "themes",
        "Theme table",
        "Every theme with its concept, subthemes, codes, quotes and how it meets the lens",
        "theme_table",
        ("docx", "xlsx", "csv", "html"),
    ),
    Kind(
        "map",
        "Theme map",
        "The map as a figure for a paper: dimensions, themes, what they have to do with each other, with a legend",
        "map_figure",
        ("svg", "pdf", "png"),
        quotes=False,
        painted=True,
    ),
    Kind(
        "matrix",
        "Themes by dimensions",
        "Where themes meet the framework: weight, direction and rationale, and what it does not explain",
        "matrix",
        ("docx", "xlsx", "csv", "html"),
        quotes=False,
    ),
    Kind(
        "supervisor",
        "For the supervisor",
        "One PDF: the map, what changed since a version, the theme table, themes with excerpts, comments",
        "supervisor",
        ("pdf",),
    ),
    Kind(
        "excerpts",
        "Excerpts",
        "Every excerpt with its codes, those without a code as well; a row for each coding",
        "excerpts",
        ("xlsx", "csv", "docx", "html"),
    ),
    Kind(
        "codings",
        "Codings",
        "A record for each coding, for other programs: ids, places, quote, context, speaker, attributes, code, memo",
        "codings",
        ("xlsx", "csv", "json"),
        shares=True,
    ),
    Kind(
        "coded",
        "Coded transcripts",
        "All transcripts with their codings: in Word as comments from the first word to the last, or as a web page",
        "coded",
        ("docx", "html"),
        packed=True,
        shares=True,
    ),
    Kind(
        "by-participant",
        "Codes by participant",
        "Under which codes each participant is heard; the moderator is left out",
        "tables",
        ("xlsx", "csv"),
        "by_participant",
        quotes=False,
    ),
    Kind(
        "by-group",
        "Codes by group",
        "Under which codes each group is heard; the moderator is left out",
        "tables",
        ("xlsx", "csv"),
        "by_group",
        quotes=False,
    ),
    Kind(
        "code-by-code",
        "Codes that meet",
        "Which codes touch the same words",
        "tables",
        ("xlsx", "csv"),
        "code_by_code",
        quotes=False,
    ),
    Kind(
        "voices",
        "Voices",
        "Turns, words and the longest turn of each person: in the study, each group and each transcript",
        "voices",
        ("xlsx", "csv"),
        quotes=False,
    ),
    Kind(
        "audit",
        "Audit report",
        "How the analysis came about, for somebody who was not there: day by day, and after Halpern’s six classes",
        "audit",
        ("docx", "html"),
        quotes=False,
    ),
    Kind(
        "journal",
        "Reflexive journal",
        "Chosen entries of the journal by day; private ones only if each is chosen by itself",
        "journal",
        ("docx", "md"),
        quotes=False,
    ),
    Kind(
        "genealogy",
        "Genealogy",
        "How codes and themes came to be: made, renamed, merged, split, set aside, as a drawing",
        "genealogy_figure",
        ("svg", "pdf", "png"),
        quotes=False,
        painted=True,
    ),
    Kind(
        "methods",
        "Methods facts",
        "What a methods section needs: numbers and dates from the study’s log, blanks where nothing was logged",
        "methods",
        ("docx", "md", "html"),
        quotes=False,
    ),
    Kind(
        "checklist",
        "Checklist",
        "A list of your choice with what the study holds and the free answers: no ticks, no score",
        "checklist",
        ("docx", "md", "html"),
        quotes=False,
    ),
    Kind(
        "qdpx",
        "Project for other programs",
        "REFI-QDA project: texts, codes, codings, people, memos, themes and map for NVivo, MAXQDA, ATLAS.ti and others",
        "refi",
        ("qdpx",),
        packed=True,
        shares=True,
    ),
    Kind(
        "qdc",
        "Code list for other programs",
        "REFI-QDA code book: codes with definitions and colours, themes as sets",
        "refi",
        ("qdc",),
        quotes=False,
        packed=True,
    ),
    Kind(
        "person",
        "Everything about one person",
        "For somebody who asks what is held of them: what they said, excerpts with codes, memos, consent, what left",
        "person",
        ("docx", "json"),
        of_one=True,
    ),
)

WRITERS = {"docx": "to_docx", "xlsx": "to_xlsx", "csv": "to_csv", "html": "to_html", "pdf": "painted.document_pdf",
           "md": "to_md", "json": "to_json"}  # fmt: skip
"""{ending: module that writes it}."""


@dataclass(frozen=True)
class ExportResult:
    """What came of an export: where it is, how many people's words it holds, and what should be said about it."""

    path: Path
    kind: str
    participants: int
    withheld: int
    consent_not_recorded: int
    warnings: tuple[str, ...] = ()


def kinds() -> tuple[Kind, ...]:
    """All documents that can be made, in the order in which they are offered."""
    return tuple(kind for kind in KINDS if not kind.of_one)


def find_kind(name: str) -> Kind:
    """The kind of this name. Raises ExportRefused with those there are."""
    found = next((kind for kind in KINDS if kind.name == name), None)
    if found is None:
        raise ExportRefused(f"There is no export called “{name}”. There are: {', '.join(k.name for k in KINDS)}.")
    return found


def compose(session: Session, kind: str, options: ExportOptions | None = None) -> Document:
    """The document as plain data. Raises ExportRefused for an unknown kind."""
    found = find_kind(kind)
    build: Callable[[Session, ExportOptions], Document]
    build = getattr(import_module(f"app.exporters.{found.module}"), found.build)
    return build(session, options or ExportOptions())


@dataclass(frozen=True)
class Prepared:
    """A document that is made and not yet written: its bytes, whose words it holds, what should be said about it."""

    kind: str
    content: bytes
    participant_ids: frozenset[str] = frozenset()
    withheld: int = 0
    consent_not_recorded: int = 0
    warnings: tuple[str, ...] = ()


def export(
    study: Study,
    kind: str,
    path: Path,
    *,
    force: bool = False,
    to_whom: str = "",
    options: ExportOptions | None = None,
) -> ExportResult:
    """Make a document of the study at `path`, whose ending says the format, and enter it in the study's register.

    Raises ExportRefused if it cannot be written; then no half-written file is left and an older one stays as it was.
    """
    ending = ending_for(kind, path, force=force)
    return write(study, prepare(study, kind, ending, options), path, force=force, to_whom=to_whom)


def ending_for(kind: str, path: Path, *, force: bool = False) -> str:
    """The format that a file's ending names. Raises ExportRefused if this kind does not come in it, or the file cannot
    be written there.
    """
    ending = _ending(find_kind(kind), path)
    check_target(path, force=force)
    return ending


def prepare(study: Study, kind: str, ending: str, options: ExportOptions | None = None) -> Prepared:
    """Make a document and write nothing: it may take a while, and can be done with a copy of the study in a thread.

    Raises ExportRefused for an unknown kind.
    """
    found, options = find_kind(kind), options or ExportOptions()
    use = Use.ARCHIVE if options.archive else Use.SHARE if found.shares else Use.QUOTE
    if found.painted:
        with study.read() as session:
            content = _painter(found)(session, options, ending)
            written = refused_words(session, options, use, names_only=True)
        return Prepared(kind, content, warnings=tuple(written))
    if found.packed:
        with study.read() as session:
            packed = import_module(f"app.exporters.{found.module}").pack(session, options, ending)
            written = refused_words(session, options, use)
        return Prepared(kind, packed.content, packed.participant_ids, warnings=(*packed.warnings, *written))
    with study.read() as session:
        document = compose(session, kind, options)
        written = refused_words(session, options, use, document)
    document, replaced = legible(document)
    warnings = [*written]
    if replaced:
        what = "1 character" if replaced == 1 else f"{replaced} characters"
        warnings.append(f"{what} that no document can hold became “\ufffd”.")
    return Prepared(
        kind,
        _writer(ending)(document),
        document.participant_ids,
        document.withheld,
        document.consent_not_recorded,
        tuple(warnings),
    )


def write(study: Study, made: Prepared, path: Path, *, force: bool = False, to_whom: str = "") -> ExportResult:
    """Write what was made, and enter it in the study's register. Raises as `export` does."""
    write_whole(path, made.content, force=force)
    noted = _record(study, made.participant_ids, made.kind, path, made.content, to_whom)
    return ExportResult(
        path=path,
        kind=made.kind,
        participants=len(made.participant_ids),
        withheld=made.withheld,
        consent_not_recorded=made.consent_not_recorded,
        warnings=(*made.warnings, *noted),
    )


def _ending(kind: Kind, path: Path) -> str:
    """The format that the file's ending names. Raises ExportRefused for one that this kind does not come in."""
    ending = path.suffix.removeprefix(".").lower()
    if ending not in kind.endings:
        offered = ", ".join(f".{one}" for one in kind.endings)
        told = f"cannot be written as .{ending}" if ending else "needs a file name with an ending"
        raise ExportRefused(f"“{kind.name}” {told}. It can be: {offered}.")
    return ending


def _writer(ending: str) -> Callable[[Document], bytes]:
    """What writes documents in a format."""
    write: Callable[[Document], bytes] = import_module(f"app.exporters.{WRITERS[ending]}").write
    return write


def _painter(kind: Kind) -> Callable[[Session, ExportOptions, str], bytes]:
    """What paints a figure."""
    paint: Callable[[Session, ExportOptions, str], bytes] = import_module(f"app.exporters.{kind.module}").paint
    return paint


def _record(
    study: Study, participant_ids: frozenset[str], kind: str, path: Path, content: bytes, to_whom: str
) -> list[str]:
    """Enter what left the study in its register; the file is there in any case, so a refusal is only a warning."""
    if study.read_only:
        return ["The study is open for reading only, so this export is not in its register."]
    try:
        study.run(
            record_export,
            kind=kind,
            file_name=path.name,
            content_hash=hashlib.sha256(content).hexdigest(),
            participant_ids=participant_ids,
            to_whom=to_whom,
        )
    except ReflexaError as error:
        return [f"The file is written, but the study's register could not take it: {error.sentence}"]
    return []
