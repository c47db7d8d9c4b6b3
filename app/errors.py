"""Errors of the researcher's world: each carries one sentence for a person - what happened, what was kept, what to do.

They surface at one place in the window (`app.ui.messages`) and one on the command line (`app.cli`).
"""


class ReflexaError(Exception):
    """Something the researcher should be told in one sentence; nothing was written."""

    @property
    def sentence(self) -> str:
        """The sentence for a person."""
        return str(self.args[0]) if self.args else self.__class__.__name__


class StudyRefused(ReflexaError):
    """The file is not a study that this program can open; it was left untouched."""


class PasswordNeeded(StudyRefused):
    """The file may be an encrypted study; without its password nothing more can be said."""


class WrongPassword(PasswordNeeded):
    """The password does not open the file, or the file is no study: the two look alike."""


class StudyInUse(ReflexaError):
    """Another window or command has the study open."""


class NotPossible(ReflexaError):
    """An operation does not apply to the study as it is now; nothing was changed."""


class ExportRefused(ReflexaError):
    """A document could not be written; no half-written file is left behind."""


class BackupNotMade(ReflexaError):
    """A backup could not be written; the study and the backups that there were are as they were."""
