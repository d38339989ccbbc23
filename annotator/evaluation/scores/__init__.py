"""The measures: pure functions from gold and prediction to numbers, without a model and without files.

A claim is found when its characters and those of a predicted claim have an intersection over union of at least one
half; an attribution when the tokens of the contents have a Jaccard index of at least one half. Pairs are made
greedily, the best first, one to one.
"""
