"""What a speaker's name can look like, and what it cannot."""

from __future__ import annotations

import re
from functools import lru_cache

INVISIBLE = "\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff"
GAP = rf"[\s{INVISIBLE}]"
CLOCK = r"(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,:;]\d{1,3})?"
RANGE = rf"{CLOCK}(?:\s*(?:-->|[-–—]|to)\s*{CLOCK})?(?:\s?[AaPp]\.?[Mm]\.?)?"
NAME = (
    r"(?:\+\d[\d ()-]{6,20}|[^\s:：=<>{}#*•·–—\-/\\|;.,!~+&%$^_][^:：\t\n]{0,59}?"
    r"(?:\s?\([^()\t\n:：]{1,110}\)){0,2})"
)
"""A name, the role, party or place that stands in brackets behind it, or the number of a telephone."""
MARK = r"(?:\*\*?|__?|</?(?:u|b|i|em|strong)>)"
"""What makes words bold in Markdown, and the tags of web pages that Markdown may hold."""

ASKS = (
    r"(?:moderator|facilitator|interviewer|researcher|int|mod|fac|moderadora?|entrevistadora?"
    r"|investigadora?|interviewerin|moderatorin|forscherin?|animat(?:eur|rice)|enquêt(?:eur|rice)"
    r"|主持人|主持|访谈者|訪談者|采访者|採訪者|研究者|研究员|研究員|المحاور|المحاورة|الباحث|الباحثة|مدير الجلسة"
    r"|penyelidik|pemudah ?cara|penemu ?bual|moderator sesi|pewawancara|peneliti|pesquisadora?|mediadora?"
    r"|intervistat(?:ore|rice)|conduttore|conduttrice|onderzoeker|gespreksleider|görüşmeci|araştırmacı|moderatör"
    r"|ведущ(?:ий|ая)|интервьюер|модератор|исследователь|prowadząc[ya]|badacz(?:ka)?|moderatorka?"
    r"|司会者?|聞き手|インタビュアー|ファシリテーター|사회자|면담자|연구자|진행자)"
)
"""Whoever asks, in the words of many languages."""
MODERATOR_LIKE = re.compile(rf"^(?:{ASKS}|interviewee|host|chair)\b", re.IGNORECASE)
ID_LIKE = re.compile(
    r"^(?:[A-Z]{1,3}[-_ ]?\d{1,3}[A-Z]?|[A-Z]{1,2}\d{0,2}\?{1,3}|\d{1,2}[MFmf]|[MFWmfw]\d{1,2}"
    r"|(?:speaker|participant|respondent|interviewee|student|mentee|mentor|patient|nurse|teacher|male|female|peserta"
    r"|sprecher(?:in)?|teilnehmer(?:in)?|participante|hablante|responden|informan|unknown|intervistat[oa]|deelnemer|katılımcı|респондент(?:ка)?|участни(?:к|ца)|uczestni(?:k|czka)|参加者|回答者|참여자|참가자|与会者|參與者|参与者|المشارك(?:ة)?)"
    r"(?:\s+speaker)?[ #_-]*(?:\d{1,3}|[A-Z])?)$",
    re.IGNORECASE,
)
INITIALS = re.compile(r"^\(?[A-Z]{1,4}(?:[/+&][A-Z]{1,4})*\)?$")

_DATE = re.compile(
    r"\d{1,2}[-/. ]\w{3,9}[-/. ]\d{2,4}|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\((?:19|20)\d\d\w?\)$"
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2}\b"
    r"|^(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|lunes|martes"
    r"|miércoles|jueves|viernes|lundi|mardi|mercredi|jeudi|vendredi|isnin|selasa|rabu|khamis|jumaat)\b",
    re.IGNORECASE,
)
_PROSE = re.compile(
    r"(?<!\b[Hh]on)(?<!\b[DdMmSs]r)(?<!\b[Ss]t)(?<!\bM)(?<!\bMM)[.!?;…。！？；]\s+[a-z]|[,;]$|\b(?:https?|www|mailto|ftp)\b"
)
_OPENER = re.compile(
    r"^(for example|for instance|e\.?g|i\.?e|so|and|but|then|also|first(ly)?|second(ly)?|third(ly)?|finally|one|two"
    r"|three|like|yes|no|notes?|n\.?b|p\.?s|edit|sources?|links?|references?|examples?|questions|topic|section|part|summary"
    r"|remember|re|subject|theme|see|warning|tip|from|to|sent|von|an|gesendet|betreff|de|para|asunto|enviado"
    r"|e[ds]t|p[ds]t|c[ds]t|gmt|utc|cest?|bst|sgt|wib|uhr|hrs)\.?$",
    re.IGNORECASE,
)
"""Words with a colon after them that open a sentence or a list, not a speaker's turn."""

