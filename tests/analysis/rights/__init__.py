"""Tests of who is found where."""
