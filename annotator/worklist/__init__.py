"""Articles to work on, claim by claim: sorted by what needs a person, corrected in place, kept in one file.

    worklist = Worklist("desk.worklist")
    worklist.add(record, by="Ada")
    for row in worklist.claims(limit=20).rows: ...
    entry = worklist.correct("a1", AcceptClaim(claim_id="c01"), by="Ada", version=1)
    worklist.undo("a1", by="Ada", version=entry.version)
    worklist.export(Path("reviews"), ["csv", "html"])

What is exported is what `annotator review pull` leaves, so `review report`, `merge` and `gold` read it.
"""

from annotator.worklist.changes import Change, parse
from annotator.worklist.rows import ArticleRow, ClaimRow, Entry, Order, Page, Queue, Step
from annotator.worklist.worklist import Worklist

__all__ = ["ArticleRow", "Change", "ClaimRow", "Entry", "Order", "Page", "Queue", "Step", "Worklist", "parse"]
