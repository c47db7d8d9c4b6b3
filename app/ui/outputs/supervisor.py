"""What the supervisor knows already: the version since which the document says in words what changed."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from app.analysis.map_content import version_rows
from app.exporters.options import ExportOptions, day
from app.ui.desk import Desk
from app.ui.widgets.labels import PlainLabel


class SupervisorDialog(QDialog):
    """One question, then the PDF."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("supervisorDialog")
        self.setWindowTitle(self.tr("For the supervisor"))
        self.setMinimumWidth(440)
        with desk.read() as session:
            rows = version_rows(session)
        self.since = QComboBox()
        self.since.setObjectName("supervisor.since")
        self.since.setAccessibleName(self.tr("Since which version"))
        for row in reversed(rows):
            self.since.addItem(f"{row.label} · {day(row.at)}", row.id)
        self.since.setEnabled(bool(rows))
        if not rows:
            self.since.addItem(self.tr("No version of the map has been kept yet"), "")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        write = buttons.addButton(self.tr("Write PDF …"), QDialogButtonBox.ButtonRole.AcceptRole)
        write.setObjectName("supervisor.write")
        write.setProperty("look", "primary")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(12)
        layout.addWidget(
            PlainLabel(
                self.tr("One PDF with the map, what changed, the theme table, the themes with their excerpts, and the "
                        "comments. It holds participants’ words; who refused consent is quoted nowhere."),
                "quiet",
                wrap=True,
            )
        )  # fmt: skip
        layout.addWidget(PlainLabel(self.tr("Say what changed since"), "strong"))
        layout.addWidget(self.since)
        layout.addWidget(buttons)

    def options(self) -> ExportOptions:
        """What was chosen."""
        return ExportOptions(since=str(self.since.currentData()))
