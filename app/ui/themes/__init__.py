"""The Themes workspace: clustering codes, the theme sheet, and where themes meet the framework."""
