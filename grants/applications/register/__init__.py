"""Reading the register of another system: events of cases, one per line."""
