"""How fast and in how much memory files of many articles are read.

    python benchmarks/reading.py FOLDER [--articles 10000]

Writes the files into FOLDER (once), reads each in a process of its own, and prints a table of articles, words a second
and the most memory that the process had; below it the words a second of annotating, for comparison, with one thread and
the articles of `exports/`.
"""

import argparse
import json
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

TEXT = (
    "the mayor said on Monday that bridge would open to lorries in May after engineers had checked it twice and "
    "council voted for repairs which cost four million euros police told reporters of Linden Post"
)
WORDS = TEXT.split()
TIMES = 5  # that the six articles are annotated


def texts(count: int) -> Iterator[list[str]]:
    """Paragraphs of made-up articles, about 400 words each."""
    chance = random.Random(7)
    for _ in range(count):
        yield [" ".join(chance.choices(WORDS, k=chance.randint(30, 70))).capitalize() + "." for _ in range(8)]


def nexis(path: Path, count: int) -> None:
    from copy import deepcopy

    from docx import Document

    document = Document()
    body = document.element.body
    pattern = document.add_paragraph("x")._p
    body.remove(pattern)
    layout = body[-1]
    body.remove(layout)
    for number, paragraphs in enumerate(texts(count)):
        head = [
            f"Headline {number}",
            "The Linden Post",
            "July 1, 2026 Wednesday 9:20 AM GMT",
            "",
            "Length:\xa0400 words",
        ]
        for line in [
            *head,
            "Byline:\xa0Ines Halloran",
            "Body",
            *paragraphs,
            "Load-Date: July 2, 2026",
            "End of Document",
        ]:
            element = deepcopy(pattern)
            element.r_lst[0].find(".//{*}t").text = line
            body.append(element)
    body.append(layout)
    document.save(str(path))


def factiva(path: Path, count: int) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write("<html><head><title>Factiva</title></head><body>\n")
        for number, paragraphs in enumerate(texts(count)):
            lead, rest = paragraphs[:2], paragraphs[2:]
            cells = {
                "HD": f"Headline {number}",
                "BY": "By Ines Halloran",
                "PD": "3 March 2026",
                "SN": "The Linden Post",
            }
            cells["LP"] = "".join(f"<p>{one}</p>" for one in lead)
            cells["TD"] = "".join(f"<p>{one}</p>" for one in rest)
            rows = "".join(f"<tr><td><b>{code}</b></td><td>{cell}</td></tr>\n" for code, cell in cells.items())
            file.write(f'<div class="article enArticle"><table>{rows}</table></div>\n')
        file.write("</body></html>")


def excel(path: Path, count: int) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["id", "title", "published", "text"])
    for number, paragraphs in enumerate(texts(count), 1):
        sheet.write_row(number, 0, [number, f"Headline {number}", "2026-03-03", "\n\n".join(paragraphs)])
    book.close()


FILES: dict[str, tuple[Callable[[Path, int], None], float]] = {  # and how many times the articles asked for
    "nexis.docx": (nexis, 1),
    "factiva.html": (factiva, 1),
    "excel.xlsx": (excel, 41),
}


def measure(path: Path) -> dict[str, float]:
    """Read the file in this process."""
    from annotator.reading import read

    begun, articles, words = time.monotonic(), 0, 0
    for article in read([path], on_warning=lambda _: None):
        articles += 1
        words += len(article.text.split())
    seconds = time.monotonic() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"articles": articles, "words": words, "seconds": seconds, "peak": peak}


def annotating() -> float:
    """Words a second of annotating the articles of `exports/` in this process, the models already loaded."""
    import annotator

    articles = list(annotator.read(Path(__file__).parent.parent / "exports" / "articles.jsonl"))
    annotator.annotate_all(articles[:1])
    begun = time.monotonic()
    annotator.annotate_all(articles * TIMES)
    return TIMES * sum(len(article.text.split()) for article in articles) / (time.monotonic() - begun)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--one", action="store_true", help="read one file and print its figures as JSON")
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps(measure(asked.folder)))
        return
    asked.folder.mkdir(parents=True, exist_ok=True)
    print("| file | MB | articles | words a second | most memory, MB |\n|---|---|---|---|---|")
    for name, (write, times) in FILES.items():
        path = asked.folder / name
        if not path.exists():
            write(path, int(asked.articles * times))
        told = subprocess.run(
            [sys.executable, __file__, str(path), "--one"], capture_output=True, text=True, check=True
        )
        found = json.loads(told.stdout)
        rate = found["words"] / found["seconds"]
        size = path.stat().st_size / 1e6
        print(f"| {name} | {size:.0f} | {found['articles']:,} | {rate:,.0f} | {found['peak']:,.0f} |", flush=True)
    print(f"\nAnnotating, one thread: {annotating():,.0f} words a second")


if __name__ == "__main__":
    main()
