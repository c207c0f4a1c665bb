"""For each chapter, chapterNN: its quiz, and its exercises with solutions, hints and known mistakes.

And tryNN: what its widgets ask their readers to try. That is apart, so that a changed question leaves widgets alone.
The text lives in the notebooks.
"""
