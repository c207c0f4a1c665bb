"""A module for each chapter: its quiz, and its exercises with solutions, hints and known mistakes.

The text lives in the notebooks.
"""
