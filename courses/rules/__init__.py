"""The trade's arithmetic of learning: intervals, watched time, quizzes, completion, windows."""
