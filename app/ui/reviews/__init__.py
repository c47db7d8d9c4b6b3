"""Comments on the analysis: a mark at what they speak of, the thread, and the list of all."""
