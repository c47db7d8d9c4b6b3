"""Which encoding the bytes of a text are in. What is guessed is said; what cannot be text is refused."""

from __future__ import annotations

import codecs
import re
import unicodedata

from app.importers.draft import ImportRefused
from app.importers.encoding_guess import is_japanese_euc, likeliest
from app.importers.plain_text import times

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_MOJIBAKE = re.compile("Ã[\u0080-\u00bf¡-¿]|â€[\u0080-\u2122œ]|Â[\u00a0-\u00bf]")
_JAPANESE_MAIL = re.compile(rb"\x1b\$[@B]")
SAMPLE = 4_000
_WIDE = {"big5", "big5hkscs", "gb18030", "gbk", "gb2312", "shift_jis", "cp932", "euc_jp", "euc_kr", "cp949"}
_OTHER_SCRIPTS = ("cp1251", "koi8", "cp1256", "cp1255", "cp1253", "iso8859_5", "iso8859_7", "mac_cyrillic")


def decode(name: str, content: bytes, encoding: str | None = None) -> tuple[str, str, list[str]]:
    """(text, encoding, doubts). Raises ImportRefused when the bytes are no text, or not in the encoding asked for."""
    if encoding is not None:
        return _as_asked(name, content, encoding)
    for mark, marked in _MARKS:
        if content.startswith(mark):
            return _with_losses(name, content, marked)
    sixteen = _utf16_of_latin(content) or _utf16_of_other_scripts(content)
    if sixteen is not None:
        return _with_losses(name, content, sixteen)
    if _JAPANESE_MAIL.search(content) and content.isascii():
        return _guessed_as(content, "iso2022_jp")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return _refuse_noise(name, text), "utf-8", _already_garbled(text)
    if _mostly_utf8(content):
        return _with_losses(name, content, "utf-8")
    if _is_binary(content):
        raise _no_text(name)
    return _guessed(content)


def _as_asked(name: str, content: bytes, encoding: str) -> tuple[str, str, list[str]]:
    try:
        codecs.lookup(encoding)
        text = content.decode(encoding)
    except UnicodeError:
        raise ImportRefused(f"“{name}” is not text in {encoding}. Choose another encoding.") from None
    except (LookupError, ValueError):
        raise ImportRefused(f"There is no encoding called “{encoding}”. Try utf-8 or windows-1252.") from None
    return text.removeprefix("\ufeff"), encoding, []


def _with_losses(name: str, content: bytes, encoding: str) -> tuple[str, str, list[str]]:
    """Decode what can be decoded and count the rest. Surrogates written one by one are put together first."""
    text, halves = content.decode(encoding, errors="replace"), 0
    if encoding == "utf-8" and "\ufffd" in text:
        joined, halves = re.subn(rb"\xed[\xa0-\xaf][\x80-\xbf]\xed[\xb0-\xbf][\x80-\xbf]", _astral, content)
        alone = re.sub(rb"\xed[\xa0-\xbf][\x80-\xbf]", b"\xff", joined)
        text = alone.decode(encoding, errors="replace")
    text = text.removeprefix("\ufeff")
    kept = content.count("\ufffd".encode(encoding if encoding.startswith("utf-16-") else "utf-8"))
    lost = max(0, text.count("\ufffd") - kept)
    if lost > max(3, len(text) // 10):
        raise ImportRefused(f"“{name}” cannot be read as {encoding}. Save it again as .txt in UTF-8.")
    _refuse_noise(name, text)
    said = [f"{times(lost, 'damaged character')} shown as \ufffd."] if lost else []
    said += [f"{times(halves, 'character')} written in two halves (CESU-8) put together."] if halves else []
    return text, encoding, said


def _astral(pair: re.Match[bytes]) -> bytes:
    return pair[0].decode("utf-8", "surrogatepass").encode("utf-16", "surrogatepass").decode("utf-16").encode()


def _refuse_noise(name: str, text: str) -> str:
    """Bytes that happen to decode are still no text when they are full of control characters."""
    sample = text[:8000]
    odd = sum(1 for character in sample if character < " " and character not in "\t\n\r\x0b\x0c\x1e\x1f")
    if odd > max(4, len(sample) // 20):
        raise _no_text(name)
    return text


def _no_text(name: str) -> ImportRefused:
    return ImportRefused(f"“{name}” holds no text that can be read. Save it as .docx, or as .txt in UTF-8.")


def _already_garbled(text: str) -> list[str]:
    found = len(_MOJIBAKE.findall(text))
    if found < 2:
        return []
    return ["The text looks as if it had been saved in a wrong encoding before (Ã©, â€™). It came in unchanged."]


def _utf16_of_latin(content: bytes) -> str | None:
    """UTF-16 without a mark betrays itself by a NUL in nearly every second byte of Latin text."""
    sample = content[: 4000 - len(content) % 2]
    half = len(sample) // 2
    if half < 2:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > half * 0.4 and even < half * 0.05:
        return "utf-16-le"
    if even > half * 0.4 and odd < half * 0.05:
        return "utf-16-be"
    return None


def _utf16_of_other_scripts(content: bytes) -> str | None:
    """In other scripts only spaces and line ends have a NUL for sure; read the right way all is letters and signs.

    Read the wrong way round, a line end becomes a character that does not exist.
    """
    if content[:SAMPLE].count(0) < 2 or len(content) % 2:
        return None
    for encoding in ("utf-16-le", "utf-16-be"):
        sample = content[:SAMPLE].decode(encoding, errors="replace")
        fit = sum(1 for one in sample if one in "\r\n\t" or unicodedata.category(one)[0] in "LMNPZS")
        if "\ufffd" not in sample and fit == len(sample) and (" " in sample or "\n" in sample):
            return encoding
    return None


def _mostly_utf8(content: bytes) -> bool:
    """UTF-8 with a few bad bytes: what is right in it outnumbers what is wrong. By chance that does not happen."""
    right = len(_MULTIBYTE.findall(content))
    wrong = sum(1 for byte in _MULTIBYTE.sub(b"", content) if byte > 0x7F)
    return right > 0 and 2 * right >= wrong


def _is_binary(content: bytes) -> bool:
    sample = content[:8000]
    odd = sum(1 for byte in sample if byte < 32 and byte not in b"\t\n\r\x0b\x0c")
    return sample.count(0) > len(sample) // 100 or odd > len(sample) // 50


def _guessed(content: bytes) -> tuple[str, str, list[str]]:
    """Neither marked nor UTF-8: windows-1252, unless the bytes speak clearly for another encoding."""
    from charset_normalizer import from_bytes

    best = from_bytes(content[:200_000], steps=10, chunk_size=1024).best()
    if best is not None and (best.encoding in _WIDE or best.encoding.startswith(_OTHER_SCRIPTS)):
        text = content.decode(best.encoding, errors="replace")
        if text.count("\ufffd") <= len(text) // 100:
            return _guessed_as(content, best.encoding)
    return _guessed_as(content, "euc_jp" if is_japanese_euc(content) else likeliest(content))


def _guessed_as(content: bytes, encoding: str) -> tuple[str, str, list[str]]:
    text = content.decode(encoding, errors="replace")
    shown = "windows-1252" if encoding == "cp1252" else encoding
    lost = text.count("\ufffd")
    more = [f"{times(lost, 'byte')} without a meaning in it shown as \ufffd."] if lost else []
    doubt = f"The encoding was guessed ({shown}). Look at the accents, and choose another one if they are wrong."
    return text, shown, [doubt, *more]
