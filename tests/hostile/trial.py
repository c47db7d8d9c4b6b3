"""Each bad file goes through the program itself, in a child process of its own with limits, and is judged.

`python -m tests.hostile.trial FOLDER [KIND ...]` prints one line of JSON a file. The commands are those that a person
types; a study is made beforehand, and must be sound afterwards, and untouched where the file was refused.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
import io
import json
import os
import select
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

SECONDS, MEGABYTES = 30, 1500

Expected = dict[str, Any]


@dataclass(frozen=True)
class Verdict:
    """How one file ended: `fault` is empty where it ended as expected."""

    name: str
    kind: str
    fault: str
    seconds: float
    megabytes: int


def expected_in(folder: Path) -> dict[str, Expected]:
    """{file name: what is expected of it}."""
    held: dict[str, Expected] = json.loads((folder / "expected.json").read_text(encoding="utf-8"))["files"]
    return held


def try_all(folder: Path, kinds: tuple[str, ...] = (), *, leave: Collection[str] = ()) -> Iterator[Verdict]:
    """Try every file (of these kinds) of a folder but those to `leave`; "" is the kind of transcripts."""
    _import_the_program()
    with tempfile.TemporaryDirectory() as scratch:
        blank = Path(scratch, "blank.reflexa")
        _in_a_child(lambda: _new_study(blank), 60, MEGABYTES * 2)
        for name, expected in expected_in(folder).items():
            kind = expected.get("kind", "")
            if name not in leave and (not kinds or kind in kinds):
                yield _tried(folder / name, kind, expected, blank)


def _import_the_program() -> None:
    """Children are forks of this process, so that each need not import and map the program anew.

    One good transcript is brought in here, for what that compiles; no study is open when a child is made.
    """
    import app.analysis.overview
    import app.analysis.verify
    import app.cli.parser
    import app.cli.transcripts
    import app.operations.bringing_project
    import app.operations.importing
    import app.operations.studies
    import app.study  # noqa: F401

    with tempfile.TemporaryDirectory() as scratch:
        study, talk = Path(scratch, "study.reflexa"), Path(scratch, "talk.txt")
        talk.write_text("Nur: One.\n\nBilal: Two.\n\nNur: Three.\n\nBilal: Four.\n", encoding="utf-8")
        _new_study(study)
        _bring_it_in(talk, "", study, Path(scratch, "again"))
    gc.freeze()  # or each child would look through all of it


def _new_study(path: Path) -> dict[str, Any]:
    from app.operations.studies import new_study

    new_study(path).close()
    return {}


def _tried(path: Path, kind: str, expected: Expected, blank: Path) -> Verdict:
    before = _hash(path)
    with tempfile.TemporaryDirectory() as scratch:
        result, seconds, megabytes = _in_a_child(
            lambda: _drive(path, kind, blank, Path(scratch)),
            expected.get("max_seconds", SECONDS),
            expected.get("max_rss_mb", MEGABYTES) + 1500,
        )
    if "exception" not in result and _hash(path) != before:
        result["exception"] = "the file itself was changed"
    result["megabytes"] = megabytes
    return Verdict(path.name, kind, _fault(result, expected), round(seconds, 2), megabytes)


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


# In the child ----------------------------------------------------------------------------------------------------


def _drive(path: Path, kind: str, blank: Path, scratch: Path) -> dict[str, Any]:
    """What the program makes of a file: the outcome, what it said, and the words that are in the study then."""
    went_out: list[str] = []
    sys.addaudithook(lambda event, _: went_out.append(event) if event.startswith("socket.connect") else None)
    temporary = scratch / "temporary"
    temporary.mkdir()
    tempfile.tempdir = str(temporary)
    os.environ["TMPDIR"] = str(temporary)
    result = _open_it(path, scratch) if kind == "project" else _bring_it_in(path, kind, blank, scratch)
    result["network"] = went_out
    result["left_behind"] = [one.name for one in temporary.rglob("*")]
    return result


def _command(*argv: str) -> tuple[int, str, str]:
    """Run a command of the program; returns (exit code, what it printed, what it said)."""
    from app.cli import run

    out, said = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.TextIOWrapper(io.BytesIO(), "utf-8")
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(said):
        code = run(argv)
        out.flush()
        said.flush()
    return code, *(one.buffer.getvalue().decode() for one in (out, said))  # type: ignore[attr-defined]


def _bring_it_in(path: Path, kind: str, blank: Path, scratch: Path) -> dict[str, Any]:
    from app.analysis.verify import verify

    scratch.mkdir(exist_ok=True)
    study = scratch / "study.reflexa"
    shutil.copy(blank, study)
    before = _hash(study)
    command = "participants" if kind == "participants" else "import"
    code, printed, said = _command(command, str(study), str(path), "--json")
    if "Traceback" in said or "unexpected went wrong" in said:
        return {"exception": said[:300]}
    result = _told(json.loads(printed) if printed.strip() else {}, said)
    if code == 1 and result["outcome"] == "refused-clear-error" and _hash(study) != before:
        return {"exception": "the file was refused, and the study was changed"}
    if faults := verify(study, full=True):
        return {"exception": f"the study is not sound: {faults[0]}"}
    with contextlib.closing(sqlite3.connect(study)) as connection:
        result["text"] = "\n".join(row[0] for row in connection.execute("SELECT text FROM source"))
        tables = {"sources": "source", "codes": "code", "codings": "coding"}
        result["counts"] = {
            name: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for name, table in tables.items()
        }
        result["counts"]["turns"] = connection.execute("SELECT count(*) FROM turn").fetchone()[0]
    return result


def _told(printed: dict[str, Any], said: str) -> dict[str, Any]:
    """The outcome of `import` or `participants` as it prints it."""
    failed = [one["error"] for one in printed.get("failed", ())]
    if failed or not printed:
        return {"outcome": "refused-clear-error", "messages": failed or [said.strip()]}
    warnings = [one for file in printed.get("imported", ()) for one in file.get("warnings", ())]
    warnings += [one for project in printed.get("projects", ()) for one in project["not_taken"]]
    warnings += printed.get("warnings", ())
    return {"outcome": "imports-with-warning" if warnings else "imports", "messages": warnings}


def _open_it(path: Path, scratch: Path) -> dict[str, Any]:
    """Open a file as if it were a study, for writing, for reading, and to look whether it is sound."""
    study = scratch / "study.reflexa"
    shutil.copy(path, study)
    before, names = _hash(study), sorted(one.name for one in scratch.iterdir())
    code, _, said = _command("code", str(study), "--source", "x", "--start", "0", "--end", "1", "--code", "x")
    opened = code != 1 or "x" in said.split("“")[1:2]
    again, _, said_again = _command("info", str(study))
    sound, faults, _ = _command("verify", str(study))
    if "Traceback" in said + said_again or "unexpected went wrong" in said + said_again:
        return {"exception": (said + said_again)[:300]}
    if not opened and again == 1 and sound == 1 and faults.strip():
        if _hash(study) != before or sorted(one.name for one in scratch.iterdir()) != names:
            return {"exception": "the file was refused, and something was written"}
        return {"outcome": "refused-clear-error", "messages": [said.strip()]}
    return {"outcome": "imports", "messages": []}


# The child and its limits ----------------------------------------------------------------------------------------


def _in_a_child(work: Any, seconds: float, megabytes: int) -> tuple[dict[str, Any], float, int]:
    """What `work` returns in a fork with limits, the seconds it took and the memory it held."""
    here, there = os.pipe()
    started = time.monotonic()
    pid = os.fork()
    if pid == 0:
        os.close(here)
        _answer(work, there, megabytes)
    os.close(there)
    answer, hangs = b"", False
    while True:
        left = 5 * seconds - (time.monotonic() - started)
        if not select.select([here], [], [], max(0.01, left))[0]:
            hangs = True
            os.kill(pid, signal.SIGKILL)
            break
        piece = os.read(here, 65536)
        if not piece:
            break
        answer += piece
    os.close(here)
    _, status, used = os.wait4(pid, 0)
    took = used.ru_utime + used.ru_stime  # the machine may be busy with other things
    scale = 1024 * 1024 if sys.platform == "darwin" else 1024
    if hangs or took > seconds:
        result = {"exception": f"it took longer than {seconds} seconds"}
    elif os.WIFSIGNALED(status):
        result = {"exception": f"it crashed with signal {os.WTERMSIG(status)}"}
    else:
        result = json.loads(answer) if answer else {"exception": "it said nothing"}
    return result, took, used.ru_maxrss // scale


def _answer(work: Any, there: int, megabytes: int) -> None:
    import resource

    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    try:
        result = work()
    except BaseException as error:  # noqa: BLE001 - whatever it is, it is the verdict
        result = {"exception": f"{type(error).__name__}: {str(error)[:200]}"}
    content = json.dumps(result, default=str).encode()
    while content:
        content = content[os.write(there, content[:60000]) :]
    os._exit(0)


# The verdict -----------------------------------------------------------------------------------------------------


def _fault(result: dict[str, Any], expected: Expected) -> str:
    """What is not as expected, or nothing."""
    if "exception" in result:
        return str(result["exception"])
    if any(Path(os.sep, "tmp", name).exists() for name in expected.get("must_not_create", ())):
        return "a file was written outside"
    if result.get("network"):
        return f"the network was asked: {result['network'][:3]}"
    if result.get("left_behind"):
        return f"temporary files were left: {result['left_behind'][:3]}"
    if result["megabytes"] > expected.get("max_rss_mb", MEGABYTES):
        return f"it took {result['megabytes']} MB"
    outcome, text, said = result["outcome"], result.get("text", ""), " ".join(result["messages"])
    if outcome not in [expected["outcome"], *expected.get("also_ok", ())]:
        return f"{outcome} instead of {expected['outcome']} ({said[:200]})"
    leaks = [one for one in expected.get("must_not_contain", ()) if one in text or one in said]
    if leaks:
        return f"{leaks[0]!a} came in"
    if outcome == "refused-clear-error":
        clear = len(said) >= 20 and "Traceback" not in said
        return "" if clear and not text else "words came in" if text else f"not clear: {said!a}"
    return next(_missing(result, expected, text, said), "")


def _missing(result: dict[str, Any], expected: Expected, text: str, said: str) -> Iterator[str]:
    for word in expected.get("warn_about", ()):
        if word.casefold() not in said.casefold():
            yield f"nothing was said about {word!a}"
    for words in expected.get("must_contain", ()):
        if words not in text:
            yield f"{words!a} was lost"
    for words, number in expected.get("must_count", {}).items():
        if text.count(words) != number:
            yield f"{words!a} came {text.count(words)} times instead of {number}"
    for place in expected.get("offsets", ()):
        at = place["codepoint"]
        if text.find(place["find"]) != at or len(text[:at].encode("utf-16-le")) // 2 != place["utf16"]:
            yield f"{place['find']!a} is not where it should be"
    counts = result.get("counts", {})
    for name, number in {**expected.get("counts", {}), "turns": expected.get("turns", counts.get("turns"))}.items():
        name = {"good_codings": "codings"}.get(name, name)
        if name in counts and counts[name] != number:
            yield f"{counts[name]} {name} instead of {number}"


if __name__ == "__main__":
    for verdict in try_all(Path(sys.argv[1]), tuple(one.removeprefix("=") for one in sys.argv[2:])):
        print(json.dumps(asdict(verdict)), flush=True)
