"""What can be typed: every command with its arguments, its help, and the function that does it.

A command names its function as "module:function" below `app.cli`, so that help and mistyped words cost no import of
the study.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from app import __version__

_TOP = """\
Reflexive thematic analysis of focus-group transcripts, on your own computer.

  reflexa               opens the window
  reflexa STUDY         opens the window on a study (a file that ends in .reflexa)
  reflexa --read-only STUDY   opens it for looking: nothing can be changed
  reflexa COMMAND ...   does one thing without a window
"""

_END = """\
Results go to standard output, messages to standard error. Exit code 0: done; 1: not done, one line says why;
2: not understood. `reflexa COMMAND --help` explains a command.
"""

_CODE = "its name, its path “parent / child”, or its id"
_THEME = "its name or its id"
_SOURCE = "the transcript: its name, the name of its file, or its id"


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """What was typed. Raises SystemExit after help (0) or words not understood (2)."""
    return _parser().parse_args(list(argv))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="reflexa", description=_TOP, epilog=_END, allow_abbrev=False,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("--version", action="version", version=f"Reflexa {__version__}")
    commands = _Commands(parser.add_subparsers(metavar="COMMAND", required=True, title="commands"))
    _study_commands(commands)
    _transcript_commands(commands)
    _coding_commands(commands)
    _theme_commands(commands)
    _question_commands(commands)
    _journal_commands(commands)
    _trail_commands(commands)
    _rights_commands(commands)
    return parser


class _Commands:
    """A list of commands to which one adds; `theme` has a list of its own."""

    def __init__(self, sub: Any) -> None:
        self._sub = sub

    def add(self, name: str, handler: str, summary: str, *, study: bool = True, writes: bool = False) -> Any:
        """A command with --json; STUDY comes first where there is one, and one may say who writes with --as."""
        command = self._sub.add_parser(
            name, help=summary[:1].lower() + summary[1:].partition(". ")[0].rstrip("."), description=summary,
            allow_abbrev=False,
        )  # fmt: skip
        command.set_defaults(handler=handler)
        if study:
            command.add_argument("study", metavar="STUDY", type=Path, help="the study file (.reflexa)")
            _add_password(command)
        if writes:
            command.add_argument(
                "--as", dest="who", metavar="NAME", default="", help="who does this (your name as the study knows it)"
            )
        command.add_argument("--json", action="store_true", help="print one JSON value and nothing else")
        return command

    def group(self, name: str, summary: str) -> _Commands:
        """A command that only holds further ones."""
        command = self._sub.add_parser(name, help=summary, description=summary, allow_abbrev=False)
        return _Commands(command.add_subparsers(metavar="WHAT", required=True, title="what to do"))


def _add_password(command: Any) -> None:
    command.set_defaults(password=None)
    command.add_argument(
        "--password-stdin", action="store_true",
        help="the password of the study is the first line of standard input (else it is asked for on a terminal)",
    )  # fmt: skip


def _study_commands(commands: _Commands) -> None:
    new = commands.add("new", "studies:new", "Make a new study. An existing file is never overwritten.", writes=True)
    new.add_argument("--title", default="", help="the title of the study (default: the name of the file)")
    new.add_argument(
        "--smallest-group",
        type=int,
        default=3,
        metavar="K",
        help="outputs describe nobody whom fewer people than this share a description with (default: 3)",
    )
    new.add_argument("--encrypt", action="store_true", help="ask for a password (--password-stdin: it is given)")
    password = commands.group("password", "give a study a password, change it, take it away")
    password.add(
        "set", "passwords:put_on",
        "Give a plain study a password. With --password-stdin it is the first line. The file and"
        " its backups are written anew; a disk may keep remnants of the old ones.",
    )  # fmt: skip
    password.add(
        "change", "passwords:change",
        "Change the password of a study. With --password-stdin the first line is the present one, the second the new.",
    )  # fmt: skip
    password.add("remove", "passwords:remove", "Write a study anew without a password.")
    commands.add("demo", "studies:demo", "Build the example study from its raw files.")


def _transcript_commands(commands: _Commands) -> None:
    preview = commands.add(
        "preview", "transcripts:preview", "Show what files hold before they come in: turns, speakers, doubts.",
        study=False,
    )  # fmt: skip
    _add_files(preview)
    bring = commands.add(
        "import", "transcripts:bring_in",
        "Bring transcripts in, all as one change, or a project of another program (.qdpx)."
        " What cannot be read is said and stays out, the rest comes in.",
        writes=True,
    )  # fmt: skip
    _add_files(bring)
    bring.add_argument("--group", metavar="G", help="the focus group of these files (default: what their head says)")
    bring.add_argument(
        "--moderator", metavar="L", action="append", default=[], help="a label that is the moderator's (repeatable)"
    )
    bring.add_argument(
        "--person", metavar="L=P", action="append", default=[],
        help="label L is participant P of the study (repeatable; default: who bears its name)",
    )  # fmt: skip
    bring.add_argument("--name", metavar="N", default="", help="what the transcript is called, where there is one file")
    bring.add_argument("--participants", metavar="CSV", type=Path, help="a table of participants, brought in first")
    bring.add_argument("--keep-original", action="store_true", help="keep the bytes of the files in the study too")
    people = commands.add(
        "participants", "transcripts:participants",
        "Bring in participants from a csv file, or bring those that are there up to date.", writes=True,
    )  # fmt: skip
    people.add_argument("file", metavar="FILE", type=Path, help="csv or xlsx; it needs a column “pseudonym”")
    people.add_argument(
        "--column", metavar="TITLE=FIELD", action="append", default=[],
        help="what a column is: pseudonym, id, role, group, consent_to_quote, status, note, or an attribute (attribute,"
        " text, number, date, “yes or no”); with this option columns that are not named are left out (repeatable)",
    )  # fmt: skip
    corrected = commands.add(
        "replace", "replacing:replace",
        "Replace a transcript by a corrected file. Excerpts are found again in it; near ones (likeness 80 of 100 or"
        " more) are accepted, and where some would be lost nothing is replaced unless you say --drop-lost.",
        writes=True,
    )  # fmt: skip
    corrected.add_argument("file", metavar="FILE", type=Path, help="the corrected transcript (.docx, .txt)")
    corrected.add_argument("--source", metavar="S", required=True, help=_SOURCE)
    corrected.add_argument("--encoding", metavar="E", help="the encoding of a text file (default: found out)")
    corrected.add_argument("--style", metavar="S", help="how speakers are marked (default: found out)")
    corrected.add_argument("--drop-lost", action="store_true", help="let excerpts go that are not found again")
    corrected.add_argument("--no-memo", action="store_true", help="keep no memo of the excerpts that went")
    text = commands.add("text", "transcripts:text", "Print the text of a transcript, in UTF-8 with nothing added.")
    text.add_argument("--source", metavar="S", required=True, help=_SOURCE)


def _add_files(command: Any) -> None:
    command.add_argument("files", metavar="FILE", nargs="+", type=Path, help="a transcript (.docx, .txt)")
    command.add_argument("--encoding", metavar="E", help="the encoding of text files (default: found out)")
    command.add_argument("--style", metavar="S", help="how speakers are marked (default: found out)")
    command.add_argument(
        "--speaker", metavar="L", action="append", default=[], help="a label that is a speaker after all (repeatable)"
    )
    command.add_argument(
        "--not-speaker", metavar="L", action="append", default=[], help="a label that is no speaker (repeatable)"
    )
    command.add_argument(
        "--merge",
        metavar="A=B",
        action="append",
        default=[],
        help="label A is speaker B, or is to be called B",
    )


def _coding_commands(commands: _Commands) -> None:
    code = commands.add(
        "code", "coding:code",
        "Tag an excerpt with a code, which is made if there is none of this name. Offsets count Unicode code points"
        " of the transcript's text, from 0, the end left out. Doing it again changes nothing.", writes=True,
    )  # fmt: skip
    uncode = commands.add("uncode", "coding:uncode", "Remove a code from an excerpt; the excerpt stays.", writes=True)
    for command in (code, uncode):
        command.add_argument("--source", metavar="S", required=True, help=_SOURCE)
        command.add_argument("--start", metavar="N", type=int, required=True, help="where the excerpt starts")
        command.add_argument("--end", metavar="N", type=int, required=True, help="where it ends (left out)")
        command.add_argument("--code", metavar="C", required=True, help=f"the code: {_CODE}")
    code.add_argument("--unsure", action="store_true", help="mark the coding as unsure")
    codes = commands.add(
        "codes", "code_lists:codes",
        "Bring in a code list from a csv or xlsx file. Codes that are there already stay as they are.", writes=True,
    )  # fmt: skip
    codes.add_argument("file", metavar="FILE", type=Path, help="the table; it needs a column “name” or “code”")
    codes.add_argument(
        "--from-data", action="store_true", help="do not mark them as theory-led: they come from this study's data"
    )


def _theme_commands(commands: _Commands) -> None:
    theme = commands.group("theme", "make a theme, describe it, let codes feed it")
    add = theme.add("add", "themes:add", "Make a theme.", writes=True)
    add.add_argument("--name", metavar="N", required=True, help="the name of the theme")
    add.add_argument("--parent", metavar="T", help=f"the theme it stands under: {_THEME}")
    add.add_argument("--code", metavar="C", action="append", default=[], help=f"a code that feeds it: {_CODE}")
    code = theme.add("code", "themes:code", "Let a code feed a theme; it may feed several.", writes=True)
    code.add_argument("--theme", metavar="T", required=True, help=f"the theme: {_THEME}")
    code.add_argument("--code", metavar="C", required=True, help=f"the code: {_CODE}")
    code.add_argument("--role", metavar="R", help="core, part or contrast (default: part)")
    edit = theme.add("edit", "themes:edit", "Describe a theme; what is not named stays as it is.", writes=True)
    edit.add_argument("--theme", metavar="T", required=True, help=f"the theme: {_THEME}")
    edit.add_argument("--name", metavar="N", help="its new name")
    for command in (add, edit):
        command.add_argument("--concept", metavar="TEXT", help="its central organising concept, one sentence")
        command.add_argument("--definition", metavar="TEXT", help="what it says")
        command.add_argument("--boundary", metavar="TEXT", help="where it ends")
        command.add_argument("--story", metavar="TEXT", help="the story it tells")
        command.add_argument("--implication", metavar="TEXT", help="what follows from it")
        command.add_argument("--status", metavar="W", help="candidate, developed, “defined and named” or “let go”")
    mapping = commands.add("map", "themes:map_onto", "Map a theme onto an entry of the lens in use.", writes=True)
    mapping.add_argument("--theme", metavar="T", required=True, help=f"the theme: {_THEME}")
    mapping.add_argument("--entry", metavar="E", required=True, help="the entry, such as “Mutual engagement”")
    mapping.add_argument("--weight", metavar="W", help="central, supporting or “in passing” (default: supporting)")
    mapping.add_argument(
        "--direction",
        metavar="D",
        help="“shows it”, “shows it failing or absent” or “contests it” (or: shows, failing, contests; default: shows)",
    )
    mapping.add_argument("--rationale", metavar="TEXT", help="why")
    lens = commands.group("lens", "the theories a study may be read through")
    lens.add("list", "lenses:list_all", "List the lenses of a study and those that come with the program.")
    bring = lens.add("add", "lenses:add", "Add a lens from a JSON file, or one that comes with it.", writes=True)
    bring.add_argument("lens", metavar="FILE|NAME", help="the file, or a name such as modes-of-belonging")
    use = lens.add("use", "lenses:use", "Read the study through another lens; all mappings are kept.", writes=True)
    out = lens.add("export", "lenses:export", "Write a lens to a JSON file that `lens add` reads.")
    for command in (use, out):
        command.add_argument("lens", metavar="LENS", help="its name")
    out.add_argument("-o", "--output", metavar="FILE", type=Path, required=True, help="the file to write")
    out.add_argument("--force", action="store_true", help="replace an existing file")


def _question_commands(commands: _Commands) -> None:
    commands.add("info", "questions:info", "Say what is in a study, in figures.")
    dump = commands.add("dump", "questions:dump", "Print every table of a study as JSON: lists of rows, sorted by id.")
    dump.add_argument("--at", metavar="SEQ", type=int, help="as the study was right after this change (see history)")
    search = commands.add(
        "search", "searching:search",
        "Look for words in all transcripts: wherever these letters stand, unless it is said otherwise.",
    )  # fmt: skip
    search.add_argument("text", metavar="TEXT", help="what to look for")
    how = search.add_mutually_exclusive_group()
    how.add_argument("--fuzzy", action="store_true", help="with typos, and several words in any order")
    how.add_argument("--regex", action="store_true", help="TEXT is a regular expression; one that explodes is cut off")
    how.add_argument("--whole-word", action="store_true", help="only whole words")
    search.add_argument("--match-case", action="store_true", help="capital letters count (not with --fuzzy)")
    export = commands.add(
        "export", "outputs:export",
        "Write a document. The format follows the ending of its name; it leaves a line in the register of exports.",
        study=False, writes=True,
    )  # fmt: skip
    export.add_argument("kind", metavar="KIND", help="codebook, themes, excerpts ...")
    export.add_argument("study", metavar="STUDY", type=Path, help="the study file (.reflexa)")
    _add_password(export)
    export.add_argument("-o", "--output", metavar="FILE", type=Path, required=True, help="the document to write")
    export.add_argument("--force", action="store_true", help="write over a file that is there")
    export.add_argument("--to", dest="to_whom", metavar="WHOM", default="", help="for whom it is, for the register")
    export.add_argument("--counts", action="store_true", help="show counts (they are not prevalence, so off)")
    export.add_argument("--participant", default="", metavar="P", help="person: whose data, by pseudonym, label or id")
    tables = export.add_argument_group("for tables of codes (by-participant, by-group, code-by-code)")
    tables.add_argument("--beneath", action="store_true", help="a code also holds what the codes beneath it hold")
    tables.add_argument("--set-aside", action="store_true", help="codes that are set aside too")
    figure = export.add_argument_group("for the theme map")
    figure.add_argument("--version", default="", metavar="V", help="a version by its label, or all (a page each, pdf)")
    figure.add_argument("--codes", action="store_true", help="the codes under their themes")
    export.add_argument(
        "--target", choices=["standard", "nvivo", "maxqda", "atlas.ti"], default="standard",
        help="qdpx: the program it is written for (default: standard)",
    )  # fmt: skip
    for name, what in (("names", "researchers' names"), ("times", "when things were done"),
                       ("entries", "entries of the journal"),
                       ("attributes", "attributes of participants")):  # fmt: skip
        export.add_argument(f"--no-{name}", dest=name, action="store_false", help=f"qdpx, codings: without {what}")
    export.add_argument(
        "--refused", action="store_true", help="qdpx: with the words of people who refused to be quoted (else dots)"
    )
    export.add_argument(
        "--archive", action="store_true", help="whole texts, codings: for an archive; who refused that is left out too"
    )
    export.add_argument(
        "--small-groups", action="store_true",
        help="also descriptions that fit fewer people than the study's smallest group (else left out)",
    )  # fmt: skip
    export.add_argument("--since", default="", metavar="V", help="supervisor: since this version (default: the newest)")
    told = export.add_argument_group("for checklist")
    told.add_argument(
        "--list", dest="checklist", default="fifteen", choices=["fifteen", "twenty", "reporting", "coreq", "gramms"],
        help="which list (default: fifteen)",
    )  # fmt: skip
    export.add_argument(
        "--about", default="", metavar="NAME", help="genealogy: of this code or theme; codes or themes: of all of them"
    )
    entries = export.add_argument_group("for journal and audit: which entries (private ones only by --entry)")
    entries.add_argument("--entry", metavar="ID", action="append", default=[], help="just this one (repeatable)")
    entries.add_argument("--entry-kind", metavar="K", action="append", default=[], help="of this kind (repeatable)")
    entries.add_argument("--from", dest="first_day", metavar="DAY", default="", help="from this day on: 2026-03-31")
    entries.add_argument("--until", dest="last_day", metavar="DAY", default="", help="until this day")
    tables.add_argument("--same-turn", action="store_true", help="codes meet in a turn, not only in the same words")


def _journal_commands(commands: _Commands) -> None:
    journal = commands.group("journal", "write in the reflexive journal, list what was written")
    add = journal.add("add", "journal:add", "Write an entry in the journal.", writes=True)
    add.add_argument("--text", required=True, help="what it says; *emphasis*, **strong**, “- ” lists and “> ” quotes")
    add.add_argument(
        "--kind", metavar="WORD", default="",
        help="positionality, hunch, feeling, decision, theory, method, supervision, or a word of your own",
    )  # fmt: skip
    add.add_argument(
        "--about", metavar="SORT:NAME", action="append", default=[],
        help="what it speaks of: code, theme, source, group, participant, version or lens_entry (repeatable)",
    )  # fmt: skip
    add.add_argument("--private", action="store_true", help="it leaves in no output unless it is chosen there")
    journal.add("list", "journal:listed", "List the entries of the journal, newest first.")


def _trail_commands(commands: _Commands) -> None:
    commands.add("undo", "trail:undo", "Take the last change back.", writes=True)
    commands.add("redo", "trail:redo", "Bring back what undo took.", writes=True)
    history = commands.add("history", "trail:history", "List the changes of a study, oldest first.")
    history.add_argument("--object", metavar="NAME", help="only what touched this code, theme or transcript")
    history.add_argument("--person", metavar="NAME", help="only what this researcher did")
    history.add_argument("--kind", metavar="WORDS", help="only one sort of record, by how its name begins: raw, data, "
                         "reconstruction, process, intentions, instrument")  # fmt: skip
    history.add_argument("--since", metavar="DAY", help="from this day on (2024-03-31)")
    history.add_argument("--until", metavar="DAY", help="to this day, the day included")
    phase = commands.add("phase", "trail:phase", "Say which phase you are in now, or ask.", writes=True)
    phase.add_argument("name", nargs="?", metavar="NAME", help="a phase by its name, how it begins, or its number")
    phase.add_argument("--leave", action="store_true", help="nothing in particular any more")
    commands.add(
        "backups", "backups:backups", "List the backups of a study, newest first, and what came and went since each."
    )
    commands.add("backup", "backups:backup", "Back a study up now: copied, verified, then given its name.")
    restore = commands.add(
        "restore", "backups:restore", "Write a backup out as a new study. The study itself stays as it is."
    )
    restore.add_argument("--backup", metavar="NAME", required=True, help="its name as `backups` lists it, or “newest”")
    restore.add_argument("-o", "--output", metavar="NEW", type=Path, required=True, help="the new study (.reflexa)")
    verify = commands.add(
        "verify", "trail:verify", "Check that a study is sound: “ok”, or one line for each fault. Nothing is written."
    )
    verify.add_argument("--full", action="store_true", help="walk through the whole journal, however long")
    verify.add_argument(
        "--repair-to", metavar="NEW", type=Path, dest="repair_to",
        help="save what can be saved as a new study that verifies, and list what could not be; STUDY is not touched",
    )  # fmt: skip


def _rights_commands(commands: _Commands) -> None:
    withdraw = commands.add(
        "withdraw", "rights:withdraw",
        "Withdraw a participant. It cannot be undone: --dry-run first shows everything that is touched. What was"
        " exported before, and copies elsewhere, stay.", writes=True,
    )  # fmt: skip
    withdraw.add_argument("--participant", metavar="P", required=True, help="the pseudonym, label or id")
    withdraw.add_argument(
        "--how", choices=["no-quoting", "own-turns", "mentions"], required=True,
        help="no-quoting: their words leave in no output; own-turns: their turns are removed too, with a placeholder;"
        " mentions: mentions of them in others' turns as well",
    )  # fmt: skip
    withdraw.add_argument(
        "--name", metavar="N", action="append", default=[], help="a further name they are spoken of by (repeatable)"
    )
    withdraw.add_argument(
        "--decisions", metavar="FILE", type=Path,
        help="JSON: {key of a place or mention: {“do”: change, leave or delete, “text”: other words}}; keys are those"
        " of --dry-run --json, what is not named gets what is proposed there",
    )  # fmt: skip
    pseudonymise = commands.add(
        "pseudonymise",
        "rights:pseudonymise",
        "Replace a name wherever it stands, as one change that can be undone until `reflexa make-permanent`.",
    )
    pseudonymise.add_argument("--name", metavar="N", required=True, help="the name")
    pseudonymise.add_argument(
        "--as", dest="pseudonym", metavar="P", required=True, help="what stands there instead: “Nur” or “her sister”"
    )
    pseudonymise.add_argument("--near", action="store_true", help="near spellings too (look at --dry-run first)")
    pseudonymise.add_argument("--log", metavar="FILE", type=Path, help="write who stands behind it to this csv file")
    pseudonymise.set_defaults(who="")
    for command in (withdraw, pseudonymise):
        command.add_argument("--dry-run", action="store_true", help="only show what would be touched")
    commands.add(
        "make-permanent", "rights:make_permanent",
        "Purge what the study was before from its file, its journal and its backups. It cannot be undone.",
        writes=True,
    )  # fmt: skip
