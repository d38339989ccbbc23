"""Who is who: mentions to sources, and the chains by which their words reached the article."""

from annotator.sources.affiliations import affiliate
from annotator.sources.chains import follow
from annotator.sources.resolver import resolve

__all__ = ["affiliate", "follow", "resolve"]
