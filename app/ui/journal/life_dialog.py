"""The life of a code or theme, and of those it came from and went into: drawn, and told in sentences."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QToolTip, QVBoxLayout, QWidget

from app.analysis.days import day
from app.analysis.genealogy import Genealogy, genealogy, told_of
from app.analysis.genealogy_picture import GenealogyPicture, draw
from app.exporters.painted.brush import PAPER
from app.exporters.painted.drawing import paint_genealogy, size_of
from app.ui.desk import Desk
from app.ui.journal.phases_view import ink_of
from app.ui.style.tokens import Tokens
from app.ui.widgets.labels import PlainLabel
from app.ui.widgets.scrolling import scrolling


class GenealogyView(QWidget):
    """The drawing; a sign says under the mouse what happened, screen readers get it all in words."""

    def __init__(self, picture: GenealogyPicture, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("life.picture")
        self.setAccessibleName(self.tr("Drawing of the life"))
        self.setAccessibleDescription(picture.described)
        self.picture = picture
        self._ink = PAPER
        size = size_of(picture)
        self.setFixedSize(QSize(round(size.width()), round(size.height())))

    def restyle(self, tokens: Tokens) -> None:
        """Take over colours."""
        self._ink = ink_of(tokens)
        self.update()

    def words_at(self, x: float, y: float) -> str:
        """What is told of the sign there."""
        near = [mark for mark in self.picture.marks if abs(mark.x - x) <= 8 and abs(mark.y - y) <= 10]
        return near[0].words if near else ""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """As in the figure."""
        paint_genealogy(QPainter(self), self.picture, self._ink)

    def event(self, event: QEvent) -> bool:
        """A sign tells what happened."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.words_at(event.pos().x(), event.pos().y()), self)
            return True
        return super().event(event)


class LifeDialog(QDialog):
    """Drawing on top, sentences beneath."""

    def __init__(self, desk: Desk, sort: str, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lifeDialog")
        self._about = (sort, key)
        with desk.read() as session:
            self.found: Genealogy = genealogy(session, sort, key)
        life = next((one for one in self.found.lives if one.id == key), None)
        name = life.name if life is not None else ""
        self.setWindowTitle(self.tr("Life of “{name}”").format(name=name))
        self.resize(980, 620)
        self.view = GenealogyView(draw(self.found))
        self.view.restyle(desk.tokens)
        area = scrolling(self.view)
        area.setObjectName("life.area")
        area.setMinimumHeight(min(self.view.height() + 20, 320))
        area.setMaximumHeight(self.view.height() + 20)
        words = QWidget()
        words.setProperty("look", "panel")
        words.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        told = QVBoxLayout(words)
        told.setContentsMargins(0, 0, 0, 0)
        told.setSpacing(4)
        self.lines: list[PlainLabel] = []
        for life in self.found.lives:
            head = PlainLabel(life.name, "strong", wrap=True)
            head.setContentsMargins(0, 8 if self.lines else 0, 0, 0)
            happened = [PlainLabel(f"{day(event.at)}: {told_of(event)}", "", wrap=True) for event in life.events]
            for line in happened:
                line.setContentsMargins(16, 0, 0, 0)
            self.lines += [head, *happened]
        for line in self.lines:
            told.addWidget(line)
        told.addStretch(1)
        below = scrolling(words)
        below.setObjectName("life.words")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(16)
        layout.addWidget(PlainLabel(self.windowTitle(), "title"))
        layout.addWidget(area, 1)
        layout.addWidget(below, 1)
        layout.addWidget(buttons)

    def looking_at(self) -> list[tuple[str, str]]:
        """The code or theme whose life it is."""
        return [self._about]
