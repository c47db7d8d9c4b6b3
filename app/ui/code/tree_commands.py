"""What one does to codes themselves: make, rename, merge, split, set aside, delete - and say why, if one likes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPoint, QRect, QSize
from PySide6.QtWidgets import QMenu

from app.analysis.code_search import CodeHit, find_codes
from app.analysis.codes import taken_with_code
from app.analysis.memos import About, count_memos_on
from app.models.kinds import CodeStatus
from app.operations.codes import bring_back, create_code, delete_code, edit_code, set_aside
from app.ui.code.pin_commands import pin_menu
from app.ui.code.quick_code import QuickCode
from app.ui.window.questions import ask
from app.ui.wording import counted

if TYPE_CHECKING:
    from app.study import ChangeSession
    from app.ui.code.workspace import CodeWorkspace


def add_tree_actions(place: CodeWorkspace) -> None:
    """Register what can be done to codes, and connect the tree."""
    add, line = place.desk.actions.add, place.desk.actions.separator
    add("code.new", _tr("New code"), lambda: _new_code(place, ""), keys="Ctrl+Shift+N", menu="Code")
    add("code.new_under", _tr("New code under this one"), lambda: _new_code(place, _chosen(place)), menu="Code")
    add("code.rename", _tr("Rename code"), lambda: place.tree.rename(_chosen(place)), menu="Code")
    add("code.merge", _tr("Merge code into …"), lambda: _choose_target(place), keys="Ctrl+Shift+J", menu="Code")
    add("code.split", _tr("Split code …"), lambda: _split_code(place), keys="Ctrl+Shift+K", menu="Code")
    add("code.life", _tr("Life of this code …"), lambda: _life(place), menu="Code")
    add("code.aside", _tr("Set code aside, or bring it back"), lambda: _aside(place), menu="Code")
    add("code.delete", _tr("Delete code …"), lambda: _delete(place), menu="Code")
    add("code.without", _tr("Excerpts without a code"), place.show_without_code, menu="Code")
    add("code.list", _tr("Bring in a code list …"), lambda: _bring_in(place), menu="Code")
    line("Code")
    place.order.add_actions(place.order_button)
    place.tree.menuWanted.connect(lambda point, code_id: _tree_menu(place, point, code_id))
    place.tree.renameWanted.connect(lambda code_id, name: _rename(place, code_id, name))
    place.tree.mergeWanted.connect(lambda ids, into: merge(place, ids, into))


def merge(place: CodeWorkspace, code_ids: list[str], into_id: str) -> None:
    """Merge codes into another one, and say what came of it."""
    names = [place.codes[one].name for one in code_ids if one in place.codes and one != into_id]
    target = place.codes.get(into_id)
    if target is None or not names:
        return
    from app.operations.code_merging import merge_codes

    done = place.desk.run(merge_codes, code_ids, into_id)
    if done is None:
        return
    place.show_code(into_id)
    what = f"“{names[0]}”" if len(names) == 1 else _tr("{n} codes").format(n=len(names))
    said = _tr("Merged {what} into “{name}”.").format(what=what, name=target.name)
    if done.joined:
        said += " " + _tr("{n} excerpts had both and have one coding now.").format(n=done.joined)
    place.desk.say_done(said)


def warn_of_likeness(place: CodeWorkspace, code_id: str) -> None:
    """Say that another code is called nearly the same, and offer to take that one; nothing is held up."""
    from app.analysis.near_names import close_to  # its library takes a hundredth of a second to start

    code = place.codes.get(code_id)
    if code is None:
        return
    near = close_to(code.name, place.active_codes(), but=code_id)
    if near is not None:
        place.desk.offer(
            _tr("There is also “{name}”. Did you mean that one?").format(name=near.name),
            _tr("Use that one"),
            lambda: merge(place, [code_id], near.id),
        )


def _chosen(place: CodeWorkspace) -> str:
    chosen = place.tree.chosen()
    return chosen[0] if chosen else place.inspector.code_id or ""


def _new_code(place: CodeWorkspace, parent_id: str) -> None:
    """Make a code with a name that is free and open it for naming."""
    taken = {code.name.casefold() for code in place.codes.values()}
    base, number = _tr("New code"), 1
    name = base
    while name.casefold() in taken:
        number += 1
        name = f"{base} {number}"
    code_id = place.desk.run(create_code, name, parent_id=parent_id or None)
    if code_id is not None:
        place.show_code(code_id)
        place.tree.rename(code_id)


def _rename(place: CodeWorkspace, code_id: str, name: str) -> None:
    if place.desk.done(edit_code, code_id, name=name):
        warn_of_likeness(place, code_id)


def _choose_target(place: CodeWorkspace) -> None:
    """Ask into which code those chosen shall go, with the same finder as quick coding."""
    chosen = [one for one in (place.tree.chosen() or [_chosen(place)]) if one in place.codes]
    if not chosen:
        place.desk.say(_tr("Choose a code first."))
        return
    alone = chosen[0] if len(chosen) == 1 else ""

    def find(typed: str) -> list[CodeHit]:
        return find_codes([code for code in place.active_codes() if code.id != alone], typed, {})

    box = QuickCode(find, place)
    box.setObjectName("mergeBox")
    box.field.setPlaceholderText(_tr("Merge into …"))
    box.field.setAccessibleName(_tr("The code to merge into"))
    box.codeWanted.connect(lambda code_id, _: merge(place, chosen, code_id))
    box.newWanted.connect(lambda name, _: place.desk.say(_tr("There is no code “{name}”.").format(name=name)))
    box.closed.connect(lambda _: box.deleteLater())
    current = place.tree.currentItem()
    item = place.tree.visualItemRect(current) if current is not None else QRect(QPoint(), QSize())
    box.open_at(QRect(place.tree.viewport().mapToGlobal(item.topLeft()), item.size()), "", place.desk.tokens)


def _split_code(place: CodeWorkspace) -> None:
    from app.ui.code.split_dialog import SplitDialog

    code = place.codes.get(_chosen(place))
    if code is None:
        place.desk.say(_tr("Choose a code first."))
        return
    dialog = SplitDialog(place.desk, place.shelf, code, place)
    if dialog.exec() and dialog.made:
        place.show_code(dialog.made)
        said = _tr("Split “{name}” from “{code}”.").format(name=place.codes[dialog.made].name, code=code.name)
        place.desk.say_done(said)


def _aside(place: CodeWorkspace) -> None:
    """Set the codes chosen aside, or bring them back; the reason can be written on the sheet."""
    codes = [place.codes[one] for one in (place.tree.chosen() or [_chosen(place)]) if one in place.codes]
    if not codes:
        place.desk.say(_tr("Choose a code first."))
        return
    back = all(code.status == CodeStatus.SET_ASIDE for code in codes)

    def each(session: ChangeSession) -> bool:
        for code in codes:
            if back:
                bring_back(session, code.id)
            elif code.status != CodeStatus.SET_ASIDE:
                set_aside(session, code.id)
        return True

    if place.desk.run_all("", None, each) and not back:
        what = f"“{codes[0].name}”" if len(codes) == 1 else _tr("{n} codes").format(n=len(codes))
        place.desk.say_done(_tr("Set aside: {what}. Codings stay.").format(what=what))


def _delete(place: CodeWorkspace) -> None:
    """Delete the chosen code, after saying what it would take."""
    from app.analysis.map_content import versions_that_hold

    code = place.codes.get(_chosen(place))
    if code is None:
        place.desk.say(_tr("Choose a code first."))
        return
    with place.desk.read() as session:
        codings, beneath, themes = taken_with_code(session, code.id)
        memos = count_memos_on(session, About.CODE, code.id)
        kept = versions_that_hold(session, code.id)
    takes = [
        counted(number, one, many)
        for number, one, many in (
            (codings, _tr("It comes off 1 excerpt, which stays."), _tr("It comes off {n} excerpts, which stay.")),
            (beneath, _tr("1 code beneath it moves up."), _tr("{n} codes beneath it move up.")),
            (themes, _tr("It goes out of 1 theme."), _tr("It goes out of {n} themes.")),
            (memos, _tr("1 memo goes with it."), _tr("{n} memos go with it.")),
        )
        if number
    ]
    labels = ", ".join(f"“{one}”" for one in kept)
    takes += [_tr("The map versions {labels} keep it as it was.").format(labels=labels)] if kept else []
    sentence = " ".join([_tr("Delete the code “{name}”?").format(name=code.name), *takes])
    if (not takes or ask(place, sentence, _tr("Delete code"))) and place.desk.done(delete_code, code.id):
        place.desk.say_done(_tr("Deleted “{name}”.").format(name=code.name))


def _life(place: CodeWorkspace) -> None:
    code_id = _chosen(place)
    if code_id in place.codes:
        place.desk.lifeWanted.emit("code", code_id)
    else:
        place.desk.say(_tr("Choose a code first."))


def _bring_in(place: CodeWorkspace) -> None:
    from app.ui.code.code_list_dialog import bring_in_code_list

    bring_in_code_list(place.desk, place)


def _tree_menu(place: CodeWorkspace, point: QPoint, code_id: str) -> None:
    if code_id and code_id not in place.tree.chosen():
        place.show_code(code_id)
    menu = QMenu(place)
    names = ["code.new"]
    if code_id:
        names += ["code.new_under", "-", "code.rename", "code.merge", "code.split", "code.aside", "code.life", "-",
                  "code.delete"]  # fmt: skip
    for name in names:
        if name == "-":
            menu.addSeparator()
        else:
            menu.addAction(place.desk.actions[name])
    if code_id:
        pin_menu(place, menu)
    menu.exec(point)


def _tr(text: str) -> str:
    return QCoreApplication.translate("CodeCommands", text)
