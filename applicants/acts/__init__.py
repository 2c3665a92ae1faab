"""Writes about who asks and who acts: one function per act, each in one transaction."""
