"""Everything one can do on the map, as actions of the registry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from app.ui.map.workspace import MapWorkspace


def add_map_actions(place: MapWorkspace) -> None:
    """Register the actions of the map."""
    add, line = place.desk.actions.add, place.desk.actions.separator

    def put(name: str, text: str, run: object, keys: str = "") -> None:
        add(f"map.{name}", text, run, keys=keys or (), menu="Map")  # type: ignore[arg-type]

    put("theme", _tr("New theme on the map …"), place.new_theme)
    put("relate", _tr("Relate the two themes chosen, or draw a relation"), place.relate_chosen, "R")
    put("note", _tr("Note on the map …"), place.new_note, "N")
    put("delete", _tr("Remove the relation or note chosen"), place.delete_chosen, "Del")
    put("open", _tr("Open the sheet of the theme"), lambda: _open(place))
    line("Map")
    put("tidy", _tr("Tidy up: let the layout place them"), place.tidy_up)
    for how, text in (
        ("left", _tr("Align at the left")),
        ("top", _tr("Align at the top")),
        ("middle", _tr("Align one under another")),
        ("row", _tr("Align beside each other")),
    ):
        put(f"align_{how}", text, lambda how=how: place.canvas.align(how))
    put("grow", _tr("Draw the theme larger"), lambda: place.size_chosen(1.25), "]")
    put("shrink", _tr("Draw the theme smaller"), lambda: place.size_chosen(0.8), "[")
    line("Map")
    put("codes", _tr("Show or hide the codes of themes"), lambda: place.show_codes(not place.codes.isChecked()))
    put("legend", _tr("Show or hide the legend"), lambda: place.show_legend(not place.key.isChecked()), "L")
    put("larger", _tr("Larger"), lambda: place.view.zoom(1.25), "Ctrl++")
    put("smaller", _tr("Smaller"), lambda: place.view.zoom(0.8), "Ctrl+-")
    put("fit", _tr("Fit the whole map"), place.view.fit, "Ctrl+0")
    line("Map")
    put("keep", _tr("Keep a version of the map …"), place.open_form, "Ctrl+Shift+V")
    put("older", _tr("The version before"), lambda: place.versions.step(-1), "Alt+PgDown")
    put("newer", _tr("The next version"), lambda: place.versions.step(1), "Alt+PgUp")
    put("since", _tr("What has changed since this version?"), lambda: _since(place))
    put("figure", _tr("Export the map as a figure …"), lambda: place.figure.click())


def _open(place: MapWorkspace) -> None:
    chosen = place.canvas.chosen_themes()
    if chosen:
        place.themeWanted.emit(chosen[0])
    else:
        place.desk.say(_tr("Choose a theme on the map first."))


def _since(place: MapWorkspace) -> None:
    if place.versions.current():
        place.compare(place.versions.current(), "")
    else:
        place.desk.say(_tr("Choose a version in the list first."))


def _tr(text: str) -> str:
    return QCoreApplication.translate("MapCommands", text)
