"""Writes of the decisions floor: assess, prepare, review, sign, dispatch."""
