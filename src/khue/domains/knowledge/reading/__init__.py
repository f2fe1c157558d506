"""Files to passages: plain Python that knows nothing of Django, so that it can run in a process of its own."""
