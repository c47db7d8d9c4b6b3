"""What stands around the parts of the workspace: the list with its head and foot, and what an empty study says."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.ui.widgets.labels import PlainLabel, SectionLabel


class ListSide(QWidget):
    """The list of transcripts, and beneath it the way to more of them."""

    importWanted = Signal()

    def __init__(self, held: QWidget) -> None:
        super().__init__()
        self.setProperty("look", "panel")
        self.setMinimumWidth(200)
        self.bring_in = QPushButton(self.tr("Bring in transcripts …"))
        self.bring_in.setObjectName("transcripts.importButton")
        self.bring_in.clicked.connect(self.importWanted)
        heading = SectionLabel(self.tr("Transcripts"))
        heading.setContentsMargins(16, 0, 16, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 16, 0, 16)
        column.setSpacing(0)
        column.addWidget(heading)
        column.addSpacing(4)
        column.addWidget(held, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 8, 16, 0)
        foot.addWidget(self.bring_in)
        foot.addStretch(1)
        column.addLayout(foot)


class EmptyPage(QWidget):
    """What a study without transcripts says: what to do next."""

    importWanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("transcripts.empty")
        self.bring_in = QPushButton(self.tr("Bring in transcripts …"))
        self.bring_in.setObjectName("transcripts.first")
        self.bring_in.setProperty("look", "primary")
        self.bring_in.clicked.connect(self.importWanted)
        hint = PlainLabel(
            self.tr("Drop Word or text files here, or choose them. Who speaks is shown before anything comes in."),
            "quiet",
        )
        example = self.tr("Only looking around? File > Look at the example opens a study that is already coded.")
        centred = Qt.AlignmentFlag.AlignHCenter
        column = QVBoxLayout(self)
        column.setSpacing(16)
        column.addStretch(1)
        column.addWidget(PlainLabel(self.tr("No transcripts yet"), "title"), 0, centred)
        column.addWidget(hint, 0, centred)
        column.addWidget(self.bring_in, 0, centred)
        column.addSpacing(8)
        column.addWidget(PlainLabel(example, "small"), 0, centred)
        column.addStretch(2)
