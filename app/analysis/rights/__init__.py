"""Participants' rights: where names and words of a person stand in a study, and what taking them away would touch."""
