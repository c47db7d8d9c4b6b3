"""Score the importer on a folder of transcripts with a truth.json: `python scripts/score_transcripts.py FOLDER`.

Prints a line a file: whether labels with their counts are exactly right, and turns (labelled, and merged) within 1 %.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from app.importers.draft import ImportRefused, TranscriptDraft
from app.importers.reading import read_transcript

WITHIN = 0.01


def near(found: int, wanted: int) -> bool:
    """Whether a number of turns is right within 1 %."""
    return abs(found - wanted) <= WITHIN * wanted


def faults(draft: TranscriptDraft, truth: dict) -> list[str]:
    """What is not as the truth says."""
    found, said = dict(draft.speakers), []
    if set(found) != set(truth["speakers"]):
        said.append(
            f"labels +{sorted(set(found) - set(truth['speakers']))} -{sorted(set(truth['speakers']) - set(found))}"
        )
    elif found != truth["speakers"]:
        other = {name: (count, found[name]) for name, count in truth["speakers"].items() if found[name] != count}
        said.append(f"counts {other}")
    if not near(sum(found.values()), truth["n_labelled_turns"]):
        said.append(f"turns {sum(found.values())} of {truth['n_labelled_turns']}")
    if not near(draft.turns_merged, truth.get("n_turns_after_merging_same_speaker", draft.turns_merged)):
        said.append(f"merged {draft.turns_merged} of {truth.get('n_turns_after_merging_same_speaker')}")
    return said


def main(folder: Path) -> int:
    """Score every file that the truth names."""
    truths = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    right = there = 0
    for name, truth in truths.items():
        if not (folder / name).exists():
            continue
        there += 1
        try:
            draft = read_transcript(folder / name)
        except ImportRefused as refused:
            print(f"refused  {name}: {refused.sentence}")
            continue
        said = faults(draft, truth)
        right += not said
        print(f"{'right  ' if not said else 'WRONG  '}  {name} ({draft.format}, {draft.style}) {'; '.join(said)[:400]}")
    print(f"{right} of {there} exactly right")
    return 0 if right == there else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
