def register() -> None:
    """Nothing to tell the other floors yet: applicants are reached by foreign key."""
