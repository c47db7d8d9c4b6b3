"""A study -> a document: one module a document, one small writer a format, and the register that joins them.

A document is built once as plain data (`document.py`) and written many ways (`to_*.py`), so that a new document or a
new format costs one file and one line in `registry.py`.
"""
