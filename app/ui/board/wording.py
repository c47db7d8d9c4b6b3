"""What the board says of cards and piles."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.analysis.board import Heard
from app.analysis.board_layout import CardPicture, PilePicture
from app.models.kinds import CodeStatus, ThemeKind, ThemeStatus
from app.ui.themes.wording import word


def heard_words(heard: Heard | None, *, short: bool = False) -> str:
    """In how many groups and from how many people a code is heard."""
    if heard is None:
        return _tr("not heard yet")
    groups = _tr("1 group") if heard.groups == 1 else _tr("{n} groups").format(n=heard.groups)
    people = _tr("1 person") if heard.people == 1 else _tr("{n} people").format(n=heard.people)
    return f"{groups}, {people}" if short else _tr("heard in {groups}, {people}").format(groups=groups, people=people)


def pile_about(picture: PilePicture, *, nothing: bool = False) -> str:
    """The quiet line under a pile's title: what it is and its idea; `nothing`: what stands where cards would."""
    theme = picture.theme
    if nothing:
        return _tr("No codes yet: drop some here")
    if theme is None:
        return _tr("Pile without a name") if not picture.title else _tr("pile")
    said = [word(theme.kind)] if theme.kind != ThemeKind.THEME else []
    said += [word(theme.status)] if theme.status == ThemeStatus.LET_GO else []
    if theme.concept or theme.kind != ThemeKind.SUBTHEME:  # most subthemes have no idea apart from their theme's
        said += [theme.concept or _tr("about how …")]
    return " · ".join(said)


def said_of_card(picture: CardPicture, heard: Heard | None, home: str) -> str:
    """A card in a sentence, for those who listen."""
    if not picture.home:
        where = _tr("by itself")
    elif picture.role is not None:
        where = _tr("{role} of theme {theme}").format(role=word(picture.role), theme=home)
    else:
        where = _tr("in pile {pile}").format(pile=home) if home else _tr("in a pile without a name")
    said = [_tr("Code {name}").format(name=picture.code.name), where, heard_words(heard)]
    if picture.code.status != CodeStatus.ACTIVE:
        said.append(_tr("set aside"))
    if picture.also:
        said.append(_tr("also in {themes}").format(themes=", ".join(picture.also)))
    return ", ".join(said)


def said_of_pile(picture: PilePicture, codes: list[str]) -> str:
    """A pile in a sentence."""
    theme = picture.theme
    holds = ", ".join(codes) if codes else _tr("no codes of its own")
    if theme is None:
        return _tr("Pile {name}: {codes}").format(name=picture.title or _tr("without a name"), codes=holds)
    said = f"{word(theme.kind).capitalize()} {theme.name}"
    about = _tr("about how {concept}").format(concept=theme.concept) if theme.concept else _tr("no idea written yet")
    return _tr("{theme}: {about}; codes: {codes}").format(theme=said, about=about, codes=holds)


def _tr(text: str) -> str:
    return QCoreApplication.translate("BoardWords", text)
