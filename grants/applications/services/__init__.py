"""Writes on applications: one function per act, each in one transaction."""
