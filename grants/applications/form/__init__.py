"""The form of a draft: its task list, the page of a section, what is asked to be checked, and the copy that is kept."""
