"""The import preview: files read beside the window, what was found in them, and what the researcher says of it."""
