"""English as the rules need it: word lists, names of outlets, cues, and the sentences that spaCy parses."""
