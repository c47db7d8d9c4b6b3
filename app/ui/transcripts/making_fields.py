"""How a transcript was made: its style, and who held it against the recording."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QFormLayout, QWidget

from app.analysis.transcripts import making_of
from app.operations.sources import describe_source
from app.ui.desk import Desk
from app.ui.widgets.fields import Commit, LineField
from app.ui.widgets.labels import PlainLabel
from app.ui.widgets.wording_hints import WordingHints


class MakingFields(QWidget):
    """Fields that commit by themselves; outputs say what stands here, and nothing where nothing stands."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sourceMaking")
        self._desk = desk
        self._source_id = ""
        self._titles: list[PlainLabel] = []
        self.fields: dict[str, LineField] = {}
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for key, title, hint in (
            ("transcription", self.tr("Style"), self.tr("Verbatim, with pauses and laughter …")),
            ("checked_by", self.tr("Checked by"), self.tr("Who held it against the recording")),
            ("checked_on", self.tr("Checked on"), self.tr("YYYY-MM-DD")),
        ):
            field = self.fields[key] = LineField(title, hint, self._commit(key))
            field.setObjectName(f"source.{key}")
            label = PlainLabel(title, "quiet")
            label.setMinimumHeight(field.sizeHint().height())
            self._titles.append(label)
            form.addRow(label, field)
            if key == "transcription":
                form.addRow("", WordingHints(field, desk, lambda: f"source/{self._source_id}/transcription"))

    def set_title_width(self, width: int) -> None:
        """Let the fields begin where those below begin."""
        for label in self._titles:
            label.setFixedWidth(width)

    def show_source(self, source_id: str) -> None:
        """Show what the study says; another transcript first commits what is typed."""
        other = source_id != self._source_id
        if other:
            self.commit_pending()
        self._source_id = source_id
        with self._desk.read() as session:
            held = making_of(session, source_id)
        self.setEnabled(not self._desk.study.read_only)
        for key, field in self.fields.items():
            value = getattr(held, key)
            field.show_text(value.isoformat() if isinstance(value, date) else value or "", anew=other)

    def commit_pending(self) -> None:
        """Commit what is typed and not yet on disk."""
        for field in self.fields.values():
            field.commit_now()

    def _commit(self, key: str) -> Commit:
        def commit(text: str, seq: int | None) -> int | None:
            if not self._source_id:
                return None
            return self._desk.commit_field(seq, describe_source, self._source_id, **{key: text})

        return commit