_SPELT = re.compile(r"(?:(?P<h>\d{1,2})(?:h|\.(?=\d\d\.)))?(?P<m>\d{1,2})(?:m|(?<=\.\d\d)\.)(?P<s>\d{2})s?")
"""Times written "00h01m02s" or "00.01.02"."""
_SECONDS = re.compile(r"^\W?(\d{1,6}(?:\.\d{1,3})?)s?(?=\s*(?:$|[-–—>\])]|to))")

_TELEPHONE = re.compile(r"^\+\d[\d ()-]{6,20}$")
_BRACKETS = re.compile(r"(?:\s?[\[(][^\[\]()]{1,110}[\])])+$")

# A transcript has few names and many labels: what is known of a name is looked up, not found out again.
LONGEST_NAME = 60
MOST_WORDS = 8


@lru_cache(maxsize=4096)
def clean(name: str) -> str:
    """The label as a person would write it: no marks of bold or direction, single spaces."""
    name = re.sub(f"[{INVISIBLE}\u00ad*]", "", name)
    name = " ".join(name.split()).strip(" -–—_#")
    if name.startswith("[") and name.endswith("]") and name.count("[") == 1:
        name = name[1:-1].strip()
    return name


@lru_cache(maxsize=4096)
def key(name: str) -> str:
    """What makes two spellings the same label: case and white space do not count."""
    return clean(name).casefold()


@lru_cache(maxsize=4096)
def could_be_name(name: str) -> bool:
    """Whether these words can name somebody: letters, few words, no date, no sentence."""
    if _TELEPHONE.match(name):
        return True
    who = _BRACKETS.sub("", name)
    if who and who != name:  # "Minister [Name]", "Name (Place) (Party)": each part is as long as a name
        return len(name) <= 3 * LONGEST_NAME and _could_be_name(who, MOST_WORDS + 4)
    return _could_be_name(name, MOST_WORDS)


def _could_be_name(name: str, most_words: int) -> bool:
    words = name.split()
    if not name or len(name) > LONGEST_NAME or len(words) > most_words:
        return False
    if set(name) <= {"?"}:
        return True
    if name.count("[") != name.count("]") or name.count("(") != name.count(")"):
        return False
    if name.count('"') % 2 or "`" in name or name[0] == "'" or name.count("“") != name.count("”"):
        return False  # a key of some file of data, or the middle of a quotation
    if not any(character.isalpha() for character in name) or _DATE.search(name) or _PROSE.search(name):
        return False
    if _OPENER.match(name):
        return False
    prose = len(words) >= 3 and name[0].islower() and all(word.islower() for word in words if word[0].isalpha())
    return not prose


def looks_like_person(name: str) -> bool:
    """Whether it is written as names are: up to four words, each with a capital or from a script without them."""
    words = [word for word in re.split(r"[\s.]+", name) if word]
    return 0 < len(words) <= 4 and all(not word[0].islower() for word in words if word[0].isalpha())


def milliseconds(clock: str | None) -> int | None:
    """'1:02:03.5' as milliseconds; of a range the beginning; None for what is no time."""
    found = re.search(CLOCK, clock) if clock else None
    spelt = _SPELT.search(clock) if clock and found is None else None
    if spelt is not None:
        return 1000 * (3600 * int(spelt["h"] or 0) + 60 * int(spelt["m"]) + int(spelt["s"]))
    if found is None:
        begin = _SECONDS.match(clock) if clock else None
        return round(float(begin[1]) * 1000) if begin else None
    whole, _, part = found[0].replace(",", ".").replace(";", ":").partition(".")
    numbers = [int(one) for one in whole.split(":")]
    if len(numbers) == 4:
        numbers = numbers[:3]  # the fourth counts frames of a film
    seconds = 0
    for number in numbers:
        seconds = seconds * 60 + number
    return seconds * 1000 + int((part + "000")[:3])
