"""A password: typed or made up of words, never shown, and what it must be to protect a study."""

from __future__ import annotations

import unicodedata
from threading import Lock
from typing import NoReturn

from app.errors import NotPossible
from app.resources import resource

SHORTEST = 12
FEWEST_LETTERS = 5
"""How many different characters there must be: twelve times the same one is no password."""
WORDS = 5


class Password:
    """What a person typed to open a study. No text that is made of it shows it, whoever asks."""

    def __init__(self, typed: str) -> None:
        self.__typed = unicodedata.normalize("NFC", typed)  # one keyboard sends é as one sign, another as two
        self.__keys: dict[bytes, bytes] = {}
        self.__deriving = Lock()

    def derive(self, salt: bytes, rounds: int) -> bytes:
        """32 bytes out of the password and the salt: PBKDF2 with HMAC-SHA512. Counted once for each salt."""
        from hashlib import pbkdf2_hmac

        with self.__deriving:
            if salt not in self.__keys:
                self.__keys[salt] = pbkdf2_hmac("sha512", self.__typed.encode(), salt, rounds, 32)
            return self.__keys[salt]

    def check(self) -> None:
        """Raise NotPossible if it is too weak to protect a study with."""
        if len(self.__typed) < SHORTEST:
            raise NotPossible(f"A password needs at least {SHORTEST} characters. Nothing was changed.")
        if len(set(self.__typed)) < FEWEST_LETTERS:
            raise NotPossible(f"A password needs at least {FEWEST_LETTERS} different characters. Nothing was changed.")
        if any(unicodedata.category(sign) == "Cc" for sign in self.__typed):
            raise NotPossible("A password is one line without control characters. Nothing was changed.")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Password) and self.__typed == other.__typed

    def __bool__(self) -> bool:
        return bool(self.__typed)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return "Password(not shown)"

    def __reduce__(self) -> NoReturn:
        raise TypeError("A password is not written down.")


def made_up_phrase() -> str:
    """Five words, drawn one by one out of 7,776: about as hard to guess as ten random letters and digits."""
    import secrets

    words = resource("words.txt").read_text(encoding="utf-8").split()
    return " ".join(secrets.choice(words) for _ in range(WORDS))
