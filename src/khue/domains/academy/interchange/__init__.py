"""Quizzes as other systems read and write them: QTI 2.1, QTI 3.0, GIFT and Moodle XML. Knows no tables.

What a format cannot hold is never guessed: each file is read back as soon as it is written, and whatever came back
otherwise is listed.
"""
