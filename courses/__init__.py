"""Courses: what teachers learn, how far they are, and when they have completed it.

Knows teachers and units (schools) and recordings (media).
Owns course pages, runs, enrolments, lessons, watched time, quizzes and completions.
Publishes CourseCompleted. Demanded by issue 2, parts C1, C2, C4 and C7.
"""
