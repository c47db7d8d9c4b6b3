"""The window and its backups: keeping them, looking into them, getting one back."""
