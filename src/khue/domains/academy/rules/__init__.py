"""Plain Python, no Django: what holds of programmes, cohorts, attendance and quizzes whatever the tables are."""
