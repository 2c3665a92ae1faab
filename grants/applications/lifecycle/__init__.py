"""The life of an application: the table of acts, their guards, and the one door."""
