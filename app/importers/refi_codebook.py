"""REFI-QDA code lists (.qdc) as a table of codes; files that do not validate are read as far as they can be.

Seen in the wild: other namespaces, empty sets, RGB colours, codes without a name (`INTERCHANGE` 2).
"""

from __future__ import annotations

from app.importers.archive import parse_xml
from app.importers.draft import ImportRefused
from app.importers.refi_codes import CodesIn, local_name

MAKER = "the program that made it"
HEAD = ("name", "path", "full_definition", "colour")


def read_codes(name: str, content: bytes) -> tuple[tuple[tuple[str, ...], ...], tuple[str, ...]]:
    """(rows of HEAD, warnings) of a .qdc file. Raises ImportRefused."""
    root = parse_xml(name, content, maker=MAKER)
    if local_name(root) not in ("CodeBook", "Project"):
        raise ImportRefused(f"“{name}” is no REFI-QDA code list: it begins with “{local_name(root)[:40]}”.")
    held = CodesIn()
    books = [root] if local_name(root) == "CodeBook" else [one for one in root if local_name(one) == "CodeBook"]
    codes = [code for book in books for code in held.read(book)]
    paths: dict[str, str] = {}
    rows = []
    for code in codes:
        above = paths.get(code.parent or "", "")
        paths[code.key] = f"{above} / {code.name}" if above else code.name
        rows.append((code.name, paths[code.key], code.description, code.colour))
    warnings = [loss.sentence for loss in held.losses]
    sets = [
        one.get("name", "") for book in books for one in book.iter() if local_name(one) == "Set" and one.get("name")
    ]
    if sets:
        named = ", ".join(f"“{one}”" for one in sets[:5])
        warnings.append(f"Sets of codes are not in a code list of ours: {named}.")
    return tuple(rows), tuple(warnings)
