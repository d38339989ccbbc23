"""Claims made readable on their own."""

import pytest

from tests.articles import read


@pytest.mark.parametrize(
    ("text", "normalized"),
    [
        ("Mayor Ann Lee said she would rebuild the pier.", "she [Ann Lee] would rebuild the pier"),
        ("“I never met them,” said Mayor Ann Lee.", "“I [Ann Lee] never met them,”"),
        ("A port official said that he had seen the plan.", "he [port official (anonymous)] had seen the plan"),
        ("Carl Benson’s lawyer said he was innocent of the theft.", None),
        ("Mayor Ann Lee told Bo Lindt that he had to leave the pier.", None),
        ("Mayor Ann Lee said Bo Lindt had sold his boats.", None),
    ],
)
def test_a_speaker_who_speaks_of_himself_is_named_in_brackets(text: str, normalized: str | None) -> None:
    record = read(text)
    assert [claim.claim_normalized for claim in record.claims if claim.section == "body"] == [normalized]
