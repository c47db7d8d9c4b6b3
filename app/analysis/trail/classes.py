"""The six classes of an audit trail (Halpern 1983, in Lincoln & Guba 1985), and to which each verb belongs."""

from __future__ import annotations

from enum import StrEnum

from app.models.verbs import Verb


class Halpern(StrEnum):
    """What a record of the trail is evidence of."""

    RAW = "raw data"
    REDUCTION = "data reduction and analysis products"
    SYNTHESIS = "reconstruction and synthesis products"
    PROCESS = "process notes"
    INTENTIONS = "intentions and dispositions"
    INSTRUMENTS = "instrument development"


CLASS_OF: dict[Verb, Halpern] = {
    # Raw data: what was said, by whom, and everything that alters or removes it.
    Verb.IMPORT: Halpern.RAW,
    Verb.ARRANGE: Halpern.RAW,
    Verb.DELETE_SOURCE: Halpern.RAW,
    Verb.EDIT_TURNS: Halpern.RAW,
    Verb.CORRECT: Halpern.RAW,
    Verb.REPLACE: Halpern.RAW,
    Verb.EDIT_PEOPLE: Halpern.RAW,
    Verb.PSEUDONYMISE: Halpern.RAW,
    Verb.WITHDRAW: Halpern.RAW,
    Verb.MAKE_PERMANENT: Halpern.RAW,
    # Data reduction and analysis: excerpts, codes and the memos on them.
    Verb.CODE: Halpern.REDUCTION,
    Verb.UNCODE: Halpern.REDUCTION,
    Verb.EDIT_EXCERPT: Halpern.REDUCTION,
    Verb.CREATE_CODE: Halpern.REDUCTION,
    Verb.EDIT_CODE: Halpern.REDUCTION,
    Verb.SET_ASIDE_CODE: Halpern.REDUCTION,
    Verb.MERGE_CODES: Halpern.REDUCTION,
    Verb.SPLIT_CODE: Halpern.REDUCTION,
    Verb.DELETE_CODE: Halpern.REDUCTION,
    Verb.MEMO: Halpern.REDUCTION,
    # Reconstruction and synthesis: themes, their structure, the map, how they meet the theory, what is written of them.
    Verb.CREATE_THEME: Halpern.SYNTHESIS,
    Verb.EDIT_THEME: Halpern.SYNTHESIS,
    Verb.MERGE_THEMES: Halpern.SYNTHESIS,
    Verb.SPLIT_THEME: Halpern.SYNTHESIS,
    Verb.DELETE_THEME: Halpern.SYNTHESIS,
    Verb.CLUSTER: Halpern.SYNTHESIS,
    Verb.DECIDE: Halpern.SYNTHESIS,
    Verb.MAP: Halpern.SYNTHESIS,
    Verb.RELATE: Halpern.SYNTHESIS,
    Verb.ARRANGE_MAP: Halpern.SYNTHESIS,
    Verb.ARRANGE_BOARD: Halpern.SYNTHESIS,
    Verb.KEEP_VERSION: Halpern.SYNTHESIS,
    Verb.EXPORT: Halpern.SYNTHESIS,  # a document that left is a product: reports, tables, figures
    # Process notes: how the work went, who did it, checks and debriefing, care of the record itself.
    Verb.VISIT_PHASE: Halpern.PROCESS,
    Verb.REVIEW: Halpern.PROCESS,  # comments and checks are the debriefing of peers and supervisors
    Verb.ANSWER_CHECKLIST: Halpern.PROCESS,  # accounts of quality and trustworthiness
    Verb.WORK_AS: Halpern.PROCESS,
    Verb.MIGRATE: Halpern.PROCESS,
    Verb.UNDO: Halpern.PROCESS,
    Verb.REDO: Halpern.PROCESS,
    # Intentions and dispositions: what the study is for, where the researcher stands, what they expect and feel.
    Verb.CREATE_STUDY: Halpern.INTENTIONS,
    Verb.DESCRIBE_STUDY: Halpern.INTENTIONS,
    Verb.STATE_APPROACH: Halpern.INTENTIONS,
    Verb.JOURNAL: Halpern.INTENTIONS,  # reflexive writing; notes on single excerpts and codes are memos, above
    # Instrument development: the lens is the instrument one reads with; guides are kept with the groups (raw data).
    Verb.EDIT_LENS: Halpern.INSTRUMENTS,
}


def class_of(verb: Verb | str) -> Halpern:
    """The class of a verb."""
    return CLASS_OF[Verb(verb)]


def verbs_of(kinds: frozenset[Halpern]) -> list[str]:
    """The verbs of these classes."""
    return [verb.value for verb, kind in CLASS_OF.items() if kind in kinds]
