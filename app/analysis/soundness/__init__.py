"""What makes a study sound: the file itself, what it holds, and the trail of changes. `app.analysis.verify` asks."""
