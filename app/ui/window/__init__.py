"""The window around the workspaces: rail, top bar, undo, start screen, preferences."""
