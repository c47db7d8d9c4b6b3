"""Measured speed against the floor: each action beside the bare Qt or SQLite call that nobody can beat."""
