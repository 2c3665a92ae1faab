"""Schemes (regelingen): what they ask, offer and require, as published versions; and the lists that cases are counted by."""
