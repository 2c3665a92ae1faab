"""The law as pure functions on plain values: dates, decimals and small frozen dataclasses. No database, clock
or settings.

Texts for people are plain Dutch, complete sentences; they name what the article says, not only its number.
"""
