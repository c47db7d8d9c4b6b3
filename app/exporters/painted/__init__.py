"""Figures: the picture of a theme map painted for paper and screen. The only exporters that need QtGui."""
