"""Exercises that check themselves: a function to write, or an answer to type in. And open ones, answered in words.

`kinds` are the kinds and their verdicts, `attempt` runs a reader's function safely, `judging`
finds what is wrong with its results, `mistakes` are those that people make, `answers` and `values`
compare what was typed in or returned.
"""

from pooling_book.exercise.kinds import AnswerExercise, Exercises, FunctionExercise, OpenExercise

__all__ = ["AnswerExercise", "Exercises", "FunctionExercise", "OpenExercise"]
