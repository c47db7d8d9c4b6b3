"""The soak: the real program is killed, starved of disk and lied to by simulated disks, some thousand times.

`make soak` (or `python -m soak`) prints one table of figures; `tests/soak` holds a short form of each part.
"""
