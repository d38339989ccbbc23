"""What other annotation tools read: a record's marks and arrows in the form of each, offsets in the tool's own unit.

`marks` is what all of them are made from; each module writes the files of one tool, and those with a way back read what
people left in it (`annotator/review/elsewhere`).
"""
