"""What is claimed: contents and own voice cut into single claims, and the labels of each."""

from annotator.claims.answers import answer
from annotator.claims.entries import timed
from annotator.claims.forms import mark_unread
from annotator.claims.own_doubt import doubt
from annotator.claims.splitting import split

__all__ = ["answer", "doubt", "mark_unread", "split", "timed"]
