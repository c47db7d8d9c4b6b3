"""Where themes meet the framework: read from the theory's side, entry by entry, as one page to read and discuss."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from PySide6.QtCore import QCoreApplication, QUrl, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from app.analysis.framework import Framework, Meeting, MetEntry, framework
from app.analysis.themes import LensRow, MappingRow, ThemeRow
from app.ui.style.tokens import Tokens
from app.ui.themes.wording import weighed

MEASURE = 880
"""Pixels wide at most: a page to read."""


class MeetingPage(QWidget):
    """Nothing is decided here; a theme's name leads to its sheet."""

    themeWanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("themes.framework")
        self.page = QTextBrowser()
        self.page.setObjectName("themes.framework.page")
        self.page.setAccessibleName(self.tr("Where themes meet the framework"))
        self.page.setOpenLinks(False)
        self.page.setFrameShape(QFrame.Shape.NoFrame)
        self.page.setMaximumWidth(MEASURE)
        self.page.anchorClicked.connect(self._on_link)
        self.page.document().setDocumentMargin(24)
        self.setFocusProxy(self.page)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.page, 100)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(row, 1)

    def show_framework(
        self,
        themes: Sequence[ThemeRow],
        lens: LensRow | None,
        mappings: Sequence[MappingRow],
        misses: Mapping[str, str],
        tokens: Tokens,
    ) -> None:
        """Show how the themes meet the lens in use; the place where one reads stays."""
        scrolled = self.page.verticalScrollBar().value()
        if lens is None:
            said = _tr("This study is read through no framework. A lens can be added over the matrix.")
            self.page.setHtml(f"<p>{escape(said)}</p>")
            return
        self.page.setHtml(_page(lens, framework(themes, lens, mappings, misses), tokens))
        self.page.verticalScrollBar().setValue(scrolled)

    def _on_link(self, url: QUrl) -> None:
        if url.scheme() == "theme":
            self.themeWanted.emit(url.path())


def _page(lens: LensRow, found: Framework, t: Tokens) -> str:
    style = (
        f"<style>h2 {{ font-size: 18px; }} h3 {{ font-size: 15px; margin-top: 22px; margin-bottom: 2px; }}"
        f" p {{ margin-top: 2px; margin-bottom: 6px; }} .quiet {{ color: {t.quiet}; }}"
        f" a {{ color: {t.accent}; text-decoration: none; font-weight: 600; }}"
        f" td {{ padding: 7px 14px 7px 0; }}</style>"
    )
    source = f"<p class='quiet'>{_text(lens.citation)}</p>" if lens.citation else ""
    parts = [style, f"<h2>{_text(lens.name)}</h2>", source]
    parts += [_entry(one) for one in found.entries]
    parts.append(f"<h3>{escape(_tr('What the framework does not explain'))}</h3>")
    if found.unexplained:
        rows = (
            f"<tr><td width='32%'>{_link(one)}</td><td>{_text(words)}</td></tr>" for one, words in found.unexplained
        )
        parts.append(f"<table width='100%'>{''.join(rows)}</table>")
    else:
        said = _tr("Nothing was written here yet; the last column of the matrix asks.")
        parts.append(f"<p class='quiet'>{escape(said)}</p>")
    if found.apart:
        said = _tr("These themes meet no entry: perhaps just what the framework cannot see.")
        names = " · ".join(_link(theme) for theme in found.apart)
        parts.append(f"<h3>{escape(_tr('Themes outside the framework'))}</h3><p class='quiet'>{escape(said)}</p>")
        parts.append(f"<p>{names}</p>")
    return "".join(parts)


def _entry(one: MetEntry) -> str:
    head = f"<h3>{_text(one.entry.name)}</h3>"
    if one.entry.definition:
        head += f"<p class='quiet'>{_text(one.entry.definition)}</p>"
    if not one.meetings:
        said = _tr("No theme meets it. That is a finding, and no gap to fill: what does it say about this community?")
        return f"{head}<p><i>{escape(said)}</i></p>"
    return f"{head}<table width='100%'>{''.join(_meeting(meeting) for meeting in one.meetings)}</table>"


def _meeting(one: Meeting) -> str:
    said = weighed(one.mapping.weight, one.mapping.direction)
    reason = _text(one.mapping.rationale) or f"<span class='quiet'>{escape(_tr('no rationale yet'))}</span>"
    if one.indicators:
        signs = _tr("seen by: {names}").format(names="; ".join(one.indicators))
        reason += f"<br><span class='quiet'>{escape(signs)}</span>"
    return (
        f"<tr><td width='32%'>{_link(one.theme)}</td><td width='24%' class='quiet'>{escape(said)}</td>"
        f"<td>{reason}</td></tr>"
    )


def _link(theme: ThemeRow) -> str:
    return f"<a href='theme:{theme.id}'>{_text(theme.name)}</a>"


def _text(words: str) -> str:
    return escape(words).replace("\n", "<br>")


def _tr(text: str) -> str:
    return QCoreApplication.translate("MeetingPage", text)
