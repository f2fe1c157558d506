"""One module for each form of file; each gives the blocks of the document in reading order."""
