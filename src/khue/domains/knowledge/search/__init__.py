"""The lexical index beside PostgreSQL, and how its scores and the vectors' become one ranking. Plain Python."""
