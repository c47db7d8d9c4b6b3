"""The audit trail: the change journal in words, filtered; what it says of one change, one thing, and two moments."""
