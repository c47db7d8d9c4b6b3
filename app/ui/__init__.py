"""HOW a person sees a study: Qt. One folder a workspace; `widgets/` is what they share.

Nothing here imports the database before the window is painted: modules that need it are imported when a study opens.
"""

import builtins

_import = builtins.__import__

import PySide6.QtCore  # noqa: E402, F401

# PySide6 puts an import of its own in the place of Python's, which reads the source of every module that is imported
# from then on, to see whether it asks for another spelling of Qt's names. None of ours does, and reading some 500 files
# costs about a sixth of the time to a painted study.
builtins.__import__ = _import
