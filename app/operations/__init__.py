"""WHAT CAN BE DONE to a study: the verbs, one module a noun.

Each operation takes the session of a change first, announces itself for the change journal and returns ids. It never
opens a change, calls the clock or shows anything; it raises `NotPossible` with a sentence when it does not apply.
"""
