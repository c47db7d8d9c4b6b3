"""What stands over columns of a table of talk: over the names, over the words."""

from __future__ import annotations

import re
from collections.abc import Sequence

NAME_HEADS = re.compile(
    r"^(speaker|name|who|participant|person|respondent|voice|label|initials|user|role|display[ _]name|wer"
    r"|sprecher(?:[:*_/]?-?in(?:nen)?)?|person(?:en)?|hablante|persona|participante|interlocutor(?:a|e)?|penutur|nama|peserta"
    r"|locut(?:eur|rice)|orateur|nom|說話者|说话人|說話人|發言人|发言人|發言者|发言者|姓名|المتحدث(?:ة)?|الاسم)s?"
    r"(?:[ _](?:name|label|id))?$",
    re.IGNORECASE,
)
WORDS_HEADS = re.compile(
    r"^(text|transcript(?:ion)?|utterance|speech|content|words|dialog(?:ue)?|what(?: was said)?|said|talk|comment"
    r"|response|message|turn|caption|sentence|segment|verbatim|transkript(?:ion)?|äußerung|aussage|wortlaut|inhalt|redebeitrag"
    r"|was|texto|transcripción|intervención|transkrip(?:si)?|ucapan|teks|perbualan|texte|propos|內容|内容|文字|文本|發言|发言"
    r"|發言內容|发言内容|النص|الكلام)s?(?:[ _](?:text|original))?$",
    re.IGNORECASE,
)


def are_heads(cells: Sequence[str]) -> bool:
    """Whether these cells are the first row of a table of talk."""
    named = [place for place, cell in enumerate(cells) if NAME_HEADS.match(cell.strip())]
    return any(place not in named and WORDS_HEADS.match(cell.strip()) for place, cell in enumerate(cells)) and bool(
        named
    )
