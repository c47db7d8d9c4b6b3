"""HOW a person sees a study: Qt. One folder a workspace; `widgets/` is what they share.

Nothing here imports the database before the window is painted: modules that need it are imported when a study opens.
"""
