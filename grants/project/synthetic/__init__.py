"""Load data: very many fictitious cases, written in bulk, to see that pages stay quick. Never beside real cases."""
