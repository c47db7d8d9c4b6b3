"""Participants' rights in the window: withdrawing, pseudonymising, making permanent, destroying a study."""
