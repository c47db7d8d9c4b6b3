"""WHAT CAN BE ASKED of a study: read-only questions, answered as plain frozen data."""
