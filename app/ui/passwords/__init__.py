"""Passwords in the window: asked for, chosen, and the page that is shown while a study is locked."""
