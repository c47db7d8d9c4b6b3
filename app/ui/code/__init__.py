"""The Code workspace: transcripts, code tree, transcript with lanes, inspector."""
