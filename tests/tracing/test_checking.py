"""Articles against originals of another language, and identities of what is written."""

import json
from pathlib import Path

from typer.testing import CliRunner

from annotator.cli import app
from annotator.formats.jsonl import write
from annotator.tracing import Verdict, check
from annotator.tracing.identities import Seen, joined
from tests.factory import plain_record

PRINTED = "“The harbour stays shut until Friday,” mayor Anna Voss said."
GERMAN = "Der Hafen bleibt bis Freitag geschlossen, sagte die Bürgermeisterin am Montag vor der Presse im Rathaus."
OTHER = "The mayor spoke about schools on Monday and answered questions from the press in the town hall."


def test_what_may_be_a_translation_is_not_called_unfound(tmp_path: Path) -> None:
    article = plain_record(PRINTED, "printed")
    german, other = plain_record(GERMAN, "german"), plain_record(OTHER, "other")
    files = [write([one], tmp_path / f"{one.article.article_id}.jsonl") for one in (article, german, other)]

    def found(*originals: Path) -> list[tuple[str, str]]:
        against = [word for path in originals for word in ("--against", str(path))]
        result = CliRunner().invoke(app, ["check", str(files[0]), *against])
        assert result.exit_code == 0, result.output
        return [(one["verdict"], one["original_id"]) for one in map(json.loads, result.stdout.splitlines())]

    assert found(files[2]) == [("not found", "")]
    assert found(files[1], files[2]) == [("translated?", "german")]
    assert found(files[0], files[1]) == [("verbatim", "printed")]


def test_without_a_foreign_original_nothing_is_translated() -> None:
    article, other = plain_record(PRINTED, "printed"), plain_record(OTHER, "other")
    assert [finding.verdict for finding in check(article, [other])] == [Verdict.NOT_FOUND]
    assert [finding.verdict for finding in check(article, [other], {"elsewhere"})] == [Verdict.NOT_FOUND]


def seen(number: int, name: str, kind: str, affiliation: str, role: str | None = None, story: int = -1) -> Seen:
    return Seen(number, f"a{number}", "s1", name, kind, affiliation, role, frozenset([story]))


def test_documents_and_posts_of_one_name_are_one_in_a_story_alone() -> None:
    some = [seen(0, "Ministry figures", "document", "government", story=1)]
    groups, unsure = joined([*some, seen(1, "Ministry figures", "document", "government", story=2)])
    assert groups.find(1) == 1
    assert [pair.reason for pair in unsure] == ["one name of a document or post, no shared story"]
    groups, unsure = joined([*some, seen(1, "Ministry figures", "document", "government", story=1)])
    assert groups.find(1) == 0
    assert not unsure
    groups, _ = joined([seen(0, "Ministry", "organization", "government"), seen(1, "Ministry", "state", "unknown")])
    assert groups.find(1) == 0


def test_a_politician_in_government_here_and_in_politics_there_is_one() -> None:
    minister = seen(0, "Ida Berg", "person", "government", story=1)
    groups, _ = joined([minister, seen(1, "Ida Berg", "person", "politics", story=2)])
    assert groups.find(1) == 0
    groups, unsure = joined([minister, seen(1, "Ida Berg", "person", "sport", story=2)])
    assert groups.find(1) == 1
    assert len(unsure) == 1
    trainer = seen(2, "Ida Berg", "person", "sport", "trainer", 3)
    roles = [seen(0, "Ida Berg", "person", "government", "fisheries minister", 1)]
    roles.append(seen(1, "Ida Berg", "person", "politics", "candidate", 2))
    groups, _ = joined([*roles, trainer])
    assert [groups.find(n) for n in range(3)] == [0, 0, 2]


def test_who_may_be_two_people_stands_alone_and_keeps_nobody_else_apart() -> None:
    two = [seen(0, "Ida Berg", "person", "government", "minister", 1)]
    two.append(seen(1, "Ida Berg", "person", "sport", "trainer", 2))
    open_ones = [seen(n, "Ida Berg", "person", "unknown", story=n) for n in (3, 4)]
    groups, unsure = joined([*two, *open_ones, seen(5, "Ida Berg", "person", "sport", story=5)])
    assert [groups.find(n) for n in (0, 1, 3, 4, 5)] == [0, 1, 3, 4, 1]
    assert {(pair.one, pair.other) for pair in unsure} == {(0, 1), (0, 3), (1, 3), (0, 4), (1, 4)}
