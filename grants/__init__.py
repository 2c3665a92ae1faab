"""Schemes, budget, applications and the figures made of them; `kernel` and `law` are the cellar under every wing."""
