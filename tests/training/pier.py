"""One article as an example to learn from."""

from annotator.training.augment import Example

TEXT = "Mayor opens pier\nThe pier is safe, Amina Wanjiru said. “It held,” she added, and left."


ATTRIBUTIONS = [
    ("Amina Wanjiru", "said", "The pier is safe"),
    ("she", "added", "“It held,”"),
]


def example(article_id: str = "pier") -> Example:
    def spans(words: str) -> list[tuple[int, int]]:
        return [(TEXT.index(words), TEXT.index(words) + len(words))]

    return Example(article_id, TEXT, [(spans(s), spans(c), spans(t)) for s, c, t in ATTRIBUTIONS])
