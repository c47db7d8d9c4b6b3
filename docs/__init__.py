"""The documents, and the script that makes their pictures from the example study."""
