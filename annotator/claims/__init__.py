"""What is claimed: contents and own voice cut into single claims, and the labels of each."""

from annotator.claims.own_doubt import doubt
from annotator.claims.splitting import split

__all__ = ["doubt", "split"]
