"""The Outputs workspace: what can leave the study, and what has left it."""
