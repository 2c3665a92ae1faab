"""One module a format: each writes a dataset to an open file and answers what it wrote."""
