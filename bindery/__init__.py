"""Bindery: a folder of Markdown essays goes in, and out come books."""

__version__ = "0.1.0"
