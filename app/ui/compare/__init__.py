"""The Compare workspace: excerpts side by side, tables of codes, and what is not coded."""
