"""What is known of a focus group: when, where, who led it, who was there, and the field note."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QFormLayout, QWidget

from app.analysis.people import GroupSheet
from app.operations.people import edit_group
from app.study import ChangeSession
from app.ui.desk import Desk
from app.ui.journal.written_button import WrittenButton
from app.ui.widgets.fields import Commit, LineField, TextField
from app.ui.widgets.labels import PlainLabel
from app.ui.widgets.wording_hints import WordingHints


class GroupFields(QWidget):
    """Fields that commit by themselves; every field is one change of its own."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("groupSheet")
        self._desk = desk
        self._group: GroupSheet | None = None
        self._titles: list[PlainLabel] = []
        self.fields: dict[str, LineField | TextField] = {}
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for key, title, hint in (
            ("label", self.tr("Label"), self.tr("FG1")),
            ("held_on", self.tr("Date"), self.tr("YYYY-MM-DD")),
            ("place", self.tr("Place"), ""),
            ("moderator", self.tr("Moderator"), ""),
            ("minutes", self.tr("Minutes"), self.tr("How long it was, such as 75")),
            ("composition", self.tr("Composition"), self.tr("Who was invited together, and why")),
            ("guide", self.tr("Question guide"), self.tr("Which version was used, and what was changed in it")),
        ):
            self._add(form, key, title, LineField(title, hint, self._commit(key)))
        note = self.tr("Field note")
        hint = self.tr("How the talk went: the room, silences, who spoke to whom")
        self._add(form, "field_note", note, TextField(note, hint, self._commit("field_note"), lines=4))

        self.written = WrittenButton(desk, "group", "group.written")
        form.addRow("", self.written)

    def title_width(self) -> int:
        """How wide the titles beside the fields are, so that what stands above lines up."""
        return max(label.sizeHint().width() for label in self._titles)

    def show_group(self, group: GroupSheet | None) -> None:
        """Show what the study says; another group first commits what is typed."""
        before = self._group
        other = before is not None and (group is None or before.id != group.id)
        if other:
            self.commit_pending()
        self._group = group
        writable = group is not None and not self._desk.study.read_only
        if group is not None:
            self.written.show_on(group.id)
        for key, field in self.fields.items():
            field.setEnabled(writable)
            value = getattr(group, key) if group is not None else ""
            field.show_text(value.isoformat() if isinstance(value, date) else str(value or ""), anew=other)

    def commit_pending(self) -> None:
        """Commit what is typed and not yet on disk."""
        for field in self.fields.values():
            field.commit_now()

    def _add(self, form: QFormLayout, key: str, title: str, field: LineField | TextField) -> None:
        field.setObjectName(f"group.{key}")
        label = PlainLabel(title, "quiet")
        self._titles.append(label)
        if isinstance(field, LineField):
            label.setMinimumHeight(field.sizeHint().height())
        else:
            label.setContentsMargins(0, 8, 0, 0)
        form.addRow(label, field)
        if key in ("composition", "guide", "field_note"):
            form.addRow("", WordingHints(field, self._desk, lambda: f"group/{self._group and self._group.id}/{key}"))
        self.fields[key] = field

    def _commit(self, key: str) -> Commit:
        def commit(text: str, seq: int | None) -> int | None:
            group = self._group
            if group is None:
                return None
            before = self._desk.last_seq

            def edit(session: ChangeSession) -> None:
                edit_group(session, group.id, **{key: text})

            made = self._desk.commit_field(seq, edit)
            if made == before and key == "label":
                self.fields[key].show_text(group.label)
            return made

        return commit
