"""From file to article: one module a kind of input, and the sections that a text has."""
