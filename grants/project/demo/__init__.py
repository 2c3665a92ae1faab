"""Demonstration data: fictitious people and cases, plainly marked. Never loaded unless the demo setting is on."""
