"""Pages before the main text is looked for: several articles apart, and markup that the library would lose."""

import re
from typing import Any

from annotator.reading.markup import without_ends, words_in

MIN_ARTICLE_WORDS = 30  # of an `<article>` that is one; teasers have fewer, and one paragraph
MAX_ARTICLES = 200
MAX_CAPTION_WORDS = 80


def articles_of(html: str) -> list[str]:
    """The page, or where it holds several whole articles a page for each: its own heading and at least two paragraphs.

    Comments below an article have no heading, teasers beside it one paragraph.
    """
    if len(re.findall(r"<article\b", html, re.IGNORECASE)) < 2:
        return [html]
    from lxml import html as pages

    try:
        tree = pages.fromstring(
            without_ends(html).encode("utf-8", "replace"), parser=pages.HTMLParser(encoding="utf-8")
        )
        found = [one for one in tree.iter("article") if _is_whole(one)][:MAX_ARTICLES]
        if len(found) < 2 or any(above in found for one in found for above in one.iterancestors("article")):
            return [html]
        language = tree.get("lang") or ""
        site = "".join(
            pages.tostring(one, encoding="unicode") for one in tree.xpath("//meta[@property='og:site_name']")
        )
        return [_page(one, language, site) for one in found]
    except Exception:  # on mangled markup; the reader of the page says so
        return [html]


def _is_whole(article: Any) -> bool:
    headings = article.xpath(".//h1 | .//h2 | .//h3")
    paragraphs = [words for p in article.xpath(".//p") if len(words := "".join(p.itertext()).split()) > 8]
    return bool(headings) and len(paragraphs) >= 2 and sum(map(len, paragraphs)) >= MIN_ARTICLE_WORDS


def _page(article: Any, language: str, site: str) -> str:
    """A page of its own: the article, with its heading as the page's."""
    from lxml import html as pages

    heading = article.xpath(".//h1 | .//h2 | .//h3")[0]
    title = pages.tostring(heading, encoding="unicode", method="text", with_tail=False)
    heading.tag = "h1"
    head = f"<title></title>{site}"
    page = pages.fromstring(f"<html><head>{head}</head><body><main></main></body></html>")
    page.set("lang", language)
    page.find(".//title").text = " ".join(title.split())
    article.tail = None
    page.find(".//main").append(article)
    return str(pages.tostring(page, encoding="unicode"))


def paragraphs_of_article(tree: Any) -> list[str]:
    """The paragraphs of the page's only `<article>`, without a byline; none where there are several or none."""
    articles = list(tree.iter("article"))
    if len(articles) != 1:
        return []
    found = (one for one in articles[0].iter("p") if "byline" not in (one.get("class") or ""))
    return list(filter(None, map(words_in, found)))


def prepared(tree: Any) -> list[str]:
    """Change the tree so that nothing said in it is lost; returns the captions of its pictures.

    Inline quotations get marks, a speaker below a block quotation a paragraph, a quotation in a figure its place in the
    text; what is struck out goes.
    """
    captions = []
    for gone in list(tree.iter("del", "strike")):
        gone.drop_tree()
    for q in list(tree.iter("q")):
        q.text = "“" + (q.text or "")
        if len(q):
            q[-1].tail = (q[-1].tail or "") + "”"
        else:
            q.text += "”"
        q.drop_tag()
    for quote in list(tree.iter("blockquote")):
        for footer in quote.xpath("./footer | ./cite"):
            footer.tag = "p"
        figure = quote.getparent()
        if figure is not None and figure.tag == "figure":
            for caption in figure.xpath("./figcaption"):
                caption.tag = "p"
            figure.tag = "div"
    for caption in tree.iter("figcaption"):
        words = words_in(caption)
        if words and len(words.split()) <= MAX_CAPTION_WORDS:
            captions.append(words)
    return captions
