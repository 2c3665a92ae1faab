"""What our letters say: versioned texts of named paragraphs, filled with the facts of a case.

`write(kind, values, scheme=...)` gives subject and body with the text that is in force. The texts that come with a
release are data (`kinds/`, `shared.toml`), and so are the facts that a text may use (`vocabulary/`). See
`docs/decisions/0007-letter-templates.md`.
"""
