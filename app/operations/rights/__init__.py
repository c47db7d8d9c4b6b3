"""Participants' rights: pseudonymising, withdrawing, making permanent."""
