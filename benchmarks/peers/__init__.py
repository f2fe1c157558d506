"""Other systems' retrieval, on the same passages and questions. Each gives a `rank` function: question → places."""
