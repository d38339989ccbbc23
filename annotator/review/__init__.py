"""Review in Label Studio: records out, corrected by people, back, compared."""

from annotator.review.pull import Pulled, pull
from annotator.review.push import Pushed, push

__all__ = ["Pulled", "Pushed", "pull", "push"]
