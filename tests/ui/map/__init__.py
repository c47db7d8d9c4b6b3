"""The Map workspace, with real widgets on the example study."""
