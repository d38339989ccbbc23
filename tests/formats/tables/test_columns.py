"""The claim and source tables: one row, one line, and every cell leads back to the text."""

from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.formats import tables
from annotator.records import AnnotatedArticle
from tests.factory import at, harbour_record, own_voice, plain_record, records
from tests.formats.tables.reading import breaches, claim_rows, source_rows

AUDIT = ["gender", "location", "age_range", "ethnicity", "declined"]


@settings(max_examples=40, deadline=None)
@given(st.lists(records(), max_size=3))
def test_tables_keep_to_their_schemas_over_any_text(made: list[AnnotatedArticle]) -> None:
    claims, sources = claim_rows(*made), source_rows(*made)
    assert not breaches(claims, tables.claims_schema())
    assert not breaches(sources, tables.sources_schema())
    assert len(claims) == sum(len(record.claims) for record in made)
    assert len(sources) == sum(len(record.sources) for record in made)
    known = {(row["article_id"], row["source_id"]) for row in sources}
    assert {(row["article_id"], row["source_id"]) for row in claims} <= known


@settings(max_examples=40, deadline=None)
@given(records())
def test_the_offsets_of_a_row_lead_to_its_claim(record: AnnotatedArticle) -> None:
    for row, claim in zip(claim_rows(record), record.claims, strict=True):
        pieces = [tuple(map(int, piece.split("-"))) for piece in row["spans"].split(";")]
        assert " ".join(record.article.text[start:end] for start, end in pieces) == claim.text
        assert (row["start"], row["end"]) == (str(pieces[0][0]), str(pieces[-1][1]))


@settings(max_examples=40, deadline=None)
@given(records())
def test_a_row_is_a_line(record: AnnotatedArticle) -> None:
    for frame in (tables.claims_frame([record]), tables.sources_frame([record])):
        text = tables.csv_text(frame)
        assert text.splitlines() == text.removesuffix("\n").split("\n")
        assert len(text.splitlines()) == len(frame) + 1


def test_a_claim_that_came_through_a_reporter() -> None:
    row = claim_rows(harbour_record())[1]
    assert row["chain"] == "Harbour official (anonymous) > Coastal Wire > Daily Example"
    assert (row["chain_length"], row["reporters"]) == ("3", "Coastal Wire")
    assert row["claim"].endswith("🚢")
    assert (row["source_mention"], row["cue"]) == ("a harbour official", "told")
    assert (row["anonymous"], row["anonymity_reason"]) == ("true", "on condition of anonymity")
    assert row["flags"] == "single_anonymous; secondhand"


def test_a_claim_in_the_articles_own_voice_has_no_attribution() -> None:
    row = claim_rows(harbour_record())[3]
    assert (row["source"], row["chain"], row["hedged"]) == ("Daily Example", "Daily Example", "false")
    for name in ("source_mention", "source_mention_start", "cue", "cue_end", "resolution", "candidates", "flags"):
        assert row[name] == ""


def test_who_is_attributed_is_a_column_to_filter_by() -> None:
    rows = claim_rows(harbour_record())
    assert {(row["attributed"], row["attribution"] == "unattributed") for row in rows} == {
        ("true", False),
        ("false", True),
    }


def test_an_ambiguous_mention_names_its_candidates() -> None:
    row = claim_rows(harbour_record())[6]
    assert (row["resolution"], row["candidates"], row["needs_review"]) == ("ambiguous", "Tom Lee; guard", "true")


def test_sources_count_their_claims_by_form() -> None:
    mayor = next(row for row in source_rows(harbour_record()) if row["source"] == "Ana Ruiz")
    assert [mayor[name] for name in ("claims", "direct", "mixed", "indirect")] == ["2", "1", "0", "1"]
    assert mayor["mentions"] == "Mayor Ana Ruiz; She"
    text = harbour_record().article.text
    assert text[int(mayor["first_start"]) :].startswith("Mayor Ana Ruiz")


@settings(max_examples=20, deadline=None)
@given(records())
def test_the_machine_never_fills_the_audit_columns(record: AnnotatedArticle) -> None:
    assert list(tables.sources_frame([record]).columns)[-5:] == AUDIT
    assert all(row[name] == "" for row in source_rows(record) for name in AUDIT)


def test_a_line_break_becomes_a_blank() -> None:
    record = plain_record("Rain\r\nfell\u2028again")
    assert claim_rows(record)[0]["claim"] == "Rain fell again"


def test_words_that_look_like_missing_values_stay_words() -> None:
    rows = claim_rows(plain_record("NA", title="null", publisher="None"))
    assert (rows[0]["claim"], rows[0]["title"], rows[0]["publisher"]) == ("NA", "null", "None")


def test_pieces_are_joined_by_blanks() -> None:
    text = "“Up,” she said, “and away.”"
    record = plain_record(text)
    claim = own_voice("c01", at(text, 0, 5), at(text, 16, len(text)))
    row = claim_rows(record.model_copy(update={"claims": (claim,)}))[0]
    assert (row["spans"], row["claim"]) == ("0-5;16-27", "“Up,” “and away.”")


def test_where_the_article_stood_and_the_agency_it_came_from_are_columns_beside_the_part_of_the_claim() -> None:
    (row,) = claim_rows(plain_record("It rained.", section="Local news", agency="Reuters"))
    assert (row["article_section"], row["agency"], row["section"]) == ("Local news", "Reuters", "body")
