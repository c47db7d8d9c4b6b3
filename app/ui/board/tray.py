"""The tray: codes that lie nowhere yet, always in view beside the board."""

from __future__ import annotations

from app.analysis.codes import CodeRow
from app.ui.themes.code_list import CodeList


class Tray(CodeList):
    """Its codes are dragged onto the board; Enter lays the chosen ones there."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("themes.board.tray")
        self.setAccessibleName(self.tr("Codes not yet placed"))

    def show_unplaced(self, rows: list[CodeRow]) -> None:
        """Show these codes."""
        self.show_codes(rows, {})

    def _section(self, heading: str, rows: list[CodeRow], *, quiet: bool = False) -> None:
        """All are of one kind here, so there is no heading inside."""
        for row in rows:
            self.addItem(self._code(row, quiet=quiet))
        del heading
