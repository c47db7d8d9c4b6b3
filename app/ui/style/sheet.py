"""The style sheet of the window, made from tokens on an 8-pixel grid.

Widgets ask for a look by a dynamic property (`setProperty("look", "section")`), never by a sheet of their own.
"""

from __future__ import annotations

from app.resources import resource
from app.ui.style.tokens import Tokens


def style_sheet(t: Tokens) -> str:
    """The whole sheet for one set of tokens."""
    return f"""
* {{ outline: 0; }}
QWidget {{ color: {t.text}; }}
QMainWindow, QDialog, QStackedWidget, QScrollArea, QWidget[look="panel"] {{ background: {t.panel}; }}
QWidget[look="paper"] {{ background: {t.paper}; }}
QWidget[look="card"] {{ background: {t.raised}; border: 1px solid {t.line}; border-radius: 8px; }}
QWidget[look="bar"] {{ background: {t.panel}; border-bottom: 1px solid {t.line}; }}
QWidget[look="foot"] {{ background: {t.panel}; border-top: 1px solid {t.line}; }}
QWidget[look="rail"] {{ background: {t.panel}; border-right: 1px solid {t.line}; }}
QLabel {{ background: transparent; }}
QLabel[look="section"] {{ color: {t.quiet}; font-size: 11px; font-weight: 600; letter-spacing: 1px; }}
QLabel[look="title"] {{ font-size: 20px; font-weight: 600; }}
QLabel[look="strong"] {{ font-weight: 600; }}
QLabel[look="quiet"] {{ color: {t.quiet}; }}
QLabel[look="small"] {{ color: {t.quiet}; font-size: 12px; }}
QLabel[look="tag"] {{ color: {t.quiet}; font-size: 11px; border: 1px solid {t.edge}; border-radius: 8px; padding: 1px 8px; }}
QLabel[look="warn"] {{ color: {t.warn}; }}
QLabel[look="quote"] {{ font-family: "Noto Serif", "Source Serif 4", Georgia, "DejaVu Serif", serif; font-size: 15px; }}
QPushButton, QToolButton {{
    background: {t.raised}; border: 1px solid {t.edge}; border-radius: 6px; padding: 5px 12px; min-height: 18px;
}}
QPushButton:hover, QToolButton:hover {{ background: {t.hover}; }}
QPushButton:pressed, QToolButton:pressed {{ background: {t.chosen}; }}
QPushButton:disabled, QToolButton:disabled {{ color: {t.quiet}; border-color: {t.line}; background: {t.panel}; }}
QPushButton:focus, QToolButton:focus {{ border: 2px solid {t.focus}; padding: 4px 11px; }}
QPushButton[look="primary"] {{ background: {t.accent}; color: {t.on_accent}; border-color: {t.accent}; font-weight: 600; }}
QPushButton[look="primary"]:focus {{ border-color: {t.text}; }}
QPushButton[look="primary"]:disabled {{ background: {t.line}; color: {t.quiet}; border-color: {t.line}; }}
QPushButton[look="search"] {{ text-align: left; color: {t.quiet}; }}
QPushButton[look="plain"], QToolButton[look="plain"] {{ background: transparent; border-color: transparent; }}
QPushButton[look="plain"]:hover, QToolButton[look="plain"]:hover {{ background: {t.hover}; }}
QPushButton[look="plain"]:focus, QToolButton[look="plain"]:focus {{ border-color: {t.focus}; }}
QPushButton[look="link"] {{ background: transparent; border: 0; color: {t.accent}; padding: 2px 4px; text-align: left; }}
QPushButton[look="link"]:hover, QPushButton[look="link"]:focus {{ text-decoration: underline; }}
QPushButton[look="chip"], QToolButton[look="chip"] {{ border-radius: 12px; padding: 3px 10px; }}
QPushButton[look="chip"]:checked, QToolButton[look="chip"]:checked {{ background: {t.chosen}; border-color: {t.accent}; }}
QPushButton[look="chip"]:focus, QToolButton[look="chip"]:focus {{ padding: 2px 9px; }}
QToolButton[look="rail"] {{
    background: transparent; border: 0; border-radius: 8px; padding: 6px 2px; font-size: 11px; color: {t.quiet};
}}
QToolButton[look="rail"]:hover {{ background: {t.hover}; }}
QToolButton[look="rail"]:checked {{ background: {t.chosen}; color: {t.accent}; font-weight: 600; }}
QToolButton[look="rail"]:focus {{ border: 2px solid {t.focus}; padding: 4px 0; }}
QToolButton[look="chip-button"] {{ background: transparent; border: 0; border-radius: 4px; padding: 0; min-height: 0; }}
QToolButton[look="chip-button"]:hover, QToolButton[look="chip-button"]:checked {{ background: {t.hover}; }}
QToolButton[look="chip-button"]:focus {{ border: 2px solid {t.focus}; padding: 0; }}
QToolButton::menu-indicator {{ image: none; }}
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox {{
    background: {t.raised}; border: 1px solid {t.edge}; border-radius: 6px; padding: 5px 8px;
    selection-background-color: {t.accent}; selection-color: {t.on_accent}; placeholder-text-color: {t.quiet};
}}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QAbstractSpinBox:focus {{
    border: 2px solid {t.focus}; padding: 4px 7px;
}}
QTextEdit#transcriptView {{ border: 0; padding: 0; background: transparent; border-radius: 0; }}
QTextEdit#transcriptView:focus {{ border: 0; padding: 0; }}
QTextEdit[look="prose"], QTextEdit[look="prose"]:focus {{ border: 0; padding: 0; background: transparent; border-radius: 0; }}
QAbstractSpinBox {{ padding-right: 24px; }}
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{ border: 0; background: transparent; width: 24px; }}
QAbstractSpinBox::up-arrow {{ image: url("{_drawing("chevron-up")}"); width: 10px; height: 10px; }}
QAbstractSpinBox::down-arrow {{ image: url("{_drawing("chevron")}"); width: 10px; height: 10px; }}
QComboBox::drop-down {{ border: 0; width: 24px; }}
QComboBox::down-arrow {{ image: url("{_drawing("chevron")}"); width: 12px; height: 12px; }}
QCheckBox::indicator, QListView::indicator, QTreeView::indicator {{ width: 14px; height: 14px; border: 1px solid {t.quiet}; border-radius: 3px; background: {t.raised}; }}
QCheckBox::indicator:checked, QListView::indicator:checked, QTreeView::indicator:checked {{ background: {t.accent}; border-color: {t.accent};
    image: url("{_drawing("check-dark" if t.dark else "check-light")}"); }}
QCheckBox::indicator:focus {{ border: 2px solid {t.focus}; width: 12px; height: 12px; }}
QComboBox QAbstractItemView {{ background: {t.raised}; border: 1px solid {t.edge}; selection-background-color: {t.chosen};
    selection-color: {t.text}; }}
QRadioButton::indicator {{ width: 14px; height: 14px; border: 1px solid {t.quiet}; border-radius: 8px; background: {t.raised}; }}
QRadioButton::indicator:checked {{ width: 6px; height: 6px; border: 5px solid {t.accent}; border-radius: 8px; }}
QCheckBox, QRadioButton {{ spacing: 8px; }}
QCheckBox:focus, QRadioButton:focus {{ color: {t.accent}; }}
QListView, QTreeView, QTableView, QListWidget, QTreeWidget, QTableWidget {{
    background: transparent; border: 0; alternate-background-color: {t.paper};
    selection-background-color: {t.chosen}; selection-color: {t.text};
}}
QTreeView::item, QListView::item {{ padding: 3px 4px; border-radius: 6px; min-height: 20px; }}
QTreeView::item:hover, QListView::item:hover {{ background: {t.hover}; }}
QTreeView::item:selected, QListView::item:selected {{ background: {t.chosen}; color: {t.text}; }}
QTreeView, QListView, QTableView {{ border: 1px solid transparent; border-radius: 6px; padding: 1px; }}
QTreeView:focus, QListView:focus, QTableView:focus {{ border: 1px solid {t.focus}; }}
QTreeView {{ show-decoration-selected: 1; }}
QTreeView::item {{ border-radius: 0; }}
QTreeView::branch {{ background: transparent; }}
QTreeView::branch:selected {{ background: {t.chosen}; }}
QTreeView::branch:has-children:open {{ image: url("{_drawing("chevron")}"); }}
QTreeView::branch:has-children:closed {{ image: url("{_drawing("chevron-right")}"); }}
QHeaderView::section {{
    background: {t.panel}; color: {t.quiet}; border: 0; border-bottom: 1px solid {t.line}; padding: 6px 8px; font-weight: 600;
}}
QTableView {{ gridline-color: {t.line}; }}
QTableView::item {{ padding: 0 8px; }}
QTabBar::tab {{ background: transparent; padding: 6px 12px; border: 0; border-bottom: 2px solid transparent; color: {t.quiet}; }}
QTabBar::tab:selected {{ color: {t.text}; border-bottom-color: {t.accent}; font-weight: 600; }}
QTabBar {{ qproperty-drawBase: 0; }}
QTabWidget::pane {{ border: 0; }}
QSplitter::handle {{ background: {t.line}; }}
QSplitter::handle:horizontal {{ width: 1px; }}
QSplitter::handle:vertical {{ height: 1px; }}
QSplitter::handle:hover {{ background: {t.accent}; }}
QMenuBar {{ background: {t.panel}; border-bottom: 1px solid {t.line}; padding: 2px 4px; }}
QMenuBar::item {{ padding: 4px 8px; border-radius: 4px; background: transparent; }}
QMenuBar::item:selected {{ background: {t.hover}; }}
QMenu {{ background: {t.raised}; border: 1px solid {t.edge}; border-radius: 8px; padding: 4px; }}
QMenu::item {{ padding: 5px 24px 5px 12px; border-radius: 4px; }}
QMenu::item:selected {{ background: {t.chosen}; }}
QMenu::item:disabled {{ color: {t.quiet}; }}
QMenu::separator {{ height: 1px; background: {t.line}; margin: 4px 8px; }}
QToolTip {{ background: {t.raised}; color: {t.text}; border: 1px solid {t.edge}; padding: 6px; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
QScrollBar::handle {{ background: {t.edge}; border-radius: 4px; margin: 2px; min-height: 32px; min-width: 32px; }}
QScrollBar::handle:hover {{ background: {t.quiet}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QAbstractScrollArea::corner {{ background: transparent; border: 0; }}
QSizeGrip {{ image: none; width: 0; height: 0; }}
QProgressBar {{ background: {t.line}; border: 0; border-radius: 4px; height: 8px; text-align: center; }}
QProgressBar::chunk {{ background: {t.accent}; border-radius: 4px; }}
QFrame[look="line"] {{ background: {t.line}; max-height: 1px; border: 0; }}
QFrame[look="popup"] {{ background: {t.raised}; border: 1px solid {t.edge}; border-radius: 10px; }}
"""


def _drawing(name: str) -> str:
    """The path of an icon as style sheets want it."""
    return resource("icons", f"{name}.svg").as_posix()
