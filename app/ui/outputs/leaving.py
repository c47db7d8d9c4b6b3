"""Before participants' words leave: one sheet that says what the file holds, with the cautious choice made."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.exporters.options import ExportOptions
from app.exporters.registry import Kind
from app.ui.widgets.labels import PlainLabel, SectionLabel

WHOLE = frozenset(("qdpx", "coded"))
"""Kinds that hold whole transcripts."""
CHOICES: dict[str, tuple[str, ...]] = {
    "qdpx": ("names", "times", "attributes", "small_groups", "entries", "refused", "archive"),
    "codings": ("names", "times", "attributes", "small_groups", "archive"),
    "coded": ("names", "times", "refused", "archive"),
}
"""What may be chosen for a kind; all other kinds hold quotes by the study's attribution and nothing of this."""


class LeavingSheet(QDialog):
    """Nothing is ticked: who wants more in the file says so."""

    def __init__(self, kind: Kind, attribution: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("leavingSheet")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("What leaves with “{title}”").format(title=self.tr(kind.title)))
        self.setFixedWidth(600)
        self.boxes: dict[str, QCheckBox] = {}
        self.holds = [PlainLabel(line, wrap=True) for line in _holds(kind, attribution)]
        self.go_on = QPushButton(self.tr("Choose where …"))
        self.go_on.setObjectName("leavingSheet.goOn")
        self.go_on.setProperty("look", "primary")
        self.go_on.setDefault(True)
        self.go_on.clicked.connect(self.accept)
        self.stay = QPushButton(self.tr("Cancel"))
        self.stay.setObjectName("leavingSheet.cancel")
        self.stay.setAutoDefault(False)
        self.stay.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(10)
        column.addWidget(SectionLabel(self.tr("The file will hold")))
        for line in self.holds:
            column.addWidget(line)
        if kind.name in CHOICES:
            column.addSpacing(6)
            column.addWidget(SectionLabel(self.tr("And, if you want")))
            for name in CHOICES[kind.name]:
                box = self.boxes[name] = QCheckBox(_words(name))
                box.setObjectName(f"leavingSheet.{name}")
                column.addWidget(box)
            if "attributes" in self.boxes:
                column.addWidget(PlainLabel(self.tr("Every attribute makes people easier to recognise."), "small"))
        column.addSpacing(6)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(self.stay)
        foot.addWidget(self.go_on)
        column.addLayout(foot)

    def options(self, others: ExportOptions) -> ExportOptions:
        """The options with what is ticked here."""
        chosen: dict[str, Any] = {name: box.isChecked() for name, box in self.boxes.items()}
        return replace(others, **chosen)


def _holds(kind: Kind, attribution: str) -> list[str]:
    if kind.name in WHOLE:
        said = [_tr("• Whole transcripts with speaker labels as they stand in them.")]
        said.append(_tr("• Of people who refused to be quoted or shared, or have withdrawn, dots instead of words."))
    elif kind.name == "codings":
        said = [_tr("• Every coded passage with some words before and after it.")]
        said.append(_tr("• No words of people who refused, or have withdrawn."))
    else:
        said = [_tr("• Quotes, attributed by {template}.").format(template=attribution)]
        said.append(_tr("• No words of people who refused, or have withdrawn."))
    said.append(_tr("• Words of people whose consent is not recorded; how many they are is said afterwards."))
    if kind.name == "qdpx":
        said.append(_tr("• Codes, codings, memos, themes, the map, and what is written of each focus group."))
    return said


def _words(name: str) -> str:
    return {
        "names": _tr("Names of the researchers who coded and wrote"),
        "times": _tr("When each thing was coded and written"),
        "attributes": _tr("Pseudonyms, roles and attributes of participants"),
        "small_groups": _tr("Also attributes and descriptions that too few people share"),
        "entries": _tr("Entries of the journal that are not private"),
        "archive": _tr("It is for an archive: without those who allowed sharing but no archive"),
        "refused": _tr("Also the words of people who refused to be quoted"),
    }[name]


def _tr(text: str) -> str:
    return QCoreApplication.translate("LeavingSheet", text)
