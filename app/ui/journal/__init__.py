"""The Journal workspace: the reflexive journal, all that was written, the approach, phases and the trail."""
