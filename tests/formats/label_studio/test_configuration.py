"""The labelling configuration: every word of the vocabularies, and keys that do not meet."""

from xml.etree import ElementTree

from annotator.formats import label_studio
from annotator.labels import VOCABULARIES
from tests.factory import harbour_record
from tests.formats.label_studio.harbour import interface


def test_the_configuration_is_valid() -> None:
    assert set(interface().get_control("span").labels) == {"Claim", "Source", "Cue"}
    assert interface().get_object("text").value_name == "text"


def test_the_configuration_offers_every_word_of_its_vocabularies_with_the_meaning() -> None:
    root = ElementTree.fromstring(label_studio.config())
    for control in (*label_studio.CLAIM_CONTROLS, *label_studio.SOURCE_CONTROLS):
        choices = root.findall(f".//Choices[@name='{control.name}']/Choice")
        offered = {choice.get("value"): choice.get("hint") for choice in choices}
        assert offered == {label.value: label.meaning for label in VOCABULARIES[control.name]}


def test_hotkeys_are_unique_where_they_can_be_seen_together() -> None:
    root = ElementTree.fromstring(label_studio.config())
    always = [label.get("hotkey") for label in root.findall(".//Label")]
    groups = [view for view in root.iter("View") if view.get("visibleWhen")]
    assert len(groups) == 3
    for group in groups:
        keys = always + [key for choice in group.iter("Choice") if (key := choice.get("hotkey"))]
        assert len(set(keys)) == len(keys)


def test_hotkeys_of_the_article_belong_to_nothing_else_for_they_listen_while_hidden() -> None:
    root = ElementTree.fromstring(label_studio.config())
    [article] = root.findall(".//View[@visibleWhen='no-region-selected']")
    own = [choice.get("hotkey") for choice in article.iter("Choice")]
    every = [item.get("hotkey") for item in (*root.iter("Choice"), *root.iter("Label"))]
    assert [every.count(key) for key in own] == [1, 1, 1]


def test_every_answer_has_a_hotkey() -> None:
    assert all(choice.get("hotkey") for choice in ElementTree.fromstring(label_studio.config()).iter("Choice"))


def test_questions_on_regions_belong_to_the_label_that_shows_them() -> None:
    root = ElementTree.fromstring(label_studio.config())
    for group in root.findall(".//View[@visibleWhen='region-selected']"):
        for control in (*group.findall("Choices"), *group.findall("TextArea")):
            assert control.get("perRegion") == "true"
            assert control.get("whenTagName") == group.get("whenTagName") == "span"
            assert control.get("whenLabelValue") == group.get("whenLabelValue")


def test_the_style_keeps_handles_and_line_breaks() -> None:
    style = ElementTree.fromstring(label_studio.config()).findtext("Style") or ""
    assert ".htx-highlight area { display: inline; }" in style
    assert "white-space: pre-wrap; line-height: 2.8" in style


def test_the_style_finds_the_regions_of_claims_that_need_review_and_no_others() -> None:
    record = harbour_record()
    style = ElementTree.fromstring(label_studio.config()).findtext("Style") or ""
    assert f'.htx-highlight[class*="{label_studio.DOUBTED}-"]' in style
    drawn = [result for result in label_studio.prediction(record)["result"] if result["type"] == "labels"]
    marked = {result["value"]["text"] for result in drawn if label_studio.DOUBTED in result["id"]}
    assert marked == {piece.text for claim in record.claims if claim.needs_review for piece in claim.spans}
    assert marked
