"""The Transcripts workspace: what was brought in, in which order and group, who speaks, and who took part."""
