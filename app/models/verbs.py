"""The verbs of the change journal: what a researcher can do to a study, as the audit trail names it."""

from enum import StrEnum


class Verb(StrEnum):
    """One word an action; the label of the change says the rest in people's words."""

    CREATE_STUDY = "create study"
    MIGRATE = "bring up to date"
    DESCRIBE_STUDY = "describe study"
    WORK_AS = "work as"
    IMPORT = "import"
    ARRANGE = "arrange transcripts"
    DELETE_SOURCE = "delete transcript"
    EDIT_TURNS = "edit turns"
    CORRECT = "correct transcript"
    REPLACE = "replace transcript"
    EDIT_PEOPLE = "edit people"
    CODE = "code"
    UNCODE = "remove code"
    EDIT_EXCERPT = "edit excerpt"
    CREATE_CODE = "create code"
    EDIT_CODE = "edit code"
    SET_ASIDE_CODE = "set aside code"
    MERGE_CODES = "merge codes"
    SPLIT_CODE = "split code"
    DELETE_CODE = "delete code"
    CREATE_THEME = "create theme"
    EDIT_THEME = "edit theme"
    MERGE_THEMES = "merge themes"
    SPLIT_THEME = "split theme"
    DELETE_THEME = "delete theme"
    CLUSTER = "cluster"
    DECIDE = "decide on excerpt"
    MAP = "map"
    RELATE = "relate themes"
    ARRANGE_MAP = "arrange map"
    ARRANGE_BOARD = "arrange board"
    KEEP_VERSION = "keep map version"
    REVIEW = "review"
    EDIT_LENS = "edit lens"
    MEMO = "memo"
    JOURNAL = "journal"
    STATE_APPROACH = "state approach"
    VISIT_PHASE = "visit phase"
    ANSWER_CHECKLIST = "answer checklist"
    PSEUDONYMISE = "pseudonymise"
    WITHDRAW = "withdraw participant"
    MAKE_PERMANENT = "make permanent"
    EXPORT = "export"
    UNDO = "undo"
    REDO = "redo"


BORDERS = frozenset({Verb.CREATE_STUDY, Verb.MIGRATE, Verb.WITHDRAW, Verb.MAKE_PERMANENT})
"""Undo and time travel stop at these."""

WITHOUT_IMAGES = BORDERS - {Verb.CREATE_STUDY}
"""At and before these the journal keeps who did what when, but not what the rows held."""

KEPT = frozenset({Verb.EXPORT, Verb.WORK_AS})
"""What happened cannot be taken back: these are passed over by undo, and do not end the redo list."""
