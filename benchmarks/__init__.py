"""Measurements: quality on annotated articles, speed. Not part of the installed package."""
