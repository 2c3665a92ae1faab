"""The letter as text for people: plain text and HTML, both from one reading order."""
