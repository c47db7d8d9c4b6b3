"""The Map workspace: dimensions as regions, themes placed among them, how they stand to each other, and versions."""
