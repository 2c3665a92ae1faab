"""The cellar: accounts and roles, events and their chain, outbox, access log, clock, money and files. Imports no other floor."""
