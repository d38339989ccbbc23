"""A text with attributions, and a quick way to mark them."""

from annotator.evaluation.gold.articles import Parts, Spans

SAID = "Ana Ruiz said that the dam holds. Tom Lee claims “nobody was hurt”, police noted it. “We left,” Bo told us."


def place(words: str, text: str = SAID) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


def parts(source: str | None, cue: str | None, *content: str) -> Parts:
    def spans(*found: str | None) -> Spans:
        return tuple(place(words) for words in found if words)

    return Parts(spans(source), spans(cue), spans(*content))
