"""Sentences of running text that are furniture of the page."""

import pytest

from tests.articles import read

STORY = (
    "The pier of Elsund burned for two hours on Monday, and nobody was hurt. The fire began in a kitchen, "
    "Mara Holt, the fire chief, said.\n\n{}\n\nThe council will meet on Thursday to discuss the repair of the pier."
)
NEW = (
    "Sign up for The Tide, our daily round-up of stories from the coast.",
    "By entering your address you accept our privacy policy and agree to receive messages from us.",
    "Your gift, however small, keeps our newsroom independent.",
    "Become a patron of our reporting for the price of a coffee.",
    "If you have a story for us, write to desk@elsundmail.example or ring our newsroom.",
    "Skip past the newsletter box to read on.",
    "You can opt out of our mailings whenever you want.",
    "Join our readers’ group on Facebook and tell your friends about us.",
    "For help, you can call the crisis line on 0800 555 0199 at any hour.",
    "Please log in or register to read the rest of this story.",
    "Our podcast looks behind the headlines every Friday; listen wherever you get your shows.",
    "We use cookies and similar tools to improve your visit to our site.",
)
CLAIMS = (
    "The charity asks people to donate blankets and tinned food.",
    "Readers of the town’s two papers have sent in more than 900 letters about the pier.",
    "The council sent every household a newsletter about the repair in March.",
    "You could see the smoke from the other side of the bay.",
    "Our town has never had a fire of this size, and we were lucky.",
    "Subscribers of the telephone company lost their signal for an hour.",
    pytest.param(
        "The helpline of the council took 300 calls on Monday night.",
        marks=pytest.mark.xfail(reason="helplines are too few among the sentences that the head learned from"),
    ),
    "Facebook removed the group after complaints by the mayor.",
)


@pytest.mark.parametrize("sentence", NEW)
def test_furniture_is_no_claim(sentence: str) -> None:
    record = read(STORY.format(sentence))
    assert not [claim.text for claim in record.claims if claim.text[:20] in sentence]


@pytest.mark.parametrize("sentence", CLAIMS)
def test_sentences_of_the_story_that_speak_of_such_things_stay_claims(sentence: str) -> None:
    record = read(STORY.format(sentence))
    assert [claim.text for claim in record.claims if claim.text[:20] in sentence]
