"""The column at the left of the Code workspace: transcripts above, codes with their filter beneath."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from app.ui.code.code_tree import CodeTree
from app.ui.code.transcript_list import TranscriptList
from app.ui.widgets.filter_field import FilterField
from app.ui.widgets.labels import PlainLabel, SectionLabel


class CodesColumn(QWidget):
    """Its parts are connected by the workspace."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("look", "panel")
        self.setMinimumWidth(200)
        self.sources = TranscriptList()
        self.filter = FilterField("codeFilter", self.tr("Filter codes …"), self.tr("Filter codes"))
        self.order = QToolButton()
        self.order.setObjectName("codeOrder")
        self.order.setAccessibleName(self.tr("Order of the codes"))
        self.order.setToolTip(self.tr("Order of the codes"))
        self.order.setText("⇅")
        self.order.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.tree = CodeTree()
        self.no_codes = PlainLabel(
            self.tr("No codes yet. Select words in the transcript and type the name of the first one."),
            "quiet",
            wrap=True,
        )
        self.no_hit = PlainLabel(self.tr("No code has these letters. Esc shows all."), "quiet", wrap=True)
        self.no_hit.hide()
        self.without = QPushButton(self.tr("Excerpts without a code"))
        self.without.setObjectName("code.withoutCode")
        self.without.setProperty("look", "link")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 8, 8)
        column.setSpacing(8)
        column.addWidget(SectionLabel(self.tr("Transcripts")))
        column.addWidget(self.sources)
        column.addSpacing(8)
        column.addWidget(SectionLabel(self.tr("Codes")))
        filtering = QHBoxLayout()
        filtering.addWidget(self.filter, 1)
        filtering.addWidget(self.order)
        column.addLayout(filtering)
        column.addWidget(self.no_codes)
        column.addWidget(self.no_hit)
        column.addWidget(self.tree, 1)
        column.addWidget(self.without, 0, Qt.AlignmentFlag.AlignLeft)
        self.filter.textChanged.connect(self._narrow)

    def _narrow(self, typed: str) -> None:
        self.tree.filter_by(typed)
        tops = [self.tree.topLevelItem(place) for place in range(self.tree.topLevelItemCount())]
        self.no_hit.setVisible(bool(tops) and all(top is not None and top.isHidden() for top in tops))
