"""How good it is: gold, measures on it, and reports of what was right, wrong, won and lost."""
