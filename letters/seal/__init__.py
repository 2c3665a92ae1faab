"""The electronic seal on a letter (PAdES): who holds the key, putting it on, and reading it back."""
