"""Tables of codes as files: by participant, by group, and code by code; as presence, or as counts if asked for."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from sqlalchemy.orm import Session

from app.analysis.codes import CodeRow
from app.analysis.small_groups import SmallGroups
from app.analysis.tables import NO_GROUP, CodeTable, Columns, Meeting, TableColumn, code_table
from app.analysis.touching import OTHERS, UNKNOWN
from app.exporters.document import Document, Paragraph, Run, Sheet, SheetColumn, Value
from app.exporters.options import ExportOptions, TableShown, day
from app.exporters.study_head import study_head, study_title
from app.models.kinds import CodeStatus

PRESENT = "present"
NO_CODES = "There are no codes in this table."
TITLES = {
    Columns.PARTICIPANTS: "Codes by participant",
    Columns.GROUPS: "Codes by group",
    Columns.CODES: "Codes that meet",
}
_WORDED = {NO_GROUP: "No group", OTHERS: "Other speakers", UNKNOWN: "Not known who"}


def by_participant(session: Session, options: ExportOptions) -> Document:
    """Under which codes each participant is heard."""
    return _build(session, Columns.PARTICIPANTS, options)


def by_group(session: Session, options: ExportOptions) -> Document:
    """Under which codes each group is heard."""
    return _build(session, Columns.GROUPS, options)


def code_by_code(session: Session, options: ExportOptions) -> Document:
    """Which codes touch the same words, or stand in the same turn."""
    return _build(session, Columns.CODES, options)


def _build(session: Session, columns: Columns, options: ExportOptions) -> Document:
    shown = options.table or TableShown()
    small = None if options.small_groups else SmallGroups(session)
    table, left_out = _without_small_groups(code_table(session, replace(shown.question, columns=columns)), small)
    if small is not None and columns == Columns.PARTICIPANTS:
        table = replace(table, columns=_by_what_is_told(table.columns, small))
    rows = {row.id: row for row in table.rows}
    in_order = table.rows if shown.code_ids is None else [rows[one] for one in shown.code_ids if one in rows]
    sheet = Sheet(
        TITLES[columns],
        tuple(_sheet_columns(table, small, counts=options.counts)),
        tuple(_record(table, row, counts=options.counts) for row in in_order),
        NO_CODES,
    )
    people = frozenset(column for _, column in table.cells) if columns == Columns.PARTICIPANTS else frozenset()
    return Document(
        title=f"{TITLES[columns]}: {study_title(session)}",
        statement=f"{TITLES[columns]} as it stood on {day(options.at)}.",
        at=options.at,
        head=(*_how_to_read(table, counts=options.counts), *left_out, *study_head(session, None)),
        blocks=(Paragraph((Run(NO_CODES),)),),
        table=sheet,
        sheets=(sheet,),
        participant_ids=people & {column.id for column in table.columns if column.name},
        landscape=True,
    )


def _without_small_groups(table: CodeTable, small: SmallGroups | None) -> tuple[CodeTable, list[tuple[str, str]]]:
    """The table without groups of so few people that they could be recognised, and what is said of that.

    Nor are they counted among the groups in which a code is heard: the difference would tell of them.
    """
    if small is None or table.question.columns != Columns.GROUPS:
        return table, []
    kept = tuple(column for column in table.columns if not small.group_is_small(column.name))
    if len(kept) == len(table.columns):
        return table, []
    heard = {row.id: sum((row.id, column.id) in table.cells for column in kept if column.name) for row in table.rows}
    said = f"Groups of fewer than {small.k} people are left out, also where it says in how many a code is heard."
    return replace(table, columns=kept, heard=heard), [("Small groups", said)]


def _by_what_is_told(columns: tuple[TableColumn, ...], small: SmallGroups) -> tuple[TableColumn, ...]:
    """Participants group by group; those of whom no group is told stand last by name, or their place would tell it."""
    known = [column for column in columns if column.name]
    last = sorted((one for one in known if not small.told(one.id, placed=True)[1]), key=lambda one: one.name)
    return (*(one for one in known if one not in last), *last, *(one for one in columns if not one.name))


def _sheet_columns(table: CodeTable, small: SmallGroups | None, *, counts: bool) -> list[SheetColumn]:
    names = _told_apart([_named(column, small) for column in table.columns])
    columns = [SheetColumn("code", "Code", 40)]
    columns += [SheetColumn(name, name, max(10, min(24, len(name) + 2))) for name in names]
    if counts and table.question.columns != Columns.CODES:
        columns.append(SheetColumn("heard_in_groups", "Heard in groups", 12))
    return columns


def _record(table: CodeTable, row: CodeRow, *, counts: bool) -> tuple[Value, ...]:
    record: list[Value] = [row.path if row.status == CodeStatus.ACTIVE else f"{row.path} (set aside)"]
    for column in table.columns:
        found = table.cells.get((row.id, column.id), 0)
        if row.id == column.id:
            record.append(None)  # a code does not meet itself
        elif counts:
            record.append(found)
        else:
            record.append(PRESENT if found else "")
    if counts and table.question.columns != Columns.CODES:
        record.append(table.heard.get(row.id, 0))
    return tuple(record)


def _how_to_read(table: CodeTable, *, counts: bool) -> list[tuple[str, str]]:
    question = table.question
    if question.columns == Columns.CODES:
        where = "touch the same words" if question.meeting == Meeting.OVERLAPPING else "stand in the same turn"
        head = [("A cell", f"Whether two codes {where}.")]
        head += [("Numbers", "Passages in which two codes meet.")] if counts else []
    else:
        head = [("A cell", "Whether an excerpt with the code touches what the participant or the group says.")]
        head += [("Numbers", "Excerpts. They say nothing of how many agree: silence is no answer.")] if counts else []
    head.append(("Left out", "Words that only a moderator says, and those of people who have withdrawn."))
    if question.beneath:
        head.append(("Codes beneath", "A code also holds what the codes beneath it hold."))
    return head


def _named(column: TableColumn, small: SmallGroups | None) -> str:
    """A participant with role and group, as far as enough people share them; a code with its path."""
    name = column.path or column.name or _WORDED[column.id]
    role, group = column.role, column.group
    if small is not None and column.name:
        role, group = small.told(column.id, placed=True)  # under the same name other outputs may tell the group
    about = ", ".join(part for part in (role, group) if part)
    return f"{name} ({about})" if about else name


def _told_apart(names: list[str]) -> list[str]:
    """The same names, numbered where two are alike: a column must be found by its name."""
    seen: Counter[str] = Counter()
    told = []
    for name in names:
        seen[name] += 1
        told.append(name if seen[name] == 1 else f"{name} [{seen[name]}]")
    return told
