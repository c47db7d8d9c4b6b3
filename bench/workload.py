"""Write the seeded corpus that speed is measured on. Usage: python workload.py OUT [--docx]

OUT/T00.txt ... T49.txt   about 10,000 words each, "Name: text" turns, a blank line between turns
OUT/LONG.txt              about 60,000 words
OUT/codings.json          {"codes": [name, ...], "codings": [[file, start, end, code], ...]}; offsets in code points, end exclusive
T00 carries 1,000 codings, T01 300, LONG 5,000, the rest share the remaining ones evenly. With --docx each T file is written as .docx too.
"""

import json
import random
import sys
from pathlib import Path

VOCABULARY = [
    "belonging",
    "mentor",
    "the",
    "a",
    "really",
    "felt",
    "I",
    "we",
    "exam",
    "anatomy",
    "friend",
    "group",
    "kind",
    "of",
    "lah",
    "because",
    "senior",
    "notes",
    "share",
    "when",
    "my",
    "year",
    "they",
    "said",
    "it",
    "was",
    "hard",
    "to",
    "ask",
    "and",
    "then",
    "someone",
    "from",
    "the",
    "batch",
    "above",
    "told",
    "me",
    "not",
    "to",
    "worry",
]
NAMES = ["Moderator", "Aina", "Wei Jie", "Chloe", "Priya", "Daniel", "Farah"]


def transcript(rng, words):
    turns, count = [], 0
    while count < words:
        length = min(int(rng.lognormvariate(3.6, 0.7)) + 3, 220)
        turns.append(f"{rng.choice(NAMES)}: " + " ".join(rng.choice(VOCABULARY) for _ in range(length)) + ".")
        count += length
    return "\n\n".join(turns)


def ranges(rng, text, count):
    for _ in range(count):
        start = rng.randrange(len(text) - 500)
        yield start, start + min(20 + int(rng.lognormvariate(4.6, 0.7)), 480)


def main(out, docx):
    rng = random.Random(20261123)
    out.mkdir(parents=True, exist_ok=True)
    codes = [f"{rng.choice(VOCABULARY)} {rng.choice(VOCABULARY)} {i:03d}" for i in range(300)]
    plan = [("T00", 10_000, 1_000), ("T01", 10_000, 300), ("LONG", 60_000, 5_000)]
    plan += [(f"T{i:02d}", 10_000, 13_700 // 48) for i in range(2, 50)]
    codings = []
    for name, words, count in plan:
        text = transcript(rng, words)
        (out / f"{name}.txt").write_text(text, encoding="utf-8", newline="\n")
        codings += [[f"{name}.txt", start, end, rng.choice(codes)] for start, end in ranges(rng, text, count)]
        if docx and name != "LONG":
            from docx import Document

            document = Document()
            for turn in text.split("\n\n"):
                label, said = turn.split(": ", 1)
                paragraph = document.add_paragraph()
                paragraph.add_run(label + ": ").bold = True
                paragraph.add_run(said)
            document.save(out / f"{name}.docx")
    (out / "codings.json").write_text(json.dumps({"codes": codes, "codings": codings}), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), "--docx" in sys.argv)
