"""Reports: the measures of a gold set, what became of each of its units, and how both are shown and compared."""
